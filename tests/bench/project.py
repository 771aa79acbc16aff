"""The site as a sitegen project: a Hugging Face daily_papers file a day, settings, topic rules.

The theme is copied into the project, so that one of its templates can be changed.
"""

from __future__ import annotations

import compileall
import json
import shutil
import subprocess
import sys
from pathlib import Path

from . import topics
from .corpus import Paper
from .site import (
    BASE_URL,
    FEED_ENTRIES,
    PER_TOPIC_PAGE,
    TITLE,
    Digest,
    Missing,
    State,
    aside,
    changed_template,
)

SETTINGS = f"""\
title = {json.dumps(TITLE)}
base_url = {json.dumps(BASE_URL)}
[topics]
per_page = {PER_TOPIC_PAGE}
# What the peers' site has.
[feed]
entries = {FEED_ENTRIES}
days = 0
formats = ["rss", "atom"]
archive = "none"
[authors]
enabled = false
[categories]
enabled = false
[api]
enabled = false
[metadata]
json_ld = false
coins = false
[links]
arxiv_html = ""
hugging_face = ""
semantic_scholar = ""
google_scholar = ""
"""
NO_MORE = """\
[search]
enabled = false
[related]
enabled = false
[exports]
formats = []
markdown = false
"""
MORE = """\
[search]
enabled = true
[related]
enabled = true
[exports]
days = true
topics = true
site = true
markdown = true
"""
CHECKOUT = Path(__file__).resolve().parents[2]


class Sitegen:
    """`python -m sitegen build` as it stands in this checkout."""

    name = "sitegen"
    peer = False

    def __init__(self, work: Path, options: tuple[str, ...] = ()) -> None:
        self.cwd = work / "sitegen"
        self.out = self.cwd / "site"
        self._options = options

    def setup(self) -> str:
        """Version; the theme is the default one."""
        asked = subprocess.run(
            [sys.executable, "-m", "sitegen", "--version"],
            capture_output=True,
            text=True,
            check=False,
            cwd=CHECKOUT,
        )
        if asked.returncode:
            raise Missing("`python -m sitegen --version` fails; install the checkout")
        # As `pip install` does: without it, a checkout may be compiled at every start.
        compileall.compile_dir(CHECKOUT / "sitegen", quiet=1)
        return asked.stdout.split()[-1]

    def command(self) -> list[str]:
        """The build, reported as JSON."""
        fixed = ["-C", str(self.cwd), "--theme", str(self.cwd / "theme"), "--json", "-q"]
        return [sys.executable, "-m", "sitegen", "build", *fixed, *self._options]

    def clean(self) -> None:
        """Output and caches."""
        for folder in (self.out, self.cwd / ".sitegen"):
            aside(folder)

    def write(self, digest: Digest, state: State, before: State | None) -> None:
        """Dumps, settings, rules and theme, as far as they differ from the state before."""
        content = self.cwd / "content"
        dumps = content / "dumps"
        if before is None:
            aside(self.cwd)
            dumps.mkdir(parents=True)
        if before is None or before.more != state.more:
            (content / "site.toml").write_text(SETTINGS + (MORE if state.more else NO_MORE))
        if before is None or before.day_added != state.day_added:
            wanted = {f"{day}.json": papers for day, papers in digest.days(state)}
            present = {entry.name for entry in dumps.iterdir()}
            for name in wanted.keys() - present:
                (dumps / name).write_text(dump(wanted[name]), encoding="utf-8")
            for name in present - wanted.keys():
                (dumps / name).unlink()
        if before is None or before.rule_widened != state.rule_widened:
            rules = rules_file(widened=state.rule_widened)
            (content / "topics.toml").write_text(rules, encoding="utf-8")
        if before is None or before.template_changed != state.template_changed:
            self._copy_theme(changed=state.template_changed)

    def _copy_theme(self, *, changed: bool) -> None:
        source = CHECKOUT / "themes" / "paper"
        theme = self.cwd / "theme"
        shutil.copytree(source, theme, dirs_exist_ok=True)
        if changed:
            template = next(p for p in sorted(theme.rglob("paper.*")) if "html" in p.name)
            template.write_text(changed_template(template.read_text()))


def dump(papers: list[Paper]) -> str:
    """One day as the Hugging Face API gives it (the fields that matter, indented as there)."""
    entries = [
        {
            "paper": {
                "id": paper.id,
                "authors": [{"name": name, "hidden": False} for name in paper.authors],
                "publishedAt": f"{paper.published}T00:00:00.000Z",
                "submittedOnDailyAt": f"{paper.listed}T00:00:00.000Z",
                "title": paper.title,
                "summary": paper.abstract,
                "upvotes": paper.place,
            },
            "publishedAt": f"{paper.published}T00:00:00.000Z",
            "title": paper.title,
            "numComments": 1,
        }
        for paper in papers
    ]
    return json.dumps(entries, indent=2, ensure_ascii=False)


def rules_file(*, widened: bool) -> str:
    """`topics.toml`: the forty topics in place of the default ones.

    A strong phrase counts 2 and three times that in a title; 4 are enough. So the same papers are
    on a topic as `topics.Matcher` puts there for the peers.
    """
    tables = [
        f"[[topic]]\nslug = {json.dumps(slug)}\nname = {json.dumps(topics.name(slug))}\n"
        f"strong = {json.dumps(phrases)}\n"
        for slug, phrases in topics.rules(widened=widened).items()
    ]
    return "\n".join(["replace = true\n", *tables])
