"""Links between the maintainer's Markdown files, as they stand in the text, with their lines. Pure.

Only links to `.md` files are looked at: they become links to pages. Whether any other link leads
somewhere is seen when the site is built (`sitegen check`).
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

from ..errors import Problem

# Code shows links and has none. Its lines stay, so that others keep their numbers.
_CODE = re.compile(
    r"^[ ]{0,3}(```++|~~~++).*?^[ ]{0,3}\1|^[ ]{0,3}(?:```|~~~).*\Z"
    r"|(?<!`)(`++).+?(?<!`)\2(?!`)|<!--.*?(?:-->|\Z)",
    re.MULTILINE | re.DOTALL,
)
_TARGET = r"(?![a-z][a-z0-9+.-]*:|/|#)([^\s<>()\"'?#]+\.md)(?=[\s)>\"'?#]|$)"
_LINK = re.compile(
    rf"\]\(\s*<?{_TARGET}|^[ ]{{0,3}}\[[^\]\n]+\]:\s*<?{_TARGET}|(?:href|src)=[\"']{_TARGET}",
    re.MULTILINE | re.IGNORECASE,
)


def links(text: str) -> Iterator[tuple[str, int]]:
    """The `.md` files that a text links to, as they are written, with the line of each link."""
    shown = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    for match in _LINK.finditer(shown):
        yield unquote(next(filter(None, match.groups()))), shown.count("\n", 0, match.end()) + 1


def dangling(text: str, file: str, folder: str, pages: Collection[str]) -> Iterator[Problem]:
    """Links to pages that are not among `pages` (paths of Markdown files under content/pages).

    `folder` is where the text's page stands in the site. Days are no such pages: they come from
    dumps.
    """
    for target, line in links(text):
        path = posixpath.normpath(posixpath.join(folder, target))
        if path in pages or path.startswith("days/"):
            continue
        near = difflib.get_close_matches(path, pages, 1, 0.6)
        yield Problem(
            file=file,
            line=line,
            message=f"this links to {target}, and there is no page {path}",
            hint=f"did you mean {posixpath.relpath(near[0], folder or '.')}?"
            if near
            else "links lead to files under content/pages, relative to the page they stand on",
        )
