from __future__ import annotations

from datetime import date

import msgspec
import pytest

from sitegen.config import parse_settings
from sitegen.enrich.filters import filtered
from sitegen.merge import merge
from sitegen.model import Record, TopicMatch

MONDAY, TUESDAY = date(2026, 5, 4), date(2026, 5, 5)


def a_library():
    def record(number, title, day, **values):
        return Record(
            file=f"{day}.json", line=number, place=number, source="List", title=title, listed=day,
            fingerprint=title, digest=title.encode(), **values,
        )  # fmt: skip

    library = merge(
        [
            record(0, "Speech for robots", MONDAY, authors=("Ada Lovelace",), upvotes=3),
            record(1, "Reinforcement learning", MONDAY, categories=("cs.LG", "stat.ML")),
            record(2, "A review", MONDAY, abstract="All about robot arms.", upvotes=20),
            record(0, "A review", TUESDAY, abstract="All about robot arms.", upvotes=25),
            record(1, "Graphs", TUESDAY, authors=("Émilie du Châtelet",)),
        ]
    )
    on_topic = {"Graphs": (TopicMatch(slug="graphs", words=("graph",), score=3),)}
    papers = {
        paper.key: msgspec.structs.replace(paper, topics=on_topic.get(paper.title, ()))
        for paper in library.papers
    }
    days = tuple(
        msgspec.structs.replace(
            day,
            entries=tuple(
                msgspec.structs.replace(e, paper=papers[e.paper.key]) for e in day.entries
            ),
        )
        for day in library.days
    )
    return msgspec.structs.replace(library, papers=tuple(papers.values()), days=days)


def shown(settings: str):
    library, dropped = filtered(a_library(), parse_settings(settings, "site.toml"))
    on_days = [[entry.paper.title for entry in day.entries] for day in library.days]
    return [paper.title for paper in library.papers], on_days, {d.rule: d.titles for d in dropped}


def test_nothing_said_drops_nothing():
    library = a_library()
    assert filtered(library, parse_settings("", "site.toml")) == (library, ())


@pytest.mark.parametrize(
    ("settings", "titles"),
    [
        ('include.keywords = ["robot"]', {"Speech for robots", "A review"}),
        ('include.authors = ["ADA LOVELACE", "Emilie du Chatelet"]',
         {"Speech for robots", "Graphs"}),
        ('include.categories = ["stat"]', {"Reinforcement learning"}),
        ('include.categories = ["cs.L"]', set()),
        ('include.topics = ["graphs"]', {"Graphs"}),
        ('include.topics = ["graphs"]\ninclude.keywords = ["speech"]',
         {"Graphs", "Speech for robots"}),
        ("include.upvotes = 10", {"Reinforcement learning", "A review", "Graphs"}),
        ('exclude.keywords = ["robot arm"]',
         {"Speech for robots", "Reinforcement learning", "Graphs"}),
        ('include.keywords = ["robot"]\nexclude.authors = ["Ada Lovelace"]', {"A review"}),
    ],
)  # fmt: skip
def test_papers_are_chosen(settings, titles):
    papers, on_days, dropped = shown(settings)
    assert set(papers) == titles
    assert {title for day in on_days for title in day} == titles
    everything = {"Speech for robots", "Reinforcement learning", "A review", "Graphs"}
    assert sorted(title for one in dropped.values() for title in one) == sorted(everything - titles)


def test_a_paper_seen_before_leaves_the_later_day_and_stays_a_paper():
    papers, on_days, dropped = shown("exclude.seen_before = true")
    assert len(papers) == 4
    assert on_days == [["Speech for robots", "Reinforcement learning", "A review"], ["Graphs"]]
    assert dropped == {"exclude.seen_before": ("A review",)}


def test_each_rule_tells_what_it_dropped():
    _, _, dropped = shown('exclude.keywords = ["speech"]\nexclude.topics = ["graphs"]')
    assert dropped == {
        "exclude.keywords": ("Speech for robots",),
        "exclude.topics": ("Graphs",),
    }


def test_a_day_without_papers_left_is_no_day():
    _, on_days, _ = shown('include.topics = ["graphs"]')
    assert on_days == [["Graphs"]]
