"""Sources as people write them."""

from __future__ import annotations

import re

import pytest

from sitegen.config import load_project
from sitegen.errors import UsageError
from sitegen.fetching.sources import BASES, base, chosen, configured, source

LONG = "cs.CL+cs.LG+cs.AI+cs.IR+stat.ML+eess.AS+cs.SD"


@pytest.mark.parametrize(
    ("text", "kind", "wanted", "name"),
    [
        ("arxiv:cs.CL", "arxiv", "cat:cs.CL", "arxiv-cs-cl"),
        ("ArXiv: cs.CL, hep-th", "arxiv", "cat:cs.CL OR cat:hep-th", "arxiv-cs-cl-hep-th"),
        ("arxiv:math", "arxiv", "cat:math.*", "arxiv-math"),
        ("arxiv:astro-ph", "arxiv", "cat:astro-ph.*", "arxiv-astro-ph"),
        ("arxiv:cond-mat.mtrl-sci", "arxiv", "cat:cond-mat.mtrl-sci", "arxiv-cond-mat-mtrl-sci"),
        ('arxiv:ti:"a b"', "arxiv", 'ti:"a b"', None),
        ("arxiv:transformers", "arxiv", "transformers", None),
        ("arxiv-feed:cs.CL+cs.LG", "arxiv-feed", "cs.CL+cs.LG", "arxiv-new-cs-cl-cs-lg"),
        ("hf", "hf", "", "hf-daily-papers"),
        ("huggingface", "hf", "", "hf-daily-papers"),
        ("https://example.org/a/feed.xml", "web", "https://example.org/a/feed.xml",
         "example-org-a-feed-xml"),
        ("http://example.org/?f=1", "web", "http://example.org/?f=1", None),
        (f"arxiv:{LONG}", "arxiv", None, None),
    ],
)  # fmt: skip
def test_what_can_be_written(text, kind, wanted, name):
    found = source(text)
    assert found.kind == kind
    assert wanted is None or found.wanted == wanted
    assert name is None or found.name == name
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", found.name)
    assert len(found.name) <= 48


def test_names_tell_sources_apart():
    texts = ["arxiv:cs.CL", "arxiv:cat:cs.CL", "arxiv-feed:cs.CL", f"arxiv:{LONG}",
             f"arxiv:{LONG}+cs.CV", "https://a.org/?x=1",
             "https://a.org/?x=2", "arxiv:a", "arxiv:A"]  # fmt: skip
    names = {source(text).name for text in texts}
    assert len(names) == len(texts)


@pytest.mark.parametrize(
    "text",
    ["", "cs.CL", "arxiv:", "arxiv:a\nb", "arxiv-feed:all:x", "hf:x", "ftp://example.org/",
     "feed.xml", "https://a:b@example.org/", "https://"],
)  # fmt: skip
def test_what_cannot(text):
    with pytest.raises(UsageError) as caught:
        source(text)
    assert caught.value.hint


def in_project(tmp_path, settings):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.toml").write_text(settings)
    return load_project(tmp_path)


def test_sources_of_the_settings(tmp_path):
    project = in_project(
        tmp_path,
        '[[fetch]]\nsource = "arxiv:cs.CL"\nfail_after = 4\n'
        '[[fetch]]\nsource = "hf"\nname = "daily"\n',
    )
    first, second = configured(project)
    assert (first.name, first.fail_after) == ("arxiv-cs-cl", 4)
    assert (second.name, second.kind, second.fail_after) == ("daily", "hf", None)
    assert chosen(project, ()) == (first, second)
    assert chosen(project, ("daily", "hf")) == (second,)
    (other,) = chosen(project, ("arxiv:cs.LG",))
    assert other.name == "arxiv-cs-lg"


@pytest.mark.parametrize(
    ("second", "said", "line"),
    [
        ('source = "nowhere"', "no source is written like this", 5),
        ('name = "Our Papers"\nsource = "hf"', "a-z, 0-9 and hyphens", 6),
        ('source = "arxiv:cs.CL"', "dumps of one name: arxiv-cs-cl", 5),
    ],
)
def test_settings_that_are_wrong_are_told_with_their_line(tmp_path, second, said, line):
    first = 'title = "x"\n[[fetch]]\nsource = "arxiv:cs.CL"\n'
    project = in_project(tmp_path, f"{first}[[fetch]]\n{second}\n")
    with pytest.raises(UsageError, match=said) as caught:
        configured(project)
    assert (caught.value.file, caught.value.line) == ("content/site.toml", line)


def test_services_can_be_asked_elsewhere(monkeypatch):
    for variable, address in BASES.items():
        assert base(variable) == address
        assert address.startswith("https://")
    monkeypatch.setenv("SITEGEN_ARXIV_API", "http://127.0.0.1:8000/api/")
    assert base("SITEGEN_ARXIV_API") == "http://127.0.0.1:8000/api"
    monkeypatch.setenv("SITEGEN_ARXIV_API", "file:///x")
    with pytest.raises(UsageError, match="SITEGEN_ARXIV_API"):
        base("SITEGEN_ARXIV_API")
