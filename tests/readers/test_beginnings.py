"""The table of beginnings agrees with the readers, and spares a dump all but a few of them."""

from __future__ import annotations

import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.readers import Content, choose, readers
from sitegen.readers.beginnings import OWN, Beginning, beginning

from .damage import damaged

DUMPS = Path(__file__).resolve().parents[1] / "dumps"
STARTS = (
    "{", "[", "[{", '["', "[1", "[[", "[]", "[a](b)", "<", "<?xml?>", "<p>", "<html>", "1", "1 2",
    "From: <Saved by", "Date: x\n", "title,url\n", "# A\n", "@article{", "TY  - JOUR\n", "|a|b|\n",
    "\ufeff", "\n", " ", "\x0c", "sep=,\n", "Daily Papers\n", "- ", "%", '{"title": "x"}\n',
)  # fmt: skip


def test_every_own_reader_is_in_the_table() -> None:
    names = {path.stem for path in Path(import_module("sitegen.readers").__path__[0]).glob("*.py")}
    assert set(OWN) == names - {"__init__", "installed", "beginnings"}
    assert len(readers()) >= len(OWN)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ('\ufeff\n {"a"', Beginning.OBJECT),
        ('[\n {"a"', Beginning.LIST),
        ("[ ]", Beginning.LIST),
        ("[null", Beginning.BRACKET),
        ("[![x](y)", Beginning.BRACKET),
        ("<?xml", Beginning.XML),
        ("<!DOCTYPE html>", Beginning.XML),
        ("<rdf:RDF", Beginning.XML),
        ("<collection>", Beginning.TAG),
        ("1\n", Beginning.ONE),
        ("10", Beginning.TEXT),
        ("MIME-Version: 1.0", Beginning.HEADERS),
        ("Daily Papers", Beginning.TEXT),
        ("", Beginning.TEXT),
    ],
)
def test_beginnings(head: str, kind: Beginning) -> None:
    assert beginning(head) is kind


def agrees(head: str, name: str) -> None:
    kind = beginning(head)
    for module, kinds in OWN.items():
        if kind not in kinds:
            assert import_module(f"sitegen.readers.{module}").sniff(head, name) == 0, (module, kind)


def test_what_the_table_rules_out_the_reader_would_not_claim(shared: Path) -> None:
    for path in [*(shared / "dumps").rglob("*.*"), *DUMPS.rglob("*.*")]:
        agrees(Content.of(path.read_bytes()).head, path.name)


@settings(deadline=None, max_examples=80)
@given(rng=st.randoms(use_true_random=False))
def test_neither_would_it_of_damaged_dumps(rng: random.Random) -> None:
    dumps = sorted(path for path in DUMPS.rglob("*.*") if path.stat().st_size < 20_000)
    whole = rng.choice(dumps).read_bytes()
    start = "".join(rng.choice(STARTS) for _ in range(rng.randrange(3))).encode()
    for data in (start + whole, start + damaged(whole, rng)):
        agrees(Content.of(data).head, rng.choice(["x", "x.md", "x.csv", "x.bib"]))


LOADED = """
import sys
from sitegen.readers import Content, choose
print(choose(Content.of('[{"paper": {"id": "2608.00001"}}]')).NAME)
others = ("lxml", "bibtexparser", "sitegen.readers.text", "sitegen.readers.markdown")
print([name for name in others if name in sys.modules])
"""


def test_a_dump_of_one_kind_loads_no_readers_of_another() -> None:
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == ["hf-json", "[]"]


def test_the_choice_is_the_same_as_if_all_were_asked(shared: Path) -> None:
    for path in (shared / "dumps").rglob("*.*"):
        content = Content.of(path.read_bytes(), path.name)
        scores = [(reader.sniff(content.head, path.name), reader) for reader in readers()]
        score, surest = max(scores, key=lambda pair: pair[0])
        assert choose(content) is (surest if score else None)
