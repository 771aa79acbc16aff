"""Damaged and hostile dumps through the whole build: the good one beside them is published.

Damage is a warning that names file and line, whatever is whole around it is kept, and nothing
is lost in silence. A file of which nothing at all can be read is an error: then nothing is
published, and what was published before stays.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen import dumps
from sitegen.errors import InputError
from sitegen.model import Record
from sitegen.readers import Content, choose, readers
from sitegen.report import Report
from tests.sites import build_files, daily_json, files_of

MADE = Path(__file__).parent / "dumps"
BASE = "https://example.org/"
GOOD = daily_json("2026-05-08", [{"id": "2605.00001", "title": "The good paper"}])
LEAST = 2  # papers of a sample: damage to one leaves another
MANY = 20  # papers of which about half stand in the first half
DEEP = 100_000
LINE = 5_000_000


@pytest.fixture(autouse=True)
def a_fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")  # 21 November 2026


@pytest.fixture(scope="session")
def samples() -> dict[str, Path]:
    """A dump for each reader: a real one of middling size where there is one, else a made one."""
    folders = [MADE]
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "dumps").is_dir():
            folders.insert(0, parent / "shared" / "dumps")
            break
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*"), key=lambda path: -path.stat().st_size):
            expected = path.suffix == ".json" and folder == MADE and ".in." not in path.name
            if expected or path.stat().st_size > 200_000:
                continue
            reader = choose(Content.of(path.read_bytes(), path.name))
            if reader is not None and len(_titles(path)) >= LEAST:
                found.setdefault(reader.NAME, path)
    return found


def test_every_reader_has_a_sample(samples: dict[str, Path]) -> None:
    assert set(samples) == {reader.NAME for reader in readers()}


def middle(splinter: bytes) -> Callable[[bytes], bytes]:
    """Behind two thirds: in the middle of some samples is their first record."""
    return lambda data: data[: len(data) * 2 // 3] + splinter + data[len(data) * 2 // 3 :]


def _half_utf_16(data: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + data[half:].decode("utf-8", "replace").encode("utf-16-le")


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut at the beginning": lambda data: data[: len(data) // 10],
    "NULs": middle(b"\0\0\0"),
    "Windows-1252": middle(b" caf\xe9 \x93quoted\x94 "),
    "half UTF-16": _half_utf_16,
    "a line of 5 MB": middle(b"a" * LINE),
    "a line of 5 MB of blanks": middle(b" " * LINE),
    "lists in lists": middle(b"[" * DEEP),
    "objects in objects": middle(b'{"a":' * DEEP),
    "elements in elements": middle(b"<a>" * DEEP),
    "braces in braces": middle(b"{" * DEEP),
    "quotation marks": middle(b'"' * DEEP),
    "a huge integer": middle(b"9" * DEEP),
    "old Macintosh lines": lambda data: data.replace(b"\n", b"\r"),
}
CUT = [name for name in DAMAGE if name.startswith(("cut", "half"))]


def folder_of(tmp_path: Path, **bad: bytes) -> Path:
    """A folder with a good dump and these others."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2026-05-08.json").write_text(GOOD)
    for name, data in bad.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def assert_published(report: Report, folder: Path) -> None:
    assert report.published, report.errors
    assert report.errors == []
    assert "The good paper" in (Path(report.out) / "days" / "2026-05-08.html").read_text()
    for problem in report.warnings:
        data = (folder / problem.file).read_bytes()
        assert 0 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert problem.message


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_told_and_what_is_whole_is_kept(
    samples: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    bad = {_named(name, path): DAMAGE[kind](path.read_bytes()) for name, path in samples.items()}
    folder = folder_of(tmp_path, **bad)
    hopeless = _hopeless(folder)
    assert kind in CUT or not hopeless
    for path in hopeless:
        path.unlink()
    report = build_files(tmp_path / "out", folder, base_url=BASE)
    assert_published(report, folder)
    bad = {file: data for file, data in bad.items() if (folder / file).exists()}
    samples = {name: path for name, path in samples.items() if _named(name, path) in bad}
    told = {problem.file for problem in report.warnings} | set(report.unclaimed)
    for (name, path), file in zip(samples.items(), bad, strict=True):
        whole = _titles(path)
        kept = _titles(folder / file)
        assert len(kept) == len(whole) or file in told or name == "text", (name, kind)
        if kind not in CUT:
            # The half before the damage, and but for the record that was hit the one behind it.
            assert len(whole & kept) >= len(whole) - 2, (name, kind, whole - kept)
        elif kind != "cut at the beginning":
            assert _titles_before(path, path.stat().st_size // 2) <= kept, (name, kind)
            assert len(whole & kept) >= len(whole) // 2 - 2 or len(whole) < MANY, (name, kind)


def _named(name: str, path: Path) -> str:
    return f"{name.replace('-', '_')}.{path.name}"


def _hopeless(folder: Path) -> list[Path]:
    """The files of which nothing can be read, which is an error that names the file."""
    found = []
    for path in folder.iterdir():
        reading = dumps.read(dumps.DumpFile(name=path.name, path=path))
        errors = [problem for problem in reading.problems if problem.severity == "error"]
        assert not (errors and reading.records)
        assert all(problem.file == path.name and problem.hint for problem in errors)
        found += [path] if errors else []
    return found


def _titles(path: Path) -> set[str]:
    return {record.title for record in _records(path)}


def _titles_before(path: Path, cut: int) -> set[str]:
    """Those of records behind which another one begins, on a line before the cut."""
    line = 1 + path.read_bytes()[:cut].count(b"\n")
    return {one.title for one, after in pairwise(_records(path)) if one.line < after.line < line}


def _records(path: Path) -> Sequence[Record]:
    return dumps.read(dumps.DumpFile(name=path.name, path=path)).records


LAUGHS = "".join(
    f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' if n else '<!ENTITY lol0 "haha">'
    for n in range(10)
)


@pytest.mark.parametrize("name", ["acl-xml", "arxiv-atom", "arxiv-feed", "arxiv-oai", "web-feed"])
def test_entities_are_neither_expanded_nor_fetched(
    samples: dict[str, Path], tmp_path: Path, name: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET")
    text = samples[name].read_text(encoding="utf-8")
    start = text.index("?>") + 2 if text.startswith("<?xml") else 0
    root = text[text.index("<", start) + 1 :].split()[0].rstrip(">")
    if "<!DOCTYPE" in text:
        start = text.index("]>") + 2
        root = text[text.index("<", start) + 1 :].split()[0].rstrip(">")
    doctype = f'<!DOCTYPE {root} [{LAUGHS}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
    body = text[start:].replace("</title>", " &lol9; &file;</title>")
    folder = folder_of(tmp_path, bad__xml=f"<?xml version='1.0'?>{doctype}{body}".encode())
    report = build_files(tmp_path / "out", folder, base_url=BASE)
    assert_published(report, folder)
    assert any("entities" in problem.message for problem in report.warnings)
    assert report.papers > 1
    site = b"".join(files_of(Path(report.out)).values())
    assert b"TOPSECRET" not in site
    assert b"hahahaha" not in site


def test_hostile_files_end_in_bounded_memory_and_time(
    samples: dict[str, Path], tmp_path: Path
) -> None:
    """Every damage to every format at once, in a process that may take a gigabyte and a half."""
    bad = {
        f"{number}_{name.replace('-', '_')}": damage(path.read_bytes())
        for name, path in samples.items()
        for number, damage in enumerate(DAMAGE.values())
    }
    folder = folder_of(tmp_path, **bad)
    for path in _hopeless(folder):
        path.unlink()
    command = [sys.executable, "-m", "sitegen", "build", str(folder), "-o", str(tmp_path / "out")]
    done = subprocess.run(
        [*command, "--executor", "serial", "--json"],
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=_limited,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1795219200"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert report["errors"] == []
    assert len(report["warnings"]) > len(samples)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1_500 << 20, 1_500 << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (300, 300))  # against an endless loop


def test_what_is_no_dump_is_counted_and_left_alone(tmp_path: Path) -> None:
    rng = random.Random(1)
    folder = folder_of(
        tmp_path,
        noise__json=rng.randbytes(100_000),
        picture__xml=b"\x89PNG\r\n\x1a\n" + rng.randbytes(5_000),
        zeros__txt=b"\0" * 100_000,
        notes__md=b"Notes for myself.\n",
    )
    (folder / "2026-05-09.json").mkdir()
    (folder / "2026-05-10.json").mkdir()
    (folder / "2026-05-10.json" / "more.json").write_text(
        daily_json("2026-05-10", [{"id": "2605.00002", "title": "Further down"}])
    )
    (folder / "gone.json").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.json")
    report = build_files(tmp_path / "out", folder, base_url=BASE)
    assert_published(report, folder)
    assert report.papers == 2
    # The files without a structure may be unclaimed, or a reader may say what is wrong.
    told = {problem.file for problem in report.warnings} | set(report.unclaimed)
    assert {"noise.json", "picture.xml", "zeros.txt", "notes.md"} <= told


def test_a_file_that_cannot_be_read_is_an_error_and_the_old_site_stays(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    report = build_files(tmp_path / "out", folder, base_url=BASE)
    before = files_of(tmp_path / "out")
    memory = Path("/proc/self/mem")
    if not memory.exists():
        pytest.skip("this system has no file that is there and cannot be read")
    (folder / "2026-05-09.json").symlink_to(memory)
    try:
        report = build_files(tmp_path / "out", folder, base_url=BASE)
        errors, published = report.errors, report.published
    except InputError as error:
        errors, published = [error.problem()], False
    assert not published
    (problem,) = errors
    assert problem.file == "2026-05-09.json"
    assert "cannot be read" in problem.message
    assert problem.hint
    assert files_of(tmp_path / "out") == before
