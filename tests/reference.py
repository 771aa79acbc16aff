"""The reference of what templates get, made of the code: `make reference`.

Comes in: the modules of `sitegen.pages`. Goes out: the page `about/templates.md`, a table for each
structure with its fields, their types, and what stands behind them as a comment.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parents[1]
PAGE = HERE / "content/pages/about/templates.md"
MODULES = ("site", "papers", "days", "indexes", "single", "parts")

BEGINNING = """\
title: What templates get
description: Every structure that a page shows, field by field: what sitegen promises to themes.

A template has `page`, what its page shows; `head`, what the page says about itself (`Head`); and
`site`, what all pages know (`SiteView`). [Themes](themes.md) says how to write one. Text is plain
and escaped; fields that end in `_html` hold markup. Paths are relative to the built folder: put
`root` in front.

This page is made of the code by `make reference`.
"""


def written() -> str:
    """The page as it is to be."""
    parts = [BEGINNING]
    for module in MODULES:
        path = HERE / f"sitegen/pages/{module}.py"
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        parts.append(f"## {(ast.get_docstring(tree) or '').rstrip('.')}\n")
        lines = source.splitlines()
        structures = (one for one in tree.body if isinstance(one, ast.ClassDef))
        parts += ["\n".join(_table(one, lines)) for one in structures]
    return "\n".join(parts)


def _table(structure: ast.ClassDef, lines: list[str]) -> Iterator[str]:
    above = [ast.unparse(base) for base in structure.bases if ast.unparse(base) != "Value"]
    said = " ".join((ast.get_docstring(structure) or "").split("\n\n")[0].split())
    more = f" As `{above[0]}`, and:" if above else ""
    yield f"### {structure.name}\n"
    yield f"{_cell(said)}{more}\n"
    fields = [one for one in structure.body if isinstance(one, ast.AnnAssign)]
    if fields:
        yield "| field | type | |"
        yield "|---|---|---|"
    for field in fields:
        end = lines[(field.end_lineno or 0) - 1][field.end_col_offset or 0 :]
        comment = end.partition("# ")[2].strip()
        name, kind = ast.unparse(field.target), ast.unparse(field.annotation)
        yield f"| `{name}` | `{kind.replace('|', chr(92) + '|')}` | {_cell(comment)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
