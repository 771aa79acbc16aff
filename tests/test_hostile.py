"""A thousand hostile papers through the whole way: nothing runs, loads, breaks out or gets lost.

SITEGEN_EVERY_PAGE=1 opens every page in the browser, not a choice of them.
"""

from __future__ import annotations

import json
import os
import re
import threading
import unicodedata
from email import message_from_bytes, policy
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import feedparser
import pytest
from click.testing import CliRunner
from lxml import etree

from sitegen.cli import main
from sitegen.report import Report
from tests import hostile
from tests.sites import build_project, files_of, project

SETTINGS = """
title = "Hostile"
base_url = "https://example.org/papers/"
feed_id = "example.org,2026"
[mail]
from = "papers@example.org"
form_action = "https://lists.example.org/subscribe"
[[feeds]]
title = "Methods"
words = ["method"]
"""
ELEMENTS = frozenset(
    """
    html head meta title link script body a header nav ul ol li main footer p details summary div
    label select option h1 h2 h3 section span b i bdi time fieldset legend input aside article
    dl dt dd pre table caption thead tbody tr th td form button noscript code br svg
    math semantics mrow mi mo mn ms mtext mspace msub msup msubsup mfrac msqrt mroot mover munder
    munderover mtable mtr mtd mstyle mpadded mphantom menclose annotation em strong sub sup small
    figure figcaption svg g path rect line circle text polyline desc blockquote
    """.split()  # noqa: SIM905 - a table of words is to be read
)
IN_FEEDS = {"html", "body", "div", "p", "a", "b", "h3", "br", "span", "em", "small"}
# See "Naming files" at learn.microsoft.com/windows/win32/fileio.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


class Built(NamedTuple):
    root: Path
    report: Report
    papers: int
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = project(tmp_path_factory.mktemp("hostile") / "p", SETTINGS)
    (root / "content/dumps").mkdir()
    papers = hostile.write(root / "content/dumps")
    report = build_project(root)
    assert report.published, report.errors
    return Built(root, report, papers, files_of(root / "site"))


def pages(built: Built) -> dict[str, bytes]:
    return {path: data for path, data in built.files.items() if path.endswith(".html")}


def test_they_are_a_thousand_and_what_is_lost_is_told(built: Built) -> None:
    assert built.report.papers >= 1_000
    assert built.report.unclaimed == []
    left_out = [w for w in built.report.warnings if re.search("left out|none|cannot", w.message)]
    assert built.report.listings + len(left_out) >= built.papers


def test_names_of_files_are_safe_on_every_system(built: Built) -> None:
    folded = [unicodedata.normalize("NFKC", path).casefold() for path in built.files]
    assert len(set(folded)) == len(built.files)
    for path in built.files:
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", path), path
        for part in path.split("/"):
            assert len(part) <= 80, path
            assert not RESERVED.fullmatch(part), path
            assert part == ".nojekyll" or not part.startswith((".", "-")), path
            assert not part.endswith((".", " ")), path


def test_pages_hold_the_themes_elements_and_no_other(built: Built) -> None:
    parser = etree.HTMLParser(huge_tree=True)
    for path, data in pages(built).items():
        for element in etree.fromstring(data, parser).iter(etree.Element):
            assert element.tag in ELEMENTS, (path, element.tag)
            for name, value in element.attrib.items():
                assert not name.startswith(("on", "{")), (path, name)
                assert name not in {"srcdoc", "formaction", "srcset", "background"}, (path, name)
                if name == "style":
                    assert re.fullmatch(r"--n:\d+", value), (path, value)
                if name == "src":
                    assert re.fullmatch(r"([./]*|/papers/)assets/[\w.-]+", value), (path, value)
                if name == "href":
                    scheme = value.strip().partition(":")[0].lower() if ":" in value else ""
                    assert scheme in {"", "http", "https", "mailto"}, (path, value)
                    assert not value.startswith("//"), (path, value)
                    away = element.tag == "a" and scheme in {"http", "https"}
                    assert not away or element.get("rel") == "noopener", (path, value)
                    assert not element.get("target"), (path, value)
                if name == "http-equiv":
                    assert value in {"Content-Security-Policy", "refresh"}, path
            if element.get("http-equiv") == "refresh":
                assert re.fullmatch(r"0; url=[./]*[\w./-]+", element.get("content")), path
            if element.tag == "form" and element.get("action"):
                assert element.get("action") == "https://lists.example.org/subscribe"


def test_every_page_has_the_policy_before_anything_is_loaded(built: Built) -> None:
    for path, data in pages(built).items():
        head = re.split(rb"<script|<link|<style", data)[0]
        (said,) = re.findall(
            rb'<meta http-equiv="?Content-Security-Policy"? content="(.*?)">', data
        )
        assert b"Content-Security-Policy" in head, path
        assert b"form-action https://lists.example.org" in said
        assert re.search(rb'name="?referrer"? content="?same-origin', head), path


def test_text_is_neither_a_template_nor_a_format(built: Built) -> None:
    whole = b"".join(pages(built).values())
    assert b"{{ 7*7 }} {% include" in whole
    assert b"root:" not in whole
    for path, data in built.files.items():
        if path.endswith((".html", ".xml", ".json", ".opml", ".txt")):
            text = data.decode("utf-8")  # or it raises
            seen = {c for c in set(text) if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}
            assert not seen, path


def test_feeds_and_lists_parse_and_have_no_markup_of_dumps(built: Built) -> None:
    parser = etree.HTMLParser(huge_tree=True)
    strict = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    found = 0
    for path, data in built.files.items():
        if path.endswith((".xml", ".opml")):
            tree = etree.fromstring(data, strict)
            for element in tree.iter(etree.Element):
                for value in element.attrib.values():
                    assert not re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE), (
                        path
                    )
        if path.endswith(("rss.xml", "atom.xml")):
            found += 1
            read = feedparser.parse(data, sanitize_html=False)
            assert not read.bozo, (path, read.get("bozo_exception"))
            for entry in read.entries:
                for said in (content.value for content in entry.get("content", ())):
                    nodes = etree.fromstring(f"<div>{said}", parser).iter(etree.Element)
                    assert {node.tag for node in nodes} <= IN_FEEDS, (path, said[:200])
        if path.endswith(".json"):
            json.loads(data)
    assert found > 4


def test_the_check_finds_nothing(built: Built) -> None:
    done = CliRunner().invoke(main, ["check", "-C", str(built.root), "--json"])
    report = json.loads(done.stdout)
    assert report["errors"] == []
    # Texts that speak of markup in entities are told: whoever looks at the feed may see why.
    assert [w for w in report["warnings"] if "escaped twice" not in w["message"]] == []
    assert done.exit_code == 0


def test_the_digest_by_mail_has_the_headers_that_it_should(built: Built, tmp_path: Path) -> None:
    for day in ("2026-05-08", "2026-05-14"):
        out = tmp_path / f"{day}.eml"
        done = CliRunner().invoke(
            main, ["mail", "-C", str(built.root), "--day", day, "-o", str(out)]
        )
        assert done.exit_code == 0, done.stderr
        message = message_from_bytes(out.read_bytes(), policy=policy.default)
        assert not message.defects
        assert not {"bcc", "cc"} & {name.lower() for name in dict(message)}
        html = message.get_body(("html",)).get_content()
        for element in etree.fromstring(html, etree.HTMLParser()).iter(etree.Element):
            assert element.tag not in {"script", "img", "iframe", "form", "svg", "object", "base"}
            assert not [name for name in element.attrib if name.startswith("on")]


# ── In a browser ──


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(built: Built):
    """The site behind a web server that says nothing of policies."""
    handler = partial(_Quiet, directory=built.root / "site")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page(chromium):
    """A narrow page with scripts on that keeps what it is asked, told and refused."""
    context = chromium.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.asked, page.said = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    page.on("popup", lambda _: page.said.append("a window was opened"))
    yield page
    context.close()


def chosen(built: Built) -> list[str]:
    """A page of each payload, and all that are no paper's."""
    every = sorted(pages(built))
    papers = [path for path in every if path.startswith("papers/")]
    # Of a missing page nobody knows the depth; modules do not load from a disk: see below.
    others = [path for path in every if not path.startswith(("papers/", "404", "search"))]
    step = 1 if os.environ.get("SITEGEN_EVERY_PAGE") else len(papers) // 70
    return [*others, *papers[::step]]


LOOK = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const root = document.documentElement, width = root.clientWidth;
  const wide = root.scrollWidth <= width ? [] : [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 60)}`);
  return [window.harmed ?? 0, document.querySelectorAll("h1").length, wide];
}"""


@pytest.mark.browser
def test_in_a_browser_nothing_runs_loads_or_overflows(built: Built, page) -> None:
    for path in chosen(built):
        page.goto((built.root / "site" / path).as_uri())
        harmed, headings, wide = page.evaluate(LOOK)
        assert not harmed, path
        assert headings == 1, path
        assert wide == [], path
    # A script that the policy had to stop would be told here.
    assert page.said == []
    assert [url for url in page.asked if not url.startswith("file:///")] == []
    assert len(page.asked) > 100


@pytest.mark.browser
def test_what_the_search_shows_is_text(built: Built, page, address: str) -> None:
    page.goto("about:blank")
    page.asked.clear()
    for word in ("script", "onerror", "fetch", "iframe", "javascript", "method"):
        page.goto(f"{address}search.html?q={word}")
        page.locator("#results li").first.wait_for()
        page.wait_for_timeout(50)
        harmed, _, wide = page.evaluate(LOOK)
        assert not harmed
        assert wide == [], word
    assert page.locator("#results script, #results img, #results iframe, #results svg").count() == 0
    assert page.said == []
    assert [url for url in page.asked if not url.startswith(address)] == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_where_escaping_fails_the_policy_holds(built, page, address, tmp_path, scheme) -> None:
    """The same payloads as markup, in a page as it is published."""
    name = "papers/broken.html"
    whole = next(data for path, data in pages(built).items() if path.count("/") == 1 and data)
    body = "".join(p for p in hostile.SCRIPTS if "refresh" not in p and "frame" not in p)
    broken = built.root / "site" / name
    broken.parent.mkdir(exist_ok=True)
    text = whole.replace(b"</header>", b"</header>" + body.encode() + b"<img src=x onerror=1>", 1)
    broken.write_bytes(text)
    page.asked.clear()
    page.said.clear()
    page.goto(broken.as_uri() if scheme == "file" else f"{address}{name}")
    page.wait_for_timeout(200)
    broken.unlink()
    assert page.evaluate("window.harmed") is None
    refused = [text for text in page.said if "Content Security Policy" in text]
    assert len(refused) >= 8
    # The theme's own script ran, and nothing was asked of anyone else.
    assert page.evaluate("document.documentElement.matches(':root')")
    assert [url for url in page.asked if hostile.NEVER in url] == []
    page.said.clear()
