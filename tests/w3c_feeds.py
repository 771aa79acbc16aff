"""Holds feeds against the W3C's feed validator, which is not on the package index.

`python -m tests.w3c_feeds SRC SITE BASE_URL`: SRC is the folder `src` of a checkout of
https://github.com/w3c/feedvalidator, SITE a built folder. Prints the first of each kind of what
its web page would say (level AA) and exits with 1 for errors. Warnings that are known: it has no
namespace of PRISM, and wants an older archive before the oldest.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TYPES = {"rss.xml": "application/rss+xml", ".opml": "text/x-opml"}


def feeds(site: Path) -> Iterator[str]:
    """The feeds of a built folder that the validator knows the format of."""
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if path.endswith(("rss.xml", "atom.xml", ".opml")) or path.startswith("feeds/archive/"):
            yield path


def events(validator: Any, site: Path, path: str, base_url: str) -> list[Any]:
    """What the validator says of a feed."""
    kind = next((kind for end, kind in TYPES.items() if path.endswith(end)), "application/atom+xml")
    with (site / path).open("rb") as file:
        try:
            found = validator.validateStream(
                file, firstOccurrenceOnly=1, base=base_url + path, contentType=kind
            )["loggedEvents"]
        except validator.logging.ValidationFailure as failure:
            found = [failure.event]
    return list(validator.compatibility.AA(found))


def main(source: str, site: str, base_url: str) -> int:
    """Print what is found."""
    sys.path.insert(0, source)
    import feedvalidator
    import feedvalidator.compatibility

    said: dict[str, str] = {}
    wrong = False
    count = 0
    for path in feeds(Path(site)):
        count += 1
        for event in events(feedvalidator, Path(site), path, base_url):
            error = isinstance(event, feedvalidator.logging.Error)
            wrong |= error
            kind = f"{'error' if error else 'warning'}: {type(event).__name__}"
            said.setdefault(kind, f"{path}: {kind} {event.params}")
    sys.stdout.write("\n".join([*said.values(), f"{count} feeds\n"]))
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
