"""The manual page sitegen(1), made of the commands' own help.

`python -m sitegen.cli.manual > sitegen/data/sitegen.1` writes it anew (`make manual`); the wheel
puts it where `man` looks. The form is that of man-pages(7) and groff_man(7).
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from .. import __version__
from . import main

EXIT = {
    "0": "Done. There may have been warnings.",
    "1": "An error, or a warning under --strict. Nothing was published.",
    "2": "The command line or a setting is wrong.",
}
FILES = {
    "content/site.toml": "The settings of a project.",
    "content/dumps/": "The dumps, in any mixture of formats.",
    "site/": "The built site.",
    ".sitegen/": "Caches and manifests; safe to delete.",
}


def manual() -> str:
    """The page, in roff. The same commands give the same text."""
    context = click.Context(main, info_name="sitegen")
    lines = [
        f'.TH SITEGEN 1 "" "sitegen {__version__}" "User Commands"',
        ".SH NAME",
        r"sitegen \- turn dumps of paper lists into a static site that researchers read",
        ".SH SYNOPSIS",
        *_synopsis(context),
        ".SH DESCRIPTION",
        *_paragraphs(main.help or ""),
        "Options stand behind the name of the command.",
        ".SH COMMANDS",
    ]
    for name in main.list_commands(context):
        lines += _command(context, name)
    for title, rows in (("EXIT STATUS", EXIT), ("FILES", FILES)):
        lines.append(f".SH {title}")
        for term, text in rows.items():
            lines += [".TP", rf"\fB{_safe(term)}\fR", _safe(text)]
    return "\n".join(lines) + "\n"


def _found(context: click.Context, name: str) -> click.Command:
    found = main.get_command(context, name)
    if found is None:
        raise LookupError(name)
    return found


def _synopsis(context: click.Context) -> Iterator[str]:
    for name in main.list_commands(context):
        command = _found(context, name)
        inner = click.Context(command, info_name=name, parent=context)
        yield rf"\fBsitegen {name}\fR {_safe(' '.join(command.collect_usage_pieces(inner)))}"
        yield ".br"
    yield r"\fBsitegen\fR \-\-help | \-\-version"


def _command(context: click.Context, name: str) -> Iterator[str]:
    command = _found(context, name)
    inner = click.Context(command, info_name=name, parent=context)
    yield f'.SS "sitegen {name}"'
    yield from _paragraphs(command.help or "")
    for parameter in command.get_params(inner):
        record = parameter.get_help_record(inner)
        if record and record[1] and "--help" not in parameter.opts:
            yield from (".TP", rf"\fB{_safe(record[0])}\fR", _safe(record[1]))


def _paragraphs(text: str) -> Iterator[str]:
    """A command's help: paragraphs, and those behind a backspace line by line, as click has it."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text).partition("\f")[0]):
        yield ".PP"
        if "\b" in paragraph:
            yield from (".nf", *map(_safe, paragraph.strip("\b\n ").split("\n")), ".fi")
        else:
            yield _safe(" ".join(paragraph.split()))


def _safe(text: str) -> str:
    """A text that roff takes as it stands: no escapes, no requests at the beginning of a line."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    text = "".join(char if char.isascii() else rf"\[u{ord(char):04X}]" for char in text)
    return rf"\&{text}" if text[:1] in {".", "'"} else text


if __name__ == "__main__":
    print(manual(), end="")  # noqa: T201 - what this module is for
