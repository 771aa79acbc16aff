"""The bytes of an XML dump as UTF-8 that a parser can follow.

Comes in: a dump's content. Goes out: blocks of UTF-8 without declaration, document type and
control characters, in which references go by number: those of XML, those of HTML that feeds use
without leave (`&nbsp;`), and a bare ampersand (`R&D`, the commonest break of feeds made by hand).
References to entities of the document's own stay as text. No line is added or taken away. What had
to be guessed goes to `content.problems`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any

from ...errors import Problem
from ..content import Content

_BLOCK = 1 << 18

_DECLARATION = re.compile(rb"\s*<\?xml\b[^>]{0,300}\?>")
# The declaration and the document type, with the comments between them. Without its document
# type a document declares no entity, so that there is none to expand.
_PREAMBLE = re.compile(
    rb"\s*(?:<\?xml\b[^>]{0,300}\?>\s*)?"
    rb"(?:(?:<!--(?:[^-]++|-(?!->))*-->\s*+|<\?(?:[^?]++|\?(?!>))*\?>\s*+)*"
    rb"<!DOCTYPE(?:[^\[\]<>]++|\[[^\]]*+\])*>)?"
)
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})")
# What Python and libxml2 agree on; codecs that are no encodings of text stay out.
_KNOWN_ENCODING = re.compile(
    r"iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|gb2312|gbk|gb18030|big5|euc-(?:jp|kr)"
    r"|shift_jis|koi8-[ru]",
    re.IGNORECASE,
)
_WIDE_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
               (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
               (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))  # fmt: skip

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# After its first break, libxml2 drops every named reference: those of XML are written by number.
_REFERENCES = tuple(
    (f"&{name};".encode(), f"&#{ord(sign)};".encode())
    for name, sign in (("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"))
)
_NUMBER = r"#(?:\d{1,7}|[xX][0-9A-Fa-f]{1,6});"
_AMPERSAND = re.compile(rf"&(?!{_NUMBER})".encode())
_CDATA_OR_AMPERSAND = re.compile(
    rf"<!\[CDATA\[|\]\]>|&(?:([A-Za-z][A-Za-z0-9]{{0,31}});|(?!{_NUMBER}))".encode()
)
_LONGEST_TOKEN = 40


def blocks(content: Content, name: str) -> Iterator[bytes]:
    """The document as UTF-8 without declaration, control characters and bare ampersands."""
    problems = content.problems
    line = 1
    told = in_cdata = False
    rest = b""
    for number, block in enumerate(_decoded(content, name)):
        raw = block
        if number == 0 and (preamble := _PREAMBLE.match(block)):
            raw = b"\n" * preamble[0].count(b"\n") + block[preamble.end() :]
            if b"<!ENTITY" in preamble[0]:
                problems.append(_entities(name))
        clean = raw.translate(None, _CONTROLS)
        if len(clean) < len(raw) and not told and (bad := _CONTROL.search(raw)):
            told = True
            at = line + raw.count(b"\n", 0, bad.start())
            problems.append(
                Problem(file=name, line=at, message="control characters from here on were left out")
            )
        line += raw.count(b"\n")
        whole, rest = _split(rest + clean)
        mended, in_cdata = _mended(whole, in_cdata)
        yield mended
    yield _mended(rest, in_cdata)[0]


def _entities(name: str) -> Problem:
    return Problem(
        file=name,
        line=1,
        message="the entities that this document declares are not expanded",
        hint="no list of papers needs them; check where the file comes from",
    )


def _split(data: bytes) -> tuple[bytes, bytes]:
    """The data before a token that may go on in the next block, and the rest."""
    start = max(0, len(data) - _LONGEST_TOKEN)
    cut = max(data.rfind(mark, start) for mark in (b"&", b"<", b"]"))
    if cut < 0:
        return data, b""
    while cut > start and data[cut - 1 : cut] == b"]":
        cut -= 1
    return data[:cut], data[cut:]


def _mended(data: bytes, in_cdata: bool) -> tuple[bytes, bool]:
    """References by number, `R&D` as `R&#38;D`; and whether the data ends in a CDATA section.

    A CDATA section holds no references; there the names that HTML shares with XML become numbers
    of HTML, and the others stay.
    """
    if b"&" in data:
        for name, number in _REFERENCES:
            data = data.replace(name, number)
    if not _AMPERSAND.search(data):
        opened, closed = data.rfind(b"<![CDATA["), data.rfind(b"]]>")
        return data, opened > closed or (in_cdata and opened == closed)
    inside = in_cdata

    def by_number(match: re.Match[bytes]) -> bytes:
        nonlocal inside
        if match[0][:1] != b"&":
            inside = match[0] != b"]]>"
            return match[0]
        if inside:
            return match[0]
        known = html5.get(match[1].decode() + ";") if match[1] else None
        if known is None:
            return b"&#38;" + match[0][1:]
        return "".join(f"&#{ord(sign)};" for sign in known).encode()

    return _CDATA_OR_AMPERSAND.sub(by_number, data), inside


def _decoded(content: Content, name: str) -> Iterator[bytes]:
    with content.open() as stream:
        start = stream.read(_BLOCK)
        encoding = _encoding(start)
        if encoding == "utf-8":
            yield from _utf8(stream, start.removeprefix(codecs.BOM_UTF8), content, name)
            return
        decode = codecs.getincrementaldecoder(encoding)("replace").decode
        block = start
        while block:
            yield decode(block).removeprefix("\ufeff").encode("utf-8", "replace")
            block = stream.read(_BLOCK)


def _utf8(stream: Any, start: bytes, content: Content, name: str) -> Iterator[bytes]:
    """UTF-8 as it is; a byte that is none is read as Windows-1252, the first one reported."""
    line, told = 1, False
    rest, block = b"", start
    while block or rest:
        data, rest = (rest + block), b""
        try:
            data.decode()
        except UnicodeDecodeError as error:
            if block and error.reason == "unexpected end of data":
                data, rest = data[: error.start], data[error.start :]
            if not told and (bad := _first_bad(data)) >= 0:
                told = True
                content.problems.append(
                    Problem(
                        file=name,
                        line=line + data.count(b"\n", 0, bad),
                        message="not UTF-8; read as Windows-1252",
                        hint="save the file as UTF-8",
                    )
                )
            data = data.decode("utf-8", "sitegen-cp1252").encode("utf-8", "replace")
        yield data
        line += data.count(b"\n")
        block = stream.read(_BLOCK) if block else b""


def _first_bad(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("sitegen-cp1252", _as_windows_1252)


def _encoding(start: bytes) -> str:
    for mark, wide in _WIDE_MARKS:
        if start.startswith(mark):
            return wide
    declaration = _DECLARATION.match(start)
    found = _ENCODING.search(declaration[0]) if declaration else None
    declared = found[1].decode("ascii") if found else ""
    return declared if _KNOWN_ENCODING.fullmatch(declared) else "utf-8"
