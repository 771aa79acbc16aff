"""Forms are made by feedgen once; what is filled in must be written as lxml would write it."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sitegen.render.feed_forms import Shape, attribute, entry_form, text
from sitegen.render.xml_text import xml_text

any_text = st.text(st.characters(codec=None)).map(xml_text)


@given(any_text)
def test_texts_are_escaped_as_lxml_does(value):
    element = etree.Element("t")
    element.text = value
    assert f"<t>{text(value)}</t>" == (
        etree.tostring(element, encoding="unicode") if value else "<t></t>"
    )
    element = etree.Element("t", a=value)
    assert f'<t a="{attribute(value)}"/>' == etree.tostring(element, encoding="unicode")


def test_a_form_takes_texts_in_their_order():
    shape = Shape(
        rss=False, authors=2, categories=1, identifiers=1, prism=("doi",),
        links=(("alternate", "text/html", False), ("related", "", True)), summary=True,
    )  # fmt: skip
    texts = ["I", "T", "P", "U", "S", "100 %s", "A", "B", "C", "D", "E", "L", "M", "", "N"]
    assert entry_form(shape).filled(texts) == (
        "<entry><id>I</id><title>T</title><updated>U</updated><author><name>A</name></author>"
        '<author><name>B</name></author><content type="html">100 %s</content><summary>S</summary>'
        '<category term="C"/><published>P</published><link href="L" rel="alternate"'
        ' type="text/html"/><link href="M" rel="related" title="N"/>'
        "<dc:identifier>D</dc:identifier><prism:doi>E</prism:doi></entry>"
    )


def test_an_item_without_much_has_what_it_must_have():
    shape = Shape(
        rss=True, authors=0, categories=0, identifiers=0, prism=(), links=(), summary=False
    )
    assert entry_form(shape).filled(["I", "T", "P", "U", "", "C"]) == (
        '<item><title>T</title><description>C</description><guid isPermaLink="false">I</guid>'
        "<pubDate>P</pubDate></item>"
    )
