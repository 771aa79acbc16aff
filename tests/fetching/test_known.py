from __future__ import annotations

from datetime import date

import msgspec

from sitegen.fetching.known import Known, tokens
from sitegen.model import Record
from tests.sites import capture, daily_json

PAPER = {"id": "2605.00001", "title": "A paper"}


def record(**fields):
    given = {"file": "f", "line": 1, "place": 0, "source": "arXiv", "title": "A paper"}
    return Record(**(given | fields))


def with_dumps(project, **dumps):
    for name, text in dumps.items():
        path = project.root / "content" / "dumps" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Known(project)


def test_a_paper_is_known_by_its_identifier_or_else_its_title(project):
    known = with_dumps(project)
    known.take([record(ids={"arxiv": "2605.00001v2"}), record(title="α Nets")], "arxiv-cs-cl")
    assert known.has(record(ids={"arxiv": "2605.00001"}, title="Retitled"), "arxiv-cs-lg")
    assert known.has(record(title="alpha-nets"), "arxiv-cs-cl")
    assert not known.has(record(ids={"arxiv": "2605.00002"}), "arxiv-cs-cl")
    assert not known.has(record(), "arxiv-cs-cl"), "a title alone is not what has an id"


def test_another_list_may_have_it_too(project):
    known = with_dumps(project)
    known.take([record(ids={"arxiv": "2605.00001"})], "arxiv-cs-cl")
    other = record(ids={"arxiv": "2605.00001"}, source="A blog")
    assert not known.has(other, "blog")
    assert known.has(other, "arxiv-cs-cl"), "the source renamed its list"


def test_facts_list_nothing(project):
    known = with_dumps(project)
    known.take([record(ids={"arxiv": "2605.00001"}, listing=False)], "facts")
    assert not known.has(record(ids={"arxiv": "2605.00001"}), "facts")


def test_what_was_imported_by_hand_is_known(project):
    known = with_dumps(
        project,
        **{
            "deep/mine.json": daily_json("2026-05-08", [PAPER]),
            "x.txt": capture([("B", "c" * 300)]),
        },
    )
    source = "Hugging Face Daily Papers"
    listed = record(source=source, ids={"arxiv": "2605.00001"}, listed=date(2026, 5, 8))
    assert known.has(listed, "hf-daily-papers")
    again = msgspec.structs.replace(listed, listed=date(2026, 5, 14))
    assert not known.has(again, "hf-daily-papers"), "that list may have a paper on two days"
    assert not known.has(record(source=source, title="B", ids={"arxiv": "2605.00003"}), "hf")


def test_the_newest_dump_of_a_source(project):
    known = with_dumps(
        project,
        **{
            "2026-05-07-feed.xml": "<rss/>",
            "deep/2026-05-08-feed_02.xml": "<rss/>",
            "2026-05-09-feed-of-others.xml": "<rss/>",
            "2026-05-10_pinned_feed.xml": "<rss/>",
            ".2026-05-11-feed.xml.part": "<rss/>",
        },
    )
    assert known.newest("feed") == date(2026, 5, 8)
    assert known.newest("unheard-of") is None


def test_tokens_name_where_they_hold():
    found = set(tokens(record(ids={"doi": "10.1000/A"}), "x"))
    assert found == {("dumps x", "doi", "10.1000/a", ""), ("list arXiv", "doi", "10.1000/a", "")}
