from __future__ import annotations

import pytest

from sitegen.config import Settings, parse_settings
from sitegen.config.feeds import slug_of
from sitegen.errors import UsageError


def settings(text: str) -> Settings:
    return parse_settings(text, "site.toml")


def test_a_saved_query_is_read() -> None:
    found = settings(
        """
        [[feeds]]
        title = "Anna's reading"
        words = ["diffusion"]
        not = ["survey"]
        authors = ["Ann Smith"]

        [[feeds]]
        title = "日本語"
        slug = "japanese"
        topics = ["video"]
        """
    )
    first, second = found.feeds
    assert (first.name, first.excluded, first.authors) == (
        "annas-reading", ("survey",), ("Ann Smith",)
    )  # fmt: skip
    assert second.name == "japanese"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n[feeds]\nentries = 3", 2, "[feeds] is no table"),
        ("[feed]\nentrys = 3", 2, "unknown setting 'feed.entrys'"),
        ("[feed]\nformats = []", 1, "names no format"),
        ('[feed]\nformats = ["rss", "rss"]', 1, "one twice"),
        ('[feed]\nhub = "hub.example.org"', 1, "feed.hub is no web address"),
        ('[mail]\nform_action = "x"', 1, "mail.form_action is no web address"),
        ('[[feeds]]\nwords = ["x"]', 1, "missing required field"),
        ('[[feeds]]\ntitle = "A"', 1, "says not what it looks for"),
        ('[[feeds]]\ntitle = "A"\nnot = ["x"]', 1, "says not what it looks for"),
        ('[[feeds]]\ntitle = "A"\nexcluded = ["x"]', 3, "unknown setting 'feeds.excluded'"),
        ('[[feeds]]\ntitle = "日本"\nwords = ["x"]', 1, "makes no address"),
        ('[[feeds]]\ntitle = "A"\nslug = "A B"\nwords = ["x"]', 1, "makes no address"),
        ('[[feeds]]\ntitle = "A"\nwords = ["…"]', 1, "without a letter"),
        (
            '[[feeds]]\ntitle = "A"\nwords = ["x"]\n\n[[feeds]]\ntitle = "a!"\nwords = ["y"]',
            5,
            "two feeds have the slug 'a'",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings(text)
    assert message in str(caught.value)
    assert caught.value.line == line
    assert caught.value.hint


def test_titles_become_slugs() -> None:
    assert slug_of("Émilie’s graphs & trees!") == "emilies-graphs-trees"
    assert slug_of("…") == ""
    assert len(slug_of("word " * 40)) <= 60
