"""data.html: what programs can take from the site, with examples that run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from ..config.data import ExportFormat
from ..i18n.words import Words
from ..pages import Head, Page, TextPage
from . import references, twins
from .bundle import Bundle, facts_of
from .scene import Scene

PATH: Final = "data.html"
_SOMEWHERE: Final = "http://localhost:8000/"  # where `python -m http.server` shows a folder

_INDEX: Final = "api/index.json"
_TOPIC_COUNTS: Final = "api/topics.json"
_SCHEMA: Final = "api/schema.json"
_OPENAPI: Final = "api/openapi.json"
_PYTHON: Final = """\
import json
from urllib.request import urlopen

SITE = "{site}"

def read(path):
    with urlopen(SITE + path) as answer:
        return json.load(answer)

# The titles of the newest day.
newest = read("api/index.json")["newest"]
day = read(f"api/days/{{newest[:7]}}.json")["days"][-1]
shards = {{entry["shard"] for entry in day["papers"]}}
papers = {{
    paper["key"]: paper
    for shard in shards
    for paper in read(f"api/papers/{{shard}}.json")["papers"]
}}
for entry in day["papers"]:
    print(papers[entry["key"]]["title"])
"""
_TOPICS: Final = """\
# The topics with most papers.
topics = read("api/topics.json")["topics"]
for topic in sorted(topics, key=lambda topic: -topic["papers"])[:5]:
    print(topic["papers"], topic["name"])
"""
_SHELL: Final = """\
curl -s {site}api/index.json | python3 -m json.tool
"""


def bundles(scene: Scene, static: tuple[str, ...]) -> Iterator[Bundle]:
    """One bundle of data.html and llms.txt; a project may have an llms.txt of its own."""
    if scene.site.data:
        found = [page for page in _pages(scene) if page.path not in static]
        shown = [(page.path, page.data, page.head) for page in found]
        yield Bundle(
            name="data",
            facts=facts_of([shown]),
            kinds=frozenset({"text", "plain"}),
            size=len(found),
            make=lambda: iter(found),
        )


def _pages(scene: Scene) -> Iterator[Page]:
    yield Page(
        path=PATH,
        kind="text",
        data=TextPage(title=scene.words("data.title"), html="".join(_sections(scene))),
        head=Head(
            title=scene.words("data.title"),
            description=scene.words("data.about"),
            section=PATH,
        ),
    )
    if scene.offers.markdown:
        yield twins.llms_page(scene, PATH)


def _sections(scene: Scene) -> Iterator[str]:
    offers, words = scene.offers, scene.words
    if offers.days or offers.topics or offers.site:
        yield from _exports(scene)
    if offers.markdown:
        yield _heading(words, "data.texts")
        yield f"<p>{words('data.texts_html', path=twins.LLMS)}"
    if offers.api:
        site = scene.site.base_url or _SOMEWHERE
        yield _heading(words, "data.api")
        yield from _files(words)
        for key, example in (
            ("data.example_newest", _PYTHON.format(site=site)),
            ("data.example_topics", _TOPICS),
            ("data.example_shell", _SHELL.format(site=site)),
        ):
            yield f"<p>{escape(words(key))}"
            yield f"<pre><code>{escape(example, quote=False)}</code></pre>"


def _heading(words: Words, key: str) -> str:
    return f"<h2>{escape(words(key))}</h2>"


def _files(words: Words) -> Iterator[str]:
    """What files the API has."""
    yield f"<p>{escape(words('data.api_about'))}"
    heads = [f"<th scope=col>{escape(words(key))}" for key in ("data.api_file", "data.api_holds")]
    yield f"<table><thead><tr>{''.join(heads)}<tbody>"
    month, shard = escape(words("data.api_month")), escape(words("data.api_shard"))
    for path, holds in (
        (_link(_INDEX), "data.api_index"),
        (f"api/days/<i>{month}</i>.json", "data.api_days"),
        (f"api/papers/<i>{shard}</i>.json", "data.api_papers"),
        (_link(_TOPIC_COUNTS), "data.api_topics"),
        (_link(_SCHEMA), "data.api_schema"),
        (_link(_OPENAPI), "data.api_openapi"),
    ):
        yield f"<tr><td>{path}<td>{escape(words(holds))}"
    yield "</table>"


def _link(path: str) -> str:
    return f'<a href="{path}">{path}</a>'


def _exports(scene: Scene) -> Iterator[str]:
    offers, words = scene.offers, scene.words
    names = ", ".join(references.NAMES[form] for form in offers.formats)
    yield _heading(words, "data.references")
    yield f"<p>{escape(words('data.references_about', formats=names))}"
    if offers.days or offers.topics:
        both = offers.days and offers.topics
        one = "data.beside_days" if offers.days else "data.beside_topics"
        yield f" {escape(words('data.beside_both' if both else one))}"
    if not offers.site:
        return
    if references.has_all(scene):
        ways = _ways(references.ALL, offers.formats)
        yield f"<p>{escape(words('data.all_papers', n=len(scene.library.papers)))} {ways}"
    yield f"<p>{escape(words('data.by_month'))}"
    for year, months in references.by_year(scene):
        total = sum(count for _, count in months)
        about = words("data.undated") if year == "undated" else year
        summary = escape(words("data.part", name=about, n=total))
        yield f"<details><summary>{summary}</summary><ul>"
        for name, count in months[::-1]:
            ways = _ways(f"{references.FOLDER}/{name}", offers.formats)
            yield f"<li>{escape(words('data.part', name=name, n=count))}: {ways}"
        yield "</ul></details>"


def _ways(stem: str, formats: Sequence[ExportFormat]) -> str:
    found = references.links(stem, formats)
    return ", ".join(f'<a href="{link.path}">{link.label}</a>' for link in found)
