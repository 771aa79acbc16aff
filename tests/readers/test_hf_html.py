from __future__ import annotations

import json
import re
from datetime import date
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.errors import Problem
from sitegen.model import Record
from sitegen.readers import Content, choose, hf_html

from .saved_pages import SAVED, article, mhtml, page, served


def item(number: int = 1, **paper) -> dict:
    facts = {
        "id": f"2406.0000{number}",
        "title": f"Paper {number}:\n  A Title with “Quotes” & <Angles>",
        "summary": f"What paper {number} is about.",
        "authors": [{"name": "Ann Ay"}, {"name": "Ben O'Be"}],
        "upvotes": 40 + number,
        "publishedAt": "2024-05-31T17:59:00.000Z",
    }
    return {"paper": facts | paper, "publishedAt": "2024-06-03T00:00:00.000Z", "numComments": 1}


def embedded(*items: dict, quote: str = '"', **more) -> str:
    props = {"dailyPapers": list(items), "periodType": "day", "dateString": "2024-06-03"} | more
    return page(
        f'<div class="SVELTE_HYDRATER contents" data-target="DailyPapers" '
        f"data-props={quote}{escape(json.dumps(props))}{quote}><main>{article(9)}</main></div>"
    )


def read(text: str | bytes) -> tuple[list[Record], list[Problem]]:
    found = list(hf_html.read(Content.of(text, "p.html"), "p.html"))
    problems = [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Record)], problems


def sniff(text: str) -> int:
    return hf_html.sniff(Content.of(text, "p.html").head, "p.html")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_embedded_papers_are_read_as_the_api_gives_them(quote):
    text = embedded(item(1), item(2), quote=quote)
    assert sniff(text) == 95
    records, problems = read(text)
    assert problems == []
    assert [record.ids for record in records] == [{"arxiv": "2406.00001"}, {"arxiv": "2406.00002"}]
    assert records[0].title == "Paper 1: A Title with “Quotes” & <Angles>"
    assert records[0].authors == ("Ann Ay", "Ben O'Be")
    assert records[0].abstract == "What paper 1 is about."
    assert (records[1].upvotes, records[1].published) == (42, date(2024, 5, 31))
    assert records[0].listed == date(2024, 6, 3)
    assert {record.header_day for record in records} == {"2024-06-03"}
    assert [record.place for record in records] == [0, 1]
    assert {text.split("\n")[record.line - 1][:10] for record in records} == {"<div class"}


def test_the_page_of_a_week_is_no_day():
    records, _ = read(embedded(item(1), periodType="week", dateString="2024-W23"))
    assert (records[0].header_day, records[0].listed) == ("", date(2024, 6, 3))


def test_papers_of_a_trending_page_have_the_day_on_which_they_were_listed():
    trending = item(1, submittedOnDailyAt="2025-06-04T00:00:00.000Z")
    trending["publishedAt"] = "2025-06-02T00:00:00.000Z"
    records, _ = read(embedded(trending, periodType="trending", dateString=""))
    assert (records[0].header_day, records[0].listed) == ("", date(2025, 6, 4))


def test_articles_are_read_where_nothing_is_embedded():
    text = page(article(1) + article(2, "Second &amp; <i>last</i>", votes="1,234") + article(1))
    assert sniff(text) == 85
    records, problems = read(text)
    assert [(record.title, record.upvotes) for record in records] == [
        ("An Article's Title", 42),
        ("Second & last", 1234),
    ]
    first = records[0]
    assert first.ids == {"arxiv": "2406.00001"}
    assert (first.submitter, first.comment, first.header_day) == (
        "akhaliq", "12 authors", "2024-06-03",
    )  # fmt: skip
    assert first.url == "https://huggingface.co/papers/2406.00001"
    assert first.authors == ()
    assert len(problems) == 1  # no abstracts


def test_addresses_that_the_browser_made_absolute_are_read_as_well():
    text = page(article(1).replace('href="/papers', 'href="https://huggingface.co/papers'))
    assert [record.ids["arxiv"] for record in read(text)[0]] == ["2406.00001"]


def test_an_article_without_votes_has_none():
    text = page(article(1, votes="-"))
    assert read(text)[0][0].upvotes is None


def test_the_page_of_one_paper_gives_that_paper_alone():
    text = page(
        "<h1>The Paper\n Itself</h1><div><h2>Abstract</h2><p>What it says.</p></div>"
        f"<h2>Similar</h2>{article(5)}",
        url="https://huggingface.co/papers/2406.00001",
    )
    records, problems = read(text)
    assert [(record.title, record.abstract) for record in records] == [
        ("The Paper Itself", "What it says.")
    ]
    assert records[0].ids == {"arxiv": "2406.00001"}
    assert problems == []


def test_a_page_without_papers_says_so():
    assert [problem.message for problem in read(embedded())[1]] == ["no papers on this page"]
    assert [problem.message for problem in read(page("<p>Loading…</p>"))[1]] == [
        "no papers on this page"
    ]


def test_of_a_page_that_is_cut_off_the_whole_papers_are_read():
    text = embedded(item(1), item(2), item(3))
    cut = text[: text.index("Paper 3")]
    records, problems = read(cut)
    assert [record.ids["arxiv"] for record in records] == ["2406.00001", "2406.00002"]
    assert any("cut off" in problem.message for problem in problems)


# ------------------------------------------------------------- as browsers save the page

PAPERS = [
    item(number, ai_keywords=["agents"], githubRepo="https://github.com/a/b")
    for number in (1, 2, 3)
]
TITLES = [" ".join(one["paper"]["title"].split()) for one in PAPERS]


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED)
def test_a_page_reads_the_same_however_it_was_saved(saved):
    expected, problems = read(served(*PAPERS))
    assert (len(expected), problems) == (3, [])
    text = saved(served(*PAPERS))
    assert sniff(text) >= 85
    records, problems = read(text)
    assert problems == []
    assert [replace(one, line=0) for one in records] == [replace(one, line=0) for one in expected]
    assert all(1 <= one.line <= text.count("\n") + 1 for one in records)


def test_the_line_in_a_single_file_is_that_of_the_page():
    text = mhtml(served(*PAPERS))
    records, _ = read(text)
    lines = text.split("\n")
    assert lines[records[0].line - 1].startswith("Content-Type: text/html")


def test_mhtml_without_a_page_is_told():
    where = "Snapshot-Content-Location: https://huggingface.co/papers"
    text = f"From: <Saved by Blink>\n{where}\nMIME-Version: 1.0\n\nx"
    assert sniff(text) == 85
    records, (problem,) = read(text)
    assert records == []
    assert "HTML only" in problem.hint


@pytest.mark.parametrize("saved", [*SAVED.values(), str], ids=[*SAVED, "served"])
def test_of_a_saved_page_that_is_cut_short_every_whole_paper_is_read(saved):
    text = saved(served(*PAPERS))
    if saved is mhtml:  # quoted-printable: cut at the end of a line
        cuts = [m.end() for m in re.finditer("\n", text)][::9]
    else:
        cuts = range(text.index("dailyPapers"), len(text), 97)
    most = 0
    for cut in cuts:
        records, problems = read(text[:cut])
        assert [one.title for one in records] == TITLES[: len(records)]
        assert problems or len(records) == 3
        assert len(records) >= most
        most = len(records)
    assert most == 3


JUNK = ('"', "'", '"x', ">", "<", "&quot;", "\0", "\x1b[0m", "{", "]", '" a')


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_one_paper_loses_that_paper_at_most(junk):
    text = served(*PAPERS)
    inside = text.index("paper 2 is about")
    records, problems = read(text[:inside] + junk + text[inside:])
    assert {"2406.00001", "2406.00003"} <= {one.ids["arxiv"] for one in records}
    assert len(records) == 3 or problems


def test_what_is_shown_is_read_where_what_is_embedded_is_broken():
    text = served(*PAPERS)
    broken = re.sub(r"\{&quot;paper&quot;.*?(?=&quot;dateString)", "{", text, count=1)
    records, problems = read(broken)
    assert [one.ids["arxiv"] for one in records] == [f"2406.0000{n}" for n in (1, 2, 3)]
    assert any("broken JSON" in problem.message for problem in problems)


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/papers/date/2024-06-03",
        "https://huggingface.co/papers?date=2024-06-03",
        "https://hf-mirror.com/papers?sort=x&amp;date=2024-06-03#top",
    ],
)
def test_the_day_in_the_address_is_that_of_the_articles(address):
    assert {one.header_day for one in read(page(article(1), url=address))[0]} == {"2024-06-03"}


def test_a_page_is_known_by_its_title_alone():
    text = "<!doctype html><html><head><title>Daily Papers - Hugging Face</title></head></html>"
    assert sniff(text) == 85


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><title>Blog</title><article><h3>A post</h3></article></html>",
        '<html><head><link rel="canonical" href="https://example.org/papers/1"></head></html>',
        '<!doctype html><p>See <a href="https://huggingface.co/papers">Daily Papers</a>',
        '{"dailyPapers": []}',
        "From: a@b.org\nMIME-Version: 1.0\n\nhello",
        "plain words about dailyPapers",
    ],
)
def test_other_pages_are_not_claimed(text):
    assert sniff(text) == 0


def test_the_reader_is_found_and_chosen():
    reader = choose(Content.of(embedded(item(1)), "x.html"))
    assert reader is not None
    assert reader.NAME == "hf-html"


@given(st.integers(0, 3000), st.integers(0, 200), st.text(max_size=30))
def test_nothing_is_raised_for_a_mutated_page(at, length, junk):
    for text in (embedded(item(1), item(2)), page(article(1) + article(2))):
        mutated = text[:at] + junk + text[at + length :]
        sniff(mutated)
        read(mutated.encode("utf-8", "replace"))


def test_depth_is_harmless():
    text = page("<div>" * 100_000 + article(1))
    read(text)
    read(embedded(item(1)).replace("[{", "[" * 50_000 + "{"))
