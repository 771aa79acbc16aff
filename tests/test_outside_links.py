"""What leads from a page of a built site to another host says rel=noopener, in every theme."""

import json
from urllib.parse import urlsplit

import pytest

from tests.sites import build_project, files_of, parse, project

SETTINGS = """
title = "Small"
base_url = "https://papers.example.org/"
[authors]
least = 1
[related]
enabled = true
[links.more]
"A catalogue" = "https://catalogue.example.org/{arxiv}"
[mail]
form_action = "https://lists.example.org/subscribe"
"""
PAPERS = [
    {
        "title": f"Paper number {number} on video",
        "authors": ["Ada Lovelace", "Alan Turing"],
        "abstract": "We show it. See https://a.example/x, arXiv:2405.15738, code on GitHub:"
        " foo/bar, or $\\href{https://b.example/y}{\\text{here}}$, and write"
        " to mailto:ada@a.example.",
        "listed": f"2026-05-0{number}",
        "arxiv": f"2605.0000{number}",
        "doi": f"10.1234/abc.{number}",
        "url": f"https://list.example/{number}",
        "pdf": f"https://pdf.example/{number}.pdf",
        "code": "https://github.com/foo/bar",
        "project": "https://project.example/",
        "categories": ["cs.CL"],
    }
    for number in (1, 2, 3)
]
ANTHOLOGY = """<collection id="2026.x"><volume id="1"><meta><booktitle>X</booktitle><year>2026</year></meta>
<paper id="1"><title>A paper</title><author orcid="0000-0002-1825-0097"><first>Bo</first><last>Doe</last></author>
<abstract>We show it.</abstract></paper></volume></collection>"""  # noqa: E501
PAGE = (
    "title: About\ndescription: About it.\n\n[x](https://x.example) <https://y.example>"
    ' <a href="https://z.example" target="_blank" rel="me">z</a> [home](/)\n'
)
# Of each kind of page one that leads away, and where to.
AWAY = {
    "about.html": "https://z.example",
    "days/2026-05-03.html": "https://a.example/x",
    "papers/2605/2605.00003.html": "https://catalogue.example.org/2605.00003",
    "categories/cs.cl.html": "https://arxiv.org/list/cs.CL/recent",
    "subscribe.html": "https://lists.example.org/subscribe",
}


@pytest.mark.parametrize("theme", ["paper", "digest"])
def test_what_leads_to_another_host_gives_it_no_window(tmp_path, theme):
    files = {
        "dumps__a.json": json.dumps(PAPERS),
        "dumps__b.xml": ANTHOLOGY,
        "pages__about.md": PAGE,
        "days__2026-05-03.md": "See [this](https://note.example).\n",
    }
    root = project(tmp_path / "p", f'theme = "{theme}"\n{SETTINGS}', **files)
    report = build_project(root)
    assert report.published, report.errors
    seen = {}
    for path, data in files_of(root / "site").items():
        if not path.endswith(".html"):
            continue
        for element in parse(data).iter():
            address = element.get("href") or element.get("action") or ""
            inside = urlsplit(address).netloc in {"", "papers.example.org"}
            if inside or element.tag not in {"a", "area", "form"}:
                continue
            seen.setdefault(path, set()).add(address)
            if element.tag != "form" or element.get("target"):
                assert "noopener" in element.get("rel", "").split(), (path, address)
    for path, address in AWAY.items():
        assert address in seen.get(path, ()), (path, sorted(seen))
    wanted = {paper[name] for paper in PAPERS for name in ("url", "pdf", "code", "project")}
    shown = set().union(*seen.values())
    assert wanted <= shown
    assert {"https://orcid.org/0000-0002-1825-0097", "https://note.example"} <= shown
    assert any(address.startswith("https://b.example") for address in shown)
