from __future__ import annotations

from pathlib import Path

from tests.sites import build_files, daily_json, parse


def test_the_newest_years_are_calendars_and_the_others_lead_to_theirs(tmp_path: Path) -> None:
    dumps = []
    for year in range(2020, 2026):
        path = tmp_path / f"{year}-03-02.json"
        papers = [{"id": f"{year % 100}03.00001", "title": f"Of {year}"}]
        path.write_text(daily_json(f"{year}-03-02", papers), encoding="utf-8")
        dumps.append(path)
    build_files(tmp_path / "site", *dumps)
    page = (tmp_path / "site/archive.html").read_text(encoding="utf-8")
    assert len([one for one in parse(page).iter("table") if one.get("class") == "cal"]) == 3
    links = {link.get("href") for link in parse(page).iter("a")}
    assert {f"years/{year}.html" for year in range(2020, 2026)} <= links
    assert "days/2023-03-02.html" in links
    assert "days/2022-03-02.html" not in links
    year = (tmp_path / "site/years/2022.html").read_text(encoding="utf-8")
    assert 'href="../days/2022-03-02.html"' in year
    assert 'href="../years/2021.html"' in year
