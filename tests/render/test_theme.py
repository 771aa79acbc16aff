from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import jinja2
import msgspec
import pytest
from jinja2 import nodes

from sitegen import theme_folders
from sitegen.errors import SitegenError, UsageError
from sitegen.pages import Head, Page, TextPage
from sitegen.render import theme
from sitegen.render.html import HtmlRenderer
from sitegen.render.theme import Template, Theme, find
from tests.sample_pages import SITE

ABOUT = Path(__file__).parents[2] / "content" / "pages" / "about"

KINDS = (
    "paper", "day", "home", "archive", "topic", "topics", "search", "text", "404", "empty",
    "redirect",
)  # fmt: skip


def prints(of):
    return {kind: of.fingerprint(kind) for kind in KINDS}


def changed(before, after):
    return {kind for kind in KINDS if before.fingerprint(kind) != after.fingerprint(kind)}


def with_template(of, name, text):
    template = Template(file=name, text=text)
    return msgspec.structs.replace(of, templates={**of.templates, name: template})


def edited(of, name):
    return with_template(of, name, of.templates[name].text + "{# edited #}")


@pytest.fixture(scope="module")
def paper():
    return find("paper")


def test_the_default_theme_has_a_template_for_every_kind(paper):
    assert {f"{kind}.html" for kind in KINDS} <= set(paper.templates)


def test_assets_are_named_by_their_bytes(paper):
    assets = {artifact.path: artifact.data for artifact in paper.assets()}
    css = next(path for path in assets if path.startswith("assets/style."))
    assert css == f"assets/style.{hashlib.sha256(assets[css]).hexdigest()[:8]}.css"
    assert css == paper.asset_path("style.css")
    assert {path.rpartition(".")[2] for path in assets} == {"css", "js", "png", "svg"}


def test_an_asset_with_other_bytes_has_another_name(paper):
    other = msgspec.structs.replace(paper, files={**paper.files, "style.css": b"p{}"})
    assert other.asset_path("style.css") != paper.asset_path("style.css")
    assert other.asset_path("paper.js") == paper.asset_path("paper.js")


def test_an_unknown_asset_is_an_error_that_names_the_known_ones(paper):
    with pytest.raises(SitegenError, match=r"'sytle.css'.*style.css"):
        paper.asset_path("sytle.css")


def test_fingerprints_are_the_same_for_a_theme_read_again(paper):
    assert prints(paper) == prints(find("paper"))


def test_a_change_reaches_the_kinds_that_use_the_template_and_no_others(paper):
    assert changed(paper, edited(paper, "paper.html")) == {"paper"}
    assert changed(paper, edited(paper, "home.html")) == {"home"}
    assert changed(paper, edited(paper, "day.html")) == {"day", "home"}
    listing = {"archive", "day", "home", "topic", "paper"}
    assert changed(paper, edited(paper, "parts.html")) == listing
    assert changed(paper, edited(paper, "base.html")) == set(KINDS) - {"redirect"}


def test_a_changed_asset_reaches_every_page(paper):
    other = msgspec.structs.replace(paper, files={**paper.files, "style.css": b"p{}"})
    assert changed(paper, other) == set(KINDS)


def test_a_template_with_a_computed_name_depends_on_all(paper):
    computed = with_template(paper, "text.html", "{% include kind ~ '.txt' %}")
    assert changed(computed, edited(computed, "archive.html")) == {"archive", "text"}


def test_fingerprints_change_with_the_code(paper, monkeypatch):
    before = prints(paper)
    monkeypatch.setattr(theme, "_code_digest", lambda: b"other code")
    assert not set(prints(paper).values()) & set(before.values())


def test_a_kind_without_a_template_is_an_error(paper):
    with pytest.raises(SitegenError, match=r"no template 'poster.html' in the theme 'paper'"):
        paper.fingerprint("poster")


def test_a_template_that_cannot_be_parsed_is_an_error_with_its_line(paper):
    broken = with_template(paper, "text.html", "<p>\n<p>{% if %}")
    with pytest.raises(SitegenError) as caught:
        broken.fingerprint("text")
    assert (caught.value.file, caught.value.line) == ("text.html", 2)


def test_an_unknown_theme_is_a_wrong_setting_that_names_the_known_ones():
    with pytest.raises(UsageError, match=r"no theme 'papier'.*known themes: .*paper"):
        find("papier")


def test_a_theme_of_the_package_comes_before_one_of_the_checkout(tmp_path, monkeypatch):
    shelves = [tmp_path / "package", tmp_path / "checkout"]
    for shelf in shelves:
        (shelf / "paper").mkdir(parents=True)
        (shelf / "paper" / "base.html").write_text(shelf.name, encoding="utf-8")
    monkeypatch.setattr(theme_folders, "SHELVES", (tmp_path / "nowhere", *shelves))
    assert find("paper").templates["base.html"].text == "package"
    shutil.rmtree(shelves[0])
    assert find("paper").templates["base.html"].text == "checkout"


def test_a_folder_needs_to_hold_only_what_differs(tmp_path, paper):
    (tmp_path / "text.html").write_text("mine", encoding="utf-8")
    (tmp_path / "style.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("not an asset", encoding="utf-8")
    mine = find(str(tmp_path))
    assert mine.templates["text.html"] == Template(file=str(tmp_path / "text.html"), text="mine")
    assert mine.templates["day.html"] == paper.templates["day.html"]
    assert mine.files == {**paper.files, "style.css": b"p{}"}
    assert changed(paper, mine) == set(KINDS)


def test_a_template_that_is_not_utf_8_is_an_error_that_names_it(tmp_path):
    (tmp_path / "text.html").write_bytes(b"\xff")
    with pytest.raises(SitegenError, match=r"text.html: the template is not UTF-8"):
        find(str(tmp_path))


def test_a_theme_travels_between_processes(paper):
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(paper), type=Theme) == paper


def test_messages_name_the_real_file(paper):
    assert Path(paper.templates["base.html"].file).is_file()


def theme_of(folder: Path, facts: str = "", **templates: str) -> Path:
    folder.mkdir(parents=True)
    if facts:
        (folder / "theme.toml").write_text(facts, encoding="utf-8")
    for name, text in templates.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_a_theme_overrides_a_block_of_what_it_inherits(tmp_path):
    theme_of(
        tmp_path / "a",
        base="<{% block x %}a{% endblock %}|{% block y %}Y{% endblock %}>",
        text='{% extends "base.html" %}{% block y %}{{ page.title }}{% endblock %}',
    )
    theme_of(
        tmp_path / "b", 'inherits = "../a"',
        base='{% extends "a/base.html" %}{% block x %}{{ super() }}b{% endblock %}',
    )  # fmt: skip
    theme_of(
        tmp_path / "c", 'inherits = "../b"',
        base='{% extends "b/base.html" %}{% block x %}{{ super() }}c{% endblock %}',
    )  # fmt: skip
    page = Page(
        path="t.html", kind="text", data=TextPage(title="T", html=""),
        head=Head(title="", description=""),
    )  # fmt: skip
    assert HtmlRenderer(find(str(tmp_path / "c")), SITE).render(page) == b"<abc|T>"
    assert HtmlRenderer(find(str(tmp_path / "a")), SITE).render(page) == b"<a|T>"


def test_a_change_of_what_is_inherited_is_seen(tmp_path):
    theme_of(tmp_path / "a", base="1", text='{% extends "base.html" %}')
    theme_of(tmp_path / "b", 'inherits = "../a"', base='{% extends "a/base.html" %}')
    before = find(str(tmp_path / "b")).fingerprint("text")
    (tmp_path / "a" / "base.html").write_text("2", encoding="utf-8")
    assert find(str(tmp_path / "b")).fingerprint("text") != before


def test_a_theme_may_inherit_nothing(tmp_path):
    alone = find(str(theme_of(tmp_path / "alone", 'inherits = ""', text="T")))
    assert (set(alone.templates), alone.files) == ({"text.html"}, {})


def test_a_theme_does_without_what_it_names(tmp_path):
    theme_of(tmp_path / "a", 'inherits = ""', base="a", search="s", text="t")
    (tmp_path / "a/x.js").write_text("1", encoding="utf-8")
    (tmp_path / "a/x.css").write_text("", encoding="utf-8")
    theme_of(tmp_path / "b", 'inherits = "../a"\nwithout = ["*.js", "search.html"]', text="u")
    theme_of(tmp_path / "c", 'inherits = "../b"', search="again")
    own = find(str(tmp_path / "b"))
    assert (set(own.files), own.shows("search"), own.shows("base")) == ({"x.css"}, False, True)
    assert "a/search.html" not in own.templates
    above = find(str(tmp_path / "c"))
    assert (set(above.files), above.templates["search.html"].text) == ({"x.css"}, "again")


def test_the_theme_digest_has_no_file_of_the_theme_that_it_inherits_from():
    paper, digest = (theme_folders.chain(name)[0].path for name in ("paper", "digest"))
    both = [file.name for file in digest.iterdir() if (paper / file.name).is_file()]
    same = [name for name in both if (digest / name).read_bytes() == (paper / name).read_bytes()]
    assert same == []
    assert not [name for name in find("digest").files if name.endswith(".js")]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ('without = ["no.html"]', "theme.toml: nothing named 'no.html' is inherited"),
        ('inherits = "nobody"', "theme.toml: there is no theme 'nobody'"),
        ('inherits = "../x"', "theme.toml: the theme 'x' inherits from one of its name"),
        ("inherit = 1", "theme.toml: cannot be taken: .*`inherit`"),
        ("inherits", "theme.toml: cannot be taken"),
        ('[colours]\nacent = "#000"', r"theme.toml: .*no variable 'acent'.*'accent'"),
        ('[colours]\naccent = "red}p{"', "theme.toml: 'accent' has a value that is no colour"),
        ('[colours]\naccent = ["#000", "u;v"]', "'accent' has a value that is no colour"),
    ],
)
def test_what_theme_toml_says_wrongly_is_an_error_that_names_it(tmp_path, facts, message):
    theme_of(tmp_path / "x", facts)
    with pytest.raises(UsageError, match=message):
        find(str(tmp_path / "x"))


def test_colours_of_a_theme_go_behind_those_that_it_inherits(tmp_path):
    theme_of(tmp_path / "a", '[colours]\naccent = "#aaa"\nbar = "#111"')
    theme_of(tmp_path / "b", 'inherits = "../a"\n[colours]\naccent = ["#bbb", "#ccc"]')
    lines = find(str(tmp_path / "b")).files["style.css"].decode().splitlines()[-3:]
    assert lines == [
        "@media screen { :root { --accent: #aaa; --bar: #111 } }",
        "@media screen { :root { --accent: #bbb } }",
        (
            "@media screen { @supports (color: light-dark(#000, #fff)) { :root"
            " { --accent: light-dark(#bbb, #ccc) } } }"
        ),
    ]


def test_every_block_is_documented_and_every_documented_one_is_there(paper):
    environment = jinja2.Environment(autoescape=True)
    found = {
        (name, block.name)
        for name, template in paper.templates.items()
        for block in environment.parse(template.text).find_all(nodes.Block)
    }
    text = (ABOUT / "themes.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| `(\w+)` \| ((?:`[\w.]+\.html`[, ]*)+) \|", text)
    told = {(file, block) for block, files in rows for file in re.findall(r"`([\w.]+)`", files)}
    assert told == found
