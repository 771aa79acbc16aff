from __future__ import annotations

from typing import Any

import pytest

from sitegen.deploying import Deployment, Target, summary
from sitegen.deploying.trees import Changes
from sitegen.report import Report


def told(state: Any, target: Target = Target(), **values: Any) -> str:  # noqa: B008 - frozen
    given = {
        "remote_address": "git@github.com:ann/papers.git",
        "changes": Changes(files=3, added=2),
    }
    return "\n".join(summary(Deployment(state=state, report=Report(), **given | values), target))


def test_where_a_site_is_now() -> None:
    assert told("refused") == "nothing was published"
    assert told("unchanged").startswith("gh-pages of origin (git@github.com:ann/papers.git) has")
    first = told("published", commit="abcdef0123456", address="https://ann.github.io/papers/")
    assert "3 files: 2 new, 0 changed, 0 removed" in first
    assert "published as abcdef012, the only commit of gh-pages" in first
    assert "https://ann.github.io/papers/" in first.split("\n")
    assert "Settings > Pages" in first
    later = told("published", commit="1" * 40, before="2" * 40)
    assert "a commit on 222222222 of" in later
    assert "Settings" not in later
    assert "Settings" not in told("published", remote_address="/srv/papers.git")


@pytest.mark.parametrize(("single", "what"), [(True, "the only commit"), (False, "a commit on")])
def test_what_would_happen(single: bool, what: str) -> None:
    planned = told("planned", Target(single_commit=single, dry_run=True), before="2" * 40)
    assert f"would be {what}" in planned
    assert planned.endswith("nothing was published")
