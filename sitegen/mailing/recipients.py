"""Who gets the digest: a plain file with an address a line."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from typing import NamedTuple

from ..config.feeds import ADDRESS_OF_MAIL
from ..errors import InputError, Problem, UsageError


class Recipient(NamedTuple):
    """An address, and the line of the file that has it."""

    address: str
    line: int


def read_recipients(path: Path, name: str) -> tuple[list[Recipient], list[Problem]]:
    """The addresses of a file, each once, and warnings of those that stand there again.

    A line is `ann@example.org` or `Ann <ann@example.org>`; what begins with # is a remark. Raises
    InputError for a file that cannot be read, UsageError for a line that is no address.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the list of recipients cannot be read: {error}",
            file=name,
            hint="write an address a line, as UTF-8; [mail] recipients names the file",
        ) from None
    found: dict[str, Recipient] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        address = parseaddr(said)[1]
        if not ADDRESS_OF_MAIL.fullmatch(address):
            raise UsageError(
                f"this is no e-mail address: {said!r}",
                file=name,
                line=number,
                hint="write one a line: ann@example.org, or Ann <ann@example.org>",
            )
        first = found.setdefault(address.lower(), Recipient(address, number))
        if first.line != number:
            message = f"{address} stands in line {first.line} already"
            problems.append(Problem(file=name, line=number, message=message, hint="take one out"))
    return list(found.values()), problems
