"""Histories of dumps for property tests: few titles, ids, people and venues, so that they meet."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import blake2b

import msgspec
from hypothesis import strategies as st

from sitegen.identity import fingerprint
from sitegen.model import Record

MONDAY = date(2026, 8, 17)


def record(title="A Title", day=0, file="a.txt", place=0, **fields):
    """A record of the day `day` days after Monday; None: undated."""
    listed = None if day is None else MONDAY + timedelta(days=day)
    given = {
        "file": file,
        "line": place + 1,
        "place": place,
        "source": "A list",
        "title": title,
        "listed": listed,
        "fingerprint": fingerprint(title),
        "dump": file.encode(),
    } | fields
    if isinstance(given.get("authors"), str):
        given["authors"] = (given["authors"],)
    made = Record(**given)
    return msgspec.structs.replace(
        made, digest=blake2b(msgspec.msgpack.encode(made), digest_size=12).digest()
    )


PEOPLE = [(), ("Ann Smith",), ("A. Smith",), ("Bo Jones",), ("Jo Smith-Jones", "Ann Smith")]
TITLES = ["3D Models", "3-D Models", "Deep Nets", "Deep nets.", "Preface", ""]
entries = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "authors": st.sampled_from(PEOPLE),
        "ids": st.fixed_dictionaries(
            {},
            optional={
                "arxiv": st.sampled_from(["2405.00001", "2405.00002", "2405.00003"]),
                "doi": st.sampled_from(["10.1000/a", "10.1000/b"]),
                "acl": st.sampled_from(["P18-1001", "2025.gem-1.3"]),
            },
        ),
        "venue": st.sampled_from(["", "ACL", "CL"]),
        "published": st.sampled_from([None, date(2024, 5, 1), date(2025, 5, 1)]),
    }
)
dumps = st.lists(entries, min_size=1, max_size=4)


def dump(day, number, found):
    return [
        record(**entry, day=day, file=f"{number:03}.txt", place=place)
        for place, entry in enumerate(found)
    ]


@st.composite
def histories(draw, undated=0):
    """Dumps as they arrive: some undated ones at first, then days that never go back."""
    made = [dump(None, n, draw(dumps)) for n in range(draw(st.integers(0, undated)))]
    day = 0
    for number in range(10, 10 + draw(st.integers(1, 5))):
        day += draw(st.integers(0, 1))
        made.append(dump(day, number, draw(dumps)))
    return made
