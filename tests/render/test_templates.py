"""What is kept of templates from build to build, and when it is not taken."""

from __future__ import annotations

import msgspec
import pytest

from sitegen.cache import Cache
from sitegen.errors import SitegenError
from sitegen.render import templates
from sitegen.render.html import HtmlRenderer
from sitegen.render.templates import Look, Template, look, looks
from sitegen.render.theme import Theme, find
from tests.render.test_html import SITE, day, paper


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


def kept(tmp_path, kind):
    return {path.name: path.read_bytes() for path in tmp_path.glob(f"cache/*/{kind}/*")}


def never(*_):
    raise AssertionError("made again")


def test_what_was_compiled_is_taken(cache, tmp_path, monkeypatch):
    first = HtmlRenderer(find("paper"), SITE, cache).render(paper())
    names = kept(tmp_path, "templates")
    assert names
    other = HtmlRenderer(find("paper"), SITE, cache)
    monkeypatch.setattr(other._environment, "_parse", never)
    assert other.render(paper()) == first
    assert kept(tmp_path, "templates") == names


def test_a_template_or_a_text_that_changed_is_compiled_again(cache):
    theme = find("paper")
    before = HtmlRenderer(theme, SITE, cache).render(day())
    texts = SITE.words.texts | {"site.skip": "Directly to the text"}
    site = msgspec.structs.replace(SITE, words=msgspec.structs.replace(SITE.words, texts=texts))
    assert b"Directly to the text" in HtmlRenderer(theme, site, cache).render(day())
    base = theme.templates["base.html"]
    changed = Template(file=base.file, text=base.text.replace("</footer>", "<p>End</p></footer>"))
    new = msgspec.structs.replace(theme, templates=theme.templates | {"base.html": changed})
    assert b"<p>End</p>" in HtmlRenderer(new, SITE, cache).render(day())
    assert HtmlRenderer(theme, SITE, cache).render(day()) == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_what_is_damaged_is_made_again(cache, tmp_path, damage):
    page = HtmlRenderer(find("paper"), SITE, cache).render(paper())
    for kind in ("templates", "looks"):
        for path in tmp_path.glob(f"cache/*/{kind}/*"):
            path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert HtmlRenderer(find("paper", None, cache), SITE, cache).render(paper()) == page


def test_looks_are_taken_for_the_texts_they_are_of(cache, monkeypatch):
    theme = find("paper", None, cache)
    assert theme.looks == {one.digest: look(one) for one in theme.templates.values()}
    monkeypatch.setattr(templates, "look", never)
    assert find("paper", None, cache).looks == theme.looks


def test_a_look_that_is_known_is_not_that_of_another_text(cache):
    one = Template(file="a.html", text="{% block a %}{{ page }}{% endblock %}")
    known = looks([one], cache)
    assert known == {one.digest: Look(frozenset(), frozenset({"a"}))}
    other = Template(file="a.html", text='{% include "b.html" %}')
    both = {"a.html": other, "b.html": one}
    theme = Theme(name="mine", templates=both, files={}, looks=known)
    assert theme.closure("a.html") == {"a.html", "b.html"}


def test_a_template_that_cannot_be_read_is_told_when_it_is_needed(cache):
    broken = Template(file="a.html", text="{% block a %}")
    assert looks([broken], cache) == {}
    theme = Theme(name="mine", templates={"a.html": broken}, files={})
    with pytest.raises(SitegenError, match=r"a\.html"):
        theme.closure("a.html")
