"""The sample in content/: its dumps by their shape, its texts by their origin, its links."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

from sitegen.cli import COMMANDS
from sitegen.cli import main as cli
from sitegen.enrich import topic_rules

CONTENT = Path(__file__).parents[1] / "content"
DUMPS = CONTENT / "dumps"
PAGES = sorted((CONTENT / "pages").rglob("*.md"))
DOCUMENTS = [*PAGES, CONTENT.parent / "README.md", *sorted(CONTENT.parent.glob(".github/*.md"))]

HEADER_BLOCKS = 3  # what it is, by whom, which day
CLAIM = re.compile(r"\b(?:[Tt]he authors|[Tt]his paper) (?:introduce|present|propose|show)s?\b")
STUDY = re.compile(r"\b[Tt]his paper (?:studies|investigates)\b")
WORDS_IN_COMMON = 8  # so many in a row, and a text counts as copied


class Listed(NamedTuple):
    day: date
    title: str
    summary: str


def day_of(path: Path) -> date:
    return date.fromisoformat(path.name[:10])


def blocks(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def text_listings(path: Path) -> list[Listed]:
    body = blocks(path)[HEADER_BLOCKS:]
    return [Listed(day_of(path), *pair) for pair in zip(body[::2], body[1::2], strict=True)]


def json_items(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return items


TEXTS = sorted(DUMPS.glob("*.txt"))
JSONS = sorted(DUMPS.glob("*.json"))
ITEMS = [item for path in JSONS for item in json_items(path)]
LISTED = [listed for path in TEXTS for listed in text_listings(path)] + [
    Listed(day_of(path), item["paper"]["title"], item["paper"]["summary"])
    for path in JSONS
    for item in json_items(path)
]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {
        tuple(found[at : at + WORDS_IN_COMMON]) for at in range(len(found))[: 1 - WORDS_IN_COMMON]
    }


def test_three_days_in_a_row_two_of_them_text() -> None:
    days = sorted({day_of(path) for path in (*TEXTS, *JSONS)})
    assert days == [days[0] + timedelta(days=n) for n in range(3)]
    assert {day.year for day in days} == {2026}
    assert (len(TEXTS), len(JSONS)) == (2, 1)
    assert sorted(path.name for path in DUMPS.iterdir()) == sorted(p.name for p in (*TEXTS, *JSONS))


def test_enough_papers_and_one_on_two_days() -> None:
    titles = [listed.title for listed in LISTED]
    assert len(titles) == 42
    assert len(set(titles)) >= 36
    again = [title for title in set(titles) if titles.count(title) > 1]
    assert len(again) == 1
    assert len({listed.day for listed in LISTED if listed.title == again[0]}) == 2
    # It stands in both formats, so that merging across them shows.
    assert again[0] in {item["paper"]["title"] for item in ITEMS}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_texts_have_the_shape_of_a_capture(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    head, by, day = blocks(path)[:HEADER_BLOCKS]
    assert (head, by) == ("Daily Papers", "by the sitegen sample desk and its readers")
    assert day == f"{day_of(path):%B} {day_of(path).day}"
    body = blocks(path)[HEADER_BLOCKS:]
    assert len(body) == 28
    assert "\n" not in "".join(body)
    assert "\n\n\n" not in raw
    assert all(len(title) < 200 and not title.endswith(".") for title in body[::2])
    assert all(summary.endswith(".") for summary in body[1::2])


def test_items_have_the_shape_of_the_api() -> None:
    assert len(ITEMS) == 14
    for item in ITEMS:
        assert set(item) == {"paper", "publishedAt", "title", "numComments"}
        paper = item["paper"]
        assert item["title"] == paper["title"]
        assert re.fullmatch(r"\d{4}\.\d{5}", paper["id"])
        assert all(author["name"].strip() for author in paper["authors"])
        assert date.fromisoformat(paper["publishedAt"][:10]) <= day_of(JSONS[0])
        assert date.fromisoformat(paper["submittedOnDailyAt"][:10]) == day_of(JSONS[0])
        assert paper.get("githubRepo", "https://github.com/").startswith("https://github.com/")


def test_ids_are_unique() -> None:
    ids = [item["paper"]["id"] for item in ITEMS]
    assert len(ids) == len(set(ids))


def test_no_accounts_and_no_pictures() -> None:
    keys = set(re.findall(r'"(\w+)":', "".join(path.read_text() for path in JSONS)))
    assert not keys & {"_id", "user", "avatarUrl", "fullname", "submittedBy", "thumbnail", "avatar"}


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed.title[:40])
def test_summaries_are_of_one_size_and_say_what_the_paper_does(listed: Listed) -> None:
    assert 500 <= len(listed.summary) <= 900
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z0-9])", listed.summary)
    assert 3 <= len(sentences) <= 6
    assert any(CLAIM.search(sentence) or STUDY.search(sentence) for sentence in sentences)


def test_the_summaries_are_the_samples_own(shared: Path) -> None:
    folder = shared / "dumps" / "hf-json"
    if not folder.is_dir():
        pytest.skip("the Hugging Face dumps are not here")
    abstracts = {
        item["paper"]["title"]: item["paper"]["summary"]
        for path in sorted(folder.glob("2026-*.json"))
        for item in json_items(path)
    }
    foreign = set().union(*map(runs, abstracts.values()))
    copied = {listed.title: found for listed in LISTED if (found := runs(listed.summary) & foreign)}
    assert not copied


def test_the_facts_are_those_of_the_source(shared: Path) -> None:
    folder = shared / "dumps" / "hf-json"
    if not folder.is_dir():
        pytest.skip("the Hugging Face dumps are not here")
    known: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("2026-*.json")):
        for item in json_items(path):
            paper = item["paper"]
            known.setdefault(" ".join(paper["title"].split()), []).append(paper)
    for listed in LISTED:
        assert listed.title in known
        published = min(paper["publishedAt"] for paper in known[listed.title])
        assert date.fromisoformat(published[:10]) <= listed.day
    for item in ITEMS:
        paper = item["paper"]
        (same,) = (
            real
            for real in known[paper["title"]]
            if real["submittedOnDailyAt"] == paper["submittedOnDailyAt"]
        )
        for field in ("id", "publishedAt", "upvotes", "githubRepo", "projectPage"):
            assert paper.get(field) == same.get(field) or (field not in paper and not same[field])
        names = [author["name"] for author in same["authors"] if not author.get("hidden")]
        assert [author["name"] for author in paper["authors"]] == names
        assert set(paper.get("ai_keywords", ())) <= set(same.get("ai_keywords", ()))


def test_notes_stand_on_days_of_the_sample() -> None:
    days = {listed.day for listed in LISTED}
    notes = sorted((CONTENT / "days").iterdir())
    assert notes
    assert all(date.fromisoformat(note.stem) in days for note in notes)


def test_settings_are_documented() -> None:
    text = (CONTENT / "site.toml").read_text(encoding="utf-8")
    every_key = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", text, flags=re.MULTILINE))
    page = (CONTENT / "pages/about/settings.md").read_text(encoding="utf-8")
    for name, value in every_key.items():
        keys = [f"`{name}`"]
        if isinstance(value, dict):
            keys = [f"`[{name}]` `{key}`" for key in value]
        elif isinstance(value, list) and isinstance(value[0], dict):
            keys = [f"`[[{name}]]` `{key}`" for table in value for key in table]
        assert all(f"| {key} |" in page for key in keys)


def test_commands_and_options_are_documented() -> None:
    page = (CONTENT / "pages/about/commands.md").read_text(encoding="utf-8")
    context = click.Context(cli, info_name="sitegen")
    found = dict(_commands(cli, context, ""))
    assert {name.split()[0] for name in found} == set(COMMANDS)
    unsaid = []
    for name, command in found.items():
        assert re.search(rf"`sitegen {name}[ `]", page), name
        for option in (param for param in command.params if isinstance(param, click.Option)):
            rows = re.findall(rf"^\| .*`{option.opts[-1]}[` ].*", page, re.MULTILINE)
            within = {f"`{name}`", f"`{name.split()[0]}`"}
            if not any(one in row for row in rows for one in within):
                unsaid.append((name, option.opts))
    assert unsaid == []


def _commands(
    group: click.Group, context: click.Context, above: str
) -> Iterator[tuple[str, click.Command]]:
    """All commands that do something, by what is typed; they are loaded for it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, context, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_the_page_about_topics_tells_of_the_rules_as_they_are() -> None:
    page = (CONTENT / "pages/about/topics.md").read_text(encoding="utf-8")
    base = (
        topic_rules.Rule(slug="video", name="Video", words=("video",)),
        topic_rules.Rule(slug="causality", name="Causality", words=("cause",)),
    )
    examples = re.findall(r"```\n(.*?)```", page, re.DOTALL)
    assert examples
    rules = [topic_rules.parse(example, "topics.md", base) for example in examples]
    assert any(rule.slug == "tides" for rule in rules[0])
    rule = topic_rules.Rule(slug="x", name="X")
    for key in ("title", "least", "weight"):
        assert re.search(rf"^\| `{key}` \|.*\| {getattr(rule, key):g} \|$", page, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_begin_with_title_and_description(page: Path) -> None:
    head, _, body = page.read_text(encoding="utf-8").partition("\n\n")
    assert re.fullmatch(r"title: \S.*\n(?:menu: \S.*\n)?description: \S.*", head)
    assert body.strip()
    assert not re.search(r"^# ", re.sub(r"```.*?```", "", body, flags=re.DOTALL), re.MULTILINE)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text):
        name, _, part = target.partition("#")
        if not target.startswith("https://"):
            there = page.parent / name if name else page
            assert there.is_file(), target
            headings = re.findall(
                r"(?m)^#+ (.+)$", there.read_text(encoding="utf-8") if part else ""
            )
            assert not part or part in {re.sub(r"\W+", "-", one.lower()) for one in headings}


def test_every_page_is_linked() -> None:
    linked = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"\]\(([^):]+\.md)\)", page.read_text(encoding="utf-8"))
    }
    # The navigation leads to the page about the site.
    assert {page for page in PAGES if page.resolve() not in linked} <= {CONTENT / "pages/about.md"}
