from __future__ import annotations

from datetime import date

import pytest

from sitegen.i18n.messages import english
from sitegen.plan.periods import Period, path_of
from tests.sites import parse, text_of


def test_builds_give_the_same_however_they_are_made(found):
    assert found.after == found.whole == found.processes


@pytest.mark.parametrize(
    ("unit", "day", "path", "label", "last"),
    [
        ("week", date(2025, 12, 29), "weeks/2026-W01.html", "Week 1, 2026", date(2026, 1, 4)),
        ("month", date(2025, 12, 1), "months/2025-12.html", "December 2025", date(2025, 12, 31)),
        ("month", date(2024, 2, 1), "months/2024-02.html", "February 2024", date(2024, 2, 29)),
        ("year", date(2025, 1, 1), "years/2025.html", "2025", date(2025, 12, 31)),
    ],
)
def test_periods_have_names_and_ends(unit, day, path, label, last):
    period = Period(unit, day, ())
    assert (period.path, period.label(english()), period.last) == (path, label, last)
    assert path_of(unit, last) == path


def test_a_week_lists_the_titles_of_its_days_and_belongs_to_its_thursdays_year(found):
    page = found.after["weeks/2026-W01.html"].decode()
    assert "29 December 2025 to 4 January 2026" in text_of(page)
    links = [link.get("href") for link in parse(page).iter("a")]
    papers = [link for link in links if link.startswith("../papers/")]
    assert len(set(papers)) == 4 + 5 + 3
    assert {"../days/2025-12-29.html", "../days/2026-01-02.html"} <= set(links)
    assert "../years/2026.html" in links
    assert "../months/2026-01.html" in links


def test_a_month_and_a_year_have_calendars_topics_and_the_papers_with_most_votes(found):
    for path, papers, most in (
        ("months/2025-12.html", 9, "A video paper 24"),
        ("years/2026.html", 3 + 4 + 5, "A video paper 54"),
    ):
        page = found.after[path].decode()
        assert f"{papers} papers" in text_of(page)
        first = next(parse(page).iter("h3"))
        assert "".join(first.itertext()).strip().startswith(most)
        assert "../topics/video.html" in page
    year = found.after["years/2026.html"].decode()
    assert len([t for t in parse(year).iter("table") if t.get("class") == "cal"]) == 2
    assert 'href="../months/2026-02.html"' in year


def test_a_new_day_changes_its_own_periods_and_their_neighbours_alone(found):
    changed = {path for path, data in found.after.items() if found.before.get(path) != data}
    periods = {path for path in changed if path.startswith(("weeks/", "months/", "years/"))}
    assert periods == {
        "weeks/2026-W07.html", "weeks/2026-W02.html", "months/2026-02.html", "months/2026-01.html",
        "years/2026.html",
    }  # fmt: skip


def test_days_and_the_archive_lead_to_periods_and_the_sitemap_has_them(found):
    assert 'href="../months/2026-02.html"' in found.after["days/2026-02-10.html"].decode()
    archive = found.after["archive.html"].decode()
    assert 'href="years/2025.html"' in archive
    assert 'href="months/2025-12.html"' in archive
    sitemap = found.after["sitemap.xml"].decode()
    for path in ("weeks/2026-W01.html", "months/2025-12.html", "years/2026.html"):
        assert f"<loc>https://example.org/p/{path}</loc>" in sitemap
