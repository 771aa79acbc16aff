"""Archive documents of the site's Atom feed: closed once, they stay as they are."""

from __future__ import annotations

import re
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings

from sitegen import closing, enrich
from sitegen.config import ExcludeSettings, Settings
from sitegen.config.feeds import FeedSettings
from sitegen.corrections import Corrections
from sitegen.enrich.topics import load_rules
from sitegen.executors import Serial
from sitegen.i18n.messages import english
from sitegen.merge import merged
from sitegen.plan import feed_catalogue, site_view
from sitegen.plan.feeds import Press
from sitegen.plan.scene import Scene
from sitegen.render.feeds import render
from tests.histories import histories, record

RULES = load_rules('[[topic]]\nslug = "nets"\nname = "Nets"\nwords = ["nets"]', "topics.toml")


class NoCache:
    def load(self, *_):
        return None

    def save(self, *_):
        return None


@pytest.fixture(autouse=True, scope="module")
def _small_documents():
    patch = pytest.MonkeyPatch()
    patch.setattr(closing, "SIZE", 3)
    yield
    patch.undo()


def feeds(records, form="full", exclude=None):
    """The site's Atom feed and its archive, by path; what each bundle promised of its pages."""
    given_settings = Settings(
        base_url="https://example.org/",
        feed=FeedSettings(entries=2, archive=form),
        exclude=exclude or ExcludeSettings(),
    )
    whole = merged(records, Corrections()).library
    library = enrich.with_topics(whole, RULES, Serial(), NoCache())
    library, _ = enrich.filtered(library, given_settings)
    then = closing.Then(records, Corrections(), RULES, given_settings)
    closed = closing.closed(whole, library, then)
    site = site_view(library, given_settings, (), english())
    scene = Scene(library, given_settings, site)
    press = Press(scene, feed_catalogue.Look("", "", ""), closed, {})
    found, promised = {}, {}
    for bundle in press.bundles(feed_catalogue.catalogue(scene, {})):
        pages = {page.path: render(page, site) for page in bundle.make()}
        promised[bundle.facts] = pages
        found |= {p: d for p, d in pages.items() if p == "atom.xml" or "archive" in p}
    return found, promised


def archive(records, **fields):
    return {path: data for path, data in feeds(records, **fields)[0].items() if path != "atom.xml"}


def ids(data):
    return re.findall(r"<id>tag:[^<]*:paper/([^<]*)</id>", data.decode())


def day_of(n, *titles, **fields):
    return [
        record(title, day=n, file=f"{n:03}.txt", place=place, **fields)
        for place, title in enumerate(titles)
    ]


@settings(max_examples=settings().max_examples * 3 // 5)
@given(histories(undated=1))
def test_newer_dumps_change_no_closed_document(history):
    records = []
    before, promises = {}, {}
    for dump in history:
        records += dump
        now, promised = feeds(records)
        closed = {path: data for path, data in now.items() if path != "atom.xml"}
        assert before.items() <= closed.items()
        for facts in promises.keys() & promised.keys():
            assert promises[facts] == promised[facts]
        before, promises = closed, promised


def test_a_new_reader_finds_every_paper_by_following_the_archive():
    records = [r for n in range(8) for r in day_of(n, *(f"Paper {n}-{m}" for m in range(2)))]
    found, _ = feeds(records)
    path, seen = "atom.xml", []
    while path:
        seen += ids(found[path])
        older = re.search(rb'href="https://example.org/([^"]*)" rel="prev-archive"', found[path])
        path = older[1].decode() if older else ""
    assert len(seen) == len(set(seen)) == 16
    assert sorted(found) == ["atom.xml", *(f"feeds/archive/{n}.xml" for n in (1, 2, 3, 4))]
    assert len(ids(found["atom.xml"])) == 4  # the newest, back to the newest document
    assert all(b"<fh:archive/>" in data for path, data in found.items() if path != "atom.xml")


def test_a_document_shows_a_paper_as_it_was_then():
    plain = [r for n in range(4) for r in day_of(n, f"Deep nets {n}", f"Graphs {n}", f"Trees {n}")]
    before = archive(plain)
    better = record("Graphs 0", day=9, file="009.txt", authors="Ann Smith", ids={"doi": "10.1/g"})
    after = archive([*plain, better])
    assert before
    assert before.items() <= after.items()
    assert b"Ann Smith" not in after["feeds/archive/1.xml"]
    # A dump about the past is no newer one: it shows.
    early = record("Graphs 0", day=0, file="000b.txt", authors="Ann Smith")
    assert b"Ann Smith" in archive([*plain, early])["feeds/archive/1.xml"]


def test_papers_that_prove_to_be_one_stay_two_in_what_was_closed():
    plain = day_of(0, "Nets one", "Nets two", "Nets three")
    plain[0] = msgspec.structs.replace(plain[0], ids={"arxiv": "2405.00001"})
    plain[1] = msgspec.structs.replace(plain[1], ids={"doi": "10.1/b"})
    plain += [r for n in range(1, 4) for r in day_of(n, f"Graphs {n}", f"Trees {n}")]
    both = record("Nets one", day=5, file="005.txt", ids={"arxiv": "2405.00001", "doi": "10.1/b"})
    assert archive(plain).items() <= archive([*plain, both]).items()
    assert len(ids(archive([*plain, both])["feeds/archive/1.xml"])) == 3


def test_short_documents_leave_the_abstract_to_the_page_and_none_are_none():
    abstract = "It was dark. We light a lamp. Then it was bright and we all could see the room."
    records = [r for n in range(8) for r in day_of(n, f"Paper {n}", abstract=abstract)]
    full, _ = feeds(records)
    assert b"all could see" in full["feeds/archive/1.xml"]
    for form, count in (("short", len(full)), ("none", 1)):
        found, _ = feeds(records, form)
        assert len(found) == count
        assert not any(b"all could see" in d for p, d in found.items() if p != "atom.xml")
    oldest = feeds(records, "short")[0]["feeds/archive/1.xml"]
    assert b"<summary>It was dark.</summary>" in oldest
    assert b"<content" not in oldest


def test_what_is_filtered_is_in_no_document():
    records = [r for n in range(8) for r in day_of(n, f"Deep nets {n}", f"Graphs {n}")]
    kept = archive(records, exclude=ExcludeSettings(keywords=("graphs",)))
    assert kept
    assert all(b"Graphs" not in data for data in kept.values())
    assert date(2026, 8, 17).isoformat().encode() in kept["feeds/archive/1.xml"]
