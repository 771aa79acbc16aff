"""Takes the README's picture: `python -m tests.screenshots`, after `make site`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

CHECKOUT = Path(__file__).parent.parent
PICTURE = CHECKOUT / ".github/screenshot.png"


def main() -> None:
    """The newest day of the sample, as a reader meets it."""
    day = max((CHECKOUT / "site/days").glob("2*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(day.as_uri())
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
