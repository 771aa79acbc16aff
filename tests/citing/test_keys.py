import re
from datetime import date

import pytest

from sitegen.citing import citation_key
from sitegen.model import Details, Paper


def key(title="A Title", name="k", **fields):
    light = {one: fields.pop(one) for one in ("ids", "published") if one in fields}
    return citation_key(
        Paper(
            key=name,
            path="papers/k.html",
            digest=b"",
            title=title,
            fetch=lambda: Details(**fields),
            **light,
        )
    )


@pytest.mark.parametrize(
    ("title", "author", "start"),
    [
        ("The Art of Reading", "Ann Doe", "doe2026art-"),
        ("4DAnyone", "Ann Doe", "doe2026fourdanyone-"),
        ("Vision-Language Models", "Laurens van der Maaten", "vandermaaten2026visionlanguage-"),
        ("2025 in Review", "Ann O'Hara-Łoś", "oharalos2026review-"),
        ("Über α", "Jörg Groß", "gross2026uber-"),
        ("机器翻译", "王小明", "2026paper-"),
        ("On and Of", "", "2026paper-"),
    ],
)
def test_keys_say_who_when_and_what(title, author, start):
    found = key(title, authors=(author,), published=date(2026, 1, 1))
    assert found.startswith(start)
    assert re.fullmatch("[bcdfghjklmnpqrstvwxz]{4}", found.removeprefix(start))


def test_keys_are_stable():
    assert key("A Title", "2405.15738", authors=("Ann Doe",)) == "doetitle-dvbd"


def test_equal_papers_with_different_birth_keys_have_different_citation_keys():
    keys = {key("Same", f"2405.{number:05}", authors=("Ann Doe",)) for number in range(200)}
    assert len(keys) == 200
