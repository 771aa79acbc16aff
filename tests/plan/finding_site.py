"""A small site with weeks, months and two years, several people and topics, built step by step."""

from __future__ import annotations

from tests.sites import build_project, daily_json, files_of, project

SETTINGS = 'title = "Small"\nbase_url = "https://example.org/p/"\n'
PEOPLE = ["Ada Lovelace", "Jan van der Berg", "José Núñez", "Jose Nunez", "李 明", "Zoë Ångström"]
TOPICS = ["video", "robot", "protein", "speech"]
DAYS = ["2025-11-28", "2025-12-29", "2025-12-31", "2026-01-02", "2026-01-05", "2026-02-10"]


def papers(day):
    number = DAYS.index(day)
    return [
        {
            "id": f"{day[2:4]}{day[5:7]}.{10 * number + place:05}",
            "title": f"A {TOPICS[place % 4]} paper {10 * number + place}, {TOPICS[number % 4]}",
            "authors": [PEOPLE[(number + place) % 6], PEOPLE[(number + place + 1) % 6]],
            "summary": f"Of {TOPICS[place % 4]} and {TOPICS[number % 4]}. " * 3,
            "upvotes": 7 * place,
        }
        for place in range(3 + number % 3)
    ]


def built(root, days, settings=SETTINGS, **options):
    """The files of the site with the lists of these days."""
    folder = root / "content/dumps"
    if not folder.is_dir():
        project(root, settings)
        folder.mkdir()
    (root / "content/site.toml").write_text(settings, encoding="utf-8")
    for day in days:
        (folder / f"{day}.json").write_text(daily_json(day, papers(day)), encoding="utf-8")
    report = build_project(root, strict=True, **options)
    assert [str(one) for one in (*report.warnings, *report.errors)] == []
    return files_of(root / "site")
