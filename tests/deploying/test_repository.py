from __future__ import annotations

import pytest

from sitegen.deploying.repository import Repository, without_credentials
from sitegen.errors import PublicationError


def test_a_folder_below_the_top(tmp_path, git_alone):
    git_alone(tmp_path, "init")
    (tmp_path / "a").mkdir()
    repository = Repository.of(tmp_path / "a")
    assert repository.top == tmp_path.resolve()
    assert repository.ask("rev-parse", "--is-bare-repository") == "false"
    assert repository.ask("rev-parse", "--verify", "nothing") is None


def test_no_repository(tmp_path, git_alone):
    with pytest.raises(PublicationError, match="no git repository") as caught:
        Repository.of(tmp_path)
    assert "git init" in caught.value.hint


def test_no_git(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PublicationError, match="no git here"):
        Repository.of(tmp_path)


def test_failures_in_gits_own_words_without_passwords(tmp_path, git_alone):
    git_alone(tmp_path, "init")
    address = "https://ann:secret@127.0.0.1:1/x.git"
    with pytest.raises(PublicationError, match=r"cannot be asked: .*127") as caught:
        Repository.of(tmp_path).do("cannot be asked", "ls-remote", address, hint="try")
    assert "secret" not in str(caught.value)
    assert "fatal" not in str(caught.value)
    assert without_credentials("to https://a:b@x/ and git@x:y") == "to https://x/ and git@x:y"
