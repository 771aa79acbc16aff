from __future__ import annotations

import pytest

from sitegen.config import parse_settings
from sitegen.config.data import offers
from sitegen.errors import UsageError


def test_without_formats_there_are_no_references() -> None:
    settings = parse_settings("[exports]\nformats = []\nsite = true\n", "site.toml")
    few = offers(settings.exports, settings.api)
    assert (few.days, few.topics, few.site, few.markdown) == (False, False, False, True)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('arxiv = "https://a.org/{id}"', "links: arxiv has {id}, which is not known"),
        ('doi = "nowhere"', "links: doi is no web address"),
        ('[links.more]\nX = "javascript:alert(1)"', "links: X is no web address"),
    ],
)
def test_a_pattern_that_is_wrong_is_told(setting: str, message: str) -> None:
    with pytest.raises(UsageError, match="links") as told:
        parse_settings(f"[links]\n{setting}\n", "site.toml")
    assert message in told.value.message
    assert told.value.line
