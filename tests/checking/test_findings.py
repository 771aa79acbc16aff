from __future__ import annotations

import pytest

from sitegen.checking.findings import RULES, found, grouped, silences
from sitegen.checking.running import Audit
from sitegen.checking.telling import annotation, summary
from sitegen.errors import UsageError

LINK = found("broken-link", "site/a.html", "there is no b.html", "correct the link", line=3)


def test_a_fault_is_as_bad_as_its_rule_says():
    assert LINK.severity == "error"
    assert found("stale", "x", "m", "h").severity == "warning"
    assert found("broken-link", "x", "m", "h", severity="warning").severity == "warning"
    assert {rule.severity for rule in RULES.values()} == {"error", "warning"}


def test_the_same_fault_on_many_pages_is_told_once():
    again = [found("broken-link", f"site/{n}.html", LINK.message, LINK.hint) for n in (1, 2, 2)]
    other = found("broken-link", "site/a.html", "there is no c.html", "")
    one, two = grouped([LINK, *again, other])
    assert (one.file, one.line) == ("site/a.html", 3)
    assert one.message == "there is no b.html; so in 2 more files"
    assert two == other
    assert grouped([LINK, LINK]) == [LINK]


def test_settings_silence_a_rule_or_a_rule_on_some_files():
    everywhere, here = silences(["broken-link", "stale: site/a*"])
    assert everywhere.covers(LINK)
    assert not here.covers(LINK)
    assert here.covers(found("stale", "site/a.html", "m", "h"))
    assert not here.covers(found("stale", "site/b.html", "m", "h"))
    with pytest.raises(UsageError, match="broken-lnk") as caught:
        silences(["broken-lnk"])
    assert "'broken-link'" in caught.value.hint


def test_annotations_for_github():
    assert annotation(LINK) == (
        "::error file=site/a.html,line=3,title=broken-link::there is no b.html (correct the link)"
    )
    odd = found("partial-day", "a,b:c.html", "100 %\r\nof, it: ::error::x", "")
    assert annotation(odd) == (
        "::warning file=a%2Cb%3Ac.html,title=partial-day::100 %25%0D%0Aof, it: ::error::x"
    )


def test_the_summary_counts():
    audit = Audit(folder="site", base_url="", files=2, pages=1, bytes=1_500_000, seconds=0.5)
    (line,) = summary(audit, verbose=False)
    assert line == "2 files, 1 page, 1.5 MB checked in 0.50 s: no faults"
    audit.errors, audit.ignored = [LINK], 2
    (line,) = summary(audit, verbose=False)
    assert line.endswith("1 error, 0 warnings (2 more are ignored by [check] ignore)")
