"""The preview in a real Chromium: pages load again by themselves, and say what is wrong."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pytest

from tests.sites import daily_json, project

pytestmark = pytest.mark.browser

SETTINGS = 'title = "Small"\ntheme = "mine"\nbase_url = "https://example.org/papers/"\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = project(
        tmp_path_factory.mktemp("preview") / "p",
        SETTINGS,
        **{
            "dumps__2026-05-08.json": daily_json("2026-05-08", [{"id": "2605.1", "title": "One"}]),
            "pages__about.md": "title: About\n\nThe first words.\n",
        },
    )
    (root / "mine").mkdir()
    (root / "mine/style.css").write_text("")
    return root


@pytest.fixture(scope="module")
def address(root):
    """Where `sitegen serve` says that the site is; it ends by Ctrl-C."""
    command = [sys.executable, "-m", "sitegen", "serve", "--executor", "serial", "--port", "0"]
    server = subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True)
    lines = iter(server.stderr.readline, "")
    found = (re.search(r"http://127\.0\.0\.1:\d+\S+", line) for line in lines)
    yield next(match[0] for match in found if match)
    server.send_signal(signal.SIGINT)
    rest = server.communicate(timeout=20)[1]
    assert server.returncode == 0
    assert "Traceback" not in rest


@pytest.fixture
def page(chromium, address):
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: page.wrong.append(message.text))
    yield page
    context.close()


def write(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_open_pages_load_again_after_a_change(page, address, root):
    assert address.endswith("/papers/")
    page.goto(f"{address}about")
    other = page.context.new_page()
    other.goto(f"{address}days/2026-05-08.html")
    write(root / "content/pages/about.md", "title: About\n\nOther words.\n")
    page.wait_for_selector("text=Other words.")
    write(root / "content/days/2026-05-08.md", "A note of the editor.\n")
    other.wait_for_selector("text=A note of the editor.")
    # What is served alone has the script.
    assert "live.js" in page.content()
    assert "live.js" not in (root / "site/about.html").read_text()
    page.goto(f"{address}nothing/here")
    assert page.title() == "Not found · Small"
    assert [text for text in page.wrong if "404" not in text] == []


def test_what_is_wrong_shows_over_the_page_until_it_is_mended(page, address, root):
    page.goto(address)
    before = page.inner_text("main")
    write(root / "mine/day.html", "<p>\n<b>{% if <script>alert(1)</script> %}\n")
    panel = page.locator("sitegen-problems section")
    panel.wait_for()
    assert "mine/day.html:2" in panel.inner_text()
    assert panel.get_attribute("role") == "alert"
    assert page.inner_text("main") == before
    # Also over a page that is opened now.
    page.goto(f"{address}about.html")
    panel.wait_for()
    # Another fault takes its place; what it says is text.
    (root / "mine/day.html").unlink()
    write(root / "content/site.toml", f'{SETTINGS}"<img src=x onerror=alert(1)>" = 1\n')
    panel.get_by_text("site.toml:4").wait_for()
    assert panel.evaluate("e => getComputedStyle(e).position") == "fixed"  # it has its style
    assert "<img src=x" in panel.inner_text()
    panel.get_by_role("button").click()
    panel.wait_for(state="detached")
    page.reload()
    panel.wait_for()
    write(root / "content/site.toml", SETTINGS)
    panel.wait_for(state="detached")
    assert page.wrong == []


def test_a_site_that_moves_takes_its_pages_along(page, address, root):
    page.goto(f"{address}about.html?x#y")
    write(root / "content/site.toml", SETTINGS.replace("/papers/", "/other/"))
    page.wait_for_url("**/other/about.html?x#y")
    write(root / "content/site.toml", SETTINGS)
    page.wait_for_url("**/papers/about.html?x#y")


def test_pages_that_nobody_sees_leave_the_connections_to_others(page, address, root):
    """A browser has six connections to a host: with one held by each tab, the seventh waits."""
    page.add_init_script(
        """let hidden = true;
        Object.defineProperty(document, "hidden", { get: () => hidden });
        window.unhide = () => {
          hidden = false;
          document.dispatchEvent(new Event("visibilitychange"));
        };"""
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}about.html")
    page.wait_for_load_state("load")
    write(root / "content/pages/about.md", "title: About\n\nUnseen words.\n")
    other = page.context.new_page()
    other.goto(f"{address}about.html")
    other.wait_for_selector("text=Unseen words.")
    assert [url for url in asked if url.endswith("/events")] == []
    assert "Unseen" not in page.inner_text("main")
    page.evaluate("unhide()")
    page.wait_for_selector("text=Unseen words.")
