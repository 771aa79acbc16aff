from __future__ import annotations

from collections.abc import Iterator

import pytest

from sitegen.config import Project, load_project
from sitegen.fetching.answers import Answers
from sitegen.fetching.client import Client

from .host import Host, Waits


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    found = Host()
    monkeypatch.setenv("SITEGEN_ARXIV_API", found.at("/arxiv"))
    monkeypatch.setenv("SITEGEN_ARXIV_FEEDS", found.at("/feeds"))
    monkeypatch.setenv("SITEGEN_HF_PAPERS", found.at("/hf"))
    monkeypatch.setenv("no_proxy", "*")
    yield found
    found.close()


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture
def client(tmp_path, waits) -> Iterator[Client]:
    with Client(Answers(tmp_path / "answers"), clock=waits.clock) as found:
        yield found


@pytest.fixture
def project(tmp_path) -> Project:
    content = tmp_path / "project" / "content"
    content.mkdir(parents=True)
    (content / "site.toml").write_text('contact = "ann@example.org"\n')
    return load_project(tmp_path / "project")


def dumps_of(project: Project) -> dict[str, str]:
    """What lies in the dumps of a project: names, and what is in them."""
    assert project.root is not None
    folder = project.root / "content" / "dumps"
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    # A hidden file is none of the project's dumps: what a killed process was writing.
    return {path.name: path.read_text("utf-8") for path in found if path.name[0] != "."}
