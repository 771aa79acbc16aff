"""The folder that went out, as the next build's stage: whatever happens to it or to the site."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from sitegen.digests import digest_of
from sitegen.errors import PublicationError
from sitegen.executors.processes import can_fork
from sitegen.publication import store
from sitegen.publication.manifest import BundleEntry, Manifest, without
from sitegen.publication.store import GENERATOR, Output

forks = pytest.mark.skipif(not can_fork(), reason="processes cannot be forked here")

PAGES = {
    "index.html": GENERATOR + b" 1",
    "papers/a/one.html": b"one",
    "papers/b/two.html": b"two",
    "days/monday.html": b"monday",
}


def build(out, files):
    """What a build does, each file being a bundle: whether it began with the spare folder."""
    with Output(out) as output:
        old = output.manifest() or Manifest()
        damaged, strangers = output.damaged(old)
        kept = without(old.bundles, damaged)
        known = {path: entry for bundle in kept.values() for path, entry in bundle.files.items()}
        stage = output.stage(old, strangers)
        bundles = {}
        try:
            for path, data in files.items():
                digest = digest_of(data)
                if path in kept and kept[path].digest == digest:
                    entry = stage.keep(path, known[path])
                else:
                    entry = stage.write(path, data, known.get(path))
                bundles[path] = BundleEntry(digest, {path: entry})
            output.publish(stage, Manifest(bundles=bundles), strangers, old)
        except BaseException:
            output.discard(stage)
            raise
    return stage.filled


def build_beside(out, files):
    """The same, with the stage filled by a process beside this one: the bundles it had to make."""
    with Output(out) as output:
        old = output.manifest() or Manifest()
        output.look(old, beside=True)
        damaged, strangers = output.damaged(old)
        stage = output.stage(old, strangers)
        assert stage.filled is not bool(strangers)
        kept = without(old.bundles, damaged)
        bundles, made = {}, []
        for path, data in files.items():
            digest = digest_of(data)
            if path in kept and kept[path].digest == digest:
                bundles[path] = kept[path]
                stage.keep(path, kept[path].files[path])
            else:
                made.append(path)
                bundles[path] = BundleEntry(digest, {path: stage.write(path, data)})
        output.publish(stage, Manifest(bundles=bundles), strangers, old)
    return made


def seen(out):
    """Files by their content, and folders."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes() if path.is_file() else None
        for path in out.rglob("*")
    }


def as_if_new(out, files):
    """The folder of a first build of the same files."""
    fresh = out.with_name("fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    build(fresh, files)
    return seen(fresh)


def pages(number, **more):
    changed = {"index.html": GENERATOR + f" {number}".encode(), f"days/{number}.html": b"day"}
    return PAGES | changed | {name.replace("__", "/"): data for name, data in more.items()}


@pytest.fixture
def out(tmp_path):
    """A site of three builds, the third of which began with a spare folder."""
    folder = tmp_path / "site"
    assert not build(folder, pages(1))
    assert not build(folder, pages(2))
    assert build(folder, pages(3))
    return folder


def spare(out):
    return out.parent / ".sitegen/outputs/site/spare/site"


def is_clean(out):
    with Output(out) as output:
        manifest = output.manifest()
        assert output.damaged(manifest) == (set(), set())


def test_builds_go_on_with_it(out):
    for number in range(4, 8):
        files = pages(number, **{f"papers__c{number % 3}__three.html": b"%d" % number})
        assert build(out, files)
        assert seen(out) == as_if_new(out, files)
        is_clean(out)


def test_what_it_shares_is_shared(out):
    build(out, pages(4))
    for path in PAGES.keys() - {"index.html"}:
        assert (out / path).stat().st_ino == (spare(out) / path).stat().st_ino
    assert not (spare(out) / "days/4.html").exists()


def edit(out):
    (out / "papers/a/one.html").write_text("edited in place")


def replace(out):
    (out / "papers/a/other").write_text("renamed over it")
    (out / "papers/a/other").rename(out / "papers/a/one.html")


def delete_a_file(out):
    (out / "papers/a/one.html").unlink()


def delete_a_folder(out):
    shutil.rmtree(out / "papers")


def delete_all(out):
    shutil.rmtree(out)


def copy(out):
    shutil.copytree(out, out.with_name("copy"), copy_function=shutil.copyfile)
    shutil.rmtree(out)
    out.with_name("copy").rename(out)


def file_to_folder(out):
    (out / "index.html").unlink()
    (out / "index.html").mkdir()


def file_to_link(out):
    (out / "index.html").unlink()
    (out / "index.html").symlink_to("nowhere")


def folder_to_file(out):
    shutil.rmtree(out / "papers")
    (out / "papers").write_text("a file")


def stranger(out):
    (out / "papers/mine.txt").write_text("mine")


def empty_folder(out):
    (out / "papers/empty/deep").mkdir(parents=True)


def permissions(out):
    out.chmod(0o750)
    (out / "papers").chmod(0o700)
    (out / "index.html").chmod(0o600)


DAMAGES = [
    edit, replace, delete_a_file, delete_a_folder, delete_all, copy, file_to_folder, file_to_link,
    folder_to_file, stranger, empty_folder, permissions,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_happens_to_the_site(out, damage):
    damage(out)
    for number in range(4, 8):
        build(out, pages(number))
        assert seen(out) == as_if_new(out, pages(number)), number
        is_clean(out)


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_happens_to_the_spare_folder(out, damage):
    if damage is not edit:  # what it shares with the site is found there
        damage(spare(out))
    for number in range(4, 8):
        build(out, pages(number))
        assert seen(out) == as_if_new(out, pages(number)), number
        is_clean(out)


@pytest.mark.parametrize("damage", [replace, delete_a_file, stranger, empty_folder])
def test_whatever_happens_to_the_site_while_it_is_replaced(out, damage, monkeypatch):
    exchange = store.exchange

    def late(one, other, aside):
        damage(other)
        exchange(one, other, aside)

    monkeypatch.setattr(store, "exchange", late)
    build(out, pages(4))
    monkeypatch.undo()
    for number in range(5, 8):
        build(out, pages(number))
        assert seen(out) == as_if_new(out, pages(number)), number


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda _: b"", lambda _: b"foreign"])
def test_a_list_of_changes_that_cannot_be_trusted(out, spoil):
    changes = spare(out).with_name("changes")
    changes.write_bytes(spoil(changes.read_bytes()))
    assert not build(out, pages(4))
    assert seen(out) == as_if_new(out, pages(4))


def test_a_file_becomes_a_folder_and_a_folder_a_file(out):
    file, folder = {"static__x": b"file"}, {"static__x__y__z.html": b"page"}
    for number, more in enumerate([file, folder, {}, folder, file, file, folder, folder], 4):
        assert build(out, pages(number, **more))
        assert seen(out) == as_if_new(out, pages(number, **more)), number
        is_clean(out)


def test_a_page_moves_to_a_name_in_other_case(out):
    for number, name in enumerate(["Read.html", "read.html", "READ.html", "Read.html"], 4):
        assert build(out, pages(number, **{name: b"page"}))
        assert seen(out) == as_if_new(out, pages(number, **{name: b"page"}))


def test_where_case_does_not_count_the_new_name_stays(out, monkeypatch):
    build(out, pages(4, **{"Read.html": b"page"}))
    samefile, unlink = os.path.samefile, os.unlink

    def folded(one, other):
        return str(one).casefold() == str(other).casefold() or samefile(one, other)

    def unlink_folded(path, **options):
        wanted = Path(path)
        known = [
            at for at in wanted.parent.iterdir() if at.name.casefold() == wanted.name.casefold()
        ]
        unlink(known[0] if wanted.is_absolute() and known else path, **options)

    with monkeypatch.context() as during:
        during.setattr(os.path, "samefile", folded)
        during.setattr(os, "unlink", unlink_folded)
        assert build(out, pages(5, **{"read.html": b"page"}))
    assert seen(out) == as_if_new(out, pages(5, **{"read.html": b"page"}))


@pytest.mark.parametrize("call", ["unlink", "link"])
def test_one_that_cannot_be_changed_is_left_alone(out, monkeypatch, call):
    real = getattr(os, call)
    inside = f"/days/{3}.html"

    def refuse(path, *others, **options):
        if str(path).endswith(inside) and "stage-" in f"{path} {others}":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *others, **options)

    monkeypatch.setattr(os, call, refuse)
    monkeypatch.setattr(shutil, "copy2", refuse)
    filled = build(out, pages(4))
    monkeypatch.undo()
    assert not filled
    assert seen(out) == as_if_new(out, pages(4))


def test_without_hard_links_there_is_none(tmp_path, monkeypatch):
    def link(*_, **__):
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    for number in range(4):
        assert not build(tmp_path / "site", pages(number))
    assert not spare(tmp_path / "site").exists()
    assert seen(tmp_path / "site") == as_if_new(tmp_path / "site", pages(3))


def test_a_full_disk_leaves_the_site_and_the_next_build_is_right(out, monkeypatch):
    before = seen(out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(PublicationError, match="No space"):
        build(out, pages(4))
    monkeypatch.undo()
    assert seen(out) == before
    build(out, pages(4))
    assert seen(out) == as_if_new(out, pages(4))


@pytest.mark.parametrize("strange", [False, True])
def test_with_strangers_or_without_a_manifest_a_build_begins_anew(out, strange):
    with Output(out) as output:
        old = output.manifest()
        stage = output.stage(old, {"mine.txt"}) if strange else output.stage()
        assert not stage.filled
        output.discard(stage)
    assert not spare(out).exists()


# ------------------------------------------------------------------- a stage that is filled beside


class Here:
    """What is called beside, called in this process; where faults are looked for, they are seen."""

    def __init__(self, function):
        self._function = function

    def result(self):
        return self._function()

    def cancel(self):
        pass


@pytest.fixture(params=[pytest.param("forked", marks=forks), "here"])
def beside(tmp_path, monkeypatch, request):
    """A site of one build, which has no spare folder yet, just large enough for a process."""
    folder = tmp_path / "site"
    build(folder, pages(1))
    assert not spare(folder).exists()
    monkeypatch.setattr(store, "_WORTH_A_PROCESS", len(pages(1)))
    if request.param == "here":
        monkeypatch.setattr("sitegen.executors.aside.Aside", Here)
    return folder


@pytest.mark.parametrize(("asked", "worth"), [(False, 0), (True, 1_000)])
def test_no_process_is_begun_unless_it_is_asked_for_and_worth_it(beside, monkeypatch, asked, worth):
    def begun(_):
        raise AssertionError

    monkeypatch.setattr("sitegen.executors.aside.Aside", begun)
    monkeypatch.setattr(store, "_WORTH_A_PROCESS", worth)
    with Output(beside) as output:
        manifest = output.manifest()
        output.look(manifest, beside=asked)
        assert output.damaged(manifest) == (set(), set())


def test_a_stage_filled_beside_takes_what_changed(beside):
    inode = (beside / "papers/a/one.html").stat().st_ino
    assert build_beside(beside, pages(2)) == ["index.html", "days/2.html"]
    assert seen(beside) == as_if_new(beside, pages(2))
    assert (beside / "papers/a/one.html").stat().st_ino == inode
    is_clean(beside)
    assert build(beside, pages(3))  # the folder that went out is the next one's
    assert seen(beside) == as_if_new(beside, pages(3))


def test_what_is_damaged_is_made_again(beside):
    edit(beside)
    assert build_beside(beside, pages(1)) == ["papers/a/one.html"]
    assert seen(beside) == as_if_new(beside, pages(1))


def test_where_links_fail_the_stage_is_empty(beside, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as during:
        during.setattr("sitegen.publication.staging.Stage.fill", full)
        with Output(beside) as output:
            manifest = output.manifest()
            output.look(manifest, beside=True)
            assert output.damaged(manifest) == (set(), set())
            assert not [*output.state.glob("stage-*")]
            stage = output.stage(manifest)
            assert not stage.filled
            output.discard(stage)
    assert build_beside(beside, pages(2)) == ["index.html", "days/2.html"]


def test_with_strangers_nothing_is_filled(beside):
    (beside / "mine.txt").write_text("mine")
    build_beside(beside, pages(2))
    assert seen(beside) == as_if_new(beside, pages(2))
    assert (beside.parent / ".sitegen/outputs/site/kept/mine.txt").read_text() == "mine"


def test_where_files_cannot_be_shared_nothing_is_filled(beside, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    with Output(beside) as output:
        manifest = output.manifest()
        output.look(manifest, beside=True)
        assert output.damaged(manifest) == (set(), set())
        assert not [*output.state.glob("stage-*")]


def test_where_there_is_a_spare_folder_nothing_is_filled(beside):
    build(beside, pages(1))
    build(beside, pages(1))
    assert spare(beside).exists()
    with Output(beside) as output:
        manifest = output.manifest()
        output.look(manifest, beside=True)
        assert output.damaged(manifest) == (set(), set())
        assert not [*output.state.glob("stage-*")]
        stage = output.stage(manifest)
        assert stage.filled
        output.discard(stage)


def test_a_folder_that_cannot_be_read_is_told_from_beside(beside, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    with Output(beside) as output:
        manifest = output.manifest()
        with monkeypatch.context() as during:
            during.setattr(os, "scandir", refuse)
            output.look(manifest, beside=True)
            with pytest.raises(PublicationError) as caught:
                output.damaged(manifest)
    assert str(caught.value).startswith(f"{beside}: cannot be read: Permission denied")


@pytest.mark.parametrize("looked", [False, True])
def test_a_build_that_comes_to_nothing_leaves_no_stage(beside, looked):
    before = seen(beside)
    with Output(beside) as output:
        manifest = output.manifest()
        output.look(manifest, beside=True)
        if looked:
            assert output.damaged(manifest) == (set(), set())
            assert [*output.state.glob("stage-*")]
        elif can_fork() and not isinstance(output._looking, Here):
            for _ in range(1_000):  # the other process is at work
                if [*output.state.glob("stage-*")]:
                    break
                time.sleep(0.01)
    assert not [*output.state.glob("stage-*")]
    assert seen(beside) == before
