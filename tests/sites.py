"""Small projects and built folders for tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import html5lib

from sitegen.building import build
from sitegen.config import load_project
from sitegen.options import Options
from sitegen.report import Report


def build_files(out: Path, *files: Path, **options: Any) -> Report:
    """Build dumps without a project."""
    values = {"executor": "serial", **options}
    return build(load_project(None), Options(files=files, out=out, **values))


def build_project(root: Path, **options: Any) -> Report:
    """Build a project into its `site` folder."""
    values = {"executor": "serial", **options}
    return build(load_project(root), Options(**values))


def project(root: Path, settings: str = "", **files: str) -> Path:
    """A project folder with these settings and files (`days__x` stands for `days/x`)."""
    content = root / "content"
    content.mkdir(parents=True)
    (content / "site.toml").write_text(settings or 'title = "Small"\n', encoding="utf-8")
    for name, text in files.items():
        path = content / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def capture(papers: Sequence[tuple[str, str]], day: str = "May 8") -> str:
    """A text capture with this header date ("" for the shape without one)."""
    head = (
        ["new", "Get trending papers in your email inbox!", "Subscribe"]
        + (["byAK and the research community", day] if day else ["Daily Papers"])
        + ([] if day else ["by AK and the research community"])
    )
    return "\n\n".join([*head, *(part for paper in papers for part in paper)])


def daily_json(day: str, papers: Sequence[dict[str, Any]]) -> str:
    """Hugging Face's daily_papers JSON for one day."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": paper["id"],
                    "authors": [{"name": name} for name in paper.get("authors", ["Ada Lovelace"])],
                    "publishedAt": f"{paper.get('published', day)}T00:00:00.000Z",
                    "submittedOnDailyAt": f"{day}T00:00:00.000Z",
                    "title": paper["title"],
                    "summary": paper.get("summary", ABSTRACT),
                    "upvotes": paper.get("upvotes", 3),
                },
                "publishedAt": f"{day}T00:00:00.000Z",
                "title": paper["title"],
                "numComments": 1,
            }
            for paper in papers
        ]
    )


ABSTRACT = (
    "Long inputs are costly for models of language. We introduce a method that reads them in "
    "pieces and keeps what matters. It is tested on three sets of questions and needs half of the "
    "memory, while the answers stay as good as before; code and data are given away freely."
)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def text_of(html: str) -> str:
    """The text of an HTML document as a reader sees it, white space collapsed."""
    return " ".join("".join(parse(html).itertext()).split())


def parse(html: str) -> Any:
    """An HTML document as a tree without namespaces."""
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def abstracts(html: str) -> Iterator[Any]:
    """The elements that hold abstracts."""
    for element in parse(html).iter():
        if "abstract" in (element.get("class") or "").split():
            yield element
