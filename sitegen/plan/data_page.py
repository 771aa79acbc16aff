"""data.html: what programs can take from the site, with examples that run."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import dedent
from typing import Final

from ..pages import Head, Page, TextPage
from . import references, twins
from .bundle import Bundle, facts_of
from .scene import Scene

PATH: Final = "data.html"
TITLE: Final = "Data"
_SOMEWHERE: Final = "http://localhost:8000/"  # where `python -m http.server` shows a folder

_FILES: Final = """
<p>Static files, to be read with GET by any program; nothing to sign up for. Every path in them
begins at the site's top folder. Files are cut by months, so that a new day changes few of them.
<table><thead><tr><th scope=col>File<th scope=col>What it has<tbody>
<tr><td><a href="api/index.json">api/index.json</a><td>Counts, the newest day, the names of all
other files
<tr><td>api/days/<i>MONTH</i>.json<td>The days of a month, with the keys of their papers in order
<tr><td>api/papers/<i>SHARD</i>.json<td>The papers that were first listed in a month (2026-08);
undated ones by a letter (undated-a)
<tr><td><a href="api/topics.json">api/topics.json</a><td>All topics, and how many of their
papers each file has
<tr><td><a href="api/schema.json">api/schema.json</a><td>What each field is: a JSON Schema
<tr><td><a href="api/openapi.json">api/openapi.json</a><td>The same as an OpenAPI description
</table>
"""
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
        data=TextPage(title=TITLE, html="".join(_sections(scene))),
        head=Head(
            title=TITLE,
            description="References, texts and JSON files of this site, for programs.",
            section=PATH,
        ),
    )
    if scene.offers.markdown:
        yield twins.llms_page(scene, PATH)


def _sections(scene: Scene) -> Iterator[str]:
    offers = scene.offers
    if offers.days or offers.topics or offers.site:
        yield from _exports(scene)
    if offers.markdown:
        yield dedent(
            f"""
            <h2>Texts</h2>
            <p>Every page of a day or a topic has a twin in Markdown: the same address with
            <code>.md</code> in place of <code>.html</code>.
            <a href="{twins.LLMS}">{twins.LLMS}</a> leads to the newest ones.
            """
        )
    if offers.api:
        site = scene.site.base_url or _SOMEWHERE
        yield f"<h2>JSON API</h2>{_FILES}"
        yield "<p>The titles of the newest day, in Python:"
        yield f"<pre><code>{escape(_PYTHON.format(site=site), quote=False)}</code></pre>"
        yield "<p>The topics with most papers, after that:"
        yield f"<pre><code>{escape(_TOPICS, quote=False)}</code></pre>"
        yield "<p>What there is, on a command line:"
        yield f"<pre><code>{escape(_SHELL.format(site=site), quote=False)}</code></pre>"


def _exports(scene: Scene) -> Iterator[str]:
    offers = scene.offers
    beside = [name for name, on in (("day", offers.days), ("topic", offers.topics)) if on]
    names = ", ".join(references.NAMES[form] for form in offers.formats)
    yield f"<h2>References</h2><p>Files for reference managers: {names}."
    if beside:
        yield (
            f" Every page of a {' or a '.join(beside)} leads to the files with its papers. They"
            " have its address, with another ending."
        )
    if not offers.site:
        return
    yield " All papers, by the month in which they were first listed:"
    for year, months in references.by_year(scene):
        total = sum(count for _, count in months)
        about = "without a date" if year == "undated" else year
        yield f"<details><summary>{about} ({total:,})</summary><ul>"
        for name, count in months[::-1]:
            ways = ", ".join(
                f'<a href="{link.path}">{link.label}</a>'
                for link in references.links(f"{references.FOLDER}/{name}", offers.formats)
            )
            yield f"<li>{name} ({count:,}): {ways}"
        yield "</ul></details>"
