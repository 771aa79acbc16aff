"""What can be fetched: sources as they are written, and where they are asked.

- `arxiv:cs.CL`: what is new in a category; several with "+", a whole archive as "cs"
- `arxiv:au:lovelace_a`: any other query of arXiv's API, in its own notation
- `arxiv-feed:cs.CL`: today's announcement of a category, as arXiv's feed has it
- `hf`: Hugging Face Daily Papers
- `https://…`: any RSS, Atom or JSON
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, Literal
from urllib.parse import urlsplit

import msgspec

from ..config import SETTINGS_FILE, Project
from ..errors import FetchError, UsageError
from ..identity import slug
from ..model import Value
from ..typed_toml import line_of
from .addresses import check_address

Kind = Literal["arxiv", "arxiv-feed", "hf", "web"]

# Mirrors, and servers of tests, are named by the environment.
BASES: Final = {
    "SITEGEN_ARXIV_API": "https://export.arxiv.org/api/query",
    "SITEGEN_ARXIV_FEEDS": "https://rss.arxiv.org/atom",
    "SITEGEN_HF_PAPERS": "https://huggingface.co/api/daily_papers",
}
# Seconds between two questions. arXiv: https://info.arxiv.org/help/api/tou.html
ARXIV_PAUSE: Final = 3.0
PAUSE: Final = 1.0

# https://arxiv.org/category_taxonomy
_ARCHIVES: Final = (
    "astro-ph|cond-mat|cs|econ|eess|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|nlin|nucl-ex"
    "|nucl-th|physics|q-bio|q-fin|quant-ph|stat"
)
_CATEGORY: Final = re.compile(rf"(?:{_ARCHIVES})(?:\.[A-Za-z]{{2,}}(?:-[a-z]+)?)?")
_UNDIVIDED: Final = frozenset(
    "gr-qc hep-ex hep-lat hep-ph hep-th math-ph nucl-ex nucl-th quant-ph".split()  # noqa: SIM905
)
_HF: Final = frozenset({"hf", "huggingface", "hugging-face"})
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME: Final = 48


class Source(Value, frozen=True, kw_only=True):
    """A source: `text` as it was written, `wanted` what is asked for, `name` that of its dumps."""

    kind: Kind
    text: str
    wanted: str
    name: str
    fail_after: int | None = None  # days without anything new


def base(variable: str) -> str:
    """Where a service is asked. Raises UsageError for a variable that holds no address."""
    address = os.environ.get(variable) or BASES[variable]
    try:
        check_address(address)
    except FetchError as error:
        raise UsageError(f"{variable}: {error.message}: {address!r}", hint=error.hint) from None
    return address.rstrip("/")


def source(text: str) -> Source:
    """A source as it is written. Raises UsageError that says how to write one."""
    kind, _, rest = text.strip().partition(":")
    kind, rest = kind.lower(), rest.strip()
    if kind in _HF and not rest:
        return Source(kind="hf", text=text, wanted="", name="hf-daily-papers")
    if kind == "arxiv" and rest.isprintable() and rest:
        categories = _categories(rest)
        wanted = " OR ".join(map(_in_category, categories)) or rest
        name = "-".join(map(slug, categories)) or f"{slug(rest, 32)}-{_letters(rest)}"
        return Source(kind="arxiv", text=text, wanted=wanted, name=_short(f"arxiv-{name}"))
    if kind == "arxiv-feed" and (categories := _categories(rest)):
        name = "-".join(map(slug, categories))
        wanted = "+".join(categories)
        return Source(kind="arxiv-feed", text=text, wanted=wanted, name=_short(f"arxiv-new-{name}"))
    if kind in {"http", "https"}:
        return _web(text.strip())
    raise UsageError(
        f"no source is written like this: {text!r}",
        hint="write arxiv:cs.CL, arxiv:QUERY, arxiv-feed:cs.CL, hf, or the address of a feed",
    )


def _web(address: str) -> Source:
    try:
        check_address(address)
    except FetchError as error:
        raise UsageError(error.message, file=address, hint=error.hint) from None
    parts = urlsplit(address)
    name = slug(f"{parts.hostname} {parts.path}", 40) or "feed"
    if parts.query:
        name = f"{name}-{_letters(address)}"
    return Source(kind="web", text=address, wanted=address, name=_short(name))


def configured(project: Project) -> tuple[Source, ...]:
    """The sources of `[[fetch]]`. Raises UsageError with the line of one that is wrong."""
    found: list[Source] = []
    for number, settings in enumerate(project.settings.fetch):
        try:
            one = source(settings.source)
            name = _checked_name(settings.name) or one.name
        except UsageError as error:
            raise UsageError(
                error.message, file=SETTINGS_FILE, line=_line(project, number), hint=error.hint
            ) from None
        if name in {other.name for other in found}:
            raise UsageError(
                f"two sources have dumps of one name: {name}",
                file=SETTINGS_FILE,
                line=_line(project, number),
                hint="give one of them another “name”, or remove it",
            )
        found.append(msgspec.structs.replace(one, name=name, fail_after=settings.fail_after))
    return tuple(found)


def chosen(project: Project, texts: Sequence[str]) -> tuple[Source, ...]:
    """The sources that are named, as the settings have them where they do; all without names."""
    known = configured(project)
    if not texts:
        return known
    found = []
    for text in texts:
        wanted = next((one for one in known if text in {one.name, one.text}), None)
        found.append(wanted or source(text))
    return tuple(dict.fromkeys(found))


def _checked_name(name: str) -> str:
    if name and (len(name) > _LONGEST_NAME or not _NAME.fullmatch(name)):
        raise UsageError(
            f"a name of dumps is a-z, 0-9 and hyphens, at most {_LONGEST_NAME}: {name!r}",
            hint=f"for example {slug(name, _LONGEST_NAME) or 'our-papers'!r}",
        )
    return name


def _line(project: Project, number: int) -> int:
    assert project.root is not None  # noqa: S101 - the settings came from there
    text = (project.root / SETTINGS_FILE).read_text(encoding="utf-8-sig", errors="replace")
    return line_of(text, ("fetch", number, "source"))


def _categories(written: str) -> tuple[str, ...]:
    """The categories of "cs.CL+cs.LG" or "cs.CL,cs.LG"; () for anything else."""
    found = tuple(dict.fromkeys(re.split(r"\s*[+,]\s*|\s+", written.strip())))
    return found if all(map(_CATEGORY.fullmatch, found)) else ()


def _in_category(category: str) -> str:
    return f"cat:{category}" if "." in category or category in _UNDIVIDED else f"cat:{category}.*"


def _short(name: str) -> str:
    """A name that leaves room for a date; two long ones that begin alike stay two."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[: _LONGEST_NAME - 5].rstrip('-')}-{_letters(name)}"


def _letters(text: str) -> str:
    return blake2b(text.encode(), digest_size=2).hexdigest()
