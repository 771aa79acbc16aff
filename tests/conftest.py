from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: no example fails for being slow.
settings.register_profile("steady", deadline=None, print_blob=True)
# A mutant's fate is to be the same whenever it is tried, and there are thousands of them.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, max_examples=30
)
settings.register_profile("quick", settings.get_profile("steady"), max_examples=20)
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
def chromium():
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


def _of_npm(package: str, file: str) -> Path:
    """A file of an npm package; without it the test skips, or fails where it is required."""
    places = [os.environ.get("SITEGEN_NODE_MODULES", "node_modules")]
    if not Path(places[0], package).is_dir() and (npm := shutil.which("npm")):
        command = [npm, "root", "--global"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        places.append(done.stdout.strip())
    for place in places:
        if Path(place, package, file).is_file():
            return Path(place, package, file)
    missing = f"{package} is not installed (npm install --global {package})"
    if os.environ.get("SITEGEN_REQUIRE_NPM"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, the checker of accessibility: a script that pages are given."""
    return _of_npm("axe-core", "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def nu() -> Sequence[str]:
    """The command of the Nu HTML checker, to which files are given."""
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    checker = _of_npm("vnu-jar", "build/dist/vnu.jar")
    return ("java", "-Xss4m", "-jar", str(checker))


@pytest.fixture(scope="session")
def git_alone() -> Iterator[Callable[..., str]]:
    """Git as on a machine where nobody has told it anything; runs commands in a folder."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")

        def git(folder: Path, *arguments: str) -> str:
            done = subprocess.run(
                ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
            )
            return done.stdout.strip()

        yield git


@pytest.fixture(scope="session")
def tsc() -> str:
    """The command that checks the types of scripts."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    return str(_of_npm("typescript", "bin/tsc"))
