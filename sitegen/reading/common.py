"""What every reader needs: summaries of what is missing, names, days, addresses, categories.

Pure functions over text as a dump holds it; nothing here raises for what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.utils import parsedate_tz

from .. import clean, identity
from ..errors import Problem
from ..model import Record

_LINES_SHOWN = 3


def checked(items: Iterable[Record | Problem], name: str) -> Iterator[Record | Problem]:
    """The items, and behind them what the records lack.

    A record without a title is a warning of its own. Records without an abstract are one warning
    for the dump, at the line of the first: there are formats in which most have none.
    """
    total = 0
    without: list[Record] = []
    number = 0
    for item in items:
        yield item
        if isinstance(item, Problem):
            continue
        total += 1
        if not item.title:
            yield Problem(
                file=name,
                line=item.line,
                message="an entry without a title becomes no paper",
                hint="add the title, or remove the entry",
            )
        elif not item.abstract:
            number += 1
            if len(without) < _LINES_SHOWN:
                without.append(item)
    if without:
        yield _without_abstract(without, number, total, name)


def _without_abstract(first: list[Record], number: int, total: int, name: str) -> Problem:
    if number == 1:
        message = f"no abstract: {beginning(first[0].title)}"
    else:
        lines = ", ".join(str(record.line) for record in first)
        more = "" if number == len(first) else ", …"
        message = f"{number} of {total} records have no abstract (lines {lines}{more})"
    return Problem(
        file=name,
        line=first[0].line,
        message=message,
        hint="their papers are shown with title and authors; another dump may have the abstract",
    )


def beginning(text: str, length: int = 60) -> str:
    """The beginning of a text in quotation marks, fit for a message."""
    short = clean.title(text[: 4 * length])
    return f"“{short[:length].rstrip()}…”" if len(short) > length else f"“{short}”"


def put_out(name: str, line: int, message: str, hint: str = "") -> Problem:
    """A warning about one entry."""
    return Problem(
        file=name, line=line, message=message, hint=hint or "correct the entry, or capture it again"
    )


# ------------------------------------------------------------------------------ people

_AND = re.compile(r"\s+(?:and|&)\s+|\s*;\s*", re.IGNORECASE)
_COMMA = re.compile(r"\s*(?:,|(?<=ollaboration):)\s*(?:and\s+)?")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
_ET_AL = re.compile(r"(?:et\.? al|others)\.?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def people(written: str) -> tuple[str, ...]:
    """The names in one string, each "Given Family": "A. Ay, B. Be and C. Ce (1, 2)".

    What stands in brackets (affiliations) is left out; "Jr" and its like stay with their name.
    "Ay, A., Be, B." is taken for two names as well.
    """
    text = written
    for _ in range(4):  # brackets in brackets
        if "(" not in text:
            break
        text = _IN_BRACKETS.sub("", text)
    names: list[str] = []
    for part in _AND.split(clean.latex_text(" ".join(text.split()))):
        for piece in _COMMA.split(part):
            name = clean.person(piece)
            if name and names and _SUFFIX.fullmatch(name):
                names[-1] = f"{names[-1]} {name}"
            elif any(map(str.isalpha, name)) and not _ET_AL.fullmatch(name):
                names.append(name)
    given = names[1::2]
    if given and len(names) % 2 == 0 and all(map(_INITIALS.fullmatch, given)):
        return tuple(f"{first} {family}" for family, first in zip(names[::2], given, strict=True))
    return tuple(names)


def display_name(written: str) -> str:
    """One name as shown: "Family, Given" and "Family, Jr, Given" are turned round."""
    parts = [part.strip() for part in clean.latex_text(written).split(",")]
    if len(parts) == 2 and not _SUFFIX.fullmatch(parts[1]):
        parts = [parts[1], parts[0]]
    elif len(parts) == 3:
        suffix, given = (
            (parts[1], parts[2]) if _SUFFIX.fullmatch(parts[1]) else (parts[2], parts[1])
        )
        parts = [given, parts[0], suffix]
    return clean.person(" ".join(parts))


# -------------------------------------------------------------------------------- days

_ISO_DAY = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def day(written: str | None) -> date | None:
    """The day of a time stamp as it is written, in its own time zone; None where there is none.

    RFC 3339 ("2025-08-20T00:00:00-04:00") and RFC 5322 ("Mon, 2 Apr 2007 19:18:42 GMT").
    """
    if not written:
        return None
    found = _ISO_DAY.match(written)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        parts = parsedate_tz(written[:80])
        return date(parts[0], parts[1], parts[2]) if parts and parts[0] > 1000 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


# ------------------------------------------------------------------------- identifiers


def identifiers(*, arxiv: str = "", doi: str = "", acl: str = "", url: str = "") -> dict[str, str]:
    """Scheme -> id, from ids as they are written and from the paper's address.

    A DOI of arXiv's own (10.48550/arXiv.…) is an arXiv id, and no DOI of the paper besides.
    """
    found = {
        "arxiv": identity.arxiv_id(arxiv) or identity.arxiv_id(doi) or identity.arxiv_id(url),
        "doi": identity.doi(doi) or identity.doi(url),
        "acl": identity.acl_id(acl) or identity.acl_id(url),
    }
    return {scheme: one for scheme, one in found.items() if one}


def arxiv_page(arxiv: str) -> str:
    """The address of a paper's page on arXiv; "" without an id."""
    return f"https://arxiv.org/abs/{arxiv}" if arxiv else ""


def arxiv_pdf(arxiv: str) -> str:
    """The address of a paper's PDF on arXiv; "" without an id."""
    return f"https://arxiv.org/pdf/{arxiv}" if arxiv else ""


# --------------------------------------------------------------------------- addresses

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def web_address(written: str | None) -> str:
    """An http or https address as it is written; "" for anything else, which could be a script."""
    address = (written or "").strip()
    if not address.isprintable() or _WEB_ADDRESS.fullmatch(address) is None:
        return ""
    return address


# -------------------------------------------------------------------------- categories

# https://arxiv.org/category_taxonomy and the archives that it subsumed; ACM and MSC classes are
# none, though they stand among them.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas"
    "|cond-mat|cs|dg-ga|econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th"
    "|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat"
    "|supr-con"
)
_CATEGORY = re.compile(rf"(?:{_ARCHIVES})(?:\.[A-Za-z]{{2,}}(?:-[a-z]+)?)?")


def arxiv_categories(written: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among the terms, in their order, each once."""
    found = (term.strip() for term in written)
    return tuple(dict.fromkeys(term for term in found if _CATEGORY.fullmatch(term)))
