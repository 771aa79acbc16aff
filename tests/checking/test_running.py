from __future__ import annotations

import msgspec
import pytest

from sitegen.checking import check
from sitegen.config import CheckSettings, Settings
from sitegen.errors import InputError, Problem
from sitegen.executors import Serial
from sitegen.executors.processes import Processes
from tests.checking.cases import BASE, TODAY, at_a, audited, page, write


def test_no_folder_and_no_rule_of_that_name(tmp_path):
    with pytest.raises(InputError, match="no built site"):
        check(tmp_path / "x", Settings(), Serial(), TODAY)


def test_processes_find_the_same(tmp_path):
    folder = write(
        tmp_path, {**at_a("<img src=x>"), "z.html": page("C"), "assets/s.css": "a{b:url(c)}"}
    )
    one = check(folder, Settings(), Serial(), TODAY)
    two = check(folder, Settings(), Processes(3), TODAY)
    assert one.errors == two.errors
    rules = [finding.rule for finding in one.errors]
    assert sorted(rules) == [
        "broken-link", "broken-link", "duplicate-title", "image-alt", "orphan-page",
    ]  # fmt: skip


def test_the_address_is_given_or_the_home_pages_or_the_settings(tmp_path):
    folder = write(tmp_path, {})
    settings = Settings(base_url="https://settings.example/")
    assert check(folder, settings, Serial(), TODAY).base_url == BASE
    given = check(folder, settings, Serial(), TODAY, base_url="https://given.example/")
    assert given.base_url == "https://given.example/"
    assert {finding.rule for finding in given.errors} == {"sitemap", "broken-link"}
    (folder / "index.html").write_text(page("Home", '<a href="a.html#part">a</a>'))
    assert check(folder, settings, Serial(), TODAY).base_url == settings.base_url


def test_silenced_faults_are_counted(tmp_path):
    ignore = CheckSettings(ignore=("image-alt:a*", "broken-link:b/*"))
    audit = audited(tmp_path, at_a("<img src=x>"), ignore)
    assert audit.ignored == 1
    assert [finding.rule for finding in audit.errors] == ["broken-link"]


def test_names_that_are_no_text_and_files_that_cannot_be_read(tmp_path):
    folder = write(tmp_path, {})
    (folder / b"x\xff.html".decode(errors="surrogateescape")).write_text(page("A"))
    (folder / "gone.html").symlink_to("nowhere.html")
    audit = check(folder, Settings(), Serial(), TODAY, name="site")
    assert "site/x?.html" in {finding.file for finding in audit.errors}
    assert b"x?.html" in msgspec.json.encode(audit)


def test_a_kind_of_file_may_have_rules_of_its_own(tmp_path, monkeypatch):
    def feed(path, data, base_url):
        yield Problem(file=path, line=len(data), message=base_url, severity="warning")

    monkeypatch.setattr("sitegen.checking.looking.FILE_RULES", {"rss.xml": ("feed", feed)})
    audit = audited(tmp_path, {"b/x.rss.xml": "abc"})
    (found,) = audit.warnings
    assert (found.rule, found.file, found.line, found.message) == (
        "feed",
        "site/b/x.rss.xml",
        3,
        BASE,
    )
