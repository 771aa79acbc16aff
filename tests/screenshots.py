"""Takes the pictures of the documentation: `python -m tests.screenshots`, after `make site`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

from sitegen.building import build
from sitegen.config import load_project
from sitegen.options import Options

CHECKOUT = Path(__file__).parent.parent
README = CHECKOUT / ".github"
PAGES = CHECKOUT / "content/static/pictures"


class Picture(NamedTuple):
    """A page of the sample as a reader meets it."""

    file: Path
    path: str  # of the page; "day" and "paper" stand for the newest day and its first paper
    theme: str = "paper"
    width: int = 1280
    height: int = 860
    scheme: str = "light"


PICTURES = (
    Picture(README / "screenshot.png", "day"),
    Picture(PAGES / "day-dark.png", "day", height=720, scheme="dark"),
    Picture(PAGES / "phone.png", "day", width=360, height=720),
    Picture(PAGES / "digest.png", "day", theme="digest", height=640),
)


def main() -> None:
    """Take them all."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for theme in sorted({picture.theme for picture in PICTURES}):
            site = Path(work) / theme / "site"
            build(load_project(CHECKOUT), Options(out=site, theme=theme))
            for picture in PICTURES:
                if picture.theme == theme:
                    _take(browser, site, picture)
        browser.close()


def _take(browser: Browser, site: Path, picture: Picture) -> None:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,  # type: ignore[arg-type]
    )
    page.goto(max((site / "days").glob("2*.html")).as_uri())
    if picture.path == "paper":
        page.locator(".paper h3 a").first.click()
    picture.file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture.file)
    page.close()


if __name__ == "__main__":
    main()
