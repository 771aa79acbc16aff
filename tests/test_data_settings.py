from __future__ import annotations

import pytest

from sitegen.config import parse_settings
from sitegen.data_settings import MANY, offers
from sitegen.errors import UsageError


def test_auto_is_on_for_sites_that_stay_light() -> None:
    settings = parse_settings("", "site.toml")
    assert all(offers(settings.exports, settings.api, MANY))
    many = offers(settings.exports, settings.api, MANY + 1)
    assert not any((many.days, many.topics, many.site, many.markdown, many.api))


def test_what_is_said_holds_for_any_size() -> None:
    settings = parse_settings(
        "[exports]\nsite = true\nmarkdown = false\n[api]\nenabled = true\n", "site.toml"
    )
    many = offers(settings.exports, settings.api, 10 * MANY)
    assert (many.site, many.api, many.days, many.markdown) == (True, True, False, False)
    assert offers(settings.exports, settings.api, 1).markdown is False


def test_without_formats_there_are_no_references() -> None:
    settings = parse_settings("[exports]\nformats = []\nsite = true\n", "site.toml")
    few = offers(settings.exports, settings.api, 1)
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
