"""From facts under the usual names to a record, whatever the types of their values are.

Used by the readers of JSON and of tables. A value that does not fit is left out, and said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from .. import clean, identity
from ..model import Record
from . import days
from .common import beginning, display_name, people, web_address

Complain = Callable[[str], None]

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"\s*[;\n|]\s*")
_BETWEEN_WORDS_COMMA = re.compile(r"\s*[,;\n|]\s*")
# What programs write where there is nothing.
_NOTHING = frozenset({"none", "null", "nan", "n/a", "na", "-", "--", "unknown", "tbd", "undefined"})
# https://arxiv.org/category_taxonomy; other words under "categories" are keywords.
_ARCHIVE = re.compile(
    r"(?:cs|math|stat|eess|econ|physics|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin"
    r"|nucl-(?:ex|th)|q-bio|q-fin|quant-ph|cmp-lg|alg-geom|chao-dyn|adap-org|solv-int|dg-ga"
    r"|funct-an|q-alg|patt-sol)(?:\.[A-Za-z]{2}|\.[a-z]+-[a-z]+)?"
)
_NAME_KEYS = ("name", "fullname", "full_name", "fullName", "literal", "author_name", "authorName")
_GIVEN_KEYS = ("given", "first", "firstName", "first_name", "firstname", "givenName", "forename")
_FAMILY_KEYS = ("family", "last", "lastName", "last_name", "lastname", "familyName", "surname")
_TEXT_KEYS = ("value", "name", "text", "title", "label", "url", "_", "#text", "tag", "term", "raw")
_ID_SCHEMES = ("arxiv", "doi", "acl")
_MOST_PEOPLE = 20_000

# The same people, keywords and venues come again and again.
_person = lru_cache(maxsize=16_384)(clean.person)
_keyword = lru_cache(maxsize=4_096)(clean.name)
_venue = lru_cache(maxsize=4_096)(clean.title)
_ADDRESSES = ("url", "pdf", "project")
_WORDS: dict[str, Callable[[str], str]] = {
    "venue": _venue,
    "submitter": clean.name,
    "comment": clean.text,
}


def record(
    facts: Mapping[str, Any], *, file: str, line: int, place: int, source: str, complain: Complain
) -> Record:
    """The record of one paper; `facts` are as `usual_names.facts` gives them."""
    taken: dict[str, Any] = {}
    title = clean.title(text(facts.get("title"), "title", complain))
    if "abstract" in facts:
        abstract = clean.text(text(facts["abstract"], "abstract", complain))
        if abstract != title and not (len(abstract) < 12 and abstract.casefold() in _NOTHING):
            taken["abstract"] = abstract
    for field in _ADDRESSES:
        if field in facts:
            taken[field] = address(facts[field], field, complain)
    for field, cleaned in _WORDS.items():
        if field in facts:
            taken[field] = cleaned(text(facts[field], field, complain))
    if "categories" in facts or "tags" in facts:
        taken["categories"], taken["tags"] = _categories_and_tags(facts)
    if "listed" in facts:
        taken["listed"] = _day(facts["listed"], "listed", complain)
    if "code" in facts:
        taken["code"] = _repository(facts["code"])
    if "upvotes" in facts:
        taken["upvotes"] = _count(facts["upvotes"])
    if "published" in facts:  # a year alone is among them
        taken["published"] = published(facts, complain)
    return Record(
        file=file,
        line=line,
        place=place,
        source=source,
        title=title,
        ids=ids(facts, taken.get("url", ""), taken.get("pdf", "")),
        authors=names(facts.get("authors"), complain),
        **taken,
    )


def text(value: Any, field: str, complain: Complain) -> str:
    """A text as it stands, in an object (`{"value": …}`) or a list of one, or a number."""
    if value is None or isinstance(value, str):
        return value or ""
    plain = _plain(value)
    if plain is None:
        complain(f"{field}: {_kind(value)} where a text belongs")
        return ""
    return plain


def _plain(value: Any, depth: int = 0) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or depth > 2:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        for key in _TEXT_KEYS:
            if key in value:
                return _plain(value[key], depth + 1)
        return None
    if isinstance(value, list):
        parts = [_plain(one, depth + 1) for one in value[:1]]
        return parts[0] if parts else ""
    return None


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false"}
    return kinds.get(type(value), "a number")


# ---------------------------------------------------------------------------- people


def names(value: Any, complain: Complain) -> tuple[str, ...]:
    """The authors as shown, from a list of names or objects, or from one string."""
    if not value:
        return ()
    if isinstance(value, str):
        return split_names(value)
    if isinstance(value, dict):
        inner = value.get("value")
        value = inner if isinstance(inner, list | str) else [value]
        if isinstance(value, str):
            return split_names(value)
    if not isinstance(value, list):
        complain(f"authors: {_kind(value)} where a list of names belongs")
        return ()
    written = value[:_MOST_PEOPLE]
    if set(map(type, written)) != {str}:
        written = list(_written_names(written, complain))
    if written and "," in "".join(written) and all(name.count(",") == 1 for name in written):
        return _shown(map(display_name, written))
    return tuple(filter(None, map(_person, written)))


def _written_names(value: list[Any], complain: Complain) -> Iterator[str]:
    for one in value:
        name = one if isinstance(one, str) else _name_of(one)
        if name is None:
            complain(f"authors: {_kind(one)} where a name belongs")
        elif name:
            yield name


def _name_of(person: Any) -> str | None:
    if isinstance(person, list):  # arXiv's authors_parsed: [family, given, suffix]
        parts = [part for part in person if isinstance(part, str)]
        return " ".join([*parts[1:2], *parts[:1], *parts[2:3]]).strip() if parts else None
    if not isinstance(person, dict):
        return None
    for key in _NAME_KEYS:
        if isinstance(person.get(key), str):
            return str(person[key])
    given = next((person[key] for key in _GIVEN_KEYS if isinstance(person.get(key), str)), "")
    family = next((person[key] for key in _FAMILY_KEYS if isinstance(person.get(key), str)), "")
    inner = person.get("author")
    if not given and not family and isinstance(inner, dict):
        return _name_of(inner) if "author" not in inner else None
    return f"{given} {family}".strip() or None


def split_names(written: str) -> tuple[str, ...]:
    """The authors in one string, whatever stands between them.

    Semicolons part "Family, Given" and "Given Family" alike; so does "and" where every part
    has one comma (BibTeX). One comma behind one word turns a name round. Else see `people`.
    """
    if written.lstrip()[:1] == "[" and written.rstrip()[-1:] == "]":  # a list written as text
        written = written.strip()[1:-1].replace("'", "").replace('"', "")
    if written.strip().casefold() in _NOTHING:
        return ()
    if ";" in written:
        return _shown(display_name(one) for one in written.split(";") if one.strip())
    if "|" in written:
        return _shown(display_name(one) for one in written.split("|") if one.strip())
    parts = [part for part in _AND.split(written) if part.strip()]
    if parts and all(part.count(",") == 1 for part in parts) and (
        len(parts) > 1 or _is_turned_round(parts[0])
    ):
        return _shown(display_name(part) for part in parts)
    return people(written)


def _is_turned_round(name: str) -> bool:
    family, _, given = name.partition(",")
    return len(family.split()) == 1 and 0 < len(given.split()) <= 3


def _shown(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        name for name in found if name and name.casefold() not in {"others", "et al.", "et al"}
    )


# ----------------------------------------------------------------------- identifiers


def ids(facts: Mapping[str, Any], url: str = "", pdf: str = "") -> dict[str, str]:
    """What identifies the paper, the explicit fields before the addresses."""
    found: dict[str, str] = {}
    known = facts.get("ids")
    if isinstance(known, dict):
        for scheme, value in known.items():
            if isinstance(value, str | int):
                add_id(found, str(scheme).casefold(), str(value))
    for scheme in _ID_SCHEMES:
        value = facts.get(scheme)
        if isinstance(value, str):
            add_id(found, scheme, value)
    for value in (facts.get("id"), url, pdf):
        if isinstance(value, str) and value:
            add_any(found, value)
    return found


def add_id(found: dict[str, str], scheme: str, written: str) -> None:
    """An identifier of a scheme that is known; the first one of each scheme stays."""
    if scheme == "arxiv":
        arxiv = identity.arxiv_id(written)
        if arxiv:
            found.setdefault("arxiv", arxiv)
    elif scheme == "acl":
        acl = identity.acl_id(written)
        if acl:
            found.setdefault("acl", acl)
    elif scheme == "doi":
        doi = identity.doi(written)
        if doi is None:
            return
        if doi.startswith("10.48550/arxiv."):  # what arXiv calls its own papers
            add_id(found, "arxiv", doi)
        else:
            found.setdefault("doi", doi)
            if doi.startswith("10.18653/v1/"):
                add_id(found, "acl", doi)
    elif scheme in {"pmid", "pubmed"}:
        digits = written.rstrip("/").rpartition("/")[2].strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= 9:
            found.setdefault("pmid", digits)


def add_any(found: dict[str, str], written: str) -> None:
    """What an id without a scheme, or an address, says."""
    if len(written) > 2_000:
        return
    before = len(found)
    is_address = "://" in written
    if "arxiv" not in found and not (is_address and "rxiv" not in written and "/papers/" not in written):
        add_id(found, "arxiv", written)
    if "acl" not in found and len(found) == before and not (is_address and "acl" not in written):
        add_id(found, "acl", written)
    if "doi" not in found and "10." in written:
        add_id(found, "doi", written)


# -------------------------------------------------------------------- days, addresses


def published(facts: Mapping[str, Any], complain: Complain) -> date | None:
    """The day of publication; the year's or month's first where no more is known."""
    written, year, month = facts.get("published"), facts.get("year"), facts.get("month")
    if isinstance(written, dict):
        written = written.get("value") or written.get("date") or written.get("raw")
    elif isinstance(written, list) and written:
        written = "-".join(str(part) for part in written[:3])
    if written is None and year is None:
        return None
    return days.day(written, _month(month)) or days.day(year, _month(month)) or _no_day(
        written, "published", complain
    )


def _month(month: Any) -> Any:
    return month if isinstance(month, str | int) and not isinstance(month, bool) else ""


def _day(written: Any, field: str, complain: Complain) -> date | None:
    if written is None:
        return None
    return days.day(written) or _no_day(written, field, complain)


def _no_day(written: Any, field: str, complain: Complain) -> None:
    said = written if isinstance(written, str) else str(written)[:100]
    if said.strip() and said.strip().casefold() not in _NOTHING:
        complain(f"{field}: {beginning(said, 40)} is no date")


def address(value: Any, field: str, complain: Complain) -> str:
    """A web address; the first one where there are several."""
    written = _plain(value) or ""
    stripped = written.strip()
    if not stripped or stripped.casefold() in _NOTHING:
        return ""
    if stripped.startswith("www."):
        stripped = f"https://{stripped}"
    found = web_address(stripped) or web_address(stripped.split()[0].rstrip(",;"))
    if not found and "://" not in stripped and "javascript" not in stripped.casefold():
        return ""  # a name, a path within somebody's site, a number: nothing to link to
    if not found:
        complain(f"{field}: {beginning(stripped, 60)} is no web address")
    return found


def _repository(value: Any) -> str:
    """The first address that names a repository, not just its host."""
    listed = value if isinstance(value, list) else [value]
    for one in listed[:20]:
        written = (_plain(one) or "").strip().rstrip(".")
        if written.startswith(("github.com/", "gitlab.com/", "www.")):
            written = f"https://{written}"
        found = web_address(written)
        if found and found.split("://", 1)[1].strip("/").count("/") >= 1:
            return found
    return ""


# ---------------------------------------------------------------------------- the rest


def words(value: Any, *, commas: bool = False) -> list[str]:
    """The words of a list, or of a string with semicolons (or commas) between them."""
    if isinstance(value, dict) and isinstance(value.get("value"), list | str):
        value = value["value"]
    if isinstance(value, str):
        between = _BETWEEN_WORDS if ";" in value and not commas else _BETWEEN_WORDS_COMMA
        parts = between.split(value)
    elif isinstance(value, list):
        parts = [_plain(one) or "" for one in value]
    else:
        return []
    cleaned = (_keyword(part) if len(part) < 100 else clean.name(part) for part in parts)
    return [word for word in cleaned if word and word.casefold() not in _NOTHING]


def _categories_and_tags(
    facts: Mapping[str, Any],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tags = words(facts["tags"]) if "tags" in facts else []
    categories: list[str] = []
    value = facts.get("categories")
    if value:
        if isinstance(value, str) and all(map(_ARCHIVE.fullmatch, value.split())):
            value = value.split()
        for word in words(value):
            (categories if _ARCHIVE.fullmatch(word) else tags).append(word)
    return tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(tags))


def _count(value: Any) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000_000:
        return value
    return None
