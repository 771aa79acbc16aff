"""What is wrong with a site as a whole: what no stage can see alone. Pure.

Comes in: what was found, planned or made. Goes out: problems, of which an error, and under `strict`
a warning as well, stops the publication.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import corrections, dating, weights
from ..config import SETTINGS_FILE
from ..errors import Problem
from ..model import Library
from ..pages import SiteView
from ..plan import Notes
from ..publication.manifest import FileEntry
from .inputs import Inputs


def idle_notes(notes: Notes, library: Library) -> Iterator[Problem]:
    """Editors' notes for days that are not shown."""
    for day in sorted(notes.keys() - {day.date for day in library.days}):
        yield Problem(
            file=f"content/days/{day}.md",
            line=0,
            message=f"no list has the day {day}, so the note is on no page",
            hint="name it after a day that has papers, or remove it",
        )


def lacking(site: SiteView, inputs: Inputs) -> Iterator[Problem]:
    """What feeds lack: an address as long as nobody knows where the site will stand, a picture."""
    file = _settings_file(inputs)
    if site.feeds and not site.base_url:
        yield Problem(
            file=file,
            line=0,
            message="without base_url, RSS and JSON feeds cannot lead to the site's pages, and"
            " there is no sitemap and no list of feeds (feeds.opml)",
            hint='set it to where the site will stand, such as "https://example.org/papers/", or'
            " give --base-url",
        )
    image = inputs.settings.feed.image
    if image and "://" not in image and all(image != static.path for static in inputs.static):
        yield Problem(
            file=file,
            line=0,
            message=f"the picture for feeds is not there: content/static/{image}",
            hint="put it there, or take feed.image out",
        )


def in_files(files: Mapping[str, FileEntry], inputs: Inputs) -> Iterator[Problem]:
    """Aliases that lead nowhere, and a site that grows too heavy for its host."""
    aliases, text = inputs.corrections.alias, inputs.corrections_text
    yield from corrections.astray(aliases, files, text)
    yield from weights.warnings(files, _settings_file(inputs))


def _settings_file(inputs: Inputs) -> str:
    return SETTINGS_FILE if inputs.project.root else ""


def used_clock(problems: Sequence[Problem]) -> bool:
    """Whether a year was guessed, so that another day could give another site."""
    return any(dating.GUESSED in problem.message for problem in problems)
