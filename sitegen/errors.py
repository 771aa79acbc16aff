"""What can go wrong, as data and as exceptions.

A *problem* is something in the input that could not be taken as it stood: it is data, is
collected, printed in one place and counted, and ends nothing. An *exception* of this module ends
a command; `cli.py` alone prints it. The tree::

    SitegenError            exit status 1: nothing is published
    ├── InputError          a dump or a folder that cannot be read at all
    ├── PublicationError    the output cannot be written or published, or is not ours to replace
    ├── FetchError          a source on the web that gave nothing that can be used
    └── UsageError          exit status 2: the command line or a setting is wrong
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Severity = Literal["warning", "error"]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the input that could not be taken as it stood.

    `file` is the dump's (or setting file's) name as given, `line` counts from 1 (0: the file as a
    whole), `message` says what is wrong, `hint` what to do about it.
    """

    file: str
    line: int
    message: str
    hint: str = ""
    severity: Severity = "warning"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.severity}: {place}: {self.message}{hint}"


class SitegenError(Exception):
    """Ends a command: the message says what is wrong, `hint` what to do, `file`, `line` where."""

    exit_status = 1

    def __init__(self, message: str, *, hint: str = "", file: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line

    def problem(self) -> Problem:
        """The same as data, for the report."""
        return Problem(
            file=self.file, line=self.line, message=self.message, hint=self.hint, severity="error"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.message, self.hint, self.file, self.line)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.message}{hint}"


def _again(kind: type[SitegenError], message: str, hint: str, file: str, line: int) -> SitegenError:
    """An error as it came from another process."""
    return kind(message, hint=hint, file=file, line=line)


class InputError(SitegenError):
    """A dump or folder that cannot be read at all."""


class PublicationError(SitegenError):
    """The output folder, or the published branch, cannot be written or is not ours to replace."""


class FetchError(SitegenError):
    """A source on the web that gave nothing that can be used."""


class UsageError(SitegenError):
    """The command line or a setting is wrong."""

    exit_status = 2
