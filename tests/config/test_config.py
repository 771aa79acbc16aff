"""Settings: every fault names its key, its line and the remedy."""

from __future__ import annotations

import string
import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import (
    Settings,
    find_root,
    load_project,
    parse_settings,
    web_folder,
)
from sitegen.errors import UsageError
from sitegen.typed_toml import decode, line_of


def fault(text):
    with pytest.raises(UsageError) as caught:
        parse_settings(text, "site.toml")
    error = caught.value
    assert error.exit_status == 2
    assert error.file == "site.toml"
    assert error.hint
    return error


def test_every_key_has_a_default():
    assert parse_settings("", "site.toml") == Settings()


def test_all_keys_are_read():
    text = """
title = "T"
base_url = "https://example.org/papers"
[dumps]
year = 2025
day = "published"
[feed]
entries = 7
[topics]
per_page = 9
"""
    settings = parse_settings(text, "site.toml")
    assert settings.base_url == "https://example.org/papers/"
    assert (settings.dumps.year, settings.dumps.day) == (2025, "published")
    assert (settings.feed.entries, settings.topics.per_page) == (7, 9)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("titel = 'x'", 1, "'titel'", "'title'"),
        ("\n\nbaseurl = 'x'", 3, "'baseurl'", "'base_url'"),
        ("title = 'x'\n[dump]\nyear = 2025", 2, "'dump'", "'dumps'"),
        ("[dumps]\n\n# a comment\nyaer = 2025", 4, "'dumps.yaer'", "'year'"),
        ("dumps.yaer = 2025", 1, "'dumps.yaer'", "'year'"),
        ("per_page = 9", 1, "'per_page'", "'per_page' under [topics]"),
        ("xyzzy = 1", 1, "'xyzzy'", "known here: title"),
        ("[dumps]\nxyzzy = 1", 2, "'dumps.xyzzy'", "known here: year"),
    ],
)
def test_an_unknown_key_names_the_nearest(text, line, message, hint):
    error = fault(text)
    assert error.line == line
    assert f"unknown setting {message}" in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title = 5", 1, "title: expected a text in quotes, got a whole number"),
        ("title = 2025-01-01", 1, "title: expected a text in quotes, got a date"),
        ("\ntitle = ['x']", 2, "title: expected a text in quotes, got a list in brackets"),
        ("[dumps]\nyear = '2025'", 2, "dumps.year: expected a whole number, got a text in quotes"),
        ("[dumps]\nyear = true", 2, "dumps.year: expected a whole number, got true or false"),
        ("[dumps]\nyear = 2025.5", 2, "dumps.year: expected a whole number, got a number"),
        ("[dumps]\nyear = 1", 2, "dumps.year: expected a whole number >= 1900"),
        ("dumps = 3", 1, "dumps: expected a table, got a whole number"),
        ("[dumps]\nday = 'never'", 2, "dumps.day: invalid enum value 'never'"),
        ("[feed]\nentries = 0", 2, "feed.entries: expected a whole number >= 1"),
        (
            "[include]\nkeywords = [\n'a',\n1]",
            2,
            "include.keywords: expected a text in quotes, got a whole number",
        ),
    ],
)
def test_a_wrong_value_names_the_key_and_what_is_right(text, line, message):
    error = fault(text)
    assert (error.line, error.message) == (line, message)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title = x", 1),
        ("title = 'a'\ntitle = 'b'", 2),
        ("[dumps\nyear = 1", 1),
        ("title = 'x", 1),
        ("\n\n= 3", 3),
        ("title = '''\n\n", 3),
        ("\ud800", 1),
    ],
)
def test_what_is_no_toml(text, line):
    error = fault(text)
    assert error.line in {line, line + 1}  # Pythons differ where a text ends too early
    assert "TOML" in error.message


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/papers/", "https://example.org/papers/"),
        ("http://EXAMPLE.org:8080/a/b", "http://example.org:8080/a/b/"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/"),
        ("http://[::1]:8000", "http://[::1]:8000/"),
        ("https://münchen.example/süß/", "https://xn--mnchen-3ya.example/s%C3%BC%C3%9F/"),
        ("https://example.org/a%20b", "https://example.org/a%20b/"),
        ("https://example.org/~me/@list", "https://example.org/~me/@list/"),
    ],
)
def test_base_urls(url, found):
    assert web_folder(url) == found
    assert web_folder(found) == found


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///papers",
        "https://example.org/?q=1",
        "https://example.org/#top",
        "https://me:secret@example.org/",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://exam ple.org/",
        'https://example.org/"><script>',
        "https://example.org/\nx",
        "https://a..b/",
        "https://" + "a" * 70 + ".org/",
    ],
)
def test_what_is_no_base_url(url):
    with pytest.raises(UsageError, match="no web address") as caught:
        web_folder(url)
    assert "https://example.org/papers/" in caught.value.hint
    error = fault(f"title = 'x'\nbase_url = {msgspec.json.encode(url).decode()}")
    assert error.line == 2


class Item(msgspec.Struct):
    name: str = ""
    tags: tuple[str, ...] = ()


class File(msgspec.Struct):
    fix: tuple[Item, ...] = ()


def test_lines_of_lists_of_tables():
    text = "[[fix]]\nname = 'a'\n\n[[fix]]\nname = 'b'\ntags = [\n  'x = 1',\n]\n[[fix]]\n"
    assert line_of(text, ("fix", 1, "name")) == 5
    assert line_of(text, ("fix", 1, "tags")) == 6
    assert line_of(text, ("fix", 2, "name")) == 9  # what holds it
    assert line_of(text, ("fix", 9)) == 0
    assert line_of(text, ()) == 0
    for wrong, line in (("name = 'b'\nnme = 1", 6), ("name = 7", 5)):
        changed = text.replace("name = 'b'", wrong)
        with pytest.raises(UsageError) as caught:
            decode(tomllib.loads(changed), File, changed, "f.toml")
        assert caught.value.line == line


names = st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=3)
tables = st.dictionaries(names, st.dictionaries(names, st.integers(0, 9), max_size=3), max_size=4)


@given(tables)
def test_the_line_of_a_key_is_where_it_stands(values):
    lines = []
    places = {}
    for table, keys in values.items():
        lines.append(f"[{table}]")
        for key, value in keys.items():
            lines.append(f"{key} = {value}")
            places[table, key] = len(lines)
    text = "\n".join(lines)
    assert {keys: line_of(text, keys) for keys in places} == places


def test_projects(tmp_path):
    deep = tmp_path / "project" / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep) is None
    content = tmp_path / "project" / "content"
    content.mkdir()
    (content / "site.toml").write_bytes(b'\xef\xbb\xbftitle = "T"\r\n')
    assert find_root(deep) == tmp_path / "project"
    project = load_project(find_root(deep))
    assert project.settings.title == "T"
    assert project.content("site.toml") == content / "site.toml"
    assert project.content("missing") is None


def test_no_project():
    project = load_project(None)
    assert project.settings == Settings()
    assert project.content("site.toml") is None


@pytest.mark.parametrize("data", [b"\xff\xfe\xff", None])
def test_settings_that_cannot_be_read(tmp_path, data):
    (tmp_path / "content").mkdir()
    path = tmp_path / "content" / "site.toml"
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    with pytest.raises(UsageError, match="cannot be read") as caught:
        load_project(tmp_path)
    assert caught.value.file == "content/site.toml"
    assert caught.value.hint
