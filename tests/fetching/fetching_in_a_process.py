"""Fetches into a project without waiting, for tests that kill it: ROOT TODAY SOURCE..."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from sitegen.config import load_project
from sitegen.fetching import Clock, fetch
from sitegen.fetching.sources import source

root, today, *texts = sys.argv[1:]
clock = Clock(sleep=lambda _: None)
sources = [source(text) for text in texts]
for one in fetch(load_project(Path(root)), sources, date.fromisoformat(today), clock=clock):
    if one.error is not None:
        raise one.error
