from __future__ import annotations

import json
from typing import Any

import pytest

from sitegen.readers import csl_json

from .mishaps import problems, records

ITEM = {"type": "article-journal", "title": "T", "issued": {"date-parts": [[2024]]}}


def _read(**members: Any) -> Any:
    (record,) = records(csl_json, json.dumps([{**ITEM, **members}]))
    return record


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2019, 6, 24]]}, "2019-06-24"),
        ({"date-parts": [["2019", "6"]]}, "2019-06-01"),
        ({"date-parts": [[2019], [2020]]}, "2019-01-01"),
        ({"raw": "2019-05"}, "2019-05-01"),
        ({"literal": "24 June 2019"}, "2019-06-24"),
        ({"date-time": "2019-06-24T00:00:00Z"}, "2019-06-24"),
        ({"date-parts": [[None]]}, "None"),
        ({"date-parts": []}, "None"),
        ({"date-parts": [[2019, 13, 99]]}, "None"),
        ({}, "None"),
        (2019, "2019-01-01"),
        ([], "None"),
    ],
)
def test_dates(issued: Any, expected: str) -> None:
    assert str(_read(issued=issued).published) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"family": "Be", "given": "Lu", "non-dropping-particle": "van"}, "Lu van Be"),
        ({"family": "Gaulle", "given": "Charles", "dropping-particle": "de"}, "Charles de Gaulle"),
        ({"family": "King", "given": "M. L.", "suffix": "Jr."}, "M. L. King Jr."),
        ({"family": "Wegner", "given": "Jörg K."}, "Jörg K. Wegner"),
        ({"literal": "The Team, Inc."}, "The Team, Inc."),
        ({"family": "Solo"}, "Solo"),
        ({"name": "A Group"}, "A Group"),
        ("Plain Text", "Plain Text"),
    ],
)  # fmt: skip
def test_people(person: Any, expected: str) -> None:
    assert _read(author=[person, {}]).authors == (expected,)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"DOI": "https://doi.org/10.1000/X"}, {"doi": "10.1000/x"}),
        ({"DOI": "10.48550/arXiv.1706.03762"}, {"arxiv": "1706.03762"}),
        ({"URL": "http://arxiv.org/abs/1706.03762v5"}, {"arxiv": "1706.03762"}),
        ({"number": "arXiv:1706.03762 [cs]"}, {"arxiv": "1706.03762"}),
        ({"number": "1706.03762", "publisher": "arXiv"}, {"arxiv": "1706.03762"}),
        ({"number": "1706.03762"}, {}),
        ({"id": "doi:10.1000/x"}, {"doi": "10.1000/x"}),
        ({"note": "by hand\nstandard_id: pmid:1234"}, {"pmid": "1234"}),
        ({"PMID": 1234}, {"pmid": "1234"}),
        ({"id": "3qm8sXnB"}, {}),
    ],
)
def test_ids(members: dict[str, Any], expected: dict[str, str]) -> None:
    assert _read(**members).ids == expected


def test_abstracts_are_paragraphs_without_their_heading() -> None:
    abstract = (
        "<jats:title>Abstract</jats:title>\n<jats:p>One &lt; two.</jats:p>\n<jats:p>Two.</jats:p>"
    )
    assert _read(abstract=abstract).abstract == "One < two.\n\nTwo."


@pytest.mark.parametrize(
    ("document", "claims"),
    [
        ([ITEM], True),
        ({"items": [ITEM]}, True),
        ({"references": [ITEM]}, True),
        ([{"type": "book", "title": "T", "author": [{"literal": "x"}]}], True),
        ([{"title": "T", "author": [{"name": "x"}], "abstract": "y"}], False),
        ([{"title": "T", "DOI": "x"}], False),
        ([{"type": "poster", "title": "T", "authors": ["x"]}], False),
        ([], False),
    ],
)
def test_sniff(document: Any, claims: bool) -> None:
    assert (csl_json.sniff(json.dumps(document), "x.json") == 85) is claims


def test_wrong_types_are_told_and_the_item_stays() -> None:
    document = json.dumps([{**ITEM, "author": {"family": "x"}, "title": ["T"], "abstract": True}])
    assert [record.title for record in records(csl_json, document)] == ["T"]
    said = " ".join(problems(csl_json, document))
    assert "author: no list" in said
    assert "abstract: true or false where a text belongs" in said
