"""From what a dump says to what a feed reader and a mail program give back."""

from __future__ import annotations

import json
from datetime import date
from email import message_from_bytes, policy

import feedparser
import pytest
from hypothesis import given, settings
from lxml import etree

from sitegen import clean
from sitegen.config import Settings
from sitegen.corrections import Corrections
from sitegen.i18n.messages import english
from sitegen.mailing.message import fitted
from sitegen.merge import merged
from sitegen.pages import Page
from sitegen.plan import Choice, letter, site_view
from sitegen.plan.feed_catalogue import Look, catalogue
from sitegen.plan.feeds import Closed, Press
from sitegen.plan.scene import Scene
from sitegen.render import Renderer
from sitegen.render.feeds import render
from sitegen.render.theme import find
from tests.histories import record
from tests.render.feed_rules import faults
from tests.render.test_feeds import LEFT_OUT, any_text
from tests.sites import text_of

BASE = "https://x.example/p/"
SETTINGS = Settings(base_url=BASE, feed_id="x.example,2026")


def library(title: str, abstract: str):
    """A paper with what readers make of a dump's texts."""
    given_record = record(
        title=clean.title(f"T {title}"),
        abstract=clean.text(f"A {abstract}"),
        authors=(clean.name(f"N {title}"),),
        ids={"arxiv": "2605.00001"},
        listed=date(2026, 5, 8),
    )
    return merged([given_record], Corrections()).library


def feeds(papers):
    """The site's own feeds, by path."""
    site = site_view(papers, SETTINGS, (), english())
    scene = Scene(papers, SETTINGS, site)
    press = Press(scene, Look("", "", ""), Closed(), {})
    made = next(iter(press.bundles(catalogue(scene, {})))).make()
    return {page.path: render(page, site) for page in made}


def seen(text: str) -> str:
    """What a reader sees of a text: formulas read out, without what XML cannot hold."""
    return bare(LEFT_OUT.sub("", clean.reading(text)))


def bare(text: str) -> str:
    """A text without white space, which is the layout's."""
    return "".join(text.split())


@settings(max_examples=40)
@given(any_text, any_text)
def test_feeds_give_back_any_title_and_abstract(title, abstract):
    papers = library(title, abstract)
    (paper,) = papers.papers
    said, told = seen(paper.title), seen(paper.abstract)
    for path, data in feeds(papers).items():
        assert faults(data, base_url=BASE) == [], path
        if path.endswith("json"):
            (item,) = json.loads(data)["items"]
            shown, content = item["title"], item["content_html"]
        else:
            assert feedparser.parse(data).bozo == 0
            root = etree.fromstring(data)
            (item,) = root.iter("{*}entry", "item")
            shown = item.findtext("{*}title") if "atom" in path else text_of(item.findtext("title"))
            content = item.findtext("{*}content") or item.findtext("{*}encoded")
        if "days" in path:
            assert said in bare(text_of(content))
        else:
            assert said == bare(shown)
            assert bare(text_of(content)).startswith(told)


@pytest.fixture(scope="module")
def theme():
    return find("paper")


@settings(max_examples=40)
@given(title=any_text, abstract=any_text)
def test_messages_give_back_any_title(theme, title, abstract):
    papers = library(title, abstract)
    site = site_view(papers, SETTINGS, (), english())
    renderer = Renderer(theme, site)
    message = fitted(
        letter(papers, SETTINGS, site, Choice(), {}),
        SETTINGS,
        lambda page: renderer.render(Page(path="mail.html", kind="mail", data=page)).decode(),
    )
    read = message_from_bytes(message.to("a@x.example").as_bytes(), policy=policy.default)
    said = seen(papers.papers[0].title)
    plain, html = (read.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert said in bare(plain)
    assert said in bare(text_of(html))


def test_a_formula_taller_than_a_line_stands_behind_the_text_that_reads_it_out():
    papers = library("One", r"costs $\frac{a+b}{2}$ of $k^2$ steps.")
    for path, data in feeds(papers).items():
        if path in {"rss.xml", "atom.xml", "feed.json"}:
            if path.endswith("json"):
                content = json.loads(data)["items"][0]["content_html"]
            else:
                root = etree.fromstring(data)
                (item,) = root.iter("{*}entry", "item")
                content = item.findtext("{*}content") or item.findtext("{*}encoded")
            text, _, formulas = content.partition("<math")
            assert "costs (a+b)/2 of k² steps." in text, path
            assert formulas.count("<mfrac>") == 1, path
            assert "annotation" not in formulas
            assert "\\frac" not in content
