"""All the real dumps in ../shared: what their README states, and one site of them all."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import html5lib
import pytest
from click.testing import CliRunner

from sitegen.cli import main

# What every record of a format has. Text captures name nobody; daily-arXiv's lines have no dates.
ALWAYS = {
    "acl-xml": ("title", "ids", "published"),
    "arxiv-atom": ("title", "authors", "ids", "published", "abstract"),
    "arxiv-jsonl": ("title", "authors", "ids", "abstract"),
    "arxiv-rss": ("title", "ids", "abstract"),
    "arxiv-snapshot": ("title", "authors", "ids", "published", "abstract"),
    "bibtex": ("title", "authors", "published"),
    "csl-json": ("title",),
    "hf-json": ("title", "authors", "ids", "published", "listed", "abstract"),
    "hf-scrape-json": ("title", "ids", "listed"),
    "markdown": ("title", "listed"),
    "paperlists": ("title", "authors", "published", "abstract"),
    "ris": (),
    "text": ("title", "abstract"),
}

Found = Mapping[str, Sequence[Mapping[str, Any]]]


@pytest.fixture(scope="module")
def dumps(shared: Path) -> Path:
    return shared / "dumps"


@pytest.fixture(scope="module")
def found(dumps: Path) -> Found:
    """The records that `inspect --jsonl` prints, by file."""
    result = CliRunner().invoke(main, ["inspect", "--jsonl", str(dumps)])
    assert result.exit_code == 0, result.stderr
    records = defaultdict(list)
    for line in result.stdout.splitlines():
        record = json.loads(line)
        records[str(Path(record["file"]).relative_to(dumps))].append(record)
    return records


def test_every_dump_has_as_many_papers_as_its_readme_states(dumps: Path, found: Found) -> None:
    readme = (dumps / "README.md").read_text()
    rows = re.findall(r"(?m)^\| ([\w-]+) \| `([^`]+)` \|.*?\| (?:\d+|-) \| (\d+) \|", readme)
    texts = re.findall(r"(?m)^\| `(\w+\.txt)` \| \d+ \| (\d+) \|", readme)
    stated = {f"{folder}/{file}": int(papers) for folder, file, papers in rows}
    stated |= {f"text/{file}": int(papers) for file, papers in texts}
    assert stated.keys() == {str(path.relative_to(dumps)) for path in dumps.glob("*/*.*")}
    assert {name: len(found.get(name, ())) for name in stated} == stated
    for records in found.values():
        assert [record["place"] for record in records] == list(range(len(records)))


@pytest.mark.parametrize("folder", ALWAYS)
def test_facts_are_in_place(folder: str, found: Found) -> None:
    records = [one for name in found if name.split("/")[0] == folder for one in found[name]]
    assert records
    for record in records:
        assert all(record[field] for field in ALWAYS[folder]), record


@pytest.fixture(scope="module")
def site(dumps: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("all") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(out.parent)
        result = CliRunner().invoke(main, ["build", str(dumps), "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    return out


def test_a_paper_of_several_sources_is_one_and_names_them_all(found: Found, site: Path) -> None:
    files = defaultdict(set)
    for name, records in found.items():
        for record in records:
            if "arxiv" in record["ids"]:
                files[record["ids"]["arxiv"]].add(name)
    several = {
        key: names for key, names in files.items() if len({n.split("/")[0] for n in names}) > 1
    }
    assert len(several) > 20
    for key, names in several.items():
        (path,) = (site / "papers").glob(f"*/{key.replace('/', '-')}.html")
        page = html5lib.parse(path.read_text(), namespaceHTMLElements=False)
        said = "\n".join(page.itertext())
        assert names <= set(re.findall(r"[\w-]+/[\w.-]+", said)), key
