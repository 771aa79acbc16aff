"""What one small site offers to programs: references, texts, JSON, and metadata on every page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import bibtexparser
import jsonschema
import pytest
import rispy

from tests.sites import build_project, daily_json, files_of, parse, project

DOCUMENTATION = Path(__file__).parents[1] / "content/pages/about/data.md"
BASE = "https://papers.example.org/digest/"
SETTINGS = f'title = "Papers & more"\nbase_url = "{BASE}"\n[authors]\nleast = 1\n'
OFF = (
    "[exports]\nformats = []\nmarkdown = false\n[api]\nenabled = false\n"
    "[metadata]\njson_ld = false\ncoins = false\n"
)  # fmt: skip
TITLE = "A video model in $O(n^2)$ & 100% of “quotes” #1 </script>"
READING = "A video model in O(n²) & 100% of “quotes” #1 </script>"
AUTHORS = ["Jürgen van der Berg Jr.", "The Aurora Team", "Li Wei", "Plato", "Anna-Lena Noë"]
DAY = daily_json("2026-07-30", [{"id": "2607.00001", "title": "A title", "authors": ["Li Wei"]}])
BIB = """
@article{x, title = {On {Video} Graphs}, author = {Smith, Ann and Doe, Bo}, year = {2026},
  journal = {Journal of Machine Learning}, doi = {10.1234/abc.5}, abstract = {We draw \\emph{video} graphs, \\textbf{fast}.}}
@inproceedings{y, title = {Speech in Hand}, author = {Ng, Chi}, year = {2026},
  booktitle = {Proceedings of the Workshop on Hands \\& Feet}, url = {https://a.org/?a=1&b=2}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three days in two months, and papers without a day."""
    folder = project(
        tmp_path_factory.mktemp("data"),
        SETTINGS,
        **{
            "dumps__2026-07-30.json": daily_json(
                "2026-07-30",
                [{"id": "2607.00001", "title": TITLE, "authors": AUTHORS}]
                + [{"id": f"2607.1{n:04}", "title": f"Video number {n}"} for n in range(4)],
            ),
            "dumps__2026-08-03.json": daily_json(
                "2026-08-03",
                [
                    {"id": "2608.00002", "title": "Agents *and* [tools]"},
                    {
                        "id": "2607.00001",
                        "title": TITLE,
                        "authors": AUTHORS,
                        "published": "2026-07-30",
                    },
                ],
            ),
            "dumps__more.bib": BIB,
        },
    )
    assert not build_project(folder).errors
    return folder


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return root / "site"


def bib_of(path: Path) -> dict[str, dict[str, str]]:
    library = bibtexparser.parse_string(path.read_text("utf-8"))
    assert not library.failed_blocks
    return {
        entry.key: {"kind": entry.entry_type} | {f.key: f.value for f in entry.fields}
        for entry in library.entries
    }


def stems(site: Path) -> list[Path]:
    return [path.with_suffix("") for path in site.rglob("*.bib")]


def test_references_stand_beside_days_and_topics_and_by_month(site: Path) -> None:
    found = {path.relative_to(site).as_posix() for path in stems(site)}
    assert {"days/2026-07-30", "days/2026-08-03", "days/undated"} <= found
    assert {"exports/2026-07", "exports/2026-08", "topics/video"} <= found
    assert any(name.startswith("exports/undated-") for name in found)


def test_all_formats_say_the_same_of_every_paper(site: Path) -> None:
    for stem in stems(site):
        entries = bib_of(stem.with_suffix(".bib"))
        records = rispy.loads(stem.with_suffix(".ris").read_text("utf-8"))
        items = json.loads(stem.with_suffix(".json").read_text("utf-8"))
        keys = list(entries)
        assert keys == [record["id"] for record in records] == [item["id"] for item in items]
        assert len(set(keys)) == len(keys)
        for entry, record, item in zip(entries.values(), records, items, strict=True):
            assert record["title"] == item["title"]
            assert record.get("year", "") == entry.get("year", "")
            assert record.get("doi") == item.get("DOI") == entry.get("doi")
            assert record.get("urls", [""])[0] == item.get("URL", "") == entry.get("url", "")
            people = [
                ", ".join(p[n] for n in ("family", "given", "suffix") if n in p)
                if "family" in p
                else p["literal"]
                for p in item["author"]
            ]
            assert people == record["authors"]
            assert len(people) == len(re.split(r" and (?![^{]*\})", entry["author"]))


def test_a_reference_to_the_letter(site: Path) -> None:
    record = rispy.loads((site / "exports/2026-07.ris").read_text("utf-8"))[0]
    assert record["title"] == READING
    assert record["authors"] == [
        "van der Berg, Jürgen, Jr.", "The Aurora Team", "Wei, Li", "Plato", "Noë, Anna-Lena",
    ]  # fmt: skip
    assert record["accession_number"] == "arXiv:2607.00001"
    item = json.loads((site / "exports/2026-07.json").read_text("utf-8"))[0]
    assert item["issued"] == {"date-parts": [[2026, 7, 30]]}
    assert item["author"][1:] == [
        {"literal": "The Aurora Team"},
        {"family": "Wei", "given": "Li"},
        {"literal": "Plato"},
        {"family": "Noë", "given": "Anna-Lena"},
    ]
    venues = {
        (one["type"], one.get("container-title"))
        for one in json.loads((site / "days/undated.json").read_text("utf-8"))
    }
    assert venues == {
        ("article-journal", "Journal of Machine Learning"),
        ("paper-conference", "Proceedings of the Workshop on Hands & Feet"),
    }


def test_every_file_of_the_api_is_as_its_schema_says(site: Path) -> None:
    schema = json.loads((site / "api/schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    kinds = {
        "index.json": "manifest",
        "days/": "days",
        "papers/": "papers",
        "topics.json": "topics",
    }
    checked = set()
    for path in (site / "api").rglob("*.json"):
        name = path.relative_to(site / "api").as_posix()
        if name in {"schema.json", "openapi.json"}:
            continue
        kind = next(kind for start, kind in kinds.items() if name.startswith(start))
        value = json.loads(path.read_text("utf-8"))
        jsonschema.validate(
            value,
            {**schema, "anyOf": [{"$ref": f"#/$defs/{kind}"}]},
            format_checker=jsonschema.FormatChecker(),
        )
        checked.add(kind)
    assert checked == set(kinds.values())


def test_the_api_is_whole(site: Path) -> None:
    about = json.loads((site / "api/index.json").read_text("utf-8"))
    assert about["counts"]["papers"] == 8
    assert about["newest"] == "2026-08-03"
    papers: dict[str, Any] = {}
    for row in about["papers"]:
        shard = json.loads((site / row["path"]).read_text("utf-8"))["papers"]
        assert len(shard) == row["papers"]
        papers |= {paper["key"]: {**paper, "shard": row["shard"]} for paper in shard}
    assert len(papers) == 8
    listed = 0
    for row in about["days"]:
        for day in json.loads((site / row["path"]).read_text("utf-8"))["days"]:
            assert (site / day["path"]).is_file()
            for entry in day["papers"]:
                assert papers[entry["key"]]["shard"] == entry["shard"]
                listed += 1
    assert listed == 9  # one of them on two days
    for topic in json.loads((site / about["topics"]).read_text("utf-8"))["topics"]:
        assert sum(topic["shards"].values()) == topic["papers"]
        on_it = [paper["shard"] for paper in papers.values() if topic["slug"] in paper["topics"]]
        assert {shard: on_it.count(shard) for shard in on_it} == topic["shards"]
    first = papers["2607.00001"]
    assert first["title"] == READING
    assert first["citation_key"] in bib_of(site / "exports/2026-07.bib")
    assert (site / first["path"]).is_file()


def test_the_home_page_shows_abstracts_where_they_are_few(
    site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "id=v-full" in (site / "index.html").read_text("utf-8")
    monkeypatch.setattr("sitegen.plan.days.HOME_ABSTRACTS", 0)
    other = project(tmp_path, SETTINGS, **{"dumps__2026-07-30.json": DAY})
    assert not build_project(other).errors
    page = (other / "site/index.html").read_text("utf-8")
    assert "id=v-full" not in page
    assert '<a href="days/2026-07-30.html">Abstracts</a>' in page


def test_emphasis_stands_in_markup_and_nowhere_else(site: Path) -> None:
    (page,) = site.glob("papers/*/*10-1234*.html")
    assert "We draw <em>video</em> graphs, <strong>fast</strong>." in page.read_text("utf-8")
    plain = "We draw video graphs, fast."
    assert plain in (site / "days/undated.md").read_text("utf-8")
    assert any(plain in path.read_text("utf-8") for path in site.glob("api/papers/*.json"))
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in {".xml", ".json", ".md", ".txt", ".bib", ".ris"}:
            assert b"*video*" not in path.read_bytes(), path


def test_openapi_names_every_file_and_only_definitions_that_are_there(site: Path) -> None:
    described = json.loads((site / "api/openapi.json").read_text("utf-8"))
    schema = json.loads((site / "api/schema.json").read_text("utf-8"))
    assert described["servers"] == [{"url": BASE.rstrip("/")}]
    patterns = [re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)) for path in described["paths"]]
    for path in (site / "api").rglob("*.json"):
        if path.name not in {"schema.json", "openapi.json"}:
            name = f"/{path.relative_to(site).as_posix()}"
            assert any(re.fullmatch(pattern, name) for pattern in patterns), name
    for found in re.findall(r'schema\.json#/\$defs/(\w+)"', json.dumps(described)):
        assert found in schema["$defs"]


def test_the_examples_of_the_documentation_run(site: Path) -> None:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        page = (site / "data.html").read_text("utf-8")
        examples = [
            unescape(text) for text in re.findall(r"<pre><code>(.*?)</code>", page, re.DOTALL)
        ]
        assert len(examples) == 3
        here = f"http://127.0.0.1:{server.server_port}/"
        code = "".join(examples[:2]).replace(BASE, here)
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
        (written,) = re.findall(r"(?s)```\n(import json.*?)```", DOCUMENTATION.read_text("utf-8"))
        code = written.replace("http://localhost:8000/", here)
        other = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == other.returncode == 0, done.stderr + other.stderr
    assert done.stdout.startswith(other.stdout)
    assert "Agents *and* [tools]" in done.stdout
    assert re.search(r"(?m)^\d+ Video", done.stdout)


def test_markdown_twins_are_announced_and_hold_the_texts(site: Path) -> None:
    for path, heading in (("days/2026-08-03", "3 August 2026"), ("topics/video", "Video")):
        page = parse((site / f"{path}.html").read_text("utf-8"))
        (way,) = [
            link for link in page.iter("link") if link.get("type") == "text/markdown"
        ]  # fmt: skip
        assert way.get("rel") == "alternate"
        assert way.get("href") == f"../{path}.md"
        text = (site / f"{path}.md").read_text("utf-8")
        assert text.startswith(f"# {heading}")
        assert "\\" not in re.sub(r"\\[*\[\]<>_]", "", text)
    assert r"[Agents \*and\* \[tools\]](<../papers/2608/2608.00002.html>)" in (
        site / "days/2026-08-03.md"
    ).read_text("utf-8")


def test_llms_txt_leads_to_files_that_are_there(site: Path) -> None:
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# Papers & more\n\n> ")
    ways = re.findall(r"\]\(([^)]+)\)", text)
    assert len(ways) >= 5
    for way in ways:
        assert (site / way.removeprefix(BASE)).is_file(), way


# ------------------------------------------------------------------------------ Zotero
# https://www.zotero.org/support/dev/exposing_metadata: a page of one item says so in `citation_…`
# elements (a title at least), a page of several has a span of class Z3988 for each.


def coins(page: Any) -> list[dict[str, list[str]]]:
    return [parse_qs(one.get("title")) for one in page.iter("span") if one.get("class") == "Z3988"]


def names(page: Any) -> Iterator[tuple[str, str]]:
    for meta in page.iter("meta"):
        if (meta.get("name") or "").startswith("citation_"):
            yield meta.get("name"), meta.get("content")


def test_zotero_finds_what_each_kind_of_page_shows(site: Path) -> None:
    seen = set()
    for path in site.rglob("*.html"):
        page = parse(path.read_text("utf-8"))
        kind = path.relative_to(site).parts[0]
        item, items = dict(names(page)), coins(page)
        redirects = any(meta.get("http-equiv") == "refresh" for meta in page.iter("meta"))
        if kind == "papers" and not redirects:
            assert item["citation_title"]
            assert "citation_author" in item
            assert not items
        elif kind == "days" or (kind == "topics" and path.name != "index.html"):
            cards = [one for one in page.iter("li") if "paper" in (one.get("class") or "").split()]
            assert len(items) == len(cards) > 0
            assert not item
            for one in items:
                assert one["ctx_ver"] == ["Z39.88-2004"]
                assert one["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
                assert one["rft.atitle"][0]
                assert one["rft.au"]
                assert one["rft.date"]
        else:
            assert not item
            assert not items
        seen.add(kind)
    assert {"papers", "days", "topics", "index.html", "data.html"} <= seen


def test_the_whole_site_has_files_in_which_what_is_new_comes_last(root: Path, site: Path) -> None:
    months = ["exports/2026-07.bib", "exports/2026-08.bib"]
    undated = sorted(
        path.relative_to(site).as_posix() for path in site.glob("exports/undated*.bib")
    )
    parts = [(site / path).read_text("utf-8") for path in (*undated, *months)]
    assert (site / "exports/all.bib").read_text("utf-8") == "".join(parts)
    assert len(json.loads((site / "exports/all.json").read_text("utf-8"))) == 8
    assert 'href="exports/all.ris"' in (site / "data.html").read_text("utf-8")


def test_a_page_of_an_author_has_files_of_its_papers(site: Path) -> None:
    (path,) = [path for path in site.glob("authors/*/*.html") if "wei" in path.name]
    listed = set(re.findall(r'href="\.\./\.\./(papers/[^"]+)"', path.read_text("utf-8")))
    found = [f"authors/{path.parent.name}/{path.stem}.{form}" for form in ("bib", "ris", "json")]
    assert all(f'href="../../{file}"' in path.read_text("utf-8") for file in found)
    assert len(bib_of(site / found[0])) == len(listed) == 1


def test_a_paper_says_what_it_is(site: Path) -> None:
    page = parse((site / "papers/2607/2607.00001.html").read_text("utf-8"))
    found = list(names(page))
    assert [value for name, value in found if name == "citation_author"] == AUTHORS
    assert dict(found) | {"citation_author": ""} == {
        "citation_title": READING,
        "citation_author": "",
        "citation_publication_date": "2026/07/30",
        "citation_arxiv_id": "2607.00001",
        "citation_pdf_url": "https://arxiv.org/pdf/2607.00001",
    }
    (script,) = [one for one in page.iter("script") if one.get("type") == "application/ld+json"]
    said = json.loads(script.text)
    assert said["@type"] == "ScholarlyArticle"
    assert said["headline"] == READING
    assert said["author"] == AUTHORS
    assert said["datePublished"] == "2026-07-30"
    core: dict[str, list[str]] = {}
    for element in page.iter():
        if (element.get("property") or "").startswith("dc:"):
            value = element.get("content") or "".join(element.itertext()).strip()
            core.setdefault(element.get("property"), []).append(value)
    assert core["dc:creator"] == [", ".join(AUTHORS)]
    assert core["dc:issued"] == ["2026-07-30"]
    assert core["dc:identifier"] == ["2607.00001"]
    assert core["dc:title"]
    graph = {meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    address = f"{BASE}papers/2607/2607.00001.html"
    assert (graph["og:title"], graph["og:type"]) == (READING, "article")
    (canonical,) = [link for link in page.iter("link") if link.get("rel") == "canonical"]
    assert (canonical.get("href"), canonical.get("property")) == (address, "og:url")


def test_venues_and_dois_have_names_of_their_own(site: Path) -> None:
    found: set[tuple[str, str]] = set()
    for path in (site / "papers").rglob("*.html"):
        found |= set(names(parse(path.read_text("utf-8"))))
    assert ("citation_doi", "10.1234/abc.5") in found
    assert ("citation_journal_title", "Journal of Machine Learning") in found
    assert (
        "citation_conference_title",
        "Proceedings of the Workshop on Hands & Feet",
    ) in found


def ways_out(site: Path, path: str) -> dict[str, str]:
    page = parse((site / path).read_text("utf-8"))
    return {
        "".join(link.itertext()): link.get("href")
        for link in page.iter("a")
        if "://" in link.get("href", "")
    }


def test_a_paper_leads_to_where_else_it_is(site: Path) -> None:
    ways = ways_out(site, "papers/2607/2607.00001.html")
    assert ways["arXiv 2607.00001"] == "https://arxiv.org/abs/2607.00001"
    assert ways["Read the PDF"] == "https://arxiv.org/pdf/2607.00001"
    assert ways["HTML"] == "https://arxiv.org/html/2607.00001"
    assert ways["Semantic Scholar"] == "https://api.semanticscholar.org/arXiv:2607.00001"
    assert ways["Google Scholar"].startswith("https://scholar.google.com/scholar?q=A+video+model")
    assert any(way == "https://huggingface.co/papers/2607.00001" for way in ways.values())


# ------------------------------------------------------------------------------ settings


def test_all_of_it_can_be_switched_off(site: Path, tmp_path: Path) -> None:
    root = project(
        tmp_path,
        SETTINGS
        + OFF
        + '[links]\narxiv = "https://mirror.example.org/{arxiv}"\ngoogle_scholar = ""\n'
        + '[links.more]\n"Our notes" = "https://notes.example.org/{arxiv}"\n',
        **{"dumps__2026-08-03.json": daily_json("2026-08-03", [{"id": "2608.2", "title": "X"}])},
    )
    (root / "content/dumps/2026-08-03.json").write_text(
        daily_json("2026-08-03", [{"id": "2608.00002", "title": "Video agents"}]), "utf-8"
    )
    assert not build_project(root).errors
    files = files_of(root / "site")
    assert not [path for path in files if path.endswith((".bib", ".ris", ".md", "llms.txt"))]
    assert not [path for path in files if path.startswith(("api/", "exports/", "data.html"))]
    pages = b"".join(data for path, data in files.items() if path.endswith(".html"))
    assert b"Z3988" not in pages
    assert b"ld+json" not in pages
    assert b"data.html" not in pages
    ways = ways_out(root / "site", "papers/2608/2608.00002.html")
    assert ways["arXiv 2608.00002"] == "https://mirror.example.org/2608.00002"
    assert ways["Our notes"] == "https://notes.example.org/2608.00002"
    assert "Google Scholar" not in ways


def test_a_new_day_writes_few_of_these_files(root: Path) -> None:
    before = files_of(root / "site")
    dump = root / "content/dumps/2026-08-04.json"
    dump.write_text(
        daily_json("2026-08-04", [{"id": "2608.00009", "title": "Protein graphs"}]), "utf-8"
    )
    try:
        assert not build_project(root).errors
        after = files_of(root / "site")
    finally:
        dump.unlink()
    changed = {
        path
        for path, data in after.items()
        if before.get(path) != data and path.endswith((".bib", ".ris", ".json", ".md", ".txt"))
    }
    assert not {path for path in changed if "2026-07" in path or "undated" in path}
    assert {"exports/2026-08.bib", "api/papers/2026-08.json", "days/2026-08-04.md"} <= changed
    assert "days/2026-08-03.bib" not in changed
