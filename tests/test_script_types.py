"""The theme's scripts keep the types in their comments."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

from sitegen.render.theme import find

THEMES = Path(__file__).parents[1] / "themes"
LIMIT = 20_000  # bytes of a theme's scripts in all, as a host with gzip sends them
OPTIONS = (
    "--checkJs --noEmit --strict --target es2022 --module esnext --moduleResolution bundler "
    "--lib es2023,dom,dom.iterable"
)


def test_types_hold(tsc: str) -> None:
    for theme in sorted(path for path in THEMES.iterdir() if path.is_dir()):
        scripts = sorted(map(str, theme.glob("*.js")))
        if not scripts:
            continue  # without a file, the checker prints its manual
        command = [tsc, *OPTIONS.split(), *scripts]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_all_scripts_together_are_small() -> None:
    files = find("paper").files
    sizes = {name: len(gzip.compress(files[name], 6)) for name in files if name.endswith(".js")}
    assert sum(sizes.values()) <= LIMIT, sizes
