"""Rules on the addresses of one file: they lead somewhere, wherever the site stands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .addresses import Target
from .documents import Reference
from .findings import Finding, found
from .site import NOT_FOUND, Site
from .web_addresses import fault, flaw

Aimed = Iterable[tuple[Reference, Target]]


def broken(path: str, aimed: Aimed, site: Site) -> Iterator[Finding]:
    """`broken-link`: what is referred to is in the folder."""
    for reference, target in aimed:
        if target.kind == "missing":
            message, hint = _missing(target.path, reference.url, site)
        elif target.kind == "above":
            message = f"this leads out of the site: {reference.url}"
            hint = "take a ../ away, or write the whole address"
        else:
            continue
        yield found("broken-link", path, message, hint, line=reference.line)


def _missing(path: str, url: str, site: Site) -> tuple[str, str]:
    message = f"there is no {path or 'index.html'}"
    for near in (path, f"{path}.html"):
        if others := site.folded.get(near.casefold()):
            return message, f"hosts tell capitals from small letters: it is {others[0]}"
    if url.startswith("www."):
        return message, f"write https://{url} if another site is meant"
    return message, "correct the link, or bring the page back"


def absolute(path: str, aimed: Aimed, site: Site) -> Iterator[Finding]:
    """`absolute-link`: nothing begins at the host's root, where another site may stand.

    404.html is shown at any depth, so it alone must: its relative links work at the root only.
    """
    for reference, target in aimed:
        url = reference.url
        if target.kind == "root" and not (path == NOT_FOUND and not site.base_url):
            where = f" ({site.base_url})" if site.base_url else ""
            message = f"this begins at the host's root, not at the site's{where}: {url}"
            hint = "write it relative to the page, without the / at its beginning"
        elif path == NOT_FOUND and site.prefix and _is_relative(reference, target):
            message = f"404.html is shown at any depth, where this leads astray: {url}"
            hint = f"begin it with {site.prefix}"
        else:
            continue
        yield found("absolute-link", path, message, hint, line=reference.line)


def _is_relative(reference: Reference, target: Target) -> bool:
    return (
        target.kind in {"file", "missing", "above"}
        and reference.url.strip()[:1] not in {"", "#", "/"}
        and "://" not in reference.url
    )


def external(path: str, aimed: Aimed, _: Site) -> Iterator[Finding]:
    """`external-link`: the addresses of other sites are well-formed.

    One that browsers mend is a warning.
    """
    for reference, target in aimed:
        if target.kind != "web":
            continue
        wrong = fault(target.path, link=reference.way)
        if why := wrong or flaw(target.path):
            yield found(
                "external-link",
                path,
                f"{why}: {reference.url}",
                "correct the address; in a paper, with [[fix]] in corrections.toml",
                line=reference.line,
                severity=None if wrong else "warning",
            )


RULES = (broken, absolute, external)
