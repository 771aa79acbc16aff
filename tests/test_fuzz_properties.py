"""The targets of `make fuzz` hold for the dumps in the tests, so that they do not rot."""

from __future__ import annotations

import pytest

from tests.fuzz import __main__ as fuzz
from tests.fuzz.properties import DUMPS, seeds, shown, targets


@pytest.mark.parametrize("name", targets())
def test_a_target_takes_its_seeds(name):
    given = seeds(name)
    assert given
    for seed in given[:20]:
        targets()[name](seed)


def test_every_format_of_the_tests_is_a_target():
    assert {folder.name for folder in DUMPS.iterdir()} <= targets().keys()


def test_what_is_wrong_is_seen(monkeypatch):
    monkeypatch.setattr("sitegen.clean.to_html", lambda text: f"<b>{text}</b>")
    with pytest.raises(AssertionError):
        shown("a")


def test_what_is_slow_when_it_is_large_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fuzz, "LARGE", 50_000)
    monkeypatch.setattr(fuzz, "_seconds", lambda work, data: work(data) or len(data) / 100_000)
    assert fuzz.large("ris")
    assert capsys.readouterr().out == "ris: a megabyte took 0.50 s of the processor at most\n"
    (tmp_path / ".fuzz/ris").mkdir(parents=True)
    monkeypatch.setattr(fuzz, "_seconds", lambda _, data: len(data) / 40_000)
    assert not fuzz.large("ris")
    assert (tmp_path / ".fuzz/ris/slow").is_file()


def test_without_guidance_it_goes_on_by_mutations(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert fuzz.one("ris", 20, blind=True) == 0
