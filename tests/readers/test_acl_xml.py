from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.identity import acl_id
from sitegen.model import Record
from sitegen.readers import Content, acl_xml

DUMPS = Path(__file__).resolve().parents[1] / "dumps" / "acl-xml"


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.xml")), ids=lambda path: path.name)
def test_dumps_give_what_stands_beside_them(
    dump: Path, outcome: Callable[..., dict[str, Any]]
) -> None:
    expected = json.loads(dump.with_suffix(".json").read_text())
    assert outcome(acl_xml, dump.read_bytes(), dump.name) == expected


# https://aclanthology.org/info/ids/
IDS = [
    ("2025.gem", "1", "3", "2025.gem-1.3"),
    ("2022.naacl", "main", "12", "2022.naacl-main.12"),
    ("P08", "1", "1", "P08-1001"),
    ("W01", "1", "1", "W01-0101"),
    ("W19", "50", "7", "W19-5007"),
    ("C69", "1", "1", "C69-0101"),
    ("C67", "1", "1", "C67-1001"),
    ("D19", "1", "22", "D19-1022"),
    ("D19", "3", "4", "D19-3004"),
    ("D19", "50", "1", "D19-5001"),
    ("D18", "6", "1", "D18-6001"),
    ("", "1", "1", ""),
    ("P08", "x", "1", ""),
    ("P08", "1", "", ""),
]


@pytest.mark.parametrize(("collection", "volume", "paper", "expected"), IDS)
def test_ids(collection: str, volume: str, paper: str, expected: str) -> None:
    found = acl_xml.anthology_id(collection, volume, paper)
    assert found == expected
    assert not found or acl_id(found) == found


MONTHS = {
    "June": date(2001, 6, 1),
    "17-20 June": date(2001, 6, 17),
    "August 26-30": date(2001, 8, 26),
    "October 31-November 4": date(2001, 10, 31),
    "30 July–2 August": date(2001, 7, 30),
    "June 30 - July 1": date(2001, 6, 30),
    "Sept.": date(2001, 9, 1),
    "5th and 6th of May": date(2001, 5, 5),
    "December 31st": date(2001, 12, 31),
    "January-March": date(2001, 1, 1),
    "June 2001": date(2001, 6, 1),
    "11": date(2001, 11, 1),
    "February 31": date(2001, 2, 1),
    "99": date(2001, 1, 1),
    "Spring": date(2001, 1, 1),
    "": date(2001, 1, 1),
}


@pytest.mark.parametrize(("month", "day"), MONTHS.items())
def test_the_first_day_of_what_is_stated(month: str, day: date) -> None:
    assert acl_xml.published("2001", month) == day


def test_without_a_year_there_is_no_day() -> None:
    assert acl_xml.published("", "June") is None
    assert acl_xml.published("0000", "June") is None


@given(st.text(), st.text())
def test_no_year_or_month_raises(year: str, month: str) -> None:
    acl_xml.published(year, month)


def test_real_collections_agree_with_another_parser(shared: Path) -> None:
    for path in (shared / "dumps/acl-xml").glob("*.xml"):
        content = Content.of(path.read_bytes())
        records = [one for one in acl_xml.read(content, "d") if isinstance(one, Record)]
        papers = list(ET.parse(path).getroot().iter("paper"))  # noqa: S314
        assert len(records) == len(papers)
        for record, paper in zip(records, papers, strict=True):
            assert len(record.authors) == len(paper.findall("author"))
            url = paper.findtext("url")
            if url:
                assert record.ids["acl"] == url
                assert record.pdf.endswith(f"/{url}.pdf")
            assert bool(record.abstract) == (paper.find("abstract") is not None)
            title = paper.find("title")
            assert title is not None
            if title.find("tex-math") is None:
                assert record.title == " ".join("".join(title.itertext()).split())
            assert record.published is not None
