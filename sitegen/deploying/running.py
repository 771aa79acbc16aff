"""A deployment in its order: ask the remote, build, check, compare, commit, push."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import checking, corrections, git_remotes
from ..building import build
from ..building.run import Progress
from ..checking.addresses import Addresses
from ..checking.documents import parse
from ..checking.site import Site
from ..config import Project
from ..errors import Problem, PublicationError
from ..executors import here
from ..options import Options, clock
from ..publication.manifest import Manifest
from ..publication.store import GENERATOR, Output
from . import record, refusals, trees
from .branches import Branch
from .repository import Repository
from .target import Deployment, State, Target


def deploy(
    project: Project, options: Options, target: Target, progress: Progress = lambda *_: None
) -> Deployment:
    """Publish the site of a project, or say what speaks against it.

    Raises SitegenError where the remote cannot be asked, nothing can be built, or git refuses.
    """
    assert project.root is not None  # noqa: S101 - the command line sees to it
    branch = Branch(Repository.of(project.root), target)
    home = branch.read("index.html")
    reasons = list(refusals.foreign(branch.tree, ours=GENERATOR in home, branch=target.branch))
    if reasons:
        raise PublicationError(reasons[0].message, hint=reasons[0].hint)
    report = build(project, options, progress)
    if not report.published:
        return Deployment(state="refused", report=report, remote_address=branch.remote_address)
    folder = Path(report.out)
    progress("check", 0, 0)
    before = _read(folder, branch.algorithm)
    audit = _checked(project, options, folder)
    manifest = Output(folder).manifest() or Manifest()
    deployed = record.load(Output(folder).state, branch.tip)
    aliases = refusals.vanished(
        branch.tree,
        before,
        (deployed.names, manifest.names),
        lambda path: _leads_to(folder, path),
        [alias for text in report.aliases for alias in corrections.parse(text).alias],
    )
    domain = git_remotes.custom_domain(project.root)
    online = branch.read("CNAME").decode(errors="replace")
    base_url = audit.base_url
    problems = [
        *refusals.lost_domain(branch.tree, before, online.strip()),
        *refusals.vanishing(aliases),
        *_faults(audit, options),
    ]
    progress("publish", 0, 0)
    state: State = "refused"
    commit = ""
    if not problems:
        state = "planned" if target.dry_run else "published"
        same = not trees.difference(branch.tree, before)
        if same and not (target.single_commit and branch.has_history):
            state, commit = "unchanged", branch.tip
        elif state == "published":
            commit = branch.publish(folder, before)
        if commit and not target.dry_run:
            made = record.Record(commit=commit, names=manifest.names)
            record.save(Output(folder).state, made)
    return Deployment(
        state=state,
        report=report,
        audit=audit,
        problems=(
            *problems,
            *refusals.silenced(branch.tree, before),
            *refusals.misplaced(base_url, branch.remote_address, domain),
        ),
        aliases=tuple(map(corrections.written, aliases)),
        changes=trees.changes(branch.tree, before),
        remote_address=branch.remote_address,
        address=base_url or git_remotes.proposed(branch.remote_address, domain),
        before=branch.tip,
        commit=commit,
    )


def _read(folder: Path, algorithm: str) -> dict[str, str]:
    try:
        return trees.of_folder(folder, algorithm)
    except OSError as error:
        raise PublicationError(
            f"cannot be read: {error.strerror}", file=str(error.filename or folder)
        ) from error


def _checked(project: Project, options: Options, folder: Path) -> checking.Audit:
    return checking.check(
        folder,
        project.settings,
        here(options.executor, options.jobs),
        clock(),
        name=folder.name,
    )


def _faults(audit: checking.Audit, options: Options) -> Iterator[Problem]:
    """That the check found faults; which ones, it says itself."""
    number = len(audit.errors) + (len(audit.warnings) if options.strict else 0)
    if number:
        yield Problem(
            file="", line=0, severity="error",
            message=f"the check found {number:,} fault{'' if number == 1 else 's'} in the site",
            hint="mend what stands above, or name the rule under [check] ignore",
        )  # fmt: skip


def _leads_to(folder: Path, path: str) -> str:
    """The page that a page redirects to; "" for one that does not."""
    try:
        page = parse(path, (folder / path).read_bytes())
    except OSError:
        return ""
    if not page.moved:
        return ""
    addresses = Addresses(Site(()))
    targets = (addresses.target(one.url, path, page.base).path for one in page.references)
    return next((target for target in targets if target.endswith(".html")), "")
