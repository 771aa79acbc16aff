"""The site for Eleventy: JavaScript functions over one data file, in `peers/eleventy/`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from . import topics
from .site import Digest, Missing, State, aside, changed_template, paper_path

TEMPLATES = Path(__file__).parent / "peers" / "eleventy"
PACKAGE = "@11ty/eleventy"
VERSION = "3.1.2"
PAPER_TEMPLATE = "lib/html.js"


class Eleventy:
    """The npm package, installed into the work folder once."""

    name = "eleventy"
    peer = True

    def __init__(self, work: Path) -> None:
        self.cwd = work / "eleventy"
        self.out = self.cwd / "_site"
        self._npm = work / "npm"
        self._script = self._npm / "node_modules" / PACKAGE / "cmd.cjs"

    def setup(self) -> str:
        """Installs the package where it isn't yet."""
        if not shutil.which("node") or not shutil.which("npm"):
            raise Missing("no node or no npm on the path")
        if not self._script.exists():
            self._npm.mkdir(parents=True, exist_ok=True)
            what = ["npm", "install", "--no-audit", "--no-fund", f"{PACKAGE}@{VERSION}"]
            done = subprocess.run(
                [*what, "--prefix", str(self._npm)], capture_output=True, text=True, check=False
            )
            if done.returncode:
                raise Missing(f"`npm install {PACKAGE}@{VERSION}` fails: {done.stderr[-500:]}")
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
        return f"{VERSION} on node {node.stdout.strip().removeprefix('v')}"

    def command(self) -> list[str]:
        """The whole build; Eleventy's incremental one needs a watching process."""
        return ["node", str(self._script), "--quiet"]

    def clean(self) -> None:
        """Output."""
        aside(self.out)

    def write(self, digest: Digest, state: State, before: State | None) -> None:
        """The data file, and the template where it differs from the state before."""
        if before is None:
            aside(self.cwd)
            shutil.copytree(TEMPLATES, self.cwd)
            (self.cwd / "package.json").write_text('{"private": true}\n')
        data = {
            "names": {slug: topics.name(slug) for slug in topics.TOPICS},
            "papers": [
                {
                    "id": paper.id,
                    "url": "/" + paper_path(paper),
                    "title": paper.title,
                    "authors": paper.authors,
                    "abstract": paper.abstract,
                    "published": str(paper.published),
                    "listed": str(paper.listed),
                    "place": paper.place,
                    "topics": slugs,
                }
                for paper, slugs in zip(digest.papers(state), digest.topics(state), strict=True)
            ],
        }
        with (self.cwd / "lib" / "papers.json").open("w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
        text = (TEMPLATES / PAPER_TEMPLATE).read_text()
        if state.template_changed:
            # the paper's function stands behind the frame of all pages
            frame, rest = text.split("function paperPage", 1)
            text = frame + "function paperPage" + changed_template(rest)
        (self.cwd / PAPER_TEMPLATE).write_text(text)
