"""What the preview says to a request: as a static host would, and never more than the site."""

from __future__ import annotations

import gzip
from email.message import Message

import pytest

from sitegen.preview.answers import answer, home_of
from sitegen.preview.state import State

LINE = '\n<script type="module" src="{}.sitegen/live.js?version=v-1"></script>\n'
HTML = "text/html; charset=utf-8"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    base = tmp_path_factory.mktemp("answers").resolve()
    folder = base / "site"
    files = {
        "index.html": "home",
        "404.html": "lost",
        "a.html": "page a",
        "days/index.html": "days",
        "days/2026-08-18.html": "a day",
        "days.html.txt": "text",
        "rss.xml": "<rss/>",
        "topics/video.atom.xml": "<feed/>",
        "x y&ü.html": "odd",
        "empty.css": "",
        "long.json": "[" + "1, " * 500 + "1]",
        "picture.png": "\x89" * 500,
        ".hidden": "secret",
        ".git/config": "secret",
        ".sitegen/outputs": "secret",
        "days/.x.html": "secret",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (base / "secret.txt").write_text("secret")
    (base / "sitesecret.html").write_text("secret")
    (folder / "leak.html").symlink_to(base / "secret.txt")
    return folder


def ask(site, target, home="/", **headers):
    """(status, body, headers); a file is closed."""
    asked = Message()
    for name, value in headers.items():
        asked[name.replace("_", "-")] = value
    made = answer(site, State(version="v-1", home=home), target, asked)
    if made.file is not None:
        with made.file:
            made.body = made.file.read()
    return int(made.status), made.body, made.headers


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/", "home", HTML),
        ("/index.html", "home", HTML),
        ("/a.html", "page a", HTML),
        ("/a", "page a", HTML),
        ("/a?x=/b#c", "page a", HTML),
        ("/days/", "days", HTML),
        ("/days/2026-08-18", "a day", HTML),
        ("/rss.xml", "<rss/>", "application/rss+xml"),
        ("/topics/video.atom.xml", "<feed/>", "application/atom+xml"),
        ("/days.html.txt", "text", "text/plain; charset=utf-8"),
        ("/x%20y%26%C3%BC", "odd", HTML),
        ("/empty.css", "", "text/css; charset=utf-8"),
        ("/picture.png", "\x89" * 500, "image/png"),
    ],
)
def test_files_as_a_static_host_sends_them(site, path, body, kind):
    status, found, headers = ask(site, path)
    body += LINE.format("/") if kind == HTML else ""
    assert (status, found.decode(), headers["Content-Type"]) == (200, body, kind)
    assert headers["Content-Length"] == str(len(found))
    assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/missing",
        "/a/",
        "/a.html/",
        "/days/missing.html",
        "/..",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/days/../../secret.txt",
        "/../sitesecret",
        "//etc/passwd",
        "/%2fetc/passwd",
        "//127.0.0.1/a.html",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/.sitegen/outputs",
        "/.sitegen/",
        "/days/.x",
        "/./a.html",
        "/days//2026-08-18.html",
        "/leak.html",
        "/leak",
        "/a.html%00",
        "/%00",
        "/..%5csecret.txt",
        "/days%5c2026-08-18.html",
        "/%ff%fe",
        "/%",
        "/" + "a" * 5000,
        "//[::1",
        "/http://[",
        "*",
        "a.html",
    ],
)
def test_what_is_not_there_or_not_to_be_seen(site, path):
    status, body, headers = ask(site, path)
    assert (status, body.decode()) == (404, "lost" + LINE.format("/"))
    assert headers["Content-Type"] == HTML
    assert "ETag" not in headers


def test_a_folder_without_its_slash_is_sent_on(site):
    status, body, headers = ask(site, "/days")
    assert (status, body, headers["Location"]) == (302, b"", "/days/")
    assert headers["Content-Length"] == "0"
    # Never a way to another host.
    for path in ("//days", "/%2fdays", "//days/..//days"):
        assert not ask(site, path)[2].get("Location", "").startswith("//")


@pytest.mark.parametrize(
    ("base_url", "home"),
    [
        ("", "/"),
        ("https://example.org", "/"),
        ("https://example.org/papers", "/papers/"),
        ("https://example.org/papers/", "/papers/"),
        ("https://example.org/a%20b/", "/a b/"),
    ],
)
def test_the_path_of_base_url(base_url, home):
    assert home_of(base_url) == home


def test_under_the_path_of_base_url(site):
    assert ask(site, "/a%20b/", "/a b/")[:2] == (200, ("home" + LINE.format("/a%20b/")).encode())
    assert ask(site, "/papers/a", "/papers/")[0] == 200
    for path in ("/", "/papers"):
        status, _, headers = ask(site, path, "/papers/")
        assert (status, headers["Location"]) == (302, "/papers/")
    assert ask(site, "/papers/days", "/papers/")[2]["Location"] == "/papers/days/"
    assert ask(site, "/a.html", "/papers/")[0] == 404
    assert ask(site, "/papersx", "/papers/")[0] == 404
    assert ask(site, "/papers/.sitegen/live.js", "/papers/")[0] == 200
    assert ask(site, "/.sitegen/live.js", "/papers/")[0] == 404


def test_a_site_without_404_page(tmp_path):
    for folder in (tmp_path, tmp_path / "gone"):
        status, body, headers = ask(folder, "/x")
        assert status == 404
        assert b"Not found" in body
        assert b"live.js" in body  # so that the page sees when there is a site
        assert headers["Content-Type"] == HTML


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("deflate, gzip;q=1.0, *;q=0.5", True),
        ("GZIP;q=0.001", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("br, identity", False),
        ("", False),
    ],
)
def test_text_is_packed_for_those_who_take_it(site, accepted, packed):
    plain = ask(site, "/long.json")[1]
    _, body, headers = ask(site, "/long.json", Accept_Encoding=accepted)
    assert headers.get("Content-Encoding", "") == ("gzip" if packed else "")
    assert (gzip.decompress(body) if packed else body) == plain
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == "Accept-Encoding"


def test_pictures_and_what_is_small_are_not_packed(site):
    for path in ("/picture.png", "/rss.xml"):
        assert "Content-Encoding" not in ask(site, path, Accept_Encoding="gzip")[2]


@pytest.mark.parametrize("path", ["/long.json", "/a", "/picture.png"])
def test_what_a_browser_has_is_not_sent_again(site, path):
    _, _, headers = ask(site, path, Accept_Encoding="gzip")
    tag = headers["ETag"]
    for known in (tag, f'"x", {tag}', "*", tag.removeprefix("W/")):
        status, body, headers = ask(site, path, If_None_Match=known)
        assert (status, body, headers["ETag"]) == (304, b"", tag)
        assert "Content-Length" not in headers
    assert ask(site, path, If_None_Match='"x"')[0] == 200


def test_a_change_changes_the_tag_and_a_build_that_of_pages(tmp_path):
    (tmp_path / "a.css").write_text("1")
    (tmp_path / "a.html").write_text("1")
    before = ask(tmp_path, "/a.css")[2]["ETag"]
    (tmp_path / "new").write_text("2")
    (tmp_path / "new").replace(tmp_path / "a.css")
    assert ask(tmp_path, "/a.css")[2]["ETag"] != before
    tags = set()
    for version in ("v-1", "v-2"):
        made = answer(tmp_path, State(version=version), "/a.html", Message())
        assert f"version={version}".encode() in made.body
        tags.add(made.headers["ETag"])
    assert len(tags) == 2
