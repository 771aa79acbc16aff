"""The search scripts without a browser: what node answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

THEME = Path(__file__).parents[2] / "themes" / "paper"
HERE = Path(__file__).parent


def scripts(folder: Path) -> Path:
    """The theme's modules, where node takes them for what they are."""
    if not shutil.which("node"):
        if os.environ.get("SITEGEN_REQUIRE_BROWSER"):
            pytest.fail("no node on PATH")
        pytest.skip("no node on PATH")
    folder.mkdir(parents=True, exist_ok=True)
    for module in THEME.glob("search-*.js"):
        shutil.copy(module, folder)
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


def node(script: str, *arguments: Path, given: object) -> Any:
    """What one of the scripts beside this file makes of a value."""
    done = subprocess.run(
        ["node", str(HERE / script), *map(str, arguments)],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
