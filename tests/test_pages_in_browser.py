"""The pages in a real Chromium: nothing overflows, and all that matters works without a script."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.pages import Link
from sitegen.render.html import HtmlRenderer
from sitegen.render.theme import find
from tests.sample_pages import (
    SITE,
    card,
    day,
    digest,
    empty,
    feed_row,
    pages,
    paper,
    subscribe,
    topic,
)

pytestmark = pytest.mark.browser

WORD = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerk" * 4
ARABIC = "نموذج لغوي كبير للاستدلال متعدد الخطوات"
WIDTHS = (320, 768, 1280)


def hard_pages():
    """Pages that are hard to set: a long word, right to left, nothing known, very many."""
    cards = (
        card("a", title=WORD, byline=WORD, lead=WORD, topics=(Link(label=WORD, path="x.html"),)),
        card("b", title=ARABIC, byline=ARABIC, lead=ARABIC, abstract_html=ARABIC),
        card("c", byline="", lead="", abstract_html="", topics=(), ids=(), sources=(), code=""),
        card("d", title="A very long title that goes on " * 12),
    )
    groups = tuple(
        msgspec.structs.replace(group, name=name, slug=str(number), papers=cards)
        for number, name in enumerate((WORD, ARABIC, *["A topic of this day"] * 20))
        for group in digest(day().data.date).groups[:1]
    )
    hard = [
        day(groups=groups, curators=(WORD,), note_html=f"<p>{WORD}</p>"),
        paper(
            title=WORD, authors=(WORD, ARABIC) * 30, abstract_html=f"{WORD} <a href=x>{WORD}</a>",
            venue=WORD, bibtex=WORD * 3,
        ),
        topic(name=WORD, rule=WORD, description=WORD),
        subscribe(groups=((WORD, (msgspec.structs.replace(feed_row(WORD, "x"), about=WORD),)),)),
    ]  # fmt: skip
    return [msgspec.structs.replace(p, path=f"hard/{n}.html") for n, p in enumerate(hard)]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A folder with the sample site, the hard pages and the assets."""
    folder = tmp_path_factory.mktemp("site")
    theme = find("paper")
    renderer = HtmlRenderer(theme, SITE)
    shown = [*pages(), *hard_pages(), msgspec.structs.replace(empty(), path="empty.html")]
    files = {page.path: renderer.render(page) for page in shown}
    files |= {artifact.path: artifact.data for artifact in theme.assets()}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture
def opened(chromium, site):
    """Opens a page of the site: scripts are off unless asked for."""
    contexts = []

    def opened(path, width=1280, scripts=False, scheme="light"):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            color_scheme=scheme,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto((site / path).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def overflow(page):
    """What is wider than the window, if anything."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > width + 1)
            .map((e) => e.outerHTML.slice(0, 80));
        }"""
    )


def seen(page, selector):
    return [element.is_visible() for element in page.query_selector_all(selector)]


def colour(page, selector, name):
    return page.eval_on_selector(selector, "(e, name) => getComputedStyle(e)[name]", name)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(opened, site, width):
    page = opened("index.html", width)
    for path in sorted(site.rglob("*.html")):
        if "old-name" in path.name:
            continue
        page.goto(path.as_uri())
        assert overflow(page) == [], path.name
        if page.query_selector("#sz"):
            page.select_option("#sz", label="Larger", force=True)
        else:  # a paper, whose settings are made by the script, which is off
            page.evaluate("document.documentElement.style.fontSize = '20px'")
        assert overflow(page) == [], f"{path.name}, larger"


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_asked_of_another_host_and_nothing_is_missing(opened, site, width):
    page = opened("index.html", width, scripts=True)
    asked, wrong = [], []
    page.on("request", lambda request: asked.append(request.url))
    # An icon that is still on its way when the page is left is not missing.
    page.on(
        "requestfailed",
        lambda request: "ABORTED" in request.failure or wrong.append(request.url),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    for path in ("index.html", "days/2025-05-08.html", "papers/2505/a.html", "archive.html"):
        page.goto((site / path).as_uri())
    assert len(asked) >= 8
    assert [url for url in asked if not url.startswith("file:")] == []
    assert wrong == []


def test_the_device_decides_on_colours_and_the_settings_overrule_it(opened):
    light, dark = "rgb(252, 253, 252)", "rgb(20, 24, 26)"
    page = opened("index.html", scheme="dark")
    assert colour(page, "html", "backgroundColor") == dark
    page = opened("index.html")
    assert colour(page, "html", "backgroundColor") == light
    page.click(".aa summary")
    page.select_option("#th", label="Dark")
    assert colour(page, "html", "backgroundColor") == dark
    page.select_option("#sz", label="Large")
    assert colour(page, "html", "fontSize") == "18px"


def test_the_three_depths_work_without_a_script(opened):
    page = opened("days/2025-05-08.html")
    lead, abstract, byline = "#p1 .lead", "#p1 details > div", "#p1 .by"
    assert [seen(page, part) for part in (lead, abstract, byline)] == [[True], [False], [True]]
    page.check("#v-titles")
    assert [seen(page, part) for part in (lead, abstract, byline)] == [[False], [False], [False]]
    page.check("#v-full")
    assert [seen(page, part) for part in (lead, abstract, byline)] == [[False], [True], [True]]


def test_one_abstract_opens_in_place_by_keyboard(opened):
    page = opened("days/2025-05-08.html")
    page.focus("#p1 summary")
    page.keyboard.press("Enter")
    assert seen(page, "#p1 details > div") == [True]
    assert "rgb(22, 25, 27)" in colour(page, "#p1 .core", "color")
    page.keyboard.press("Enter")
    assert seen(page, "#p1 details > div") == [False]


def test_the_first_thing_to_reach_is_the_way_to_the_content(opened):
    page = opened("index.html")
    page.keyboard.press("Tab")
    skip = page.query_selector(".skip")
    page.wait_for_function("document.activeElement.className === 'skip'")
    assert skip.bounding_box()["y"] >= 0


def test_on_a_phone_many_topics_are_folded_and_few_are_not(opened):
    page = opened("hard/0.html", 320)
    assert True not in seen(page, ".toc li")
    page.click(".toc summary")
    assert False not in seen(page, ".toc li")
    assert False not in seen(opened("hard/0.html", 1280), ".toc li")
    assert False not in seen(opened("days/2025-05-08.html", 320), ".toc li")


def test_targets_are_high_enough_to_touch(opened):
    for path in ("index.html", "days/2025-05-08.html", "papers/2505/a.html", "archive.html"):
        page = opened(path, 320)
        low = page.evaluate(
            """() => [...document.querySelectorAll("body a, summary, label, select")]
              .filter((e) => e.checkVisibility() && !e.closest(".abstract, .prose, details > div"))
              .filter((e) => !e.matches(".skip"))
              .filter((e) => Math.max(...[...e.getClientRects()].map((r) => r.height)) < 24)
              .map((e) => e.outerHTML.slice(0, 90))"""
        )
        assert low == [], path


def test_a_right_to_left_title_is_set_from_the_right(opened):
    page = opened("hard/0.html")
    direction = page.eval_on_selector_all(
        ".group:first-child h3", "all => all.map((e) => getComputedStyle(e).direction)"
    )
    assert direction == ["ltr", "rtl", "ltr", "ltr"]


def test_the_script_remembers_the_settings_on_other_pages(opened, site):
    page = opened("index.html", scripts=True)
    page.click(".aa summary")
    page.select_option("#th", label="Dark")
    page.select_option("#sz", label="Larger")
    page.check("#v-titles")
    page.goto((site / "days/2025-05-08.html").as_uri())
    assert colour(page, "html", "backgroundColor") == "rgb(20, 24, 26)"
    assert colour(page, "html", "fontSize") == "20px"
    assert page.is_checked("#v-titles")
    assert page.eval_on_selector("#th", "e => e.selectedIndex") == 2
    page.goto((site / "papers/2505/a.html").as_uri())  # where the script makes the settings
    assert colour(page, "html", "backgroundColor") == "rgb(20, 24, 26)"
    page.click(".aa summary")
    page.select_option("#th", label="Device")
    assert colour(page, "html", "backgroundColor") == "rgb(252, 253, 252)"


def test_the_script_offers_to_copy_the_citation(opened):
    page = opened("papers/2505/a.html", scripts=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("pre#bib + button")
    page.wait_for_selector("text=Copied")
    assert page.evaluate("navigator.clipboard.readText()") == paper().data.bibtex
    assert opened("papers/2505/a.html").query_selector("button") is None


@pytest.mark.parametrize("path", ["days/2025-05-08.html", "papers/2505/a.html"])
def test_print_shows_papers_without_the_controls_in_ink_on_white(opened, path):
    page = opened(path, scheme="dark", scripts=True)
    page.wait_for_selector(".keep")
    page.emulate_media(media="print")
    controls = (
        "body > header nav",
        ".aa",
        ".go",
        ".toc",
        ".pick",
        ".strip",
        ".turn",
        "body > footer",
    )
    for part in (*controls, "button", ".acts"):
        assert True not in seen(page, part), part
    shown = "h3" if path.startswith("days") else "h1, .abstract, .authors, #bib, .rel"
    assert set(seen(page, shown)) == {True}
    assert colour(page, "html", "backgroundColor") == "rgb(255, 255, 255)"
    assert colour(page, shown, "color") == "rgb(0, 0, 0)"
    if path.startswith("papers"):  # a link says on paper where it leads
        address = "getComputedStyle(e, '::after').content"
        said = page.eval_on_selector(".abstract a[href]", f"e => {address}")
        assert "example.org" in said
    assert overflow(page) == []


def test_addresses_of_feeds_are_copied_whole(opened):
    page = opened("subscribe.html", scripts=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons = page.get_by_role("button", name="Copy the address")
    # The site's two feeds and the list of all; a query's; three topics' papers and days.
    assert buttons.count() == 3 + 1 + 6
    page.get_by_role("button", name="Copy the address: Topic 1, Atom").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("file:///")
    assert copied.endswith("/topics/reasoning.atom.xml")
    plain = opened("subscribe.html")
    assert plain.get_by_role("button", name="Copy").count() == 0
