"""The stage: what is put there, how it is shared with the published folder, what cannot be."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from sitegen.errors import PublicationError
from sitegen.publication import staging
from sitegen.publication.staging import Stage, failure, link


@pytest.fixture
def published(tmp_path) -> Path:
    folder = tmp_path / "published"
    folder.mkdir()
    return folder


@pytest.fixture
def stage(tmp_path, published) -> Stage:
    folder = tmp_path / "stage-1" / "site"
    folder.mkdir(parents=True)
    return Stage(folder, published)


def test_a_file_has_the_permissions_that_others_have(stage):
    before = os.umask(0)
    try:
        stage.write("a.html", b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((stage.folder / "a.html").stat().st_mode) == 0o666


def test_a_disk_that_takes_only_part_is_full(stage, published, monkeypatch):
    monkeypatch.setattr(os, "write", lambda _, data: len(data) - 1)
    with pytest.raises(PublicationError) as caught:
        stage.write("days/1.html", b"12")
    assert caught.value.problem().message == f"cannot be written: {os.strerror(errno.ENOSPC)}"
    assert caught.value.problem().file == str(published / "days/1.html")


def test_what_cannot_be_taken_over_is_told_by_its_published_name(stage, published):
    entry = Stage(stage.folder, published).write("kept.html", b"1")
    with pytest.raises(PublicationError) as caught:
        stage.keep("gone.html", entry)
    assert caught.value.problem().file == str(published / "gone.html")
    assert os.strerror(errno.ENOENT) in caught.value.problem().message


def test_a_folder_that_was_emptied_is_made_again(stage):
    stage.write("days/1.html", b"1")
    stage.remove(["days/1.html"])
    assert not (stage.folder / "days").exists()
    stage.write("days/2.html", b"2")
    assert (stage.folder / "days/2.html").read_bytes() == b"2"


def test_a_name_in_another_case_stays_only_where_it_is_the_same_file(stage):
    stage.write("A.html", b"kept")
    os.link(stage.folder / "A.html", stage.folder / "a.html")  # as where cases are not told apart
    stage.write("B.html", b"kept")
    stage.write("b.html", b"another")
    stage.remove(["a.html", "b.html", "c.html"], kept=["A.html", "B.html", "C.html"])
    assert {path.name for path in stage.folder.iterdir()} == {"A.html", "a.html", "B.html"}


def test_asking_for_links_leaves_nothing(stage):
    assert stage.links
    assert [path.name for path in stage.folder.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("linked", [True, False])
def test_a_symbolic_link_is_taken_over_and_not_what_it_leads_to(tmp_path, linked, monkeypatch):
    (tmp_path / "secret").write_text("s")
    (tmp_path / "one").symlink_to("secret")
    if not linked:

        def no(*_: object, **__: object) -> None:
            raise PermissionError

        monkeypatch.setattr(staging.os, "link", no)
    link(str(tmp_path / "one"), str(tmp_path / "other"))
    assert (tmp_path / "other").readlink() == Path("secret")


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (
            OSError(errno.EACCES, "Permission denied"),
            "cannot be written: Permission denied",
            "the earlier output stays as it was; check space and permissions",
        ),
        (
            OSError(errno.EBUSY, "Device or resource busy"),
            "cannot be written: Device or resource busy",
            "it is a mount point, or part of a container's image: give a folder inside it",
        ),
        (
            OSError(errno.EXDEV, "Invalid cross-device link"),
            "cannot be written: Invalid cross-device link",
            "it is a mount point, or part of a container's image: give a folder inside it",
        ),
        (
            OSError("of no system"),
            "cannot be written: of no system",
            "the earlier output stays as it was; check space and permissions",
        ),
    ],
)
def test_what_failed_where_and_what_to_do(error, message, hint):
    problem = failure(error, Path("site/a.html")).problem()
    assert (problem.file, problem.message, problem.hint) == ("site/a.html", message, hint)


def test_what_failed_may_be_said_otherwise():
    said = failure(OSError(errno.EACCES, "No"), Path("x"), "cannot be read").problem()
    assert said.message == "cannot be read: No"
