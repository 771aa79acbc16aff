"""Whatever changes, and whatever builds it: the same bytes as of a full build from nothing.

A state machine changes a small project at random (dumps, texts, topics, settings, templates,
corrections, static files, the site itself, the caches) and builds it with one process, with
several, or on a real cluster; some builds are interrupted. SITEGEN_HISTORIES=60 tries that many
longer histories.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from sitegen.building import build, making
from sitegen.config import load_project
from sitegen.options import Options
from tests.builder import Builder
from tests.sites import ABSTRACT, build_project, capture, daily_json, files_of, project

distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")

THEME = Path(__file__).parent.parent / "themes" / "paper"
HISTORIES, MANY = int(os.environ.get("SITEGEN_HISTORIES", "4")), 20
PHASES = ["find", "compare", "gather", "read", "merge", "topics", "plan", "render", "publish"]
WORDS = ["video", "speech", "agents", "protein", "robot", "graph"]

days = st.integers(1, 6).map(lambda n: date(2026, 3, n))
papers = st.lists(st.integers(0, 15), min_size=1, max_size=6, unique=True)
words = st.sampled_from(WORDS)
executors = st.sampled_from(["serial", "process", "dask"])


@pytest.fixture(scope="module")
def runners():
    """What builds with processes, and the address of a cluster of two."""
    with (
        Builder() as builder,
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            silence_logs=logging.CRITICAL,
        ) as cluster,
        mock.patch.dict(os.environ, SOURCE_DATE_EPOCH="1795219200"),
        mock.patch.object(making, "_WORTH_PROCESSES", 1),
    ):
        yield builder, cluster.scheduler_address


def title(number: int) -> str:
    return f"On {WORDS[number % len(WORDS)]}, part {number}"


class _Interrupted(BaseException):
    """What ends a build in the midst, as Ctrl-C does."""


class Changes(RuleBasedStateMachine):
    builder: Builder
    address: str

    @initialize(number=st.integers(0, 15))
    def begin(self, number: int) -> None:
        self.base = Path(tempfile.mkdtemp(prefix="sitegen-test-"))
        self.root = project(self.base / "p", 'theme = "theme"\n', dumps__x="")
        shutil.copytree(THEME, self.root / "theme")
        self.content = self.root / "content"
        (self.content / "dumps/x").unlink()
        self.list_papers(date(2026, 3, 1), 0, [number])
        self.build("serial")

    def teardown(self) -> None:
        if hasattr(self, "base"):
            self.build("serial")
            shutil.rmtree(self.base)

    @rule(executor=executors)
    def build(self, executor: str) -> None:
        """Build, and hold the site against one that was built from nothing by one process."""
        if executor == "process":
            self.builder.build(self.root, executor="process", jobs=2)
        else:
            name = f"dask:{self.address}" if executor == "dask" else executor
            assert build_project(self.root, executor=name).published
        full = self.base / "full" / "site"
        shutil.rmtree(full.parent, ignore_errors=True)
        assert build_project(self.root, out=full, full=True).published
        site = self.root / "site"
        assert files_of(site) == files_of(full)
        assert {p.relative_to(site) for p in site.rglob("*")} == {
            p.relative_to(full) for p in full.rglob("*")
        }

    @rule(phase=st.sampled_from(PHASES), executor=st.sampled_from(["serial", "dask"]))
    def interrupt(self, phase: str, executor: str) -> None:
        """A build that ends in a phase leaves the site; the next one goes on."""
        before = files_of(self.root / "site")

        def stop(at: str, *_: int) -> None:
            if at == phase:
                raise _Interrupted

        name = f"dask:{self.address}" if executor == "dask" else executor
        try:
            build(load_project(self.root), Options(executor=name, full=True), stop)
        except _Interrupted:
            assert files_of(self.root / "site") == before
        self.build("process")

    @rule(day=days, number=st.integers(0, 1), found=papers)
    def list_papers(self, day: date, number: int, found: list[int]) -> None:
        made = [
            {"id": f"2603.{n:05}", "title": title(n), "summary": f"We show {n}. {ABSTRACT}"}
            for n in found
        ]
        (self.content / f"dumps/{day}-{number}.json").write_text(daily_json(f"{day}", made))

    @rule(dated=st.booleans(), number=st.integers(0, 1), found=papers)
    def list_titles(self, number: int, found: list[int], *, dated: bool) -> None:
        pairs = [(title(n), f"We show {n}. {ABSTRACT}") for n in found]
        name = "titles" if dated else "undated"
        text = capture(pairs, "March 3" if dated else "")
        (self.content / f"dumps/{name}-{number}.txt").write_text(text)

    @rule(number=st.integers(0, 20))
    def remove_a_dump(self, number: int) -> None:
        dumps = sorted((self.content / "dumps").iterdir())
        if number < len(dumps):
            dumps[number].unlink()

    @rule(day=days, word=words)
    def note(self, day: date, word: str) -> None:
        self.write(f"days/{day}.md", f"A note on *{word}*.")

    @rule(word=words, number=st.integers(0, 1))
    def page(self, word: str, number: int) -> None:
        self.write(f"pages/page-{number}.md", f"# About {word}\n\nText.\n")

    @rule(word=words)
    def topic(self, word: str) -> None:
        self.write("topics.toml", f'[[topic]]\nslug = "own"\nname = "Own"\nstrong = ["{word}"]\n')

    @rule(
        given=st.fixed_dictionaries(
            {},
            optional={
                "title": st.sampled_from(['"One"', '"Another"']),
                "base_url": st.just('"https://x.example/"'),
                "feed.entries": st.sampled_from(["2", "5"]),
                "topics.per_page": st.just("5"),
                "exclude.keywords": st.just('["robot"]'),
            },
        )
    )
    def change_settings(self, given: dict[str, str]) -> None:
        lines = [f"{key} = {value}\n" for key, value in {"theme": '"theme"', **given}.items()]
        self.write("site.toml", "".join(lines))

    @rule(
        name=st.sampled_from(["day.html", "paper.html", "base.html", "parts.html", "style.css"]),
        word=words,
    )
    def change_theme(self, name: str, word: str) -> None:
        text = (THEME / name).read_text(encoding="utf-8")
        if name.endswith(".css"):
            text += f"\n.{word} {{ color: red }}\n"
        else:
            text = text.replace("<h1", f"<h1 data-{word}", 1).replace("<html", f"<html id={word}")
        (self.root / "theme" / name).write_text(text, encoding="utf-8")

    @rule(number=st.integers(0, 15), word=words)
    def correct(self, number: int, word: str) -> None:
        key = f'key = "2603.{number:05}"\n'
        text = f'[[fix]]\n{key}title = "On {word}"\n' if number % 2 else f"[[hide]]\n{key}"
        self.write("corrections.toml", text)

    @rule(name=st.sampled_from(["x", "x/y", "x/y/z.txt"]), word=words)
    def static(self, name: str, word: str) -> None:
        """A file where a folder was, and the other way round."""
        shutil.rmtree(self.content / "static", ignore_errors=True)
        self.write(f"static/{name}", word)

    @rule(how=st.sampled_from(["edit", "replace", "remove", "add", "empty"]), at=st.integers(0, 99))
    def damage(self, how: str, at: int) -> None:
        """Somebody works in the site itself."""
        files = sorted(path for path in (self.root / "site").rglob("*") if path.is_file())
        path = files[at % len(files)]
        if how == "edit":
            path.write_text("edited")
        elif how == "add":
            path.with_name(f"mine-{at}").write_text("mine")
        elif how == "empty":
            (path.parent / f"mine-{at}").mkdir(exist_ok=True)
        else:
            path.unlink()
            if how == "replace":
                path.mkdir()

    @rule(what=st.sampled_from(["", "cache", "outputs", "outputs/site/spare/site/days", "site"]))
    def forget(self, what: str) -> None:
        """All but the site is safe to delete, in part too; and so is the site."""
        shutil.rmtree(self.root / (what if what == "site" else f".sitegen/{what}"), True)
        if what == "site":
            self.build("serial")

    def write(self, name: str, text: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_whatever_changes_and_whatever_builds_it_the_bytes_are_the_same(runners):
    Changes.builder, Changes.address = runners
    run_state_machine_as_test(
        Changes,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=14 if HISTORIES < MANY else 25,
            deadline=None,
            suppress_health_check=[*HealthCheck],
        ),
    )
