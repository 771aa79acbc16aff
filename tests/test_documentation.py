"""The pages about sitegen name what there is: formats, settings, corrections, parts of a reader."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from sitegen import corrections
from sitegen.checking import RULES
from sitegen.checking.findings import silences
from sitegen.config import FetchSettings, Settings, load_project, parse_settings
from sitegen.config.feeds import SavedQuery
from sitegen.corrections import Corrections
from sitegen.fetching.sources import BASES, Kind, configured, source
from sitegen.model import Record
from sitegen.readers import Content, choose, readers
from sitegen.starting import EXAMPLES

ABOUT = Path(__file__).parents[1] / "content" / "pages" / "about"
DUMPS = Path(__file__).parent / "dumps"

# What the table says that a format carries -> the field of a record.
CARRIED = {
    "authors": "authors", "abstracts": "abstract", "PDF": "pdf", "code": "code",
    "project page": "project", "venue": "venue", "categories": "categories", "keywords": "tags",
    "tags": "tags", "votes": "upvotes", "submitter": "submitter", "comments": "comment",
    "announce type": "comment", "curator": "curator", "titles": "title",
}  # fmt: skip
IDS = {"ids": None, "arXiv ids": "arxiv", "DOIs": "doi", "Anthology ids": "acl"}
REQUIRED = {"`[[fetch]]` `source`", "`[[feeds]]` `title`"}
EVERYTHING = "whatever the names say: all that sitegen knows"


def page(name: str) -> str:
    return (ABOUT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str = "") -> list[str]:
    """What stands between fences on a page."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", page(name), re.DOTALL | re.MULTILINE)


def table() -> dict[str, list[str]]:
    """The formats in the documentation: name -> the other cells."""
    head = "| name | format | known by | carries, where it is given | day of listing | tried on |"
    rows = page("dumps.md").partition(head)[2].partition("\n\n")[0].split("\n")[2:]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return {row[0].strip("`"): row[1:] for row in cells}


def test_every_format_is_in_the_table_and_no_other() -> None:
    points = [point for point in entry_points(group="sitegen.readers") if point.dist]
    ours = {point.name for point in points if point.dist and point.dist.name == "sitegen"}
    assert set(table()) == ours == {reader.NAME for reader in readers() if reader.NAME in ours}
    assert all(len(cells) == 5 and all(cells) for cells in table().values())


def test_the_table_says_what_the_formats_carry(shared: Path) -> None:
    found: dict[str, set[str]] = {}
    for path in [*DUMPS.glob("*/*"), *(shared / "dumps").glob("*/*")]:
        if path.suffix == ".json" and DUMPS in path.parents and ".in." not in path.name:
            continue  # what is expected of the dump beside it
        content = Content.of(path.read_bytes(), path.name)
        reader = choose(content)
        if reader is None:
            continue
        given = found.setdefault(reader.NAME, set())
        for record in reader.read(content, path.name):
            if isinstance(record, Record):
                values = msgspec.structs.asdict(record)
                given |= {name for name, value in values.items() if value not in ("", (), None)}
                given |= {f"ids.{scheme}" for scheme in record.ids}
    for name, (_, _, carries, _, _) in table().items():
        if carries == EVERYTHING:
            continue
        said = set(carries.split(", "))
        assert said <= CARRIED.keys() | IDS.keys(), name
        fields = {CARRIED[word] for word in said & CARRIED.keys()}
        assert fields <= found[name], name
        ids = {IDS[word] for word in said & IDS.keys()}
        assert {f"ids.{scheme}" for scheme in ids if scheme} <= found[name], name
        assert bool(ids) == any(field.startswith("ids.") for field in found[name]), name
        kept = {"authors", "abstract", "code", "project", "venue", "categories", "upvotes"}
        assert found[name] & kept <= fields | _seldom(name), name


def _seldom(name: str) -> set[str]:
    """Values that a format has in rare cases, which its row leaves out."""
    return {"arxiv-feed": {"venue"}}.get(name, set())


def settings_keys() -> list[str]:
    keys = []
    for name, kind in get_type_hints(Settings).items():
        (of, *_) = get_args(kind) or (kind,)
        if isinstance(of, type) and issubclass(of, msgspec.Struct):
            table = f"[{name}]" if of is kind else f"[[{name}]]"
            keys += [f"`{table}` `{field.encode_name}`" for field in msgspec.structs.fields(of)]
        else:
            keys.append(f"`{name}`")
    return keys


ONE_OF_SEVERAL = {"fetch": FetchSettings(source=""), "feeds": SavedQuery(title="")}
NAMES = {"not": "excluded", "from": "sender"}


def test_every_setting_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| (`.+?`) \| (.+?) \|", page("settings.md"), re.MULTILINE))
    assert list(rows) == settings_keys()
    plain = Settings()
    for key, default in rows.items():
        value: Any = plain
        if default == "required":
            assert key in REQUIRED
            continue
        for part in re.findall(r"\w+", key):
            value = ONE_OF_SEVERAL.get(part) or getattr(value, NAMES.get(part, part))
        shown = "none" if value is None else f"`{_toml(value)}`"
        assert default == shown, key


def _toml(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def test_the_settings_on_the_page_are_valid() -> None:
    for example in blocks("settings.md"):
        if "=" in example:
            assert parse_settings(example, "settings.md") != Settings()


def test_the_page_on_fetching_names_what_there_is(tmp_path: Path) -> None:
    text = page("fetching.md")
    assert all(f"`{name}`" in text and f"`{address}`" in text for name, address in BASES.items())
    written = re.findall(r"`([^`]+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)))
    assert {source(one.replace("…", "example.org/")).kind for one in written} == set(get_args(Kind))
    (settings,) = (block for block in blocks("fetching.md") if "[[fetch]]" in block)
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.toml").write_text(settings)
    assert [one.name for one in configured(load_project(tmp_path))] == ["arxiv-cs-cl", "blog"]


def test_the_page_on_ways_to_start_names_every_example() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", page("examples.md"), re.MULTILINE)
    assert rows == ["--example", *EXAMPLES]
    shown = re.findall(r"^- \*\*`([a-z-]+)`\*\*", page("examples.md"), re.MULTILINE)
    assert shown == list(EXAMPLES)


def test_every_correction_is_documented() -> None:
    text = page("corrections.md")
    for name, kind in get_type_hints(Corrections).items():
        assert f"[[{name}]]" in text
        for field in get_type_hints(get_args(kind)[0]):
            in_a_row = re.search(rf"^\|.*`{field}`.*\|", text, re.MULTILINE)
            assert in_a_row or f"`{field}`" in text, f"{name}.{field}"
    kinds = set()
    for example in blocks("corrections.md"):
        kinds |= tomllib.loads(example).keys()
        corrections.parse(example, "corrections.md")
    assert kinds == set(get_type_hints(Corrections))


def test_the_reader_on_the_page_reads() -> None:
    (code,) = blocks("readers.md", "python")
    made: dict[str, Any] = {}
    exec(compile(ast.parse(code), "readers.md", "exec"), made)  # noqa: S102 - our own page
    content = Content.of("@@paper\nTitle: On cards\nabc\n", "x")
    assert made["sniff"](content.head, "x") == 100
    record, problem = made["read"](content, "x")
    assert (record.title, record.line, record.place) == ("On cards", 2, 0)
    assert problem.line == 3


def test_the_package_on_the_page_is_the_one_that_is_tested() -> None:
    (text,) = blocks("readers.md", "toml")
    shown = tomllib.loads(text)
    real = (Path(__file__).parent / "plugin_reader" / "pyproject.toml").read_text()
    assert shown["project"]["entry-points"] == tomllib.loads(real)["project"]["entry-points"]
    assert shown["tool"] == tomllib.loads(real)["tool"]


@pytest.mark.parametrize(
    "name",
    [
        "merging.md",
        "corrections.md",
        "readers.md",
        "dumps.md",
        "fetching.md",
        "examples.md",
        "hosting.md",
    ],
)
def test_lines_fit(name: str) -> None:
    long = [line for line in page(name).split("\n") if len(line) > 110 and line[:1] != "|"]
    assert long == []


def test_every_rule_of_the_check_is_documented() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", page("check.md"), re.MULTILINE)
    assert [name for name, _ in rows] == list(RULES)
    for name, text in rows:
        assert (RULES[name].severity == "warning") == text.startswith("A warning"), name
    for example in blocks("check.md"):
        if "ignore" in example:
            assert silences(parse_settings(example, "check.md").check.ignore)


def test_the_feeds_on_the_page_are_valid_and_name_every_key() -> None:
    text = page("feeds.md")
    (example,) = [block for block in blocks("feeds.md") if "[[feeds]]" in block]
    given = tomllib.loads(example)["feeds"]
    assert len(parse_settings(example, "feeds.md").feeds) == len(given) == 2
    keys = [field.encode_name for field in msgspec.structs.fields(SavedQuery)]
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == keys


def test_every_block_of_the_theme_is_in_the_table() -> None:
    folder = ABOUT.parents[2] / "themes/paper"
    found: dict[str, set[str]] = {}
    for path in folder.glob("*.html"):
        for name in re.findall(r"{%-?\s*block (\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, set()).add(f"`{path.name}`")
    rows = re.findall(r"^\| `(\w+)` \| (`.+?`) \| .+\|$", page("themes.md"), re.MULTILINE)
    assert {name: set(files.split(", ")) for name, files in rows} == found
