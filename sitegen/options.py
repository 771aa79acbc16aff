"""What the command line says of a build, and the clock."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from .errors import UsageError
from .executors import DEFAULT
from .model import Value


class Options(Value, frozen=True, kw_only=True):
    """What the command line says of a build; None and "" leave it to the settings."""

    files: tuple[Path, ...] = ()
    out: Path | None = None
    base_url: str | None = None
    date: date | None = None
    year: int | None = None
    theme: str = ""
    jobs: int | None = None
    executor: str = DEFAULT  # or another of executors.NAMES, or "dask:ADDRESS"
    full: bool = False
    strict: bool = False


def clock() -> date:
    """Today, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError):
            raise UsageError(
                f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}", hint="unset it"
            ) from None
    return datetime.now(UTC).astimezone().date()
