"""The search page in a real Chromium: by keyboard and mouse, without a script, from a disk."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.search.site import FILLERS, FOUND, built
from tests.test_pages_in_browser import overflow

pytestmark = pytest.mark.browser

ICL, CROWD, PIECES, IMAGES, CHINESE, CHAINS = (found[0] for found in FOUND)
TITLES = {found[0]: found[2] for found in FOUND}


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("search") / "p")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site; what goes wrong there fails the test."""
    contexts = []
    wrong: list[str] = []

    def opened(path: str = "search.html", **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.goto(address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def titles(page: Any) -> list[str]:
    found: list[str] = page.locator("#results h3").all_inner_texts()
    return found


def told(page: Any, text: str) -> None:
    """Wait until the page says so to those who don't see it as well."""
    page.get_by_role("status").filter(has_text=text).wait_for()


def test_results_come_while_typing_with_what_was_found_marked(opened: Any) -> None:
    page = opened()
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("video diff")
    told(page, "1 paper.")
    assert titles(page) == [TITLES[PIECES]]
    assert page.locator("#results h3 mark").all_inner_texts() == ["Video", "diffusion"]
    page.locator("#results .hit.done").wait_for()
    assert "Diffusion models for video" in page.inner_text("#results .hit")
    assert page.inner_text("#results .by") == "Samy Bengio, José Núñez"
    assert page.locator("#results .chip").all_inner_texts() == ["Video & film", "Image generation"]
    assert page.inner_text("#results .meta span") == "10 February 2026"
    assert page.url.endswith("?q=video+diff")
    page.fill("#q", "")
    page.locator("#help").wait_for()
    assert titles(page) == []


def test_a_query_in_the_address_is_answered_and_the_title_leads_to_the_paper(opened: Any) -> None:
    page = opened("search.html?q=author%3Abengio&sort=date")
    told(page, "2 papers.")
    assert page.input_value("#q") == "author:bengio"
    assert page.is_checked("#order [value=date]")
    assert titles(page) == [TITLES[PIECES], TITLES[ICL]]
    page.click("#results h3 a")
    assert page.inner_text("h1") == TITLES[PIECES]
    page.go_back()
    told(page, "2 papers.")


def test_facets_narrow_and_widen(opened: Any) -> None:
    page = opened("search.html?q=chain+thought")
    told(page, "3 papers.")
    page.locator("#facets label").first.wait_for()
    assert page.locator("#facets summary").is_visible()  # those of large sites are folded
    page.get_by_label("Listed").get_by_text("2026").wait_for()
    page.get_by_role("group", name="Topic").get_by_label("Video & film").check()
    told(page, "1 paper.")
    assert page.input_value("#q") == "chain thought topic:video"
    assert titles(page) == [TITLES[ICL]]
    page.get_by_label("Has").get_by_label("Code").wait_for()
    page.get_by_role("group", name="Topic").get_by_label("Video & film").uncheck()
    told(page, "3 papers.")
    page.click("[id='listed:2026']")
    page.get_by_role("group", name="Listed").get_by_label("March 2026").check()
    told(page, "1 paper.")
    assert page.input_value("#q") == "chain thought listed:2026-03"
    page.fill("#q", "undated crowdsourcing")
    told(page, "1 paper.")
    page.get_by_text("No date").wait_for()
    assert page.inner_text("#results .meta span") == "No date"


def test_the_order_can_be_chosen(opened: Any) -> None:
    page = opened("search.html?q=chain")
    told(page, "3 papers.")
    assert titles(page)[0] == TITLES[CHAINS]
    page.get_by_label("Newest first").check()
    page.wait_for_url("**/search.html?q=chain&sort=date")
    page.get_by_label("Best first").check()
    page.wait_for_url("**/search.html?q=chain")


def test_more_is_shown_on_demand_and_the_focus_goes_there(opened: Any) -> None:
    page = opened("search.html?q=author%3Abody")
    told(page, f"{FILLERS} papers.")
    assert len(titles(page)) == 10
    page.get_by_role("button", name="Show more").press("Enter")
    page.locator("#results li").nth(19).wait_for()
    assert page.evaluate("document.activeElement.textContent") == titles(page)[10]


def test_all_can_be_done_by_keyboard(opened: Any) -> None:
    page = opened("index.html")
    page.keyboard.press("/")
    page.wait_for_url("**/search.html*")
    page.wait_for_function("document.activeElement.id == 'q'")
    page.keyboard.type("video")
    told(page, "2 papers.")
    assert len(titles(page)) == 2
    for focused in (*titles(page), titles(page)[1]):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") == focused
    page.keyboard.press("ArrowUp")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("/x")  # typed, not taken
    assert page.input_value("#q").endswith("/x")
    page.fill("#q", "video")
    page.keyboard.press("Enter")
    told(page, "2 papers.")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/**")


@pytest.mark.parametrize(
    "text",
    [ICL, f"arXiv:{ICL}v2", f"https://arxiv.org/pdf/{ICL}", f"https://arxiv.org/abs/{ICL}v1"],
)
def test_an_identifier_goes_straight_to_its_paper(opened: Any, text: str) -> None:
    page = opened()
    page.fill("#q", text)
    told(page, "1 paper.")  # typed, it is shown; entered, it is gone to
    assert titles(page) == [TITLES[ICL]]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/papers/**{ICL}.html")
    page.go_back()
    page.wait_for_url("**/search.html?")


def test_a_pasted_address_goes_straight_to_its_paper(opened: Any) -> None:
    page = opened()
    page.evaluate("document.getElementById('q').dispatchEvent(new Event('paste'))")
    page.fill("#q", f"https://huggingface.co/papers/{CHAINS}")
    page.wait_for_url(f"**/papers/**{CHAINS}.html")


def test_what_was_taken_for_a_typo_is_said_and_what_finds_nothing(opened: Any) -> None:
    page = opened("search.html?q=crowdsourcng+confusion")
    told(page, "1 paper. “crowdsourcng” was taken for “crowdsourcing”.")
    page.fill("#q", "video diffusion confusion")
    told(page, "No paper has all of this")
    assert titles(page)[0] == TITLES[PIECES]
    page.fill("#q", "qqqqqq")
    told(page, "No paper has this.")
    assert titles(page) == []


def test_text_of_papers_and_queries_stays_text(opened: Any) -> None:
    page = opened("search.html?q=%3Cimg+src%3Dx%3E+markup")
    told(page, "1 paper")
    assert titles(page) == ["Undated crowdsourcing of markup <b>"]
    assert page.locator("main img, main b").count() == 0


def test_when_the_site_was_renewed_meanwhile_the_page_says_so(
    chromium: Any,
    address: str,
) -> None:
    page = chromium.new_page()
    page.goto(address + "search.html")
    page.route("**/search/*/t*.bin", lambda route: route.fulfill(status=404, body=""))
    page.fill("#q", "video")
    told(page, "The index could not be read.")
    page.unroute("**/search/*/t*.bin")
    page.fill("#q", "videos")
    told(page, "2 papers.")
    page.close()


def test_without_a_script_the_topics_and_days_are_offered(opened: Any, address: str) -> None:
    page = opened(java_script_enabled=False)
    assert page.locator("form").is_hidden()
    assert "Searching needs a script" in page.inner_text("main")
    assert page.locator("main a[href='topics/index.html']").is_visible()
    assert page.locator("main a[href='archive.html']").is_visible()
    assert page.locator("#disk").is_hidden()


def test_from_a_disk_the_page_says_why_it_cannot_search(
    chromium: Any,
    folder: Path,
) -> None:
    page = chromium.new_page()
    page.goto((folder / "search.html").as_uri())
    page.locator("#disk").wait_for()
    assert "opened from a disk" in page.inner_text("#disk")
    assert page.locator("form").is_hidden()
    assert page.locator("main a[href='archive.html']").is_visible()
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits(opened: Any, width: int, scheme: str) -> None:
    page = opened("search.html?q=chain+thought", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    told(page, "3 papers.")
    page.locator("#results .hit.done").first.wait_for()
    assert overflow(page) == []
    if width < 1000:
        assert page.locator("#counts").is_hidden()
        page.get_by_text("Narrow the results").click()
    page.get_by_role("group", name="Listed").wait_for()
    assert overflow(page) == []
