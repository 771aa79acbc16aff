"""`sitegen init --theme-from`: a theme of one's own, which inherits from another."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from .. import theme_folders
from ..errors import PublicationError
from ..i18n.messages import FOLDER as MESSAGES
from ..theme_folders import FACTS, Folder
from . import refuse_full

SHEET: Final = "style.css"
_ROOT = re.compile(r":root\s*{([^{}]*)}")
_COLOUR = re.compile(r"(?<![\w-])--([\w-]+):\s*(#[0-9a-f]{3,8}|light-dark\((#\w+),\s*(#\w+)\))\s*;")

_FACTS: Final = """\
# What is not in this folder comes from the theme that it inherits from.
inherits = {parent}
description = "A theme of our own."

# Colours of the style sheet: one for both schemes, or one for light and one for dark.
[colours]
{colours}
"""
_BASE: Final = """\
{{# What is around every page. Each block may be replaced; super() is what it was. The blocks of all
   templates stand in the documentation, under "Themes". Outside of blocks nothing takes effect. #}}
{{% extends "{name}/base.html" %}}
{{% block style %}}
{{{{ super() }}}}
<link rel=stylesheet href="{{{{ root }}}}{{{{ asset('own.css') }}}}">
{{% endblock %}}
"""
_STYLE: Final = "/* Rules of our own, behind those of the theme. */\n"
_WORDS: Final = """\
# Texts to say in another way, by the keys of sitegen's own texts; new ones for our templates.
[site]
# latest = "Today"
"""


def init(folder: Path, parent: str) -> tuple[str, ...]:
    """Write a theme into a new or empty folder; the paths of its files.

    Raises UsageError when the folder holds something already, or there is no such theme.
    """
    chain = theme_folders.chain(parent)
    refuse_full(folder, "theme")
    known = parent == chain[0].name
    named = parent if known else str(chain[0].path.resolve())
    files = {
        FACTS: _FACTS.format(parent=json.dumps(named), colours="\n".join(_colours(chain))),
        "base.html": _BASE.format(name=chain[0].name),
        "own.css": _STYLE,
        f"{MESSAGES}/en.toml": _WORDS,
    }
    try:
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise PublicationError(
            f"cannot be written: {error.strerror}",
            file=str(folder),
            hint="check space and permissions",
        ) from error
    return tuple(sorted(files))


def _colours(chain: list[Folder]) -> list[str]:
    """The colours of the style sheet as comments of TOML, as they are."""
    sheet = next((f.path / SHEET for f in chain if (f.path / SHEET).is_file()), None)
    text = sheet.read_text(encoding="utf-8") if sheet else ""
    found: dict[str, str] = {}
    for rules in _ROOT.findall(text):
        for name, one, light, dark in _COLOUR.findall(f"{rules};"):
            if light or name not in found:  # what comes later is for print
                found[name] = json.dumps([light, dark] if light else one)
    return [f"# {name} = {value}" for name, value in found.items()]
