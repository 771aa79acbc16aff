"""What became of a site that was to be published, in a few lines to people. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..git_remotes import proposed
from .target import Deployment, Target


def summary(done: Deployment, target: Target) -> Iterator[str]:
    """Where it is now or would be, how it differs from what was there, and what to do next."""
    if done.state == "refused":
        yield "nothing was published"
        return
    place = f"{target.branch} of {target.remote} ({done.remote_address})"
    if done.state == "unchanged":
        yield f"{place} has this site already"
        return
    how = done.changes
    yield f"{how.files:,} files: {how.added} new, {how.changed} changed, {how.removed} removed"
    alone = target.single_commit or not done.before
    what = "the only commit" if alone else f"a commit on {done.before[:9]}"
    if done.state == "planned":
        yield f"would be {what} of {place}; nothing was published"
        return
    yield f"published as {done.commit[:9]}, {what} of {place}"
    if done.address:
        yield done.address
    if not done.before and proposed(done.remote_address):
        yield (
            "Once, at GitHub: Settings > Pages > Build and deployment > Deploy from a branch > "
            f"{target.branch}"
        )
