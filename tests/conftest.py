from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Machines are shared and noisy: no example fails for being slow.
settings.register_profile("steady", deadline=None, print_blob=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample dumps and mock-ups that lies beside a checkout, where there is one."""
    named = os.environ.get("SITEGEN_SHARED")
    if named:
        return Path(named)
    for folder in Path(__file__).resolve().parents:
        found = folder / "shared"
        if (found / "dumps").is_dir():
            return found
    pytest.skip("the dumps in ../shared are not here")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A running Chromium; without one the tests skip, or fail where it is required."""
    path = os.environ.get("SITEGEN_CHROMIUM") or shutil.which("chromium")
    missing = "" if path else "no chromium on PATH (or in SITEGEN_CHROMIUM)"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing = "playwright is not installed"
    if missing:
        if os.environ.get("SITEGEN_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()
