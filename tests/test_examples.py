"""The projects of `sitegen init --example`: each builds without a warning, none like another."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen import dumps
from sitegen.config import Settings, load_project
from sitegen.identity import fingerprint
from sitegen.model import Record
from sitegen.report import Report
from sitegen.starting import EXAMPLES, init
from tests.sites import build_project, files_of

# The day on which each is new: later, that of fetched lists is stale.
TODAY = {name: date(2026, 9, 17) for name in EXAMPLES} | {"arxiv-category": date(2026, 6, 26)}
TOO_MANY = 6  # words in a row that are those of an abstract


class Example(NamedTuple):
    root: Path
    settings: Settings
    report: Report
    site: dict[str, bytes]

    def page(self, name: str) -> str:
        return self.site[name].decode()


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Example]:
    built = {}
    with pytest.MonkeyPatch.context() as patch:
        for name, today in TODAY.items():
            noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
            patch.setenv("SOURCE_DATE_EPOCH", str(int(noon.timestamp())))
            root = tmp_path_factory.mktemp("examples") / name
            init(root, "https://example.org/papers/", today, name)
            # Checked as well: `strict` holds the new site against all rules.
            report = build_project(root, strict=True)
            built[name] = Example(
                root, load_project(root).settings, report, files_of(root / "site")
            )
    return built


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_builds_and_is_sound(examples: dict[str, Example], name: str) -> None:
    example = examples[name]
    assert (example.report.errors, example.report.warnings) == ([], [])
    assert example.report.published
    assert example.report.papers >= 6
    assert "check" in example.report.phases
    assert not [page for page, data in example.site.items() if b"@TITLE@" in data]


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_paper_has_a_topic_and_every_topic_a_paper(
    examples: dict[str, Example], name: str
) -> None:
    papers = [page for page in examples[name].site if page.startswith("papers/")]
    found: set[str] = set()
    for page in papers:
        topics = set(re.findall(r'href="?[^">]*topics/([a-z-]+)\.html', examples[name].page(page)))
        assert topics - {"index"}, page
        found |= topics - {"index"}
    rules = (examples[name].root / "content" / "topics.toml").read_text()
    assert found == set(re.findall(r'^slug = "(.+)"', rules, re.MULTILINE))


def test_the_publications_of_a_lab(examples: dict[str, Example]) -> None:
    lab = examples["lab"]
    assert lab.settings.dumps.day == "published"
    assert lab.report.filtered == {"include": 1}
    assert "logo.svg" in lab.site
    assert re.search(r'<img [^>]*src="?logo\.svg', lab.page("about.html"))
    assert {"days/2016-12-01.html", "days/2023-12-01.html"} <= lab.site.keys()
    shown = "".join(lab.page(page) for page in lab.site if page.startswith("papers/"))
    assert "Winograd" not in shown
    assert ">Multiword Expression Processing: A Survey</h1>" in shown, "as corrected"


def test_the_programme_of_a_reading_group(examples: dict[str, Example]) -> None:
    group = examples["reading-group"]
    meetings = sorted(page for page in group.site if re.fullmatch(r"days/[0-9-]+\.html", page))
    assert len(meetings) == 4
    for page in meetings:
        assert date.fromisoformat(page[5:15]).strftime("%A") == "Thursday"
        assert "introduced by" in group.page(page).lower(), "the editor's note"
    assert group.report.papers == 2 * len(meetings)


def test_a_category_of_arxiv(examples: dict[str, Example]) -> None:
    category = examples["arxiv-category"]
    (source,) = category.settings.fetch
    assert (source.source, source.fail_after) == ("arxiv:cs.GT", 5)
    assert category.report.filtered == {"exclude.keywords": 1, "exclude.seen_before": 0}
    names = [path.name for path in (category.root / "content" / "dumps").iterdir()]
    # A dump under the name of the source would have the first fetch ask for all days since then.
    assert not [name for name in names if source.name in name]


def test_a_conference(examples: dict[str, Example]) -> None:
    conference = examples["conference"]
    assert conference.settings.dumps.day == "published"
    assert (conference.report.papers, conference.report.days) == (15, 1)
    assert "The 28th Conference" in conference.page("days/2024-11-01.html")


def records(*places: Path) -> Iterator[Record]:
    for dump in dumps.find(places):
        for item in dumps.stream(dump).items:
            if isinstance(item, Record):
                yield item


def in_a_row(text: str) -> set[tuple[str, ...]]:
    found = re.findall(r"\w+", text.lower())
    return {tuple(found[at : at + TOO_MANY]) for at in range(len(found) - TOO_MANY + 1)}


class Real(NamedTuple):
    """What the sources say of a paper."""

    authors: int
    ids: dict[str, str]
    abstract: str


def of_dumps(*places: Path) -> dict[str, Real]:
    return {
        one.fingerprint: Real(len(one.authors), dict(one.ids), one.abstract)
        for one in records(*places)
    }


def of_the_corpus(shared: Path, wanted: set[str]) -> dict[str, Real]:
    """Those of its 100,000 papers that are wanted, by their Anthology ids."""
    found = {}
    with gzip.open(shared / "corpus" / "acl-100k.jsonl.gz") as lines:
        for line in lines:
            if line[8 : line.index(b'"', 8)].decode() in wanted:
                one = json.loads(line)
                real = Real(len(one["authors"]), {"acl": one["id"]}, one["abstract"])
                found[fingerprint(one["title"])] = real
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_facts_are_facts_and_summaries_are_our_own(
    examples: dict[str, Example], shared: Path, name: str
) -> None:
    ours = {one.fingerprint: one for one in records(examples[name].root / "content" / "dumps")}
    places = {
        "lab": [shared / "dumps/acl-xml/2024.conll.xml"],
        "reading-group": sorted((shared / "dumps/hf-json").glob("2026-08-*.json")),
        "arxiv-category": [shared / "dumps/arxiv-jsonl/2026-06-25.jsonl"],
        "conference": [shared / "dumps/acl-xml/2024.conll.xml"],
    }
    theirs = of_dumps(*places[name])
    if name == "lab":
        theirs |= of_the_corpus(shared, {one.ids["acl"] for one in ours.values()})
    for title, one in ours.items():
        real = theirs[title]
        assert len(one.authors) == real.authors, one.title
        same = {key: value for key, value in real.ids.items() if key in one.ids}
        assert same, one.title
        assert same == {key: one.ids[key] for key in same}
        assert one.abstract, one.title
        assert not in_a_row(one.abstract) & in_a_row(real.abstract), one.title
