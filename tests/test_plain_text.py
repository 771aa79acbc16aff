"""What dumps say does nothing to terminals, and stays what it is in JSON and TOML."""

from __future__ import annotations

import json
import tomllib
import unicodedata
import zipfile

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cli import main
from sitegen.corrections import Alias, written
from sitegen.plain_text import plain, spelled_out
from tests.sites import daily_json

# Colours, a title for the window, a link, an 8-bit CSI, the bell, deleted letters, a new line, text
# from the right, an isolate that never ends, a line separator, and what nobody sees.
NASTY = (
    "a\x1b[31mb\x1b]0;c\x07\x1b]8;;http://x\x1b\\d\x9b2Je\x08\x7ff\ng\u202eh\u2066i\u2028j\u200bk"
)
OBEYED = {"Cc", "Zl", "Zp"}
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def obeyed(text: str) -> list[str]:
    """The characters of a text that a terminal does something with, line feeds aside."""
    return [
        character
        for character in text.replace("\n", "")
        if unicodedata.category(character) in OBEYED
        or unicodedata.bidirectional(character) in DIRECTIONS
        or character in "\u200e\u200f\u061c\u200b\ufeff"
    ]


@given(st.text() | st.just(NASTY))
def test_plain_text_is_obeyed_by_nobody(text):
    assert obeyed(plain(text)) == []
    assert "\n" not in plain(text)
    assert len(plain(text)) == len(text)


def test_what_readers_of_any_script_need_stays():
    for text in ("é ü ø", "نموذج لغوي", "می‌خواهم", "👩‍💻", "模型", "a\u0301"):
        assert plain(text) == text


@given(st.text(st.characters(codec="utf-8")) | st.just(NASTY))
def test_json_and_toml_say_the_same_with_escapes(text):
    shown = spelled_out(json.dumps([text], ensure_ascii=False, indent=1))
    assert json.loads(shown) == [text]
    assert obeyed(shown) == []
    alias = written(Alias(path="x.html", to=text or "y"))
    assert tomllib.loads(alias)["alias"] == [{"path": "x.html", "to": text or "y"}]
    assert obeyed(alias) == []


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Dumps whose titles, identifiers, and names on disk and in an archive are nasty."""
    monkeypatch.chdir(tmp_path)
    papers = [{"id": f"2605.0000{n}", "title": f"{n} {NASTY}", "authors": [NASTY]} for n in (1, 2)]
    dump = daily_json("2026-05-08", papers)
    name = NASTY.replace("/", "")
    (tmp_path / f"2026-05-08-{name}.json").write_text(dump)
    (tmp_path / f"{name}.bib").write_text(
        f"@article{{k, doi={{10.1234/{NASTY}}}, title={{T}}}}\n@x"
    )
    with zipfile.ZipFile(tmp_path / "packed.zip", "w") as archive:
        archive.writestr(f"../{NASTY}.json", dump)
    (tmp_path / f"{name}.xyz").write_text("nobody's")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "inspect .", "inspect --jsonl .", "inspect --merged .", "build . -o o", "build . -o o -v",
        "build . -o o --json", "init a/NAME", "import -C p NAME.bib", "inspect NAME.none",
        "check NAME", "build . -o NAME.xyz", "build . --theme NAME",
    ],
)  # fmt: skip
def test_no_command_prints_what_a_terminal_obeys(here, command):
    (here / "p/content").mkdir(parents=True)
    (here / "p/content/site.toml").touch()
    words = [word.replace("NAME", NASTY.replace("/", "")) for word in command.split()]
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    said = done.stdout + done.stderr
    assert said
    assert obeyed(said) == [], said
    if "--jsonl" in command:
        first = json.loads(done.stdout.split("\n")[0])
        assert first["title"].startswith("1 a")
        assert obeyed(first["file"]) == []  # as it stands on pages
