# ruff: noqa: E501 - a case a line
"""A small sound site, and for each rule a change that breaks it and one that barely does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen.checking import Audit, check
from sitegen.config import CheckSettings, Settings
from sitegen.executors import Serial

BASE = "https://x.example/p/"
TODAY = date(2026, 5, 20)
USUAL = CheckSettings()

# What stands in a file: text, bytes, how many bytes of nothing, or where a link leads.
Files = dict[str, str | bytes | int | Path]


def page(title: str, body: str = "", head: str = "") -> str:
    """A page whose body begins in line 5."""
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8"><title>{title}</title>{head}\n'
        f"<body>\n{body}\n"
    )


def day(number: int, papers: int) -> Files:
    """The page of a day in May 2026, with links to papers that are there."""
    links = "".join(f'<a href="../papers/p{n}.html">{n}</a>' for n in range(papers))
    return {f"days/2026-05-{number:02}.html": page(f"Day {number}", links)}


def sitemap(*paths: str, base: str = BASE) -> str:
    """A sitemap of these paths, one a line from line 2 on."""
    urls = "\n".join(f"<url><loc>{base}{path}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'


PAGES = ("index.html", "a.html", "b/c.html")
SOUND: Files = {
    "index.html": page(
        "Home",
        '<a href="a.html#part">a</a> <a href="b/c.html">c</a>',
        f'<link rel="canonical" href="{BASE}index.html"><link rel=stylesheet href=assets/s.css>',
    ),
    "a.html": page("A", '<p id="part"><a href="b/c.html">c</a>'),
    "b/c.html": page("C", '<a href="../a.html">a</a>'),
    "404.html": page("Lost", '<a href="/p/index.html">home</a>', "<meta name=robots content=noindex>"),
    "assets/s.css": "body { background: url(i.svg) }\n",
    "assets/i.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "sitemap.xml": sitemap(*PAGES),
    "robots.txt": f"User-agent: *\nDisallow:\nSitemap: {BASE}sitemap.xml\n",
    ".nojekyll": "",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """Changes to the sound site; `at` is where the first of them is found."""

    faulty: Files
    at: str
    near: Files
    settings: CheckSettings = USUAL


def at_a(body: str, title: str = "A", head: str = "") -> Files:
    """`a.html` with another body, in line 6."""
    return {"a.html": page(title, f'<p id="part">\n{body}', head)}


def _days(newest: int, others: tuple[int, ...] = (12, 4, 14, 12, 11, 13), start: int = 10) -> Files:
    """A week of days, the newest with so many papers, and what leads to them."""
    files: Files = {}
    for number, papers in enumerate((*others, newest), start):
        files |= day(number, papers)
    for number in range(14):
        files[f"papers/p{number}.html"] = page(f"Paper {number}")
    links = "".join(f'<a href="{path}">{path}</a>' for path in files)
    return {**files, **at_a(links), "sitemap.xml": sitemap(*PAGES, *files)}


CASES: dict[str, list[Case]] = {
    "unreadable": [
        Case(
            {"a.html": page("A", '<p id="part">\n').encode() + b"Gr\xfc\xdfe"},
            "a.html:7",
            at_a("<p>never closed<b>Grüße &amp; 数</i>\0<xyz a=b c"),
        ),
        Case({"a.html": b"<!-- nothing -->"}, "a.html", {"google1.html": "google1.html"}),
    ],
    "home-page": [Case({"index.html": 0}, "index.html", {"home.txt": ""})],
    "broken-link": [
        Case(at_a('<a href="d.html">d</a>'), "a.html:6", at_a('<a href="b/c">without .html</a>')),
        Case(at_a('<a href="../a.html">up</a>'), "a.html:6", at_a('<a href="./b/../a.html?x#">up</a>')),
        Case(at_a('<a href="b/C.html">C</a>'), "a.html:6", at_a('<a href="b/%63.html">c</a>')),
        Case(at_a('<img alt="" src=i.svg>'), "a.html:6", at_a('<img alt="" src=assets/i.svg>')),
        Case(
            at_a('<img alt="" src=assets/i.svg srcset="assets/i.svg, assets/j.svg 2x">'),
            "a.html:6",
            at_a('<img alt="" src=assets/i.svg srcset="assets/i.svg 1x, data:image/png,a 2x">'),
        ),
        Case(at_a(f'<a href="{BASE}d.html">d</a>'), "a.html:6", at_a(f'<a href="{BASE}">home</a>')),
        Case(at_a('<a href="/p/d.html">d</a>'), "a.html:6", at_a('<a href="/p/">home</a>')),
        Case(
            {"old.html": "<meta http-equiv=refresh content='0; url=gone.html'>"},
            "old.html:1",
            {"old.html": "<meta http-equiv=refresh content='0; url=b/c.html'>"},
        ),
        Case(
            {"assets/s.css": "a {}\nb { background: url('x.png') }"},
            "assets/s.css:2",
            {"assets/s.css": "/* url(x.png) */ b { background: url(data:image/png;base64,AA==) }"},
        ),
        Case(
            at_a("", head="<style>\np { background: url(x.png) }</style>"),
            "a.html:4",
            at_a("", head="<style>\np { background: url(assets/i.svg) }</style>"),
        ),
        Case(at_a('<a href="c.html">c</a>'), "a.html:6",
             at_a('<a href="c.html">c</a>', head="<base href=b/x.html>")),
    ],
    "broken-fragment": [
        Case(at_a('<a href="#parts">x</a>'), "a.html:6", at_a('<a href="#part">x</a> <a href="#">x</a>')),
        Case(
            at_a('<a href="b/c.html#x">x</a>'),
            "a.html:6",
            at_a('<a href="a.html#top">x</a> <a href="b/c.html#q=words">x</a> <a name=y href="#y">y</a>'),
        ),
        Case(at_a('<a href="#Part">x</a>'), "a.html:6", at_a('<a href="#%70art:~:text=a">x</a>')),
    ],
    "absolute-link": [
        Case(at_a('<a href="/b/c.html">c</a>'), "a.html:6", at_a('<a href="/p/b/c.html">c</a>')),
        Case(at_a('<a href="/pp/c.html">c</a>'), "a.html:6", at_a('<a href="https://x.example/q/">q</a>')),
        Case(
            {"404.html": page("Lost", '<a href="index.html">home</a>')},
            "404.html:5",
            {"404.html": page("Lost", f'<a href="#x" id=x>x</a> <a href="{BASE}">home</a>')},
        ),
    ],
    "external-link": [
        Case(at_a('<a href="https://a b.org/">x</a>'), "a.html:6",
             at_a('<a href="https://a.org/a%20b?x[]=ü&amp;y#z">x</a>')),
        Case(at_a('<a href="https://a.org/a b">x</a>'), "a.html:6", at_a('<a href="https://a.org/a%20b">x</a>')),
        Case(at_a('<a href="http:/a.org">x</a>'), "a.html:6", at_a('<a href=" http://a.org:80\n">x</a>')),
        Case(at_a('<a href="javascript:alert(1)">x</a>'), "a.html:6",
             at_a('<a href="mailto:a@x.org?subject=b">x</a>')),
    ],
    "orphan-page": [
        Case({"d.html": page("D", '<a href="a.html">a</a>'), "sitemap.xml": sitemap(*PAGES, "d.html")},
             "d.html",
             {"d.html": page("D", head="<meta name=robots content=noindex>")}),
        Case({"old.html": "<title>O</title><link rel=canonical href=b/c.html>"}, "old.html",
             {"old.html": "<title>O</title><meta http-equiv=refresh content='0;url=b/c.html'>"}),
    ],
    "duplicate-id": [
        Case(at_a("<b id=part>x</b>"), "a.html:6", at_a("<b id=Part>x</b> <a name=part>y</a>")),
    ],
    "missing-title": [
        Case(at_a("x", title=""), "a.html", at_a("x", title=" &amp; ")),
        Case({"a.html": '<p id=part><a href="b/c.html">c</a><svg><title>S</title></svg>'}, "a.html",
             {"a.html": "<title>A</title><p id=part>x"}),
    ],
    "duplicate-title": [
        Case(at_a("x", title="C"), "b/c.html", at_a("x", title="c")),
        Case(at_a("x", title=" \n C "), "b/c.html",
             {"404.html": page("C", head="<meta name=robots content=noindex>")}),
    ],
    "image-alt": [
        Case(at_a("<img src=assets/i.svg>"), "a.html:6", at_a('<img src=assets/i.svg alt="">')),
        Case(at_a("<input type=image src=assets/i.svg>"), "a.html:6", at_a("<input type=text>")),
    ],
    "feed": [
        Case({"rss.xml": "<rss version='2.0'>\n<channel/></rss>"}, "rss.xml:2", {"x.xml": "<x/>"}),
    ],
    "sitemap": [
        Case({"sitemap.xml": sitemap(*PAGES, "d.html")}, "sitemap.xml:5",
             {"sitemap.xml": sitemap("", "a", "b/%63.html")}),
        Case({"sitemap.xml": sitemap(*PAGES[:2])}, "b/c.html", {}),
        Case({"sitemap.xml": sitemap(*PAGES, "a.html")}, "sitemap.xml:5", {}),
        Case({"sitemap.xml": sitemap(*PAGES, "404.html")}, "sitemap.xml:5", {}),
        Case({"sitemap.xml": sitemap(*PAGES, base="https://other.example/")}, "sitemap.xml:2", {}),
        Case({"sitemap.xml": sitemap(*PAGES)[:-9]}, "sitemap.xml:5", {}),
        Case({"sitemap.xml": 0}, "sitemap.xml", {}),
        Case({"robots.txt": f"Sitemap: {BASE}sitemaps.xml"}, "robots.txt:1", {"robots.txt": ""}),
        Case({"sitemap.xml": sitemap(*PAGES).replace("</loc>", "</loc><lastmod>8 May</lastmod>")},
             "sitemap.xml:2",
             {"sitemap.xml": sitemap(*PAGES).replace("</loc>", "</loc><lastmod>2026-05</lastmod>")}),
        Case(
            {"sitemap.xml": sitemap("sitemap-1.xml", "sitemap-2.xml").replace("url>", "sitemap>")
             .replace("urlset", "sitemapindex"), "sitemap-1.xml": sitemap(*PAGES)},
            "sitemap.xml:3",
            {"sitemap.xml": sitemap("sitemap-1.xml").replace("url>", "sitemap>")
             .replace("urlset", "sitemapindex"), "sitemap-1.xml": sitemap(*PAGES)},
        ),
    ],
    "site-size": [
        Case(dict.fromkeys(map(str, range(11)), 99_000_000), ".",
             dict.fromkeys(map(str, range(16)), 49_000_000)),
    ],
    "file-size": [
        Case({"x.pdf": 100_000_001}, "x.pdf", {"x.pdf": 50_000_000}),
        Case({"x.pdf": 50_000_001}, "x.pdf", {"x.pdf": 50_000_000}),
    ],
    "case-collision": [
        Case({"b/X.txt": "", "b/x.txt": ""}, "b/x.txt", {"b/X.txt": "", "x.txt": ""}),
        Case({"B/x.txt": ""}, "b", {"bb/C.html.txt": ""}),
        Case({"é.txt": "", "e\u0301.txt": ""}, "é.txt", {"é.txt": "", "e.txt": ""}),
    ],
    "dotfile": [
        Case({".env": ""}, ".env", {".well-known/security.txt": "", "a.env": ""}),
        Case({"b/.git/config": "", "b/.git/HEAD": ""}, "b/.git", {}),
    ],
    "symbolic-link": [
        Case({"x.txt": Path("robots.txt")}, "x.txt", {"x.txt": "robots.txt"}),
        Case({"x": Path("b")}, "x", {}),
    ],
    "stale": [
        Case(_days(12), "days/2026-05-16.html", _days(12, start=11), CheckSettings(stale_after=3)),
    ],
    "partial-day": [
        Case(_days(2), "days/2026-05-16.html", _days(3)),
        Case(_days(2), "days/2026-05-16.html", _days(2, (12, 2, 14, 12, 11, 13))),
        Case(_days(2), "days/2026-05-16.html", _days(1, (12, 11, 12, 12))),
    ],
}  # fmt: skip


def write(folder: Path, files: Files) -> Path:
    """The sound site with other files: 0 takes one away."""
    for name, content in {**SOUND, **files}.items():
        path = folder / name
        if content == 0 and isinstance(content, int):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            path.symlink_to(content)
        elif isinstance(content, int):
            with path.open("wb") as file:
                file.truncate(content)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def audited(folder: Path, files: Files, settings: CheckSettings = USUAL) -> Audit:
    """What a check finds on the sound site with these changes."""
    whole = Settings(check=settings)
    return check(write(folder, files), whole, Serial(), TODAY, name="site", base_url=None)
