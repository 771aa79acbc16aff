"""The search engines that are compared: each indexes the same papers and is asked the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from typing import Any, Protocol

from .. import measure
from ..corpus import Paper
from ..project import CHECKOUT
from ..site import Missing, paper_path
from .browser import Asked, Browser, served

HERE = Path(__file__).parent
VERSIONS = {"pagefind": "1.6.0", "minisearch": "7.2.0", "lunr": "2.3.9"}
FIRST = 10  # answers that count
SCRIPTS = CHECKOUT / "themes" / "paper"


@dataclass(frozen=True, slots=True)
class Cost:
    """What an index costs: CPU seconds and peak bytes to make it, its files and their bytes."""

    cpu: float
    peak: float
    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Traffic:
    """Bytes for a page with its first query, for a further one, and seconds to its answers."""

    first: float
    further: float
    seconds: float | None


class Engine(Protocol):
    """A search engine on one corpus."""

    name: str

    def index(self) -> Cost:
        """Make the index."""

    def answers(self, texts: Sequence[str]) -> list[list[str]]:
        """The paths of the first papers for each question."""

    def traffic(self, texts: Sequence[str]) -> Traffic:
        """What a reader loads who asks these questions one after the other."""


def _size(folder: Path) -> tuple[int, int]:
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(files)


def _traffic(asked: Sequence[Asked]) -> Traffic:
    rest = asked[1:]
    return Traffic(
        asked[0].bytes,
        median(one.bytes for one in rest),
        median(one.seconds for one in rest),
    )


class Sitegen:
    """The search page of a project that lies in `project`."""

    name = "sitegen"

    def __init__(self, project: Path, browser: Browser) -> None:
        self.project = project
        self.site = project / "site"
        self._browser = browser
        self._scripts = project / "scripts"

    def index(self) -> Cost:
        """Two builds from nothing, with and without search: the difference is the index's."""
        settings = self.project / "content" / "site.toml"
        text = settings.read_text().replace("[search]\nenabled = false\n", "")
        settings.write_text(text + "[search]\nenabled = false\n")
        without = self._build("without")
        settings.write_text(text)
        usage = self._build("with")
        files, size = _size(self.site / "search")
        return Cost(usage.cpu - without.cpu, usage.peak, files, size)

    def _build(self, name: str) -> measure.Usage:
        command = [sys.executable, "-m", "sitegen", "build", "-C", str(self.project), "-q"]
        command += ["--full", "--executor", "serial"]
        return measure.run(command, CHECKOUT, self.project / f"{name}.log")

    def answers(self, texts: Sequence[str]) -> list[list[str]]:
        """Asked of the page's scripts in node."""
        self._scripts.mkdir(exist_ok=True)
        for module in SCRIPTS.glob("search-*.js"):
            shutil.copy(module, self._scripts)
        (self._scripts / "package.json").write_text('{"type": "module"}')
        script = CHECKOUT / "tests" / "search" / "engine.mjs"
        given = json.dumps([{"text": text, "show": FIRST} for text in texts])
        command = ["node", str(script), str(self._scripts), str(self.site)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
        return [answer["papers"] for answer in json.loads(done.stdout)]

    def traffic(self, texts: Sequence[str]) -> Traffic:
        """Typed into the page; the seconds are those from the last key to the first title."""
        with served(self.site) as address:
            page = self._browser.open(f"{address}search.html")
            page.wait_for_selector("form:not([hidden])")
            page.evaluate(_WATCH)
            return _traffic(self._browser.ask(page, texts, _type))


# Notes when the field is changed and when results are there.
_WATCH = """() => {
  const results = document.getElementById("results");
  document.getElementById("q").addEventListener("input", () => {
    window.changed = performance.now();
    window.answered = 0;
  }, true);
  new MutationObserver(() => {
    if (!window.answered && results.children.length) window.answered = performance.now();
  }).observe(results, { childList: true });
}"""


def _type(page: Any, text: str) -> tuple[float, list[str]]:
    page.fill("#q", text)
    page.wait_for_function("window.answered > 0")
    return page.evaluate("(window.answered - window.changed) / 1000"), []


class Pagefind:
    """Pagefind on pages that hold title, byline and abstract, with all their tags closed."""

    name = "pagefind"

    def __init__(self, papers: Sequence[Paper], modules: Path, browser: Browser) -> None:
        self._papers = papers
        self._site = modules / "site"
        self._modules = modules
        self._browser = browser

    def index(self) -> Cost:
        """Its own command."""
        shutil.rmtree(self._site, ignore_errors=True)
        for paper in self._papers:
            path = self._site / paper_path(paper)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_page(paper), encoding="utf-8")
        runner = self._modules / "node_modules" / "pagefind" / "lib" / "runner" / "bin.cjs"
        command = ["node", str(runner), "--site", str(self._site), "--glob", "papers/**/*.html"]
        usage = measure.run(command, self._modules, self._modules / "pagefind.log")
        (self._site / "pagefind.html").write_text("<!doctype html><title>Pagefind</title>")
        return Cost(usage.cpu, usage.peak, *_size(self._site / "pagefind"))

    def answers(self, texts: Sequence[str]) -> list[list[str]]:
        """Asked in the browser, where alone it runs."""
        with served(self._site) as address:
            page = self._browser.open(f"{address}pagefind.html")
            found = [page.evaluate(_PAGEFIND, text)[1] for text in texts]
            self._browser.settle(page)
            return [[path.lstrip("/") for path in paths] for paths in found]

    def traffic(self, texts: Sequence[str]) -> Traffic:
        """The seconds are those until the data of ten results are there."""
        with served(self._site) as address:
            page = self._browser.open(f"{address}pagefind.html")
            asked = self._browser.ask(
                page, texts, lambda page, text: page.evaluate(_PAGEFIND, text)
            )
            return _traffic(asked)


def _page(paper: Paper) -> str:
    title, authors, text = map(escape, (paper.title, ", ".join(paper.authors), paper.abstract))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f"<main data-pagefind-body><h1>{title}</h1><p>{authors}</p><p>{text}</p></main>"
        "</body></html>"
    )


_PAGEFIND = """async (text) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const begun = performance.now();
  const { results } = await pagefind.search(text);
  const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return [(performance.now() - begun) / 1000, found.map(({ raw_url, url }) => raw_url ?? url)];
}"""


class Whole:
    """MiniSearch or lunr: an index that is loaded as a whole."""

    def __init__(self, name: str, papers: Sequence[Paper], modules: Path) -> None:
        self.name = name
        self._modules = modules
        self._rows = [
            (paper_path(paper), paper.title, ", ".join(paper.authors), paper.abstract)
            for paper in papers
        ]

    def _run(self, texts: Sequence[str]) -> dict[str, Any]:
        given = json.dumps({"papers": self._rows, "questions": list(texts)})
        command = ["node", "--max-old-space-size=4096", str(HERE / "peers.mjs"), self.name]
        done = subprocess.run(
            [*command, str(self._modules)], input=given, capture_output=True, text=True, check=True
        )
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    def index(self) -> Cost:
        """In node; the peak is what its heap holds more."""
        made = self._run([])
        return Cost(made["seconds"], made["megabytes"] * 1e6, 1, made["bytes"])

    def answers(self, texts: Sequence[str]) -> list[list[str]]:
        """In node."""
        answers: list[list[str]] = self._run(texts)["answers"]
        return answers

    def traffic(self, texts: Sequence[str]) -> Traffic:  # noqa: ARG002 - nothing comes after it
        """The whole index first, then nothing."""
        return Traffic(self._run([])["bytes"], 0, None)


def modules(work: Path) -> Path:
    """The folder with the peers' packages, installed once. Raises `Missing`."""
    folder = work / "npm-search"
    if not shutil.which("npm"):
        raise Missing("no npm on the path")
    if not all((folder / "node_modules" / name).is_dir() for name in VERSIONS):
        folder.mkdir(parents=True, exist_ok=True)
        packages = [f"{name}@{version}" for name, version in VERSIONS.items()]
        command = ["npm", "install", "--no-audit", "--no-fund", *packages]
        done = subprocess.run(
            [*command, "--prefix", str(folder)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Missing(f"`npm install` fails: {done.stderr[-500:]}")
    return folder
