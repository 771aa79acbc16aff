"""The output folder: what is kept, what is refused, and what a killed build leaves."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.errors import PublicationError
from sitegen.publication import exchange, store
from sitegen.publication.manifest import BundleEntry, Manifest
from sitegen.publication.store import GENERATOR, Output

ROOT = Path(__file__).parent.parent


def publish(out, files, *, keep=(), strangers=()):
    """Publish files by path; `keep` names those to take over."""
    with Output(out) as output:
        old = output.manifest()
        known = old.files() if old else {}
        stage = output.stage()
        entries = {path: stage.write(path, data) for path, data in files.items()}
        entries |= {path: stage.keep(path, known[path]) for path in keep}
        manifest = Manifest(bundles={"all": BundleEntry(b"1", entries)})
        return output.publish(stage, manifest, strangers)


def state_of(out):
    """(manifest, damaged, strangers) as a next build finds them."""
    with Output(out) as output:
        manifest = output.manifest()
        return manifest, *output.damaged(manifest)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_first_build(tmp_path):
    out = tmp_path / "deep" / "site"
    assert publish(out, {"index.html": b"1", "a/b/c.html": b"2"}) == ()
    assert contents(out) == {"index.html": b"1", "a/b/c.html": b"2"}
    manifest, damaged, strangers = state_of(out)
    assert set(manifest.files()) == {"index.html", "a/b/c.html"}
    assert (damaged, strangers) == (set(), set())


def test_nothing_of_ours_lies_in_the_published_folder(tmp_path):
    publish(tmp_path / "site", {"index.html": b"1"})
    assert {p.name for p in tmp_path.iterdir()} == {"site", ".sitegen"}
    assert {p.name for p in (tmp_path / ".sitegen/outputs/site").iterdir()} == {"lock", "manifest"}


def test_unchanged_files_are_the_same_files(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1", "a.html": b"a", "gone.html": b"g"})
    before = (out / "a.html").stat()
    publish(out, {"index.html": b"2"}, keep=["a.html"])
    after = (out / "a.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert contents(out) == {"index.html": b"2", "a.html": b"a"}


def test_a_file_system_without_hard_links(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1", "a.html": b"a"})

    def link(*_, **__):
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    publish(out, {"index.html": b"2"}, keep=["a.html"])
    assert contents(out) == {"index.html": b"2", "a.html": b"a"}
    assert state_of(out)[1:] == (set(), set())


def test_two_pages_on_one_path(tmp_path):
    out = tmp_path / "site"
    publish(out, {"a.html": b"a"})
    with Output(out) as output:
        stage = output.stage()
        entry = stage.write("a.html", b"new")
        with pytest.raises(FileExistsError):
            stage.write("a.html", b"other")
        with pytest.raises(FileExistsError):
            stage.keep("a.html", entry)
        assert (stage.folder / "a.html").read_bytes() == b"new"


def test_damage_is_found(tmp_path):
    out = tmp_path / "site"
    names = ["index.html", "missing", "longer", "other", "link", "folder", "touched", "well"]
    publish(out, dict.fromkeys(names, b"12"))
    (out / "missing").unlink()
    (out / "longer").write_bytes(b"123")
    (out / "other").write_bytes(b"21")
    os.utime(out / "other", ns=(1, 1))
    (out / "link").unlink()
    (out / "link").symlink_to(out / "well")
    (out / "folder").unlink()
    (out / "folder").mkdir()
    os.utime(out / "touched", ns=(1, 1))
    _, damaged, strangers = state_of(out)
    assert damaged == {"missing", "longer", "other", "link", "folder"}
    assert strangers == set()


def test_a_broken_link_is_damage_and_no_crash(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1", "a": b"1"})
    (out / "a").unlink()
    (out / "a").symlink_to("nowhere")
    (out / "b").symlink_to("nowhere")
    assert state_of(out)[1:] == ({"a"}, {"b"})


def test_a_copied_folder_is_as_good_as_the_first(tmp_path):
    publish(tmp_path / "one" / "site", {"index.html": b"1", "a/b.html": b"2"})
    shutil.copytree(tmp_path / "one", tmp_path / "two", copy_function=shutil.copyfile)
    out = tmp_path / "two" / "site"
    times = {path: (out / path).stat().st_mtime_ns for path in contents(out)}
    manifest, damaged, strangers = state_of(out)
    assert (damaged, strangers) == (set(), set())
    # It has the times back, so that the next build needs not read it.
    assert (out / "a/b.html").stat().st_mtime_ns == manifest.files()["a/b.html"].mtime_ns
    assert (out / "a/b.html").stat().st_mtime_ns != times["a/b.html"]


def test_strangers_are_kept_aside(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1", "days/1.html": b"1"})
    for round_ in ("first", "second"):
        (out / "notes.txt").write_text(round_)
        (out / "days/x.txt").write_text(round_)
        (out / ".git/objects").mkdir(parents=True)
        (out / ".git/objects/1").write_text(round_)
        (out / ".git/HEAD").write_text(round_)
        (out / ".git/link").symlink_to("objects")
        (out / "link").symlink_to("/nowhere")
        inodes = {name: (out / name).stat().st_ino for name in ("notes.txt", ".git/HEAD")}
        _, _, strangers = state_of(out)
        assert strangers == {"notes.txt", "days/x.txt", ".git", "link"}
        problems = publish(out, {"index.html": b"2", "days/1.html": b"1"}, strangers=strangers)
        assert [p.file for p in problems] == ["site/.git", "site/days/x.txt", "site/link",
                                              "site/notes.txt"]  # fmt: skip
        assert all("it was moved to " in p.message and "/kept" in p.message for p in problems)
        assert all(
            str(p).endswith("(put files of your own under content/static/)") for p in problems
        )
        assert {p.line for p in problems} == {0}
        assert set(contents(out)) == {"index.html", "days/1.html"}
    state = tmp_path / ".sitegen/outputs/site"
    assert (state / "kept/notes.txt").read_text() == "first"
    assert (state / "kept-2/notes.txt").read_text() == "second"
    assert (state / "kept-2/.git/objects/1").read_text() == "second"
    assert (state / "kept/link").is_symlink()
    assert (state / "kept/.git/link").readlink() == Path("objects")
    # Moved, not copied: they may be large.
    assert {name: (state / "kept-2" / name).stat().st_ino for name in inodes} == inodes


def test_foreign_folders_are_refused_and_left_alone(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.tex").write_text("years of work")
    with pytest.raises(PublicationError) as caught, Output(out):
        pass
    assert str(caught.value) == (
        f"{out}: this folder holds files that sitegen did not make, so it is left as it is "
        "(give another --out, or empty the folder yourself)"
    )
    assert {p.name for p in tmp_path.iterdir()} == {"site"}, "nothing is written beside it"


def test_a_folder_put_where_the_site_was_is_refused(tmp_path):
    # Its name has a manifest, and its inode may even be that of the removed site.
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    shutil.rmtree(out)
    out.mkdir()
    (out / "index.html").write_text("2")
    with pytest.raises(PublicationError, match="did not make"), Output(out):
        pass


def test_a_page_that_only_speaks_of_sitegen_is_no_site_of_ours(tmp_path):
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_bytes(b" " * 16_384 + GENERATOR)  # far from its head
    with pytest.raises(PublicationError, match="did not make"), Output(out):
        pass


def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with Output(out) as output:
        manifest = output.manifest()
        monkeypatch.setattr(os, "scandir", refuse)
        with pytest.raises(PublicationError) as caught:
            output.damaged(manifest)
        monkeypatch.undo()
    assert str(caught.value).startswith(f"{out}: cannot be read: Permission denied")


@pytest.mark.parametrize("what", ["missing", "empty", "generator", "manifest"])
def test_folders_that_may_be_replaced(tmp_path, what):
    out = tmp_path / "site"
    if what == "empty":
        out.mkdir()
    elif what == "generator":
        out.mkdir()
        (out / "index.html").write_bytes(b"<!doctype html>" + GENERATOR)
    elif what == "manifest":
        publish(out, {"index.html": b"1", "a": b"2"})
        (out / "index.html").unlink()
    publish(out, {"index.html": b"new"})
    assert contents(out) == {"index.html": b"new"}


def test_the_output_is_a_file(tmp_path):
    (tmp_path / "site").write_text("x")
    with pytest.raises(PublicationError) as caught, Output(tmp_path / "site"):
        pass
    assert str(caught.value) == (
        f"{tmp_path / 'site'}: the output is a file, not a folder (give another --out)"
    )


def test_an_output_that_is_a_link_stands_for_where_it_leads(tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    for text in (b"1", b"2"):
        publish(tmp_path / "site", {"index.html": text})
    assert (tmp_path / "site").is_symlink()
    assert contents(tmp_path / "www") == {"index.html": b"2"}


def test_a_state_folder_that_cannot_be_made(tmp_path):
    (tmp_path / ".sitegen").write_text("a file")
    with pytest.raises(PublicationError, match="cannot be written") as caught:
        publish(tmp_path / "site", {"index.html": b"1"})
    assert caught.value.hint
    assert not (tmp_path / "site").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "parent").mkdir(mode=0o500)
    with pytest.raises(PublicationError, match="cannot be written"):
        publish(tmp_path / "parent" / "site", {"index.html": b"1"})


def test_a_full_disk_publishes_nothing(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Output(out) as output:
        stage = output.stage()
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
        try:
            # The first ten bytes are written, and no error is raised for the rest.
            with pytest.raises(PublicationError, match="No space left"):
                stage.write("index.html", b"2" * 20)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert contents(out) == {"index.html": b"1"}


def test_permissions_are_those_of_the_folder_before(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    usual = tmp_path / "usual"
    usual.mkdir()
    assert out.stat().st_mode == usual.stat().st_mode
    out.chmod(0o750)
    publish(out, {"index.html": b"2"})
    assert out.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda _: b"",
        lambda _: store.sealed(b"\xff not msgpack"),
        lambda _: store.sealed(store.msgspec.msgpack.encode(Manifest(format=99))),
        lambda _: store.sealed(store.msgspec.msgpack.encode({"bundles": 7})),
    ],
)
def test_a_manifest_that_cannot_be_trusted_is_none(tmp_path, spoil):
    out = tmp_path / "site"
    publish(out, {"index.html": GENERATOR})
    manifest = tmp_path / ".sitegen/outputs/site/manifest"
    manifest.write_bytes(spoil(manifest.read_bytes()))
    with Output(out) as output:
        assert output.manifest() is None
    publish(out, {"index.html": b"new"})
    assert contents(out) == {"index.html": b"new"}


def test_a_build_killed_where_one_was_killed_before(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", _interrupted)  # the folders are exchanged, not the manifests
        with pytest.raises(KeyboardInterrupt):
            publish(out, {"index.html": b"2", "a.html": b"2"})
    with monkeypatch.context() as patch:
        patch.setattr(store, "exchange", _interrupted)  # the next one has written its manifest
        with pytest.raises(KeyboardInterrupt):
            publish(out, {"index.html": b"3"})
    assert contents(out) == {"index.html": b"2", "a.html": b"2"}
    assert state_of(out)[1:] == (set(), set())


def test_where_manifests_cannot_be_settled_the_one_of_the_folder_counts(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    publish(out, {"index.html": b"2", "a.html": b"2"})
    assert {path.name for path in (tmp_path / ".sitegen/outputs/site").glob("manifest*")} == {
        "manifest",
        "manifest.new",
    }
    assert set(state_of(out)[0].files()) == {"index.html", "a.html"}


def test_a_killed_builds_manifest_is_in_no_way_where_the_site_was_removed(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    shutil.rmtree(out)
    state = tmp_path / ".sitegen/outputs/site"
    shutil.copy(state / "manifest", state / "manifest.new")
    publish(out, {"index.html": b"2"})
    assert contents(out) == {"index.html": b"2"}


def test_a_manifest_that_was_cut_short_changes_nothing(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    (tmp_path / ".sitegen/outputs/site/manifest.new").write_bytes(b"cut")
    assert set(state_of(out)[0].files()) == {"index.html"}


def test_what_was_left_aside_by_an_exchange_goes(tmp_path):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    aside = tmp_path / ".sitegen/outputs/site/aside"
    shutil.copytree(out, aside)
    with Output(out):
        assert not aside.exists()
    assert contents(out) == {"index.html": b"1"}


def test_a_stage_that_cannot_be_removed_is_in_no_builds_way(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})
    left = tmp_path / ".sitegen/outputs/site/stage-left"
    left.mkdir()

    def refuse(*_, **__):
        raise PermissionError

    with monkeypatch.context() as during:
        during.setattr(os, "rmdir", refuse)
        publish(out, {"index.html": b"2"})
    assert contents(out) == {"index.html": b"2"}
    publish(out, {"index.html": b"3"})
    assert not left.exists()


def test_how_two_builds_differ():
    def manifest(**files):
        return Manifest(bundles={"all": BundleEntry(b"1", files)})

    old = manifest(same=(1, 1, b"s"), other=(1, 1, b"o"), gone=(1, 1, b"g"))
    new = manifest(same=(1, 1, b"s"), other=(1, 2, b"o"), new=(1, 1, b"n"))
    assert store._differences(old, new) == [("other", False), ("new", False), ("gone", True)]


def _interrupted(*_):
    raise KeyboardInterrupt


def test_two_builds_at_once(tmp_path):
    with Output(tmp_path / "site"):
        code = (
            "import sys; from sitegen.publication.store import Output; from pathlib import Path\n"
            "from sitegen.errors import PublicationError\n"
            "try:\n  Output(Path(sys.argv[1])).__enter__()\n"
            "except PublicationError as error: print(error)\n"
        )
        other = subprocess.run(
            [sys.executable, "-c", code, tmp_path / "site"],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
    assert f"another build (process {os.getpid()})" in other.stdout
    publish(tmp_path / "site", {"index.html": b"1"})  # and now it is free


def test_other_outputs_are_other_builds(tmp_path):
    with Output(tmp_path / "one"), Output(tmp_path / "two"):
        pass


def test_a_failed_exchange_leaves_the_old_site(tmp_path, monkeypatch):
    out = tmp_path / "site"
    publish(out, {"index.html": b"1"})

    def refuse(*_):
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(store, "exchange", refuse)
    with pytest.raises(PublicationError, match="busy") as caught:
        publish(out, {"index.html": b"2"})
    assert "mount point" in caught.value.hint
    assert caught.value.file == str(out)
    monkeypatch.undo()
    assert contents(out) == {"index.html": b"1"}
    assert state_of(out)[1:] == (set(), set())
    assert not [*(tmp_path / ".sitegen/outputs/site").glob("stage-*")]


def test_without_exchange_in_one_step(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange, "_in_one_step", lambda *_: False)
    out = tmp_path / "site"
    for text in (b"1", b"2", b"3"):
        publish(out, {"index.html": text})
        assert contents(out) == {"index.html": text}
        assert state_of(out)[1:] == (set(), set())


@pytest.mark.parametrize(
    ("way", "begin", "what"),
    [
        ("one-step", "stranger", "killed"),
        ("one-step", "spare", "killed"),
        ("two-steps", "stranger", "killed"),
        ("two-steps", "spare", "killed"),
        ("one-step", "stranger", "full"),
        ("two-steps", "spare", "full"),
        ("one-step", "spare", "read-only"),
        ("two-steps", "stranger", "read-only"),
    ],
)
def test_whatever_happens_at_any_step_it_leaves_the_old_site_or_the_new(tmp_path, way, begin, what):
    """Where the build says that it failed, it leaves the old one: see `killed_builds`."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_builds", tmp_path, way, begin, what],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30
