"""api/: days, topics and papers as JSON, cut so that a new day changes few files.

Papers stand by the month in which they were first listed, days by month; a topic says which files
have its papers. `site_api_schema` describes all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final

import msgspec

from .. import clean
from ..citing import citation_key
from ..model import Day, Listing, Paper
from ..pages import Page, PlainPage
from .bundle import Bundle, facts, facts_of
from .scene import Scene, day_path, month_of, shard_of, topic_path, undated_path
from .site_api_schema import SCHEMA, VERSION, openapi

FOLDER: Final = "api"

Json = dict[str, Any]


def bundles(scene: Scene) -> Iterator[Bundle]:
    """A bundle for each month's papers, one for its days, one for the rest."""
    if not scene.offers.api:
        return
    prints = scene.prints
    for name, papers in scene.shards:
        yield Bundle(
            name=f"{FOLDER}/{name}",
            facts=facts(b"".join([prints[paper.key] for paper in papers])),
            kinds=frozenset({"plain"}),
            size=1 + len(papers) // 20,
            make=partial(_papers, scene, name, papers),
        )
    for month, days in _months(scene):
        yield Bundle(
            name=f"{FOLDER}-days/{month}",
            facts=facts(*(scene.shown_on(day) for day in days)),
            kinds=frozenset({"plain"}),
            size=1,
            make=partial(_days, scene, month, days),
        )
    topics = [_topic(scene, slug) for slug in scene.on_topic]
    manifest = _manifest(scene)
    yield Bundle(
        name=FOLDER,
        facts=facts_of([manifest, topics]),
        kinds=frozenset({"plain"}),
        size=3,
        make=partial(_rest, scene, manifest, topics),
    )


def _months(scene: Scene) -> Iterator[tuple[str, list[Day]]]:
    dated = groupby(scene.dated, key=lambda day: month_of(day.date) if day.date else "")
    for month, days in dated:
        yield month, list(days)
    if scene.undated:
        yield "undated", [scene.undated]


def _file(path: str, head: Json, rows: str, items: Iterable[Json]) -> Page:
    """A file with an item a line, so that a change of one is a change of one line."""
    encode = msgspec.json.encode
    start = "".join(f"{_text(name)}:{encode(value).decode()},\n" for name, value in head.items())
    lines = ",\n".join([encode(one).decode() for one in items])
    text = f"{{{start}{_text(rows)}:[\n{lines}\n]}}\n"
    return Page(path=f"{FOLDER}/{path}", kind="plain", data=PlainPage(text=text))


def _text(name: str) -> str:
    return msgspec.json.encode(name).decode()


def _known(fields: Json) -> Json:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in ("", None, (), {}, [])}


def _papers(scene: Scene, shard: str, papers: Sequence[Paper]) -> Iterator[Page]:
    yield _file(
        f"papers/{shard}.json", {"shard": shard}, "papers", (_paper(scene, p) for p in papers)
    )


def _paper(scene: Scene, paper: Paper) -> Json:
    details = paper.details
    title = clean.reading(paper.title)
    links = [*scene.outgoing.ids(paper), *scene.outgoing.elsewhere(paper, title)]
    with_abstract = scene.settings.api.abstracts
    return {
        "key": paper.key,
        "path": paper.path,
        "title": title,
        "authors": details.authors,
        "topics": [match.slug for match in paper.topics],
        "listings": [_listing(one) for one in paper.listings],
        "citation_key": citation_key(paper),
        **_known(
            {
                "abstract": clean.prose(details.abstract) if with_abstract else "",
                "published": paper.published,
                "listed": paper.born,
                "updated": details.changed or paper.born,
                "ids": paper.ids,
                "links": {link.label: link.url for link in links if link.url},
                "pdf": scene.outgoing.pdf(paper),
                "code": details.code,
                "project": details.project,
                "venue": details.venue,
                "categories": details.categories,
                "tags": details.tags,
                "upvotes": paper.upvotes,
            }
        ),
    }


def _listing(listing: Listing) -> Json:
    return {
        "source": listing.source,
        **_known({"day": listing.day, "curator": listing.curator, "url": listing.url}),
    }


def _days(scene: Scene, month: str, days: Sequence[Day]) -> Iterator[Page]:
    yield _file(f"days/{month}.json", {"month": month}, "days", (_day(scene, d) for d in days))


def _day(scene: Scene, day: Day) -> Json:
    return {
        **_known({"date": day.date}),
        "path": day_path(day.date) if day.date else undated_path(1),
        "papers": [
            {
                "key": spot.entry.paper.key,
                "shard": shard_of(spot.entry.paper),
                "new": spot.entry.new,
            }
            for spot in scene.layout(day.date)
        ],
    }


def _topic(scene: Scene, slug: str) -> Json:
    topic = scene.topics[slug]
    papers = scene.on_topic[slug]
    shards = Counter(map(shard_of, papers))
    return {
        "slug": slug,
        "name": topic.name,
        "path": topic_path(slug),
        "papers": len(papers),
        "shards": dict(sorted(shards.items())),
        **_known({"description": topic.description, "rule": topic.rule, "newest": papers[-1].born}),
    }


def _manifest(scene: Scene) -> Json:
    site = scene.site
    newest = scene.dated[-1].date if scene.dated else None
    months = [month for month, _ in _months(scene)]
    return {
        "version": VERSION,
        "title": site.title,
        "description": site.description,
        "language": site.language,
        **_known({"base_url": site.base_url, "newest": newest}),
        "counts": {
            "papers": len(scene.library.papers),
            "days": len(scene.dated),
            "topics": len(scene.on_topic),
        },
        "days": [{"month": month, "path": f"{FOLDER}/days/{month}.json"} for month in months],
        "papers": [
            {"shard": name, "papers": len(papers), "path": f"{FOLDER}/papers/{name}.json"}
            for name, papers in scene.shards
        ],
        "topics": f"{FOLDER}/topics.json",
        "schema": f"{FOLDER}/schema.json",
        "openapi": f"{FOLDER}/openapi.json",
    }


def _rest(scene: Scene, manifest: Json, topics: Sequence[Json]) -> Iterator[Page]:
    site = scene.site
    yield _whole("index.json", manifest)
    yield _whole("schema.json", SCHEMA)
    yield _whole("openapi.json", openapi(site.title, site.base_url))
    yield _file("topics.json", {}, "topics", topics)


def _whole(path: str, value: Json) -> Page:
    text = msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    return Page(path=f"{FOLDER}/{path}", kind="plain", data=PlainPage(text=f"{text}\n"))
