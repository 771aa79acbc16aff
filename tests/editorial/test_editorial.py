"""What a maintainer writes: pages, notes on days, files to copy."""

from __future__ import annotations

import os
from datetime import date

import pytest

from sitegen import editorial
from sitegen.config import load_project
from sitegen.editorial import split_meta, to_html
from sitegen.errors import UsageError


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.toml").write_text("")
    return load_project(tmp_path)


def write(project, name, text=""):
    path = project.root / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "meta", "body"),
    [
        ("", {}, ""),
        ("Just a text.", {}, "Just a text."),
        ("title: T\n\nBody", {"title": "T"}, "Body"),
        ("Title: 'T'\nMENU: \"M\"\n\n\nBody\n", {"title": "T", "menu": "M"}, "Body\n"),
        ("title: What's 'new'\n\nB", {"title": "What's 'new'"}, "B"),
        ("title: T", {"title": "T"}, ""),
        ("---\ntitle: T\nlayout: page\ntags:\n  - a\n---\nBody", None, "Body"),
        ("---\n---\nBody", {}, "Body"),
        # What only looks like it stays in the text.
        ("Note: we moved.\n\nBody", {}, "Note: we moved.\n\nBody"),
        ("Today: two papers.", {}, "Today: two papers."),
        ("title: T\nbut it goes on", {}, "title: T\nbut it goes on"),
        ("---\nNo end: here", {}, "---\nNo end: here"),
        ("Text\n\ntitle: T", {}, "Text\n\ntitle: T"),
    ],
)
def test_what_stands_at_the_top(text, meta, body):
    page = split_meta(text)
    assert page.body == body
    if meta is None:
        assert page.meta["title"] == "T"
        assert page.meta["layout"] == "page"
    else:
        assert page.meta == meta


def test_pages(project):
    write(project, "pages/about.md", "title: About\ndescription: Who.\nmenu: Us\n\nText")
    write(project, "pages/about/how.md", "\n# How *we* choose #\n\nText")
    write(project, "pages/plain.md", "```\n# no heading\n```\n\nText")
    write(project, "pages/crlf.md", b"\xef\xbb\xbftitle: Windows\r\n\r\nA\r\nB\r\n")
    write(project, "pages/.hidden.md", "x")
    write(project, "pages/.obsidian/x.md", "x")
    write(project, "pages/image.png", b"\x89PNG")
    found = {text.path: text for text in editorial.texts(project)}
    assert list(found) == ["about.html", "about/how.html", "crlf.html", "plain.html"]
    about = found["about.html"]
    assert (about.title, about.description, about.menu, about.footer) == (
        "About",
        "Who.",
        "Us",
        True,
    )
    how = found["about/how.html"]
    assert (how.title, how.description, how.menu, how.footer) == (
        "How *we* choose",
        "How *we* choose",
        "",
        False,
    )
    assert found["plain.html"].title == "plain"
    assert found["crlf.html"].title == "Windows"
    assert found["crlf.html"].html() == "<p>A\nB</p>"


def test_a_page_has_another_digest_when_it_has_another_text(project):
    path = write(project, "pages/a.md", "one")
    before = editorial.texts(project)[0].digest
    path.write_text("two")
    assert editorial.texts(project)[0].digest != before


@pytest.mark.parametrize("name", ["pages/a b.md", "pages/ü.md", "static/a b.txt", "static/x/é.txt"])
def test_a_name_that_makes_no_address(project, name):
    write(project, name, "x")
    read = editorial.texts if name.startswith("pages") else editorial.static
    with pytest.raises(UsageError, match="makes no address") as caught:
        read(project)
    assert caught.value.file == f"content/{name}"
    assert caught.value.hint


def test_a_name_of_bytes(project):
    folder = write(project, "static/x", "x").parent
    with open(os.fsencode(folder) + b"/\xff.txt", "w"):  # noqa: PTH123
        pass
    with pytest.raises(UsageError, match="makes no address") as caught:
        editorial.static(project)
    str(caught.value).encode()


@pytest.mark.parametrize(
    ("name", "read"), [("pages/a.md", editorial.texts), ("days/2026-08-18.md", editorial.notes)]
)
def test_what_is_no_utf_8(project, name, read):
    write(project, name, b"caf\xe9")
    with pytest.raises(UsageError, match="UTF-8") as caught:
        read(project)
    assert caught.value.file == f"content/{name}"


def test_notes(project):
    write(project, "days/2026-08-18.md", "Note: *one-liners* stay whole.")
    write(project, "days/2026-08-19.md", "title: stays\n\nText")
    write(project, "days/2026-08-20.md", "---\ntitle: goes\n---\n# Heading")
    write(project, "days/README.txt", "x")
    write(project, "days/.2026-08-20.md.swp", "x")
    found, problems = editorial.notes(project)
    assert {day: html() for day, (_, html) in found.items()} == {
        date(2026, 8, 18): "<p>Note: <em>one-liners</em> stay whole.</p>",
        date(2026, 8, 19): "<p>title: stays</p>\n<p>Text</p>",
        date(2026, 8, 20): '<h1 id="heading">Heading</h1>',
    }
    assert problems == ()


@pytest.mark.parametrize(
    "name",
    ["2026-02-30.md", "today.md", "2026-08-18-late.md", "2026/08-18.md", "sub/2026-08-18.md"],
)
def test_a_note_on_no_day_is_a_warning(project, name):
    write(project, f"days/{name}", "x")
    found, (problem,) = editorial.notes(project)
    assert found == {}
    assert problem.file == f"content/days/{name}"
    assert "YYYY-MM-DD.md" in problem.hint


def test_static_files_are_copied_as_they_are(project):
    write(project, "static/CNAME", "example.org")
    write(project, "static/img/a.png", b"\x89PNG\x00")
    write(project, "static/.well-known/x", "y")
    (project.root / "content/static/link").symlink_to("CNAME")
    found = {file.path: file for file in editorial.static(project)}
    assert {path: file.read() for path, file in found.items()} == {
        ".well-known/x": b"y",
        "CNAME": b"example.org",
        "img/a.png": b"\x89PNG\x00",
        "link": b"example.org",
    }
    assert found["CNAME"].digest == found["link"].digest != found["img/a.png"].digest


def test_a_project_without_any(project):
    assert editorial.texts(project) == ()
    assert editorial.notes(project) == ({}, ())
    assert editorial.static(project) == ()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("[a](about.md)", '<a href="about.html">a</a>'),
        ("[a](../x/about.md#who)", '<a href="../x/about.html#who">a</a>'),
        ("[a](./about.md?q)", '<a href="about.html?q">a</a>'),
        ("[a](https://example.org/a.md)", '<a rel=noopener href="https://example.org/a.md">a</a>'),
        ("[a](/a.md)", '<a href="/a.md">a</a>'),
        ("[a](mailto:a@x.md)", '<a href="mailto:a@x.md">a</a>'),
        ("[a](list.mdx)", '<a href="list.mdx">a</a>'),
        ("`[a](b.md)`", "<code>[a](b.md)</code>"),
    ],
)
def test_links_to_pages(markdown, html):
    assert to_html(markdown) == f"<p>{html}</p>"


def test_a_heading_that_repeats_the_title_is_left_out():
    assert to_html("# About us #\n\nText", "About us") == "<p>Text</p>"
    assert "<h1" in to_html("# Another\n\nText", "About us")
    assert "<h1" in to_html("Text\n\n# About us", "About us")
    # Rendering one page leaves no trace in the next.
    assert to_html("# One\n\n# One") == to_html("# One\n\n# One")
