from __future__ import annotations

from sitegen.config import Settings, parse_settings
from sitegen.config.data import offers
from sitegen.config.switches import MANY, decided


def switches(settings: Settings, papers: int) -> tuple[object, ...]:
    found = decided(settings, papers)
    data = (found.metadata.json_ld, found.metadata.coins)
    return (*offers(found.exports, found.api), *data, found.related.enabled, found.authors.enabled)


def test_auto_is_on_for_sites_that_stay_light() -> None:
    settings = parse_settings("", "site.toml")
    assert all(switches(settings, MANY))
    formats, *others = switches(settings, MANY + 1)
    assert formats
    assert others == [False] * len(others)


def test_what_is_said_holds_for_any_size() -> None:
    settings = parse_settings(
        "[exports]\nsite = true\nmarkdown = false\n[api]\nenabled = true\n", "site.toml"
    )
    many = decided(settings, 10 * MANY)
    assert (many.exports.site, many.api.enabled, many.exports.days) == (True, True, False)
    assert decided(settings, 1).exports.markdown is False


def test_texts_that_say_auto_stay() -> None:
    settings = parse_settings('title = "auto"\n[cards]\nfont = "auto"\n', "site.toml")
    found = decided(settings, 1)
    assert (found.title, found.cards.font) == ("auto", "auto")
