"""Where themes lie: by name in the installed package and at the top of a checkout, or by folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .errors import UsageError

DEFAULT: Final = "paper"
TEMPLATE: Final = ".html"
# What is published of a theme besides its templates; a readme or a licence is not.
ASSET_ENDINGS: Final = frozenset(
    {".css", ".js", ".svg", ".png", ".jpg", ".webp", ".avif", ".ico", ".woff2"}
)
# Themes stand inside the installed package, and at the top of a checkout.
_PACKAGE: Final = Path(__file__).resolve().parent
SHELVES: Final = (_PACKAGE / "themes", _PACKAGE.parent / "themes")


def files(name: str) -> list[Path]:
    """The files of a theme, and then those of the default theme, which completes it.

    A name is looked up on the shelves. Raises UsageError for one that is neither there nor a
    folder, and for a folder without anything of a theme.
    """
    known = _shelved()
    folder = known.get(name, Path(name))
    if not folder.is_dir():
        raise UsageError(
            f"there is no theme {name!r}",
            hint=f"known themes: {', '.join(sorted(known)) or 'none'}; or name a folder",
        )
    folders = [folder]
    if name != DEFAULT and DEFAULT in known:
        folders.append(known[DEFAULT])
    found = [_parts(one) for one in folders]
    if not found[0]:
        raise UsageError(
            "this folder holds no theme: no template and no asset",
            file=str(folder),
            hint="put templates or a style.css into it; the default theme has the rest",
        )
    return [path for parts in found for path in parts]


def _parts(folder: Path) -> list[Path]:
    wanted = ASSET_ENDINGS | {TEMPLATE}
    return [path for path in sorted(folder.iterdir()) if path.suffix in wanted]


def _shelved() -> dict[str, Path]:
    """The themes that have a name, with their folders; those of the package come first."""
    themes: dict[str, Path] = {}
    for shelf in SHELVES:
        if shelf.is_dir():
            for folder in sorted(shelf.iterdir()):
                if (folder / f"base{TEMPLATE}").is_file():
                    themes.setdefault(folder.name, folder)
    return themes
