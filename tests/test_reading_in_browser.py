"""What a reader keeps in the browser: saved papers, read marks, what is muted, and single keys."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sitegen.render.html import HtmlRenderer
from sitegen.render.theme import find
from tests.sample_pages import SITE, pages, paper

pytestmark = pytest.mark.browser

DAY = "days/2025-05-12.html"  # papers c, d and e


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):  # noqa: A002 -- the name is the library's
        """Nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The sample site on loopback."""
    folder = tmp_path_factory.mktemp("site")
    theme = find("paper")
    renderer = HtmlRenderer(theme, SITE)
    files = {page.path: renderer.render(page) for page in pages()}
    files |= {asset.path: asset.data for asset in theme.assets()}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(chromium, address):
    """A page of a reader of whom nothing is kept yet."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address + DAY)
    yield page
    context.close()
    assert wrong == []


def press(page, keys):
    for key in keys:
        page.keyboard.press(key)


def shown(page):
    return page.locator(".list .paper:visible h3 a").all_inner_texts()


def focused(page):
    return page.evaluate("document.activeElement.textContent")


def test_keys_go_from_paper_to_paper_and_open_one(page, address):
    press(page, "os")
    assert (page.url, page.locator(".keep.on").count()) == (address + DAY, 0)
    press(page, "jj")
    assert focused(page) == "A paper named d"
    press(page, "k")
    assert focused(page) == "A paper named c"
    press(page, "kk")
    assert focused(page) == "A paper named c"
    press(page, "o")
    page.wait_for_url("**/papers/2505/c.html")
    press(page, "j")
    page.wait_for_url("**/papers/2505/d.html")
    page.route("**/search.html", lambda route: route.fulfill(body="found"))
    press(page, "/")
    page.wait_for_url("**/search.html")


def test_keys_leave_those_who_type_alone_and_can_be_switched_off(page, address):
    page.goto(address + "reading-list.html")
    page.focus("#word")
    press(page, "?j")
    assert page.input_value("#word") == "?j"
    page.click("#shortcuts")
    page.get_by_label("Single keys act").uncheck()
    press(page, ["Escape"])
    page.goto(address + DAY)
    press(page, "j?")
    assert (focused(page) != "A paper named c", page.locator("dialog").count()) == (True, 0)


def test_help_names_every_key(page):
    press(page, "?")
    assert page.locator("dialog kbd").all_inner_texts() == list("jkosm/?")
    press(page, ["Escape"])
    assert page.locator("dialog").count() == 0


def test_what_is_read_is_quiet_and_can_be_hidden(page, address):
    page.goto(address + "papers/2505/c.html")
    page.goto(address + DAY)
    assert page.locator(".told.read").inner_text() == "1 read Hide"
    page.click(".told.read button")
    assert shown(page) == ["A paper named d", "A paper named e"]
    assert focused(page) == "Show"
    press(page, "jm")
    assert shown(page) == ["A paper named e"]


def test_saved_papers_stand_in_a_list_and_go_as_bibtex(page, address, tmp_path):
    assert page.locator("header .saved").count() == 0
    press(page, "js")
    page.get_by_role("button", name="Save: A paper named e").click()
    assert page.locator("header .saved").inner_text() == "Saved 2"
    page.click("header .saved")
    page.locator(".list .paper").first.wait_for()
    assert shown(page) == ["A paper named c", "A paper named e"]
    assert page.get_by_role("status").inner_text() == "2 papers are saved."
    with page.expect_download() as download:
        page.click("#bibtex")
    download.value.save_as(tmp_path / "list.bib")
    entry = paper("c").data.bibtex
    assert (tmp_path / "list.bib").read_text(encoding="utf-8") == f"{entry}\n\n{entry}\n"
    page.get_by_role("button", name="Saved: A paper named c").click()
    assert shown(page) == ["A paper named e"]


def test_the_list_goes_to_another_browser_as_a_file(page, address, tmp_path, chromium):
    press(page, "js")
    page.goto(address + "reading-list.html")
    page.fill("#word", "ada")
    press(page, ["Enter"])
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "list.json")
    other = chromium.new_page()
    other.goto(address + "reading-list.html")
    other.set_input_files("#import", tmp_path / "list.json")
    other.get_by_role("status").filter(has_text="1 paper is saved.").wait_for()
    assert shown(other) == ["A paper named c"]
    assert other.locator("#muted li span").all_inner_texts() == ["ada"]
    other.close()


def test_what_a_file_holds_otherwise_is_left_out(page, address, tmp_path):
    evil = {
        "saved": {"javascript:alert(1)": ["x"], "papers/2505/a.html": ["<b>a</b>", 1], "../x": []},
        "read": [1, "papers/2505/d.html"], "words": "x", "topics": [1],
    }  # fmt: skip
    (tmp_path / "evil.json").write_text(json.dumps(evil), encoding="utf-8")
    (tmp_path / "no.json").write_text("no", encoding="utf-8")
    page.goto(address + "reading-list.html")
    page.set_input_files("#import", tmp_path / "no.json")
    page.get_by_text("This file holds no reading list.").wait_for()
    page.set_input_files("#import", tmp_path / "evil.json")
    page.get_by_role("status").filter(has_text="1 paper is saved.").wait_for()
    assert shown(page) == ["<b>a</b>"]
    page.goto(address + DAY)
    assert page.locator(".told.read").inner_text() == "1 read Hide"


def test_muted_words_and_topics_are_not_shown_until_asked_for(page, address):
    page.goto(address + "reading-list.html")
    page.fill("#word", "NAMED D")
    press(page, ["Enter"])
    page.goto(address + DAY)
    assert shown(page) == ["A paper named c", "A paper named e"]
    assert page.locator(".told.muted").inner_text() == "1 muted Show"
    page.click(".told.muted button")
    assert len(shown(page)) == 3
    page.goto(address + "topics/reasoning.html")
    page.get_by_role("button", name="Mute this topic").click()
    assert len(shown(page)) == 2
    page.goto(address + DAY)
    assert shown(page) == ["A paper named e"]
    assert page.locator(".toc li:visible").count() == 1
    page.goto(address + "reading-list.html")
    page.get_by_role("button", name="Remove: Reasoning").click()
    page.get_by_role("button", name="Remove: NAMED D").click()
    page.goto(address + DAY)
    assert len(shown(page)) == 3


def test_without_a_script_nothing_offers_what_it_cannot_do(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "reading-list.html")
    assert "scripts are switched off" in page.inner_text("main")
    assert page.locator("main button:visible, main input:visible").count() == 0
    for path in ("index.html", DAY, "papers/2505/a.html"):
        page.goto(address + path)
        assert page.locator("button:visible").count() == 0
    context.close()
