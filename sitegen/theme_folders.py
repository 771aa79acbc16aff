"""Where themes lie: by name in the installed package and at the top of a checkout, or by folder.

A theme inherits from another what it doesn't have: from the one that its `theme.toml` names, and
without one from the default theme; what it names under `without` it does without.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import msgspec

from .errors import UsageError
from .i18n.messages import FOLDER as MESSAGES
from .model import Value

DEFAULT: Final = "paper"
TEMPLATE: Final = ".html"
FACTS: Final = "theme.toml"
# What is published of a theme besides its templates; a readme or a licence is not.
ASSET_ENDINGS: Final = frozenset(
    {".css", ".js", ".svg", ".png", ".jpg", ".webp", ".avif", ".ico", ".woff2"}
)
# Themes stand inside the installed package, and at the top of a checkout.
_PACKAGE: Final = Path(__file__).resolve().parent
SHELVES: Final = (_PACKAGE / "themes", _PACKAGE.parent / "themes")


class Facts(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`theme.toml`: what a theme says of itself."""

    inherits: str = DEFAULT  # a theme's name, or its folder seen from this one; "": from none
    without: tuple[str, ...] = ()  # files that are not inherited: names, or patterns: "*.js"
    description: str = ""
    # Variables of the style sheet without their dashes: a value, or one for light and for dark.
    colours: dict[str, str | tuple[str, str]] = msgspec.field(default_factory=dict)


class Folder(Value, frozen=True, kw_only=True):
    """A theme's folder, and what stands in its `theme.toml`."""

    name: str  # templates of inherited themes are known as NAME/FILE
    path: Path
    facts: Facts
    left_out: tuple[str, ...] = ()  # by those that inherit from it

    def files(self) -> list[Path]:
        """Its templates and assets, but for what is left out by those that inherit from it."""
        return [path for path in self._all() if not _among(path, self.left_out)]

    def has(self, pattern: str) -> bool:
        """Whether it has a file of that name or pattern."""
        return any(_among(path, (pattern,)) for path in self._all())

    def _all(self) -> list[Path]:
        wanted = ASSET_ENDINGS | {TEMPLATE}
        return [path for path in sorted(self.path.iterdir()) if path.suffix in wanted]


def _among(path: Path, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(path.name, pattern) for pattern in patterns)


def chain(name: str) -> list[Folder]:
    """A theme, the one that it inherits from, and so on.

    A name is looked up on the shelves. Raises UsageError for one that is neither there nor a
    folder, for a folder without anything of a theme, for themes that inherit in a ring, and for
    leaving out what isn't inherited.
    """
    known = _shelved()
    found: list[Folder] = []
    wanted, near = name, Path()
    left_out: tuple[str, ...] = ()
    while wanted:
        path = known.get(wanted) or near / wanted
        if not path.is_dir():
            raise UsageError(
                f"there is no theme {wanted!r}",
                hint=f"known themes: {', '.join(sorted(known)) or 'none'}; or name a folder",
                file=str(found[-1].path / FACTS) if found else "",
            )
        facts = _facts(path, known)
        folder = Folder(name=path.resolve().name, path=path, facts=facts, left_out=left_out)
        if any(folder.name == other.name for other in found):
            raise UsageError(
                f"the theme {folder.name!r} inherits from one of its name",
                file=str(found[-1].path / FACTS),
                hint="name another in inherits, or rename the folder",
            )
        found.append(folder)
        wanted, near = facts.inherits, path
        left_out += facts.without
    _refuse_empty(found[0])
    _refuse_strangers(found)
    return found


def files(name: str) -> list[Path]:
    """All files that a theme is made of, those of the themes that it inherits from included."""
    found: list[Path] = []
    for folder in chain(name):
        facts = folder.path / FACTS
        found += [*folder.files(), *([facts] if facts.is_file() else ())]
    return [*found, *(file for one in messages(name) for file in sorted(one.glob("*.toml")))]


def messages(name: str) -> list[Path]:
    """The folders with a theme's texts, its own first."""
    folders = [folder.path / MESSAGES for folder in chain(name)]
    return [folder for folder in folders if folder.is_dir()]


def _refuse_strangers(chain: Sequence[Folder]) -> None:
    for number, folder in enumerate(chain):
        for pattern in folder.facts.without:
            if not any(other.has(pattern) for other in chain[number + 1 :]):
                raise UsageError(
                    f"nothing named {pattern!r} is inherited, to do without",
                    file=str(folder.path / FACTS),
                    hint="take it out of without, or correct it",
                )


def _refuse_empty(folder: Folder) -> None:
    named = (folder.path / FACTS).is_file() or (folder.path / MESSAGES).is_dir()
    if not named and not folder.files():
        raise UsageError(
            "this folder holds no theme: no template and no asset",
            file=str(folder.path),
            hint="put templates or a style.css into it; the default theme has the rest",
        )


def _facts(folder: Path, known: dict[str, Path]) -> Facts:
    """What `theme.toml` says; a theme that is the default one inherits from nothing."""
    path = folder / FACTS
    if not path.is_file():
        own = DEFAULT not in known or folder.resolve() == known[DEFAULT].resolve()
        return Facts(inherits="" if own else DEFAULT)
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), Facts)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(
            f"cannot be taken: {error}",
            file=str(path),
            hint="it may have inherits, without, description and a table [colours]",
        ) from None


def _shelved() -> dict[str, Path]:
    """The themes that have a name, with their folders; those of the package come first."""
    themes: dict[str, Path] = {}
    for shelf in SHELVES:
        if shelf.is_dir():
            for folder in sorted(shelf.iterdir()):
                if (folder / f"base{TEMPLATE}").is_file():
                    themes.setdefault(folder.name, folder)
    return themes
