"""References in every format give back what went in, whatever it is."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs

import bibtexparser
import rispy
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import citing
from sitegen.model import Details, Paper

# What clean text may hold: anything visible, white space collapsed.
texts = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=40).map(
    lambda text: " ".join(text.split())
)
words = texts.filter(bool)


def paper(title: str, authors: tuple[str, ...] = (), venue: str = "", **ids: str) -> Paper:
    details = Details(authors=authors, venue=venue)
    return Paper(
        key="k",
        path="papers/k.html",
        digest=b"",
        title=title,
        ids=ids,
        published=date(2026, 8, 20),
        fetch=lambda: details,
    )


@given(title=words, authors=st.lists(words, max_size=4), venue=texts)
@example(title="A  - B", authors=["ER  - x"], venue="TY  - JOUR")
@example(title="x", authors=["\u2028a\x85b Jr."], venue="")
def test_ris_comes_back(title: str, authors: list[str], venue: str) -> None:
    said = citing.reference(paper(title, tuple(authors), venue))
    (record,) = rispy.loads(citing.ris(said))
    # The reader takes white space and a leading byte order mark off both ends.
    assert record["title"].strip() == said.title.strip()
    assert len(record.get("authors", [])) == len(said.names)
    assert record["id"] == citing.citation_key(paper(title, tuple(authors), venue))
    assert record.get("secondary_title", "").strip() == said.venue.strip()


@given(title=words, authors=st.lists(words, max_size=4), venue=texts)
def test_all_formats_have_one_key_and_as_many_authors(
    title: str, authors: list[str], venue: str
) -> None:
    of = paper(title, tuple(authors), venue)
    (entry,) = bibtexparser.parse_string(citing.bibtex(of)).entries
    item = json.loads(citing.item_json(citing.reference(of)))
    assert entry.key == item["id"]
    assert len(item.get("author", [])) == len([name for name in authors if name.strip()])


@given(title=words, authors=st.lists(words, max_size=4))
def test_a_context_object_is_a_query_that_gives_back_the_title(
    title: str, authors: list[str]
) -> None:
    said = citing.reference(paper(title, tuple(authors), doi="10.1/a&b"))
    found = parse_qs(citing.context_object(said), keep_blank_values=True, strict_parsing=True)
    assert found["rft.atitle"] == [said.title]
    assert len(found.get("rft.au", [])) == len(said.names)
    assert found["rft_id"] == ["info:doi/10.1/a&b", "https://doi.org/10.1/a&b"]


def test_kinds_of_papers_have_the_names_that_each_format_gives_them() -> None:
    for venue, ris, csl, genre in (
        ("", "UNPB", "article", "preprint"),
        ("Journal of Tests", "JOUR", "article-journal", "article"),
        ("Proceedings of Tests", "CPAPER", "paper-conference", "proceeding"),
    ):
        said = citing.reference(paper("A title", ("Ann Smith",), venue, arxiv="2608.00001"))
        assert rispy.loads(citing.ris(said))[0]["type_of_reference"] == ris
        assert citing.item(said)["type"] == csl
        assert f"rft.genre={genre}&" in citing.context_object(said)
        assert citing.item(said).get("container-title", "") == venue
