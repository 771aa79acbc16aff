"""Answers taken apart, byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.fetching.answers import DamagedError
from sitegen.fetching.documents import taken_apart

from .services import Paper, atom, rss

RDF = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel><items><rdf:Seq/></items></channel>
<item rdf:about="a>b"><title>\xe9 &amp; <![CDATA[<item>]]></title></item>
<item/><x:item xmlns:x="y"><item>inside</item></x:item></rdf:RDF>
"""


def test_a_feed_of_each_kind():
    for body, number in ((rss({"A": "x", "B": "y"}), 2), (atom([Paper("1", "A")], 1), 1), (RDF, 3)):
        found = taken_apart(body)
        assert (len(found.entries), found.ending) == (number, "xml")
        assert all(entry in body for entry in found.entries)
        again = taken_apart(found.holding(found.entries[-1:]))
        assert again.entries == found.entries[-1:]
        assert (again.head, again.tail) == (found.head, found.tail)
    assert taken_apart(RDF).entries[1] == b"<item/>"
    assert taken_apart(RDF).entries[2].endswith(b"</x:item>")


def test_json_of_each_shape():
    papers = [{"title": "A [1]", "x": 1.0}, {"title": "B", "authors": [{"name": "C"}]}]
    for value in (papers, {"status": "ok", "data": papers, "authors": [{"name": "x"}]}):
        body = json.dumps(value).encode()
        found = taken_apart(body)
        assert found.ending == "json"
        assert json.loads(found.holding(found.entries)) == value
        assert [json.loads(one) for one in found.entries] == papers
        less = json.loads(found.holding(found.entries[1:]))
        assert (less if isinstance(less, list) else less["data"]) == papers[1:]
    lines = taken_apart(b'{"title": "A"}\n\n{"title": "B"}\n')
    assert (lines.ending, lines.entries) == ("jsonl", (b'{"title": "A"}', b'{"title": "B"}'))
    assert lines.holding(lines.entries[1:]) == b'{"title": "B"}\n'
    assert taken_apart(b"\xef\xbb\xbf[1, 2]").entries == (b"1", b"2")


@pytest.mark.parametrize("body", [b"[]", b"  ", b"", atom([], 0)])
def test_nothing_in_it(body):
    assert taken_apart(body).entries == ()


@pytest.mark.parametrize(
    "body",
    [
        b"Daily Papers\n\nA title",
        b'{"title": "one paper", "authors": [{"name": "x"}]}',
        b'{"a": {"b": []}}',
        b"[1, 2] and more",
        b"<rss><channel><item>&nbsp;</item></channel></rss>",
        b'<!DOCTYPE rss [<!ENTITY x "<item/>">]><rss><channel>&x;<item/></channel></rss>',
        b'<?xml version="1.0" encoding="nowhere"?><rss><item/></rss>',
    ],
)
def test_what_cannot_be_taken_apart_is_one_entry(body):
    found = taken_apart(body)
    assert (found.entries, found.holding(found.entries)) == ((body,), body)


WHOLE = [
    rss({"A title": "Fri, 08 May 2026 08:00:00 GMT", "B": "x"}).strip(),
    json.dumps([{"title": "A"}, {"title": "é", "n": [1.5, True, None]}]).encode(),
]


@pytest.mark.parametrize("body", WHOLE)
def test_what_breaks_off_anywhere_is_noticed(body):
    for end in range(1, len(body)):
        with pytest.raises(DamagedError):
            taken_apart(body[:end])
    with pytest.raises(DamagedError):
        taken_apart(b'{"title": "A"}\n{"title": "B"}\n{"tit')


@given(st.binary(max_size=40), st.sampled_from([b"<", b"[", b"{", b"<rss><item>", b'[{"title":']))
def test_any_bytes(body, start):
    try:
        found = taken_apart(start + body)
    except DamagedError:
        return
    assert found.holding(found.entries) or not found.entries
