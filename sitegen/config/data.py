"""Settings of what a site offers to programs, and of its ways out.

`[exports]`, `[api]`, `[metadata]` and `[links]` of `content/site.toml`. Values alone; `config`
reads and checks them.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

import msgspec

from ..errors import UsageError
from ..model import Value
from .switches import Switch

ExportFormat = Literal["bib", "ris", "json"]

PLACES: Final = ("arxiv", "acl", "doi", "title")  # what stands in braces in a pattern
_BRACES = re.compile(r"\{([^{}]*)\}")
_WEB = re.compile(r"https?://[^\s<>\"]+")


class ExportSettings(Value, frozen=True, kw_only=True):
    """`[exports]`: files of references and texts, to take away."""

    formats: tuple[ExportFormat, ...] = ("bib", "ris", "json")  # () for none
    days: Switch = "auto"
    topics: Switch = "auto"
    site: Switch = "auto"  # a file for each month
    markdown: Switch = "auto"  # days and topics as Markdown, and llms.txt


class ApiSettings(Value, frozen=True, kw_only=True):
    """`[api]`: the same content as JSON."""

    enabled: Switch = "auto"
    abstracts: bool = True  # whether papers have theirs


class MetadataSettings(Value, frozen=True, kw_only=True):
    """`[metadata]`: what pages say to reference managers and search engines."""

    json_ld: Switch = "auto"  # on pages of papers
    coins: Switch = "auto"  # on pages of days and topics, for each paper


class LinkSettings(Value, frozen=True, kw_only=True):
    """`[links]`: where a paper's page leads. A pattern that is "" leaves its link out.

    A link is made where the paper has what the pattern's braces name.
    """

    arxiv: str = "https://arxiv.org/abs/{arxiv}"
    arxiv_pdf: str = "https://arxiv.org/pdf/{arxiv}"
    arxiv_html: str = "https://arxiv.org/html/{arxiv}"
    acl: str = "https://aclanthology.org/{acl}/"
    acl_pdf: str = "https://aclanthology.org/{acl}.pdf"
    doi: str = "https://doi.org/{doi}"
    hugging_face: str = "https://huggingface.co/papers/{arxiv}"
    semantic_scholar: str = "https://api.semanticscholar.org/arXiv:{arxiv}"
    google_scholar: str = "https://scholar.google.com/scholar?q={title}"
    more: dict[str, str] = msgspec.field(default_factory=dict)  # what a link says, and its pattern


def check_links(links: LinkSettings) -> None:
    """Raise UsageError for a pattern that makes no address."""
    patterns = msgspec.structs.asdict(links)
    for name, pattern in {**patterns.pop("more"), **patterns}.items():
        unknown = [place for place in _BRACES.findall(pattern) if place not in PLACES]
        if unknown:
            raise UsageError(
                f"links: {name} has {{{unknown[0]}}}, which is not known",
                hint="in braces may stand " + ", ".join(PLACES),
            )
        if pattern and not _WEB.fullmatch(pattern):
            raise UsageError(
                f"links: {name} is no web address: {pattern!r}",
                hint='write it whole, such as "https://example.org/{arxiv}"',
            )


class Offers(NamedTuple):
    """What a site offers to programs."""

    formats: tuple[ExportFormat, ...]
    days: bool
    topics: bool
    site: bool
    markdown: bool
    api: bool


def offers(exports: ExportSettings, api: ApiSettings) -> Offers:
    """What there is by settings whose switches are decided."""
    some = bool(exports.formats)
    return Offers(
        formats=exports.formats,
        days=some and bool(exports.days),
        topics=some and bool(exports.topics),
        site=some and bool(exports.site),
        markdown=bool(exports.markdown),
        api=bool(api.enabled),
    )
