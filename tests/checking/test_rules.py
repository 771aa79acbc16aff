"""Every rule, held against a site that breaks it and one that barely does not."""

from __future__ import annotations

import pytest

from sitegen.checking import RULES
from tests.checking.cases import CASES, SOUND, Case, audited

ALL = [(rule, number) for rule, cases in CASES.items() for number in range(len(cases))]


def test_every_rule_has_a_faulty_site_and_a_near_miss():
    assert set(CASES) == set(RULES)
    assert all(any(case.near for case in cases) for cases in CASES.values())


def test_the_sound_site_has_no_fault(tmp_path):
    audit = audited(tmp_path, {})
    assert audit.errors == audit.warnings == []
    assert (audit.files, audit.pages) == (len(SOUND), 4)
    assert audit.base_url == "https://x.example/p/"
    assert audit.bytes == sum(len(str(text).encode()) for text in SOUND.values())
    assert audit.largest[0].bytes >= audit.largest[-1].bytes > 0


@pytest.mark.parametrize(("rule", "number"), ALL)
def test_a_faulty_site_is_found_and_a_near_miss_passes(tmp_path, rule, number):
    case: Case = CASES[rule][number]
    audit = audited(tmp_path / "faulty", case.faulty, case.settings)
    found = [one for one in audit.errors + audit.warnings if one.rule == rule]
    places = [f"{one.file}:{one.line}" if one.line else one.file for one in found]
    assert ("site" if case.at == "." else f"site/{case.at}") in places
    assert all(one.message and one.hint for one in found)
    audit = audited(tmp_path / "near", case.near, case.settings)
    assert audit.errors + audit.warnings == []
