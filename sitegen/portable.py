"""HTML that leaves the site, in feeds and messages: what any program shows, and nothing else.

The editor's own HTML may do on a page what it likes. Elsewhere scripts, styles, classes and data
attributes are taken away by the programs that show it, some with the text in them, so here they go
first. Addresses of the site stand in *pieces*: between two of them belongs what leads to the built
folder, which only who writes the file knows. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import unescape
from typing import Final
from urllib.parse import urljoin, urlsplit

Pieces = tuple[str, ...]

_TAGS: Final = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "dl", "dt", "em",
     "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre",
     "q", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
     "tr", "ul"}
)  # fmt: skip
# What is in them is no text for readers.
_GONE: Final = frozenset(
    {"script", "style", "svg", "iframe", "object", "template", "noscript", "select", "textarea",
     "video", "audio"}
)  # fmt: skip
_ATTRIBUTES: Final = {"*": {"lang", "dir"}, "a": {"href"}, "img": {"src", "alt"}}
_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_HERE: Final = "https://sitegen.invalid/"  # stands for the site's address (RFC 2606, section 2)
_MARK: Final = "\ue000"  # private use: stands where the way to the built folder belongs
_LINK: Final = re.compile(
    f'<a(?: (?:lang|dir)="[^"]*")* href="{_MARK}[^"]*"[^>]*>((?:[^<]++|<(?!/?a[ >]))*)</a>'
)
_PICTURE: Final = re.compile(r"<img\b[^<>]*>")
_ALT: Final = re.compile(r' alt="([^"]*)"')


def portable(html: str, path: str, base_url: str) -> Pieces:
    """HTML of the page at `path`, in pieces; `base_url` is the site's, "" where it is not known."""
    import nh3  # half the builds have no note

    clean = nh3.clean(
        html.replace(_MARK, ""),
        tags=set(_TAGS),
        clean_content_tags=set(_GONE),
        attributes=_ATTRIBUTES,
        attribute_filter=partial(_attribute, path, base_url),
        link_rel=None,
        url_schemes=set(_SCHEMES),
    )
    whole = _PICTURE.sub(lambda found: found[0] if ' src="' in found[0] else _alt(found), clean)
    return tuple(whole.strip().split(_MARK))


def _attribute(path: str, base_url: str, _: str, name: str, value: str) -> str | None:
    return _address(value, path, base_url) if name in {"href", "src"} else value


def _address(value: str, path: str, base_url: str) -> str | None:
    """An address as it holds from everywhere, or None; the site's own begins with the mark."""
    base, value = base_url or _HERE, value.strip()
    if not base_url and value.startswith("/") and not value.startswith("//"):
        return None  # beside the site, on a host that nobody knows
    try:
        whole = urljoin(base + path, value)
        parts = urlsplit(whole)
    except ValueError:
        return None
    if whole.startswith(base):
        return _MARK + whole[len(base) :]
    known = parts.scheme == "mailto" or (parts.scheme in _SCHEMES and parts.hostname)
    return whole if known else None


def joined(pieces: Sequence[str], root: str | None) -> str:
    """The HTML with its links; where nobody knows the root, without those to the site.

    Of a link its words stay, of a picture what it says of itself.
    """
    if root is not None:
        return root.join(pieces)
    if len(pieces) == 1:
        return pieces[0]
    html = _LINK.sub(r"\1", _MARK.join(pieces))
    return _PICTURE.sub(lambda found: _alt(found) if _MARK in found[0] else found[0], html)


def without_pictures(html: str) -> str:
    """The same with what pictures say of themselves in their place."""
    return _PICTURE.sub(_alt, html)


def _alt(picture: re.Match[str]) -> str:
    said = _ALT.search(picture[0])
    return said[1] if said and unescape(said[1]).strip() else ""
