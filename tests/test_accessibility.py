"""Every kind of page in both themes: axe finds nothing, nothing overflows, no script complains.

WCAG 2.2 at level AA, in light and dark, on a wide window and on the narrowest (320 pixels).
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from itertools import product
from pathlib import Path

import msgspec
import pytest

from sitegen.i18n.messages import spoken
from sitegen.render.html import HtmlRenderer
from sitegen.render.theme import find
from tests.sample_pages import SITE, day, empty, pages

pytestmark = pytest.mark.browser

THEMES = ("paper", "digest")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A reader who saved, read and muted something, so that what scripts add is looked at as well.
KEPT = {
    "saved": {"papers/2505/a.html": ["A paper named a", "Ada Lovelace"]},
    "read": ["papers/2505/c.html"],
    "words": ["named e"],
    "topics": {"video": "Video & film"},
}


def written(folder: Path, theme: str, site=SITE):
    """The sample site in a theme; the paths of a page of each kind, and of those like no other."""
    found = find(theme, site.words)
    if not found.shows("reading"):
        site = msgspec.structs.replace(site, reading="", search="")
    renderer = HtmlRenderer(found, site)
    shown = [*pages(), msgspec.structs.replace(empty(), path="empty.html")]
    kinds = {}
    for page in shown:
        if found.shows(page.kind):
            target = folder / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(renderer.render(page))
            kinds.setdefault(page.kind, page.path)
    for asset in found.assets():
        (folder / "assets").mkdir(exist_ok=True)
        (folder / asset.path).write_bytes(asset.data)
    return [path for kind, path in kinds.items() if kind != "redirect"]


@pytest.fixture(scope="module", params=THEMES)
def site(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    return folder, written(folder, request.param)


@pytest.fixture(scope="module")
def wide_page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    yield page
    context.close()


def test_axe_finds_nothing_nothing_overflows_and_no_script_complains(site, wide_page, axe):
    folder, paths = site
    page = wide_page
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    root = json.dumps(f"{folder.as_posix()}/")
    page.add_init_script(
        f"localStorage.setItem('paper.reading:' + {root}, {json.dumps(json.dumps(KEPT))})"
    )
    for path in paths:
        page.goto((folder / path).as_uri())
        page.evaluate(axe)
        for width, scheme in product((1280, 320), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(
                "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})",
                RULES,
            )["violations"]
            said = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
            assert (path, width, scheme, said) == (path, width, scheme, [])
            assert page.evaluate(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            ), (path, width)
        # Modules do not load from a disk, and only searching needs them.
        assert path == "search.html" or wrong == [], path
        wrong.clear()


def test_the_order_of_headings_and_the_landmarks_are_those_of_a_document(site):
    folder, paths = site
    for path in paths:
        text = (folder / path).read_text(encoding="utf-8")
        assert text.count("<h1") == 1, path
        for mark in (
            "<main id=main",
            "<header>",
            "<footer>",
            "class=skip href=#main",
            "<html lang=",
        ):
            assert mark in text, (path, mark)


# A file has no host, so that 'self' allows it nothing. Browser tests hold pages against the policy.
_SELF = ("--filterpattern", ".*violates Content Security Policy.*")


def test_the_nu_checker_says_nothing(site, nu):
    folder, paths = site
    done = subprocess.run(
        [*nu, "--format", "gnu", *_SELF, *(str(folder / path) for path in paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout + done.stderr, done.returncode) == ("", 0)


def test_the_first_visit_to_the_home_page_is_light(site):
    folder, _ = site
    text = (folder / "index.html").read_text(encoding="utf-8")
    loaded = {"index.html", *re.findall(r'(?:href|src)="?(assets/[\w.-]+\.(?:css|js|svg))', text)}
    sizes = {path: len(gzip.compress((folder / path).read_bytes(), 6)) for path in loaded}
    assert len(sizes) <= 6
    assert sum(sizes.values()) <= 25_000  # of 60,000 with a day of many papers
    styles = [size for path, size in sizes.items() if path.endswith(".css")]
    assert sum(styles) <= 12_000


def boxes(page):
    """Where the parts of a page stand, from the edge at which its lines begin."""
    return page.evaluate(
        """() => {
          const root = document.documentElement.getBoundingClientRect();
          const rtl = document.documentElement.dir === "rtl";
          const parts = "header > *, h1, .sum, .strip li, aside, .list, .group, .n, .by, .meta";
          return [...document.querySelectorAll(parts)].map((part) => {
            const { left, right, top } = part.getBoundingClientRect();
            return [rtl ? root.right - right : left - root.left, top].map(Math.round);
          });
        }"""
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_a_language_from_right_to_left_mirrors_the_page(chromium, tmp_path, width):
    messages = tmp_path / "messages"
    messages.mkdir()
    # Pseudo-Hebrew: English words, so that both pages have the same to set.
    (messages / "qaa.toml").write_text(
        '[language]\ndirection = "rtl"\nlocale = "en"\n', encoding="utf-8"
    )
    mirrored, _ = spoken("qaa", [messages])
    name = day().path
    shown = []
    page = chromium.new_page(viewport={"width": width, "height": 800})
    for words in (SITE.words, mirrored):
        folder = tmp_path / words.language
        written(folder, "paper", msgspec.structs.replace(SITE, words=words))
        page.goto((folder / name).as_uri())
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
        shown.append(boxes(page))
    page.close()
    assert len(shown[0]) > 15
    near = [
        abs(a - b) <= 2
        for one, two in zip(*shown, strict=True)
        for a, b in zip(one, two, strict=True)
    ]
    assert all(near), [pair for pair in zip(*shown, strict=True) if pair[0] != pair[1]]
