"""Language, theme and cards of a whole site: what is built, and built again when they change."""

from __future__ import annotations

import re

import pytest

from sitegen.errors import UsageError
from tests.sites import build_project, daily_json, project

DAYS = ("2026-05-07", "2026-05-08")
SETTINGS = 'title = "Small"\nbase_url = "https://x.example/p/"\n'


def papers(day):
    return [
        {"id": f"26{day[5:7]}.{day[8:]}{n:03}", "title": f"Video {n}", "summary": "We show it."}
        for n in range(3)
    ]


def made(folder):
    dumps = {f"dumps__{day}.json": daily_json(day, papers(day)) for day in DAYS}
    return project(folder, SETTINGS, **dumps)


def change(root, settings):
    (root / "content/site.toml").write_text(SETTINGS + settings, encoding="utf-8")


def files(root):
    site = root / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file()
    }


def page(root, path="index.html"):
    return (root / "site" / path).read_text(encoding="utf-8")


def test_a_change_of_language_changes_all_that_is_said(tmp_path):
    root = made(tmp_path / "a")
    assert build_project(root).warnings == []
    assert "Friday 8 May 2026" in page(root)
    change(root, 'language = "de"\n')
    assert build_project(root).warnings == []
    text = page(root)
    assert '<html lang="de">' in text
    assert "Freitag, 8. Mai 2026" in text
    assert "3 Artikel" in page(root, "days.atom.xml")
    assert '<h3 dir=auto lang="en">' in text
    again = files(root)
    build_project(root, full=True)
    assert files(root) == again


def test_a_text_of_the_project_reaches_every_page(tmp_path):
    root = made(tmp_path / "a")
    build_project(root)
    (root / "content/messages").mkdir()
    (root / "content/messages/en.toml").write_text('[site]\narchive = "Fresh"\n', encoding="utf-8")
    build_project(root)
    assert ">Fresh</a>" in page(root)
    assert ">Fresh</a>" in page(root, "papers/2605/2605.07000.html")


def test_a_language_that_nobody_has_is_english_with_a_warning(tmp_path):
    root = made(tmp_path / "a")
    change(root, 'language = "tlh"\n')
    (said,) = build_project(root).warnings
    assert (said.file, "'tlh'" in said.message) == ("content/site.toml", True)
    assert '<html lang="en">' in page(root)


def test_the_digest_has_no_script_no_search_and_all_other_pages(tmp_path):
    root = made(tmp_path / "a")
    build_project(root)
    paper = files(root)
    change(root, 'theme = "digest"\n')
    assert build_project(root).warnings == []
    digest = files(root)
    pages = [data for path, data in digest.items() if path.endswith(".html")]
    assert not any(
        b"<script" in page.replace(b"<script type=application/ld+json>", b"") for page in pages
    )
    assert [path for path in digest if path.endswith(".js")] == []
    left = {path for path in paper if path.endswith(".html")} - digest.keys()
    assert left == {"search.html", "reading-list.html"}
    assert "search.html" not in page(root)


def test_days_have_cards_where_that_is_wanted(tmp_path):
    pytest.importorskip("PIL")
    root = made(tmp_path / "a")
    build_project(root)
    of_theme = re.search(
        r'og:image content="https://x.example/p/(assets/card\.\w+\.png)"', page(root)
    )
    assert of_theme is not None
    assert (root / "site" / of_theme[1]).is_file()
    change(root, "[cards]\ndays = true\n")
    build_project(root)
    assert 'og:image content="https://x.example/p/cards/2026-05-08.png"' in page(root)
    cards = {path: data for path, data in files(root).items() if path.startswith("cards/")}
    assert sorted(cards) == [f"cards/{day}.png" for day in DAYS]
    more = daily_json("2026-05-09", papers("2026-05-09"))
    (root / "content/dumps/2026-05-09.json").write_text(more, encoding="utf-8")
    build_project(root)
    after = files(root)
    assert all(after[path] == data for path, data in cards.items())
    assert "cards/2026-05-09.png" in after


def test_cards_need_a_font_that_is_there_and_pillow(tmp_path, monkeypatch):
    root = made(tmp_path / "a")
    change(root, '[cards]\ndays = true\nfont = "fonts/x.ttf"\n')
    monkeypatch.setattr("sitegen.building.inputs.can_draw", lambda: False)
    (said,) = build_project(root).warnings
    assert "pip install 'sitegen[cards]'" in said.hint
    monkeypatch.setattr("sitegen.building.inputs.can_draw", lambda: True)
    with pytest.raises(UsageError, match=r"content/fonts/x.ttf"):
        build_project(root, full=True)
