"""What goes wrong around a build: disks, clocks, caches, other builds, people in the output.

The steps of publication, each failing or killed in turn, are in `test_store`; whole builds killed
at random in `test_killed_at_random`. Here the whole command meets the fault as it is in the world.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.cache import Cache, sealed
from sitegen.errors import PublicationError, SitegenError
from sitegen.publication.store import Output
from tests.sites import ABSTRACT, build_project, daily_json, files_of, project

SETTINGS = 'title = "Small"\nbase_url = "https://example.org/"\n'
COMMAND = [sys.executable, "-m", "sitegen", "build"]
HOUR = 3600 * 10**9


def dump(day: int, papers: int = 3) -> str:
    return daily_json(
        f"2026-05-{day:02}",
        [
            {"id": f"2605.{day:02}{n:03}", "title": f"Of {day}, {n}", "summary": f"{n}. {ABSTRACT}"}
            for n in range(papers)
        ],
    )


def add(root: Path, day: int, papers: int = 3) -> None:
    (root / f"content/dumps/2026-05-{day:02}.json").write_text(dump(day, papers))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site, to be copied."""
    root = project(tmp_path_factory.mktemp("faults") / "p", SETTINGS, dumps__x="", pages__a="# A")
    (root / "content/dumps/x").unlink()
    for day in (5, 6):
        add(root, day)
    assert build_project(root).published
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "p", symlinks=True)


def fresh(root: Path) -> dict[str, bytes]:
    """What a first build of the same project gives."""
    other = root.parent / "fresh"
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(root / "content", other / "content")
    assert build_project(other).published
    return files_of(other / "site")


# Inside: the project on a file system of its own; what happens to it; a build that must fail; what
# is left; and the build when all is well again.
ON_ITS_OWN_DISK = """
set -e
mount -t tmpfs -o size=3m tmpfs "$1"
cp -r "$2/." "$1"
cp -r "$1/site" "$3/before"
cp "$4" "$1/content/dumps/2026-05-07.json"
{fault}
set +e
"$5" -m sitegen build -C "$1" >"$3/out" 2>"$3/err"; echo $? >"$3/status"
set -e
cp -r "$1/site" "$3/after"
{mend}
"$5" -m sitegen build -C "$1" 2>"$3/again"
cp -r "$1/site" "$3/mended"
ls "$1/.sitegen/outputs/site" >"$3/state"
"""
DISKS = {
    # A page or two fit, the rest does not.
    "full": (
        'dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null || true; truncate -s -64k "$1/filler"',
        'rm "$1/filler"',
        "No space left on device",
    ),
    "read-only": (
        'mount -o remount,ro "$1"',
        'mount -o remount,rw "$1"',
        "Read-only file system",
    ),
}


@pytest.mark.parametrize("fault", DISKS)
def test_a_disk_that_takes_no_more(root: Path, tmp_path: Path, fault: str) -> None:
    if shutil.which("unshare") is None or subprocess.run(
        ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", tmp_path],
        check=False, capture_output=True,
    ).returncode:  # fmt: skip
        pytest.skip("no file system can be mounted here")
    do, mend, said = DISKS[fault]
    (tmp_path / "disk").mkdir()
    seen = tmp_path / "seen"
    seen.mkdir()
    new = tmp_path / "new.json"
    new.write_text(dump(7, papers=60))
    script = ON_ITS_OWN_DISK.format(fault=do, mend=mend)
    subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh",
         tmp_path / "disk", root, seen, new, sys.executable],
        check=True, cwd=Path(__file__).parent.parent, timeout=120,
    )  # fmt: skip
    error = (seen / "err").read_text()
    assert (seen / "status").read_text() == "1\n", error
    assert said in error
    assert "check space and permissions" in error
    assert "Traceback" not in error
    assert files_of(seen / "after") == files_of(seen / "before")
    assert "stage-" not in (seen / "state").read_text()
    add(root, 7, papers=60)
    assert files_of(seen / "mended") == fresh(root)


def _missing(out: Path) -> None:
    shutil.rmtree(out)


def _edited(out: Path) -> None:
    page = out / "index.html"
    page.write_text(page.read_text().replace("Small", "Large"))
    (out / "days/2026-05-05.html").unlink()
    (out / "papers").rename(out / "moved")


def _cut(out: Path) -> None:
    for path in out.rglob("*.html"):
        with path.open("r+b") as file:
            file.truncate(100)


@pytest.mark.parametrize("harm", [_missing, _edited, _cut])
@pytest.mark.parametrize("new", [False, True])
def test_an_output_that_people_changed_is_made_again(root: Path, harm, new: bool) -> None:
    before = files_of(root / "site")
    harm(root / "site")
    if new:
        add(root, 7)
    assert build_project(root).published
    assert files_of(root / "site") == (fresh(root) if new else before)


def test_an_edit_that_leaves_size_and_time_is_mended_by_a_full_build(root: Path) -> None:
    before = files_of(root / "site")
    for path in ("index.html", "papers/2605/2605.05001.html"):
        status = (root / "site" / path).stat()
        (root / "site" / path).write_bytes(before[path].replace(b"Small", b"Large"))
        os.utime(root / "site" / path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert build_project(root, full=True).published
    assert files_of(root / "site") == before


def test_an_output_replaced_by_a_file_is_left_alone(root: Path) -> None:
    shutil.rmtree(root / "site")
    (root / "site").write_text("mine")
    with pytest.raises(PublicationError, match="a file, not a folder"):
        build_project(root)
    assert (root / "site").read_text() == "mine"


OTHERS = {
    "a thesis": {"thesis.tex": "years"},
    "a site of someone else": {"index.html": "<!doctype html><title>Mine</title>"},
    "one that speaks of sitegen": {"index.html": "<p>&lt;meta name=generator content=sitegen>"},
    "hidden files alone": {".git/HEAD": "ref: refs/heads/main\n"},
    "an empty folder in it": {"later/": ""},
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("state", ["none", "of another site", "of the site that was here"])
def test_what_sitegen_did_not_make_is_never_replaced(root: Path, kind: str, state: str) -> None:
    out = root / "other"
    if state != "none":
        build_project(root, out=out)
        shutil.rmtree(out)
    if state == "of another site":
        kept = root / ".sitegen/outputs"
        shutil.rmtree(kept / "other")
        shutil.copytree(kept / "site", kept / "other")
    for name, text in OTHERS[kind].items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).mkdir() if name.endswith("/") else (out / name).write_text(text)
    before = sorted(out.rglob("*")), files_of(out)
    for full in (False, True):
        with pytest.raises(PublicationError, match="did not make") as caught:
            build_project(root, out=out, full=full)
        assert caught.value.hint
    assert (sorted(out.rglob("*")), files_of(out)) == before


def test_no_file_of_anyone_is_lost_with_the_site_around_it(root: Path) -> None:
    """Whatever is put into the site, in whatever place, is somewhere afterwards."""
    out = root / "site"
    mine = {"notes.txt", "papers/2605/mine.html", "deep/er/x", ".hidden", "assets/mine.css"}
    for path in mine:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(path)
    add(root, 7)
    report = build_project(root)
    assert report.published
    assert sum("did not make" in problem.message for problem in report.warnings) == len(mine)
    kept = files_of(root / ".sitegen/outputs/site/kept")
    assert kept == {path: path.encode() for path in mine}
    assert files_of(out) == fresh(root)


def test_a_second_build_says_who_is_at_work(root: Path) -> None:
    before = files_of(root / "site")
    add(root, 7)
    with Output(root / "site"):
        done = subprocess.run(
            [*COMMAND, "-C", root], check=False, capture_output=True, text=True, timeout=60
        )
    assert done.returncode == 1
    assert f"another build (process {os.getpid()}) is writing this output" in done.stderr
    assert "wait until it is done" in done.stderr
    assert files_of(root / "site") == before
    assert build_project(root).published


def test_builds_at_the_same_time_leave_one_whole_site(root: Path) -> None:
    for day in range(7, 12):
        add(root, day)
    both = [
        subprocess.Popen([*COMMAND, "-C", root], stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=60)[1] for one in both]
    ended = [one.returncode for one in both]
    assert 0 in ended
    for status, text in zip(ended, said, strict=True):
        assert status == 0 or (status == 1 and "another build (process" in text), text
    assert files_of(root / "site") == fresh(root)


@pytest.mark.parametrize("jump", [-40 * 365 * 24 * HOUR, 40 * 365 * 24 * HOUR])
def test_a_clock_that_jumps_changes_nothing(root: Path, jump: int, monkeypatch) -> None:
    """Times of dumps, of the site, of caches and of the folders: all in the past, or to come."""
    before = files_of(root / "site")
    now = (root / "content/site.toml").stat().st_mtime_ns
    for path in [*root.rglob("*"), root]:
        os.utime(path, ns=(now + jump, now + jump))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str((now + jump) // 10**9 if jump < 0 else 2**33))
    assert build_project(root).published
    assert files_of(root / "site") == before
    # What is changed "at the same time", and has the same size, is seen all the same.
    path = root / "content/dumps/2026-05-06.json"
    path.write_text(path.read_text().replace("Of 6, 1", "Of 6, 9"))
    os.utime(path, ns=(now + jump, now + jump))
    assert build_project(root).published
    assert b"Of 6, 9" in files_of(root / "site")["days/2026-05-06.html"]
    assert files_of(root / "site") == fresh(root)


def _every(root: Path, change) -> int:
    files = [path for path in (root / ".sitegen/cache").rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(change(path.read_bytes()))
    return len(files)


SPOILT = {
    "cut short": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "a bit turned over": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "other data under a right seal": lambda _: sealed(b"\x93\x01\xc0\xff"),
    "a value of another kind": lambda _: sealed(b"\x81\xa1a\x01"),
    "no value at all": lambda _: sealed(b""),
    "of another program": lambda _: b"SQLite format 3\0" * 100,
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_cache_is_as_good_as_none(root: Path, spoil: str) -> None:
    assert _every(root, SPOILT[spoil]) > 5
    (root / ".sitegen/outputs/site/manifest").write_bytes(SPOILT[spoil](b"x" * 100))
    add(root, 7)
    assert build_project(root).published
    assert files_of(root / "site") == fresh(root)


def test_a_cache_of_another_version_is_not_read_and_goes(root: Path, monkeypatch) -> None:
    cache = root / ".sitegen/cache"
    (version,) = [path.name for path in cache.iterdir()]
    (cache / version).rename(cache / ("0" * len(version)))
    loaded = []
    load = Cache.load
    monkeypatch.setattr(Cache, "load", lambda *a, **k: loaded.append(load(*a, **k)) or loaded[-1])
    add(root, 7)
    assert build_project(root).published
    assert loaded
    assert loaded[0] is None
    assert [path.name for path in cache.iterdir()] == [version]
    assert files_of(root / "site") == fresh(root)


def test_a_cache_that_is_a_file_or_leads_elsewhere(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / ".sitegen/cache")
    (root / ".sitegen/cache").write_text("a file")
    add(root, 7)
    assert build_project(root).published
    assert files_of(root / "site") == fresh(root)
    (root / ".sitegen/cache").unlink()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    (root / ".sitegen/cache").symlink_to(tmp_path / "mine")
    add(root, 8)
    assert build_project(root).published
    assert files_of(root / "site") == fresh(root)
    assert (tmp_path / "mine/letter.txt").read_text() == "mine"


def test_a_state_of_someone_else_is_an_error_that_says_so(root: Path) -> None:
    shutil.rmtree(root / ".sitegen")
    (root / ".sitegen").write_text(json.dumps("a file"))
    with pytest.raises(SitegenError, match="cannot be written"):
        build_project(root)
    assert (root / ".sitegen").read_text() == '"a file"'
