"""Every command of sitegen that the documentation shows is run, page by page, as it stands there.

What asks hosts of others, sends mail or needs a cluster is held against the options that there are
(`ONLY_PARSED`); tests of its own module run it, against hosts on this machine.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen.cli import COMMANDS, main
from sitegen.preview.server import Server
from tests.sites import capture

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("content/pages/**/*.md"), ROOT / "README.md"])
ONLY_PARSED = {
    r"fetch\b": "asks hosts of others",
    r"mail .*--send$": "needs a server",
    r"build .*--executor dask": "needs a cluster",
    r"deploy\b": "needs a repository with a remote",
}
STANDS_FOR = {"FILE…": "capture.txt", "DIR": "new", "NAME": "lab"}
SHOWN = re.compile(r"^```\w*\n(.*?)^```$|`(sitegen [^`\n]+)`", re.DOTALL | re.MULTILINE)
MERELY_NAMED = {
    "import",
    "init",
    "inspect",
    "inspect --jsonl",
    "inspect --merged",
    "init --example",
}
SETTINGS = """
base_url = "https://example.org/papers/"
feed_id = "example.org,2026"

[mail]
from = "papers@example.org"
unsubscribe = "mailto:papers@example.org"
host = "127.0.0.1"
"""


def name_of(page: Path) -> str:
    return "-".join(page.relative_to(ROOT).with_suffix("").parts[2:]) or page.stem


def shown(page: Path) -> list[str]:
    """The commands on a page in their order, each once: what stands behind `sitegen`."""
    text = re.sub(r'"\$\w+"', "https://example.org/", page.read_text(encoding="utf-8"))
    found = []
    for fence, inline in SHOWN.findall(text):
        for line in (inline or fence).splitlines():
            for part in re.split(r" && | \|\| |;|\s{2,}", line):
                command = re.match(r"(?:- )?(?:python -m )?sitegen ([^#`\"']+)", part.strip())
                if command:
                    found.append(command[1].strip())
    return list(dict.fromkeys(found))


def variants(command: str) -> Iterator[list[str]]:
    """A command as it can be typed: names for what stands for something, with and without [x]."""
    if "COMMAND" in command:
        for name in COMMANDS:
            yield from variants(command.replace("COMMAND", name))
        return
    command = command.partition(" > ")[0]
    command = command.replace("[OUT]", "[site]")
    for text in dict.fromkeys((re.sub(r"\[[^\]]*\]", "", command), re.sub(r"[\[\]]", "", command))):
        if "…" in text.replace("FILE…", ""):
            continue  # SOURCE…, DUMP…: of fetch
        words = [
            STANDS_FOR.get(word, word) for word in shlex.split(text.replace("FILE ", "FILE… "))
        ]
        yield ["capture.txt" if word == "FILE" else word for word in words]


def test_commands_are_found() -> None:
    pages = {name_of(page): shown(page) for page in PAGES}
    assert len([page for page in pages.values() if page]) > 12
    assert pages["about-start"].index("init my-papers") < pages["about-start"].index("build")
    assert "build --executor dask:tcp://10.0.0.5:8786" in pages["about-cluster"]
    for name in COMMANDS:
        assert any(one.split()[0] == name for page in pages.values() for one in page), name


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody's folder with a built project in it, a dump at hand, and nothing else."""
    folder = tmp_path_factory.mktemp("home") / "ann"
    dumps = folder / "project/content/dumps"
    dumps.mkdir(parents=True)
    (folder / "project/content/site.toml").write_text(SETTINGS)
    (folder / "project/recipients.txt").write_text("ann@example.org\n")
    (folder / "Downloads").mkdir()
    text = capture([("On Tides", "They rise, and they fall.")])
    for path in ("capture.txt", "Downloads/capture.txt", "project/capture.txt"):
        (folder / path).write_text(text)
    (dumps / "2026-05-08-ebb.txt").write_text(capture([("On Ebb", "It falls, and it rises.")]))
    done = CliRunner().invoke(main, ["build", "-C", str(folder / "project")])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def home(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same for one page; who serves is told at once that it is enough."""
    shutil.copytree(furnished, tmp_path / "ann")
    monkeypatch.setenv("HOME", str(tmp_path / "ann"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1778241600")  # 8 May 2026
    monkeypatch.setattr(Server, "until_interrupted", lambda _: None)
    monkeypatch.chdir(tmp_path / "ann/project")
    return tmp_path / "ann"


def parsed(words: list[str]) -> None:
    """Raises where there is no such command or option."""
    with click.Context(main, info_name="sitegen") as context:
        command = main.get_command(context, words[0])
        assert command is not None, words[0]
        command.make_context(words[0], words[1:], parent=context)


@pytest.mark.parametrize("page", [page for page in PAGES if shown(page)], ids=name_of)
def test_the_commands_on_a_page_do_what_it_says(page: Path, home: Path) -> None:
    for command in shown(page):
        for words in variants(command):
            typed = " ".join(words)
            if "--help" not in words and any(re.match(one, typed) for one in ONLY_PARSED):
                parsed(words)
                continue
            if typed in MERELY_NAMED:
                continue
            arguments = [word.replace("~", str(home)) for word in words]
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, f"sitegen {typed}: {done.output}"
