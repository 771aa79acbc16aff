from __future__ import annotations

import pickle
import posixpath
import re
from functools import cache
from urllib.parse import urlsplit

import html5lib
import jinja2
import jinja2.compiler
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import SitegenError
from sitegen.pages import Head, Link, Page, TextPage, WebLink
from sitegen.render import compiler, html
from sitegen.render.html import HtmlRenderer
from sitegen.render.theme import Template, find
from tests.sample_pages import (
    ABSTRACT,
    SITE,
    archive,
    card,
    day,
    digest,
    empty,
    home,
    pages,
    paper,
    set_in,
    topic,
    undated,
)

BASE_URL = "https://papers.example.org/digest/"
HOSTED = msgspec.structs.replace(SITE, base_url=BASE_URL)
ALL = [*pages(), msgspec.structs.replace(empty(), path="empty.html")]
EVERY_PAGE = pytest.mark.parametrize("page", ALL, ids=lambda page: page.path)
FULL_PAGES = pytest.mark.parametrize(
    "page", [page for page in ALL if page.kind != "redirect"], ids=lambda page: page.path
)


@cache
def renderer(site=SITE):
    return HtmlRenderer(find("paper"), site)


def tree_of(page, site=SITE):
    html = renderer(site).render(page).decode()
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def text_of(element):
    return " ".join("".join(element.itertext()).split())


def classed(tree, name):
    return [element for element in tree.iter() if name in (element.get("class") or "").split()]


def metas(tree):
    """The contents of a page's meta elements by name and by property."""
    found = {}
    for meta in tree.iter("meta"):
        for key in {meta.get("name"), meta.get("property")} - {None}:
            found.setdefault(key, []).append(meta.get("content"))
    return found


def links(tree, rel):
    return [link for link in tree.iter("link") if link.get("rel") == rel]


# ── The document ──


@EVERY_PAGE
@pytest.mark.parametrize("site", [SITE, HOSTED], ids=["anywhere", "hosted"])
def test_pages_are_valid_html(page, site):
    html5lib.HTMLParser(strict=True).parse(renderer(site).render(page))


@FULL_PAGES
def test_the_faster_compiler_writes_what_jinjas_own_writes(page):
    own = HtmlRenderer(find("paper"), SITE)
    own._environment = html._environment(own.theme, SITE, direct=False)
    assert own._environment.code_generator_class is compiler.Plain
    assert renderer().render(page) == own.render(page)


@FULL_PAGES
def test_every_page_says_what_it_is(page):
    tree = tree_of(page, HOSTED)
    said = metas(tree)
    for name in ("viewport", "description", "og:title", "og:type", "og:description", "og:image"):
        assert len(said[name]) == 1, name
        assert said[name][0].strip(), name
    (canonical,) = links(tree, "canonical")
    assert canonical.get("property") == "og:url"
    if page.kind != "paper":  # of which there are many: what all pages repeat stands on the others
        assert said["og:site_name"] == ["Small & <papers>"]
        assert said["generator"] == ["sitegen"]
        assert said["theme-color"] == ["#fcfdfc", "#14181a"]
    assert tree.get("lang") == "en"
    assert text_of(tree.find("head/title")).endswith("Small & <papers>")
    assert [len(list(tree.iter(tag))) for tag in ("h1", "main")] == [1, 1]
    assert tree.find("body/header/nav").get("aria-label")
    assert tree.find("body/footer") is not None
    assert tree.find("body/a").get("href") == "#main"
    assert tree.find("body/main").get("id") == "main"


def test_the_generator_is_named_as_publication_looks_for_it():
    assert b'<meta name="generator" content="sitegen">' in renderer().render(home())


def test_head_says_the_page_and_the_site():
    page = paper(title="A <b> & c")
    said = metas(tree_of(page))
    assert said["og:title"] == ["A <b> & c"]
    assert said["og:type"] == ["article"]
    assert said["description"] == said["og:description"] == ["What & why."]
    tree = tree_of(home())
    assert text_of(tree.find("head/title")) == "Small & <papers>"
    assert metas(tree)["og:title"] == ["Small & <papers>"]
    assert metas(tree)["description"] == ["A site for tests."]


def test_addresses_are_absolute_where_the_site_has_one_and_absent_elsewhere():
    page = day()
    tree = tree_of(page, HOSTED)
    assert [link.get("href") for link in links(tree, "canonical")] == [BASE_URL + page.path]
    assert links(tree_of(page), "canonical") == []


def test_a_page_may_be_canonical_elsewhere():
    page = day()
    page = msgspec.structs.replace(
        page, head=msgspec.structs.replace(page.head, canonical="x.html")
    )
    tree = tree_of(page, HOSTED)
    assert links(tree, "canonical")[0].get("href") == BASE_URL + "x.html"


def test_only_what_is_not_to_be_indexed_says_so():
    said = {page.path: metas(tree_of(page)).get("robots") for page in ALL}
    asked = {path for path, robots in said.items() if robots == ["noindex"]}
    assert asked == {
        "404.html", "papers/xy/old-name.html", "papers/xy/gone.html", "reading-list.html",
    }  # fmt: skip


def test_feeds_of_page_and_site_are_announced_with_their_types():
    found = {
        (link.get("href"), link.get("type"), link.get("title"))
        for link in links(tree_of(topic()), "alternate")
    }
    assert found == {
        ("../topics/reasoning.rss.xml", "application/rss+xml", "Reasoning, RSS"),
        ("../topics/reasoning.atom.xml", "application/atom+xml", "Reasoning, Atom"),
        ("../rss.xml", "application/rss+xml", "Small, RSS"),
        ("../atom.xml", "application/atom+xml", "Small, Atom"),
    }


def test_the_current_section_is_marked():
    tree = tree_of(day())
    current = [a for a in tree.find("body/header/nav").iter("a") if a.get("aria-current")]
    assert [text_of(a) for a in current] == ["Archive"]


# ── Links ──


def test_every_link_leads_somewhere():
    known = {page.path: page for page in ALL}
    files = {artifact.path for artifact in renderer().theme.assets()}
    files |= {feed.path for page in ALL for feed in (*SITE.feeds, *page.head.feeds)}
    files |= {"trending.html", "authors/a/ada-lovelace.html"}  # which are no samples
    trees = {path: tree_of(page) for path, page in known.items()}
    ids = {path: {e.get("id") for e in tree.iter()} for path, tree in trees.items()}
    for path, tree in trees.items():
        for element in tree.iter():
            target = element.get("href") or element.get("src")
            if not target or urlsplit(target).scheme:
                continue
            relative, _, fragment = target.partition("#")
            at = posixpath.normpath(posixpath.join(posixpath.dirname(path), relative))
            at = at if relative else path
            assert at in known or at in files, f"{path}: {target}"
            if fragment:
                assert fragment in ids[at], f"{path}: {target}"


def test_ids_are_unique_on_every_page():
    for page in ALL:
        ids = [e.get("id") for e in tree_of(page).iter() if e.get("id")]
        assert len(ids) == len(set(ids)), page.path


@EVERY_PAGE
def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_inline(page):
    for element in tree_of(page).iter():
        if element.tag not in {"a", "form"}:  # these go out when a reader wants it
            for name in ("src", "href", "srcset", "data", "action"):
                assert not urlsplit(element.get(name) or "").netloc, element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]
        assert element.tag != "style"
        is_data = element.get("type") == "application/ld+json"
        assert element.tag != "script" or element.get("src") or is_data
        assert re.fullmatch(r"--n:\d+", element.get("style", "--n:0"))


@EVERY_PAGE
def test_ways_out_of_the_site_give_nothing_away(page):
    for a in tree_of(page).iter("a"):
        if urlsplit(a.get("href")).netloc:
            assert "noopener" in a.get("rel", "").split(), a.get("href")
            assert not a.get("target"), a.get("href")


def test_what_is_no_web_address_is_no_link():
    bad = WebLink(label="click", url="javascript:alert(1)")
    row = msgspec.structs.replace(paper().data.listings[0], url=bad.url)
    shown = [
        paper(ids=(bad,), pdf=bad.url, code=bad, project=bad, listings=(row,)),
        set_in(
            day(),
            groups=(
                msgspec.structs.replace(
                    digest(day().data.date).groups[0],
                    papers=(card("a", ids=(bad,), code=bad.url),),
                ),
            ),
        ),
    ]
    for page in shown:
        html = renderer().render(page)
        assert b"javascript:" not in html
        assert b"click" in html


def test_the_page_of_a_missing_address_works_at_any_depth():
    page = next(page for page in ALL if page.kind == "404")
    hosted = {a.get("href") for a in tree_of(page, HOSTED).iter("a")}
    assert "/digest/index.html" in hosted
    assert all(href.startswith(("/digest/", "#")) for href in hosted)
    assert "index.html" in {a.get("href") for a in tree_of(page).iter("a")}
    at_root = msgspec.structs.replace(SITE, base_url="https://papers.example.org/")
    assert "/index.html" in {a.get("href") for a in tree_of(page, at_root).iter("a")}


# ── What pages show ──


def test_a_paper_is_described_for_indexers():
    said = metas(tree_of(paper()))
    assert said["citation_title"] == ["A paper named a"]
    assert said["citation_author"] == ["Ada Lovelace", "Émilie du Châtelet"]
    assert said["citation_publication_date"] == ["2025/05/07"]
    assert said["citation_arxiv_id"] == ["2505.00001"]
    assert said["citation_doi"] == ["10.1/a(b)"]
    assert said["citation_pdf_url"] == ["https://arxiv.org/pdf/2505.00001"]


def test_a_paper_shows_all_that_is_known():
    tree = tree_of(paper("b"))
    main = text_of(tree.find("body/main"))
    for words in (
        "Thursday 8 May 2025 , paper 2 of 2",
        "Ada Lovelace, Émilie du Châtelet",
        "We show that 1 < 2.",
        "Journal of Tests",
        "One list , by A person & friends , 1 of 2",
        "one.txt",
        "found: reason, proof",
        "someone/thing",
        "thing.example",
        "title = {A < B & C}",
    ):
        assert re.sub(r"\W+", " ", words) in re.sub(r"\W+", " ", main), words
    assert "days/2025-05-08.html#p2" in tree.find(".//article/header/p/a").get("href")
    turn = classed(tree, "turn")[0]
    assert [(a.get("rel"), text_of(a)) for a in turn] == [("prev", "Previous")]


def test_a_paper_of_which_little_is_known_leaves_no_gaps():
    page = paper(
        authors=(), abstract_html="", day=None, undated_path="days/undated-2.html", published=None,
        ids=(), pdf="", code=None, project=None, venue="", topics=(), previous=None, next=None,
        listings=(), names=(), json_ld="", elsewhere=(),
    )  # fmt: skip
    tree = tree_of(page)
    main = tree.find("body/main")
    assert text_of(main).startswith("Listed without a date")
    assert "No abstract" in text_of(main) or "no abstract" in text_of(main)
    for element in main.iter():
        assert text_of(element) or element.tag in ("br", "dl", "aside"), element.tag
    assert not [
        name for name in metas(tree) if name.startswith("citation_") and name[9:] != "title"
    ]


def test_many_authors_are_folded_and_all_there():
    names = tuple(f"Name {n}" for n in range(100))
    for byline in ((), tuple(Link(label=name, path="") for name in names)):
        tree = tree_of(paper(authors=names, byline=byline))
        assert metas(tree)["citation_author"] == list(names)
        assert "and 75 more" in text_of(tree.find(".//article/header"))
        shown = [text_of(element) for element in tree.find(".//article/header").iter("p")]
        assert ", ".join(names) == ", ".join(shown[1:])


def test_a_day_marks_what_is_new_by_shape_and_word():
    cards = classed(tree_of(day()), "paper")
    assert [text_of(classed(c, "n")[0]) for c in cards] == ["●new, 1", "○listed before, 2"]
    summary = text_of(classed(tree_of(day()), "sum")[0])
    assert "1 new" in summary
    assert "1 listed before" in summary


def test_a_day_of_new_papers_says_so_once_and_marks_none():
    tree = tree_of(day(day().data.next.date))
    assert "3 papers, all new" in text_of(classed(tree, "sum")[0])
    assert classed(tree, "dot") == []
    assert classed(tree_of(undated()), "dot") == []


def test_abstracts_open_in_place_with_the_lead_in_front():
    first, second = classed(tree_of(day()), "paper")
    details = first.find(".//details")
    assert text_of(details.find("summary/span")) == "… We show that 1 < 2."
    assert text_of(details.find("div")).startswith("Much was tried. We show that 1 < 2. More at")
    assert first.get("id") == "p1"
    assert text_of(second.find("h3")) == "A paper named b"


def test_a_card_without_facts_has_no_empty_parts():
    bare = card("a", byline="", lead="", abstract_html="", topics=(), ids=(), sources=(), code="")
    group = msgspec.structs.replace(day().data.groups[0], papers=(bare,))
    (shown,) = classed(tree_of(day(groups=(group,))), "paper")
    assert [element.tag for element in shown] == ["h3"]
    assert shown.get("id") is None


def test_groups_are_named_by_topic_day_or_neither():
    def names(page):
        groups = classed(tree_of(page), "group")
        return [text_of(group.find("h2").find(".//span")) for group in groups]

    assert names(day()) == ["Reasoning", "Other topics"]
    assert names(topic()) == ["Monday 12 May 2025", "No date"]


def test_the_home_page_is_light_and_leads_to_the_day():
    tree = tree_of(home())
    assert not list(tree.find("body/main").iter("details"))
    assert "lead" in {c.get("class") for c in tree.find("body/main").iter("p")}
    assert tree.find(".//h1/a").get("href") == "days/2025-05-12.html"
    assert {label.get("class") for label in tree.find(".//fieldset").iter("label")} == {None}
    (way,) = tree.find(".//fieldset").iter("a")
    assert (text_of(way), way.get("href")) == ("Abstracts", "days/2025-05-12.html")


def test_a_light_home_page_has_three_depths():
    tree = tree_of(set_in(home(), groups=digest(day().data.date).groups, whole=True))
    fields = tree.find(".//fieldset")
    assert [text_of(label) for label in fields.iter("label")] == ["Leads", "Titles", "Abstracts"]
    assert not list(fields.iter("a"))
    assert list(tree.find("body/main").iter("details"))


def test_a_home_page_without_dates_leads_to_the_undated_papers():
    page = home(date=None, strip=(), previous=None, month=None)
    tree = tree_of(page)
    assert tree.find(".//h1/a").get("href") == "days/undated.html"
    assert text_of(tree.find(".//h1")) == "Papers without a date"


def test_undated_papers_turn_pages():
    (turn,) = classed(tree_of(undated(2)), "turn")
    assert [(a.get("href"), text_of(a)) for a in turn] == [("../days/undated.html", "OlderPage 1")]
    assert "Page 2 of 2" in text_of(classed(tree_of(undated(2)), "sum")[0])


def test_the_archive_is_a_calendar_of_links():
    tree = tree_of(archive())
    (month,) = classed(tree, "cal")
    assert month.get("id") == "m2025-05"
    assert text_of(month.find("caption")) == "May 5 papers in 2025"
    assert [(a.get("href"), text_of(a)) for a in month.iter("a")] == [
        ("days/2025-05-08.html", "82 papers"),
        ("days/2025-05-12.html", "123 papers"),
    ]
    columns = [
        [text_of(cell)[:2] for cell in row].index("12")
        for row in month.iter("tr")
        if any(text_of(cell).startswith("12") for cell in row)
    ]
    assert columns == [0]
    assert "2 papers stand in lists that say no day." in text_of(tree.find("body/main"))


def test_an_archive_of_nothing_is_a_page():
    page = archive(papers=0, days=0, first=None, last=None, years=(), undated=None)
    html5lib.HTMLParser(strict=True).parse(renderer().render(page))


def test_a_topic_says_its_rule_on_the_first_page_alone():
    assert "has “reason”" in text_of(tree_of(topic()).find("body/main"))
    older = tree_of(topic(2))
    assert "has “reason”" not in text_of(older.find("body/main"))
    assert "8 to 12 May 2025" in text_of(older.find("body/main"))
    assert "0 papers" not in text_of(older.find("body/main"))


def test_topics_without_papers_are_named_without_a_link():
    page = next(page for page in ALL if page.kind == "topics")
    headings = list(tree_of(page).find("body/main").iter("h2"))
    assert [text_of(h2) for h2 in headings] == ["Reasoning", "Video & film", "Not yet"]
    assert [len(h2) for h2 in headings] == [1, 1, 0]


def test_the_frame_of_a_page_is_small():
    """What stands around a paper's own words, a hundred thousand times."""
    bare = paper(title="", authors=(), abstract_html="", venue="", bibtex="", topics=())
    assert len(renderer().render(bare)) < 3_550
    one, two = (len(renderer().render(day(groups=day().data.groups[:1] * n))) for n in (1, 2))
    assert two - one < 1_300 + len(ABSTRACT)


# ── Escaping ──

captured = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
hostile = st.sampled_from(["<script>alert(1)</script>", '"><img src=x onerror=y>', "</title>&lt;"])


@given(title=captured | hostile, name=captured | hostile, words=captured | hostile)
def test_captured_text_stays_text(title, name, words):
    page = paper(title=title, authors=(name,), venue=words, bibtex=words)
    usual, tree = tree_of(paper(authors=("x",))), tree_of(page)
    assert [element.tag for element in tree.iter()] == [element.tag for element in usual.iter()]
    assert "".join(tree.find(".//h1").itertext()) == title
    assert metas(tree)["citation_title"] == [title]
    assert metas(tree)["citation_author"] == [name]
    assert "".join(tree.find(".//pre").itertext()) == words


@given(title=captured | hostile, lead=captured | hostile, label=captured | hostile)
def test_captured_text_stays_text_in_lists(title, lead, label):
    def page(title, lead, label):
        ids = (WebLink(label=label, url="https://a.example/"),)
        shown = card("a", title=title, byline=label, lead=lead, ids=ids, sources=(label,))
        return day(groups=(msgspec.structs.replace(day().data.groups[0], papers=(shown,)),))

    tree = tree_of(page(title, lead, label))
    usual = tree_of(page("a", "b", "c"))
    assert [element.tag for element in tree.iter()] == [element.tag for element in usual.iter()]
    (shown,) = classed(tree, "paper")
    assert "".join(shown.find("h3").itertext()) == title


def test_what_no_encoding_has_ends_as_a_question_mark():
    assert b">a?b</h1>" in renderer().render(paper(title="a\ud800b"))


# ── The renderer ──


def plain(page, site=SITE):
    """The page as Jinja alone renders it, with everything there from the start."""
    theme = find("paper")
    source = HtmlRenderer(theme, site)._environment
    environment = jinja2.Environment(
        loader=source.loader, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(source.filters)
    environment.tests.update(source.tests)
    environment.globals.update(source.globals)
    return environment.get_template(f"{page.kind}.html").render(
        page=page.data, head=page.head, path=page.path, site=site, kind=page.kind,
        root="../" * page.path.count("/"), section=page.head.section,
    )  # fmt: skip


@EVERY_PAGE
def test_the_quick_way_gives_what_jinja_gives(page):
    assert renderer().render(page).decode() == plain(page)


def test_the_same_page_gives_the_same_bytes_in_any_order():
    once = {page.path: renderer().render(page) for page in ALL}
    other = HtmlRenderer(find("paper"), SITE)
    assert {page.path: other.render(page) for page in reversed(ALL)} == once


def test_a_renderer_travels_between_processes():
    other = pickle.loads(pickle.dumps(renderer()))  # noqa: S301
    assert other.render(day()) == renderer().render(day())


def themed(**templates):
    theme = find("paper")
    own = {
        f"{name}.html": Template(file=f"mine/{name}.html", text=text)
        for name, text in templates.items()
    }
    return HtmlRenderer(msgspec.structs.replace(theme, templates=theme.templates | own), SITE)


def text_page(html="<p>"):
    head = Head(title="T", description="D", section="s")
    return Page(path="a/b.html", kind="text", data=TextPage(title="T", html=html), head=head)


def rendered(**templates):
    return themed(**templates).render(text_page()).decode()


def test_templates_extend_each_other_as_they_do_in_jinja():
    html = rendered(
        base="{% set word = 'base' %}<{% block a %}A{% endblock %}|{% block b %}B{% endblock %}>",
        middle='{% extends "base.html" %}{% block a %}M{{ super() }}{% endblock %}',
        macros="{% macro shout(x) %}{{ x|upper }}!{% endmacro %}",
        text='{% extends "middle.html" %}{% from "macros.html" import shout %}{% set own = "own" %}'
        "{% block a %}{{ super() }}{{ shout(page.title) }}{{ own }}{{ word }}"
        "{% block c %}{{ root }}{% endblock %}{% endblock %}",
    )
    assert html == "<MAT!ownbase../|B>"


def test_outside_of_blocks_there_are_site_place_and_kind():
    assert rendered(text="{{ root }}{{ section }}{{ kind }}{{ site.language }}") == "../stexten"


def test_a_block_that_names_nothing_of_the_page_is_rendered_once_for_all():
    shell = themed(
        text="{% block a %}{{ root }}{% for i in 'ab' %}{{ i|upper }}{% endfor %}{% endblock %}"
        "{% block b %}{{ page.title }}{% endblock %}{% block c %}{{ self.b() }}{% endblock %}"
    )._shell("text", "../", "s")
    assert [text for text, _ in shell.pieces] == [b"../AB", b""]


def test_a_block_that_is_overridden_with_something_of_the_page_is_not():
    base = "<{% block a %}A{% endblock %}>"
    text = '{% extends "base.html" %}{% block a %}{{ super() }}{{ page.title }}{% endblock %}'
    assert rendered(base=base, text=text) == "<AT>"


def test_a_block_can_be_repeated_outside_of_blocks():
    page = "<title>{% block t %}{{ head.title }}{% endblock %}</title><h1>{{ self.t() }}</h1>"
    assert rendered(text=page) == "<title>T</title><h1>T</h1>"


@pytest.mark.parametrize(
    ("templates", "line", "message"),
    [
        ({"text": "{% extends 'base.html' %}\n{% block main %}\n{{ page.nope }}{% endblock %}"},
         3, "nope"),
        ({"text": "\n{{ page.title }}"}, 2, "'page' is undefined"),
        ({"text": "\n\n{{ asset('no.css') }}"}, 3, "no asset 'no.css'"),
        ({"text": "{% block a %}\n{% include 'no.html' %}{% endblock %}"}, 2, "'no.html'"),
        ({"text": "\n{% if %}"}, 2, "Expected an expression"),
        ({"text": "\n{{ 1|nofilter }}"}, 2, "nofilter"),
        ({"text": "{% block a %}\n\n{{ 1 // 0 }}{% endblock %}"}, 3, "by zero"),
        ({"text": "{% for i in 'ab' %}\n{% block a scoped %}{{ page }}{% endblock %}{% endfor %}"},
         2, "loop outside of blocks"),
        ({"text": "{% block a %}{{ path }}{% endblock %}{{ self.a()|upper }}"}, 0, "was changed"),
        ({"text": "{% from 'm.html' import m %}{% block a %}{{ m() }}{% endblock %}",
          "m": "{% macro m() %}\n{{ nope }}{% endmacro %}"}, 2, "'nope' is undefined"),
    ],
)  # fmt: skip
def test_an_error_in_a_template_names_file_and_line(templates, line, message):
    with pytest.raises(SitegenError, match=re.escape(message)) as caught:
        rendered(**templates)
    file = "mine/m.html" if "m" in templates else "mine/text.html"
    assert (caught.value.file, caught.value.line) == (file, line)
    assert caught.value.exit_status == 1
    assert caught.value.hint


def test_a_kind_without_a_template_is_an_error():
    page = msgspec.structs.replace(text_page(), kind="poster")
    with pytest.raises(SitegenError, match=r"no template 'poster.html' in the theme 'paper'"):
        renderer().render(page)
