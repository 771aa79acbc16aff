from __future__ import annotations

from datetime import date

from sitegen.plan import trend
from tests.plan import finding_site as site
from tests.sites import parse, text_of


def test_weeks_are_bars_with_a_table_for_screen_readers(found):
    page = parse(found.after["trends.html"].decode())
    figure = next(page.iter("figure"))
    rows = list(figure.iter("tr"))
    assert len(rows) == 12  # from the week of 24 November to that of 9 February
    assert sum(int("".join(row.find("td").itertext())) for row in rows) == 3 + 4 + 5 + 3 + 4 + 5
    assert sum(element.tag.endswith("path") for element in figure.iter()) == 4
    assert "script" not in {element.tag for element in figure.iter()}


def test_each_month_names_the_paper_with_most_votes(found):
    text = text_of(found.after["trends.html"].decode())
    for month, paper in (
        ("February 2026", "A video paper 54"),
        ("November 2025", "A protein paper 2"),
    ):
        assert paper in text.partition("First in each month")[2].partition(month)[2][:60]
    assert "28 votes" in text


def test_topics_that_rise_and_fall_are_told_where_it_is_sure(tmp_path):
    """A hundred papers on robots, then fifty on video, and the same share on proteins."""
    settings = site.SETTINGS
    site.built(tmp_path, [], settings)
    folder = tmp_path / "content/dumps"
    for number, (day, count) in enumerate(
        [("2025-10-01", 60), ("2025-11-01", 60), ("2026-02-01", 60)]
    ):
        topic = "video" if number == 2 else "robot"
        papers = [
            {
                "id": f"{day[2:4]}{day[5:7]}.{place:05}",
                "title": f"A {'protein' if place % 3 else topic} paper {number}{place:02}",
                "summary": f"Of {'protein' if place % 3 else topic}. " * 3,
            }
            for place in range(count)
        ]
        text = site.daily_json(day, papers)
        (folder / f"{day}.json").write_text(text, encoding="utf-8")
    text = text_of(site.built(tmp_path, [], settings)["trends.html"].decode())
    rising, _, falling = text.partition("Rising")[2].partition("Falling")
    assert "Videoless than 0.1 %33 %" in rising
    assert "Robots and driving33 %less than 0.1 %" in falling
    assert "Biology" not in text


def test_months_of_a_chart_are_the_newest_and_without_gaps():
    assert trend.months(date(2025, 11, 28), date(2026, 2, 1)) == [
        date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)
    ]  # fmt: skip
    assert len(trend.months(date(1990, 1, 1), date(2026, 2, 1))) == trend.MONTHS


def test_topics_show_their_course_and_their_neighbours(found):
    page = found.after["topics/video.html"].decode()
    assert len(list(next(parse(page).iter("figure")).iter("tr"))) == 4
    assert "Neighbours:" in text_of(page)
    assert 'href="../topics/robotics.html"' in page
