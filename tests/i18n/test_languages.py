from __future__ import annotations

import pytest

from sitegen.i18n.languages import is_known


@pytest.mark.parametrize(
    "tag", ["en", "EN", "de-AT", "pt-BR", "zh-Hant-TW", "es-419", "gsw", "de-1996", "en-x-ours"]
)
def test_tags(tag):
    assert is_known(tag)


@pytest.mark.parametrize(
    "tag", ["english", "xx", "uk_UA", "e", "en-", "en US", "de-A", "", "i-klingon", "-en"]
)
def test_no_tags(tag):
    assert not is_known(tag)
