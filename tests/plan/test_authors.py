from __future__ import annotations

import re

from tests.plan import finding_site as site
from tests.sites import text_of


def test_authors_from_the_threshold_on_have_pages_with_papers_and_co_authors(found):
    page = found.after["authors/j/jose-nunez.html"].decode()
    papers = {
        paper["title"]: day
        for day in site.DAYS
        for paper in site.papers(day)
        if {"José Núñez", "Jose Nunez"} & set(paper["authors"])
    }
    assert f"{len(papers)} papers" in text_of(page)
    assert all(title in page for title in papers)
    assert re.search("Also written Jos[eé] N[uú][nñ]ez[.]", text_of(page))
    assert 'href="../../authors/j/jan-van-der-berg.html"' in page
    assert "several people" in text_of(page)


def test_the_index_sorts_by_family_name_and_script(found):
    text = text_of(found.after["authors/index.html"].decode())
    order = ["Ångström, Zoë", "Berg, Jan van der", "Lovelace, Ada", "Han 1", "明, 李"]
    places = [text.index(name, text.index("A 1")) for name in order]
    assert places == sorted(places)


def test_a_new_day_changes_the_pages_of_its_authors_and_their_co_authors_alone(found):
    changed = {path for path, data in found.after.items() if found.before.get(path) != data}
    wrote = {name for paper in site.papers(site.DAYS[-1]) for name in paper["authors"]}
    assert any(path.startswith("authors/") for path in changed)
    assert len(wrote) <= len(site.PEOPLE)
    sitemap = found.after["sitemap.xml"].decode()
    assert "<loc>https://example.org/p/authors/j/jan-van-der-berg.html</loc>" in sitemap
    assert "<loc>https://example.org/p/authors/index.html</loc>" in sitemap


def test_a_paper_leads_to_the_pages_of_its_authors_that_there_are(found):
    for path, data in found.after.items():
        if not re.fullmatch(r"papers/.+\.html", path) or b"http-equiv=refresh" in data:
            continue
        byline = re.search(r"<p class=authors[^>]*>(.*)", data.decode())[1]
        links = re.findall(r"<a href=\.\./\.\./(\S+)>([^<]+)</a>", byline)
        assert all(name in found.after[way].decode() for way, name in links)
        names = re.findall('name=citation_author content="([^"]+)"', data.decode())
        assert text_of(byline) == ", ".join(names)
        has_page = {name for name in names if name in ("José Núñez", "Jose Nunez", "Ada Lovelace")}
        assert has_page <= {name for _, name in links}


def test_the_home_page_the_archive_and_topics_lead_there(found):
    for path, link in (
        ("index.html", "authors/index.html"),
        ("archive.html", "authors/index.html"),
        ("topics/index.html", "../authors/index.html"),
    ):
        assert f'href="{link}"' in found.after[path].decode()


def test_settings_choose_the_threshold_and_switch_pages_off(tmp_path):
    query = '[[feeds]]\ntitle = "José"\nslug = "jose"\nauthors = ["José Núñez"]\n'
    high = site.built(tmp_path, site.DAYS[:3], f"{site.SETTINGS}{query}[authors]\nleast = 4\n")
    pages = [path for path in high if path.startswith("authors/")]
    assert "authors/j/jose-nunez.html" in pages
    assert "authors/a/ada-lovelace.html" not in pages
    assert 'href="../../feeds/jose.rss.xml"' in high["authors/j/jose-nunez.html"].decode()
    off = site.built(tmp_path, [], f"{site.SETTINGS}[authors]\nenabled = false\n")
    assert not [path for path in off if path.startswith("authors/")]
    assert "authors/" not in off["archive.html"].decode()
