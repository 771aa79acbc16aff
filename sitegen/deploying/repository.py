"""A git repository, asked through the command `git`. Errors are told in git's own words."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Self

from ..errors import PublicationError

_CREDENTIALS = re.compile(r"(?<=://)[^@/\s]+@")
_MOST_LINES = 4


class Repository:
    """The repository that a folder lies in; `top` is its own folder."""

    def __init__(self, top: Path) -> None:
        self.top = top

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The repository that a folder lies in. Raises PublicationError where there is none."""
        try:
            done = _run(folder, "rev-parse", "--show-toplevel")
        except FileNotFoundError:
            raise PublicationError("there is no git here", hint="install git") from None
        if done.returncode:
            raise PublicationError(
                f"this is no git repository: {_words(done.stderr)}",
                file=str(folder),
                hint="git init, then git remote add origin ADDRESS",
            )
        return cls(Path(done.stdout.decode().rstrip("\n")))

    def ask(self, *arguments: str) -> str | None:
        """What git answers, without the last line's end; None where it says no."""
        done = _run(self.top, *arguments)
        return None if done.returncode else done.stdout.decode(errors="replace").rstrip("\n")

    def do(self, what: str, *arguments: str, hint: str = "") -> bytes:
        """Let git do something and give what it prints.

        Raises PublicationError that says `what` did not work, and why.
        """
        done = _run(self.top, *arguments)
        if done.returncode:
            raise PublicationError(f"{what}: {_words(done.stderr)}", hint=hint)
        return done.stdout


def without_credentials(text: str) -> str:
    """A text without the names and passwords that stand in addresses."""
    return _CREDENTIALS.sub("", text)


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - nothing of it comes from a dump
        ["git", *arguments],  # noqa: S607 - git is where the maintainer has it
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _words(said: bytes) -> str:
    """What git says of a failure: the lines that matter, as one."""
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    plain = [line for line in lines if not line.startswith("hint:")]
    telling = [line for line in plain if re.match(r"(fatal|error|remote|!)\b|!", line)] or plain
    words = "; ".join(line.removeprefix("fatal: ") for line in telling[:_MOST_LINES])
    return without_credentials(words) or "git does not say why"
