"""All that goes into a site: found, typed and checked, but not yet read.

Touches the project's files: settings, rules, editorial text, theme; of dumps only their names.
"""

from __future__ import annotations

import msgspec

from .. import corrections, dumps, editorial
from ..cache import Cache
from ..config import SETTINGS_FILE, Project, SearchSettings, Settings, web_folder
from ..config.switches import decided
from ..corrections import Corrections
from ..enrich.topics import Rules, default_rules, load_rules
from ..errors import Problem, UsageError
from ..feed_ids import check_feed_id
from ..i18n.locales import ENGLISH
from ..i18n.messages import spoken
from ..i18n.words import Words
from ..model import Value
from ..options import Options
from ..plan import Notes, StaticFile, Text
from ..readers import broken
from ..render.cards import can_draw
from ..render.theme import Theme, find
from .comparing import message_folders, places, theme_name


class Inputs(Value, frozen=True, kw_only=True):
    """All that goes into a site, found but not read."""

    files: tuple[dumps.DumpFile, ...]
    project: Project
    settings: Settings
    theme: Theme
    words: Words
    card_font: str  # of days' cards: a file, or "default"; "" where there are none
    rules: Rules
    corrections: Corrections
    corrections_text: str  # where they stand
    texts: tuple[Text, ...]
    notes: Notes
    static: tuple[StaticFile, ...]
    problems: tuple[Problem, ...]

    def of_size(self, papers: int) -> Inputs:
        """The same for a library of so many papers: what depends on its size is decided."""
        return msgspec.structs.replace(self, settings=decided(self.settings, papers))


def gather(project: Project, options: Options, cache: Cache | None = None) -> Inputs:
    """Everything that goes into the site, with the options' settings in place of the file's."""
    settings = project.settings
    if options.base_url is not None:
        settings = msgspec.structs.replace(settings, base_url=web_folder(options.base_url))
    if settings.feed_id:
        check_feed_id(settings.feed_id)
    if options.date is not None and not options.files:
        raise UsageError(
            f"--date {options.date} would put all dumps of the project on one day",
            hint="name the dumps it is for, or import them with it: sitegen import FILE --date D",
        )
    notes, problems = editorial.notes(project)
    card_font, undrawn = _cards(project, settings)
    theme = theme_name(project, options)
    words, lacking = spoken(
        settings.language or ENGLISH, message_folders(project, theme), SETTINGS_FILE
    )
    found = find(theme, words, cache)
    if not found.shows("search"):
        settings = msgspec.structs.replace(settings, search=SearchSettings(enabled=False))
    corrections_text = _text(project, corrections.FILE.removeprefix("content/"))
    return Inputs(
        files=tuple(dumps.find(places(project, options), settings.limits)),
        project=project,
        settings=settings,
        theme=found,
        words=words,
        card_font=card_font,
        rules=topic_rules(project),
        corrections=corrections.parse(corrections_text),
        corrections_text=corrections_text,
        texts=editorial.texts(project),
        notes=notes,
        static=editorial.static(project),
        problems=(*broken(), *lacking, *undrawn, *problems, *editorial.dangling(project)),
    )


def _cards(project: Project, settings: Settings) -> tuple[str, tuple[Problem, ...]]:
    """The font of days' cards, "" where there are to be none; and what is wrong with that.

    Addresses of pictures are whole, so that without a base_url there are none.
    """
    wanted = settings.cards
    if not wanted.days or not settings.base_url:
        return "", ()
    if not can_draw():
        return "", (
            Problem(
                file=SETTINGS_FILE,
                line=0,
                message="cards.days is set, and Pillow, which draws cards, is not installed",
                hint="pip install 'sitegen[cards]', or take the setting out",
            ),
        )
    if not wanted.font:
        return "default", ()
    path = project.content(wanted.font)
    if path is None or not path.is_file():
        raise UsageError(
            f"the font for cards is not there: content/{wanted.font}",
            file=SETTINGS_FILE,
            hint="put it there, or take cards.font out",
        )
    return str(path), ()


def topic_rules(project: Project) -> Rules:
    """The default topics, extended or replaced by `content/topics.toml`."""
    text = _text(project, "topics.toml")
    return load_rules(text, "content/topics.toml", default_rules()) if text else default_rules()


def _text(project: Project, name: str) -> str:
    """A settings file under `content/`; "" where the project has none."""
    path = project.content(name)
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", file=f"content/{name}", hint="save it as UTF-8 text"
        ) from None
