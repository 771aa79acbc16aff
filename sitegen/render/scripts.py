"""A theme's scripts as they are published: made small, with texts, importing by their names.

An asset's name changes with its bytes, so that `import … from "./words.js"` has to name the file
of these bytes, and `load("./cite.js")` in a script that is no module; and a script whose imports
changed has another name itself. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec
import rjsmin

from ..errors import SitegenError
from ..i18n.words import Words

_IMPORT = re.compile(
    r"""(?m)((?:^[^\S\n]*(?:import|export|\})[^"'\n;]*|\bload\()["']\./)([\w.-]+\.js)(["'])"""
)

_TEXT = re.compile(r"""\b_\("([a-z_]+\.[a-z_]+)"(\))?""")


@lru_cache(maxsize=256)
def asset_path(name: str, data: bytes) -> str:
    """Where an asset stands in the built folder."""
    stem, _, ending = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"


def published(files: Mapping[str, bytes], words: Words) -> dict[str, bytes]:
    """The assets of a theme as they are published, by the names that the theme gives them.

    Raises SitegenError for a script that imports what the theme doesn't have, or itself by a way
    round.
    """
    done = {name: data for name, data in files.items() if not name.endswith(".js")}
    for name in sorted(files.keys() - done.keys()):
        _publish(name, _Shelf(files, done, words), ())
    return {name: done[name] for name in files}


class _Shelf(NamedTuple):
    """Scripts as they were written and as they are published, and their texts."""

    files: Mapping[str, bytes]
    done: dict[str, bytes]
    words: Words


def _publish(name: str, shelf: _Shelf, above: tuple[str, ...]) -> str:
    """The file name of a script; what it imports is done before."""
    files, done, words = shelf
    if name in above:
        ring = " imports ".join((*above[above.index(name) :], name))
        raise SitegenError(f"scripts import each other: {ring}", hint="break the ring")
    if name not in files:
        raise SitegenError(
            f"{above[-1]} imports {name!r}, which the theme doesn't have",
            hint="put the file beside it, or import it from another address",
        )
    if name not in done:

        def link(found: re.Match[str]) -> str:
            return found[1] + _publish(found[2], shelf, (*above, name)) + found[3]

        text = files[name].decode(errors="surrogateescape")
        text = rjsmin.jsmin(_IMPORT.sub(link, worded(text, words, name)))
        done[name] = text.encode(errors="surrogateescape")
    return asset_path(name, done[name]).removeprefix("assets/")


def worded(text: str, words: Words, name: str) -> str:
    """A script with the interface's texts in place of their keys.

    `_("search.more")` becomes the text itself, the first argument of `_("search.found", {n})` the
    text or its plural forms. Raises SitegenError for a text that isn't there.
    """

    def put(found: re.Match[str]) -> str:
        said = words.texts.get(found[1])
        if said is None:
            raise SitegenError(f"there is no text {found[1]!r}", hint="correct the key", file=name)
        json = msgspec.json.encode(said).decode().replace("</", "<\\/")
        return json if found[2] else f"_({json}"

    return _TEXT.sub(put, text)
