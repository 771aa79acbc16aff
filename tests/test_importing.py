"""`sitegen import`: names that settle a dump's days for good."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import dating
from sitegen.config import load_project
from sitegen.dating import DayRule, settle
from sitegen.errors import InputError, PublicationError
from sitegen.importing import file_name, import_dumps
from sitegen.model import Record
from tests import fake_reader
from tests.fake_reader import dump

TODAY = date(2026, 8, 18)
CLOCK = DayRule(today=TODAY)
LATER = DayRule(today=date(2031, 1, 1))


@pytest.fixture(autouse=True)
def only_fake(monkeypatch):
    monkeypatch.setattr("sitegen.readers.candidates", lambda _: (fake_reader,))


@pytest.fixture
def project(tmp_path):
    (tmp_path / "project" / "content").mkdir(parents=True)
    (tmp_path / "project" / "content" / "site.toml").write_text("")
    return load_project(tmp_path / "project")


@pytest.fixture
def write(tmp_path):
    def write(text, name="list.txt"):
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def held(project):
    folder = project.root / "content" / "dumps"
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_the_day_goes_into_the_name(project, write):
    path = write(dump({"title": "A", "header_day": "--05-08"}))
    (done,) = import_dumps(project, [path], CLOCK)
    assert (done.name, done.new, done.records) == ("2026-05-08-list.txt", True, 1)
    assert done.days == (date(2026, 5, 8),)
    assert "has no year" in done.problems[0].message
    copy = project.root / "content/dumps" / done.name
    assert copy.read_bytes() == path.read_bytes()
    assert held(project) == [done.name]


def test_a_given_day_is_marked_as_such(project, write):
    rule = DayRule(today=TODAY, given=date(2020, 1, 2))
    first = write(dump({"title": "A", "listed": "2026-05-08"}), "2026-05-08.txt")
    again = write(dump("B"), "2019-01-01_pinned_x.txt")
    names = [done.name for done in import_dumps(project, [first, again], rule)]
    assert names == ["2020-01-02_pinned_x.txt", "2020-01-02_pinned_2026-05-08.txt"]


def test_the_same_bytes_are_imported_once(project, write):
    rule = DayRule(today=TODAY, given=date(2020, 1, 2))
    import_dumps(project, [write(dump("A"))], rule)
    (done,) = import_dumps(project, [write(dump("A"), "other.txt")], CLOCK)
    assert (done.new, done.name) == (False, "2020-01-02_pinned_list.txt")
    assert done.days == (date(2020, 1, 2),), "the days that it has there"
    twice = [write(dump("B"), "b.txt"), write(dump("B"), "c.txt")]
    assert [done.new for done in import_dumps(project, twice, CLOCK)] == [True, False]
    assert len(held(project)) == 2


def test_another_day_for_what_is_there_is_no_silent_matter(project, write):
    path = write(dump({"title": "A", "listed": "2026-05-08"}))
    import_dumps(project, [path], CLOCK)
    for day, said in ((8, 0), (9, 1)):
        rule = DayRule(today=TODAY, given=date(2026, 5, day))
        (done,) = import_dumps(project, [path], rule)
        assert (done.new, len(done.problems)) == (False, said)
    assert "remove content/dumps/2026-05-08-list.txt" in done.problems[0].hint


def test_other_bytes_under_one_name_stand_behind_in_order(project, write):
    names = []
    for number in range(12):
        path = write(dump(f"T{number}"), "2026-05-08.txt")
        names += [done.name for done in import_dumps(project, [path], CLOCK)]
    # In the fold, later names come later: what was imported first keeps its birth keys.
    assert names == sorted(names) == held(project)
    assert {dating.iso_date(name) for name in names} == {date(2026, 5, 8)}


def test_names_that_differ_only_in_case_are_one_name(project, write):
    for name in ("list.txt", "LIST.TXT"):
        import_dumps(project, [write(dump(name), name)], CLOCK)
    assert held(project) == ["LIST_02.TXT", "list.txt"]


def test_a_number_makes_no_date_of_a_name(project, write):
    for number in range(12):
        import_dumps(project, [write(dump(f"T{number}"), "papers-2026-05.txt")], CLOCK)
    assert len(held(project)) == 12
    assert {dating.iso_date(name) for name in held(project)} == {None}


def test_a_folder_is_searched_for_dumps(project, write):
    write(dump("A"), "a/x.txt")
    write(dump("B"), "b/x.txt")
    write(b"not a dump", "README.md")
    done = import_dumps(project, [write(dump("C"), "c.txt").parent], CLOCK)
    assert [d.name for d in done] == ["x.txt", "x_02.txt", "c.txt"]


def test_a_folder_without_dumps_is_no_success(project, write):
    folder = write(b"not a dump", "README.md").parent
    with pytest.raises(InputError, match="no dump in it") as caught:
        import_dumps(project, [folder], CLOCK)
    assert caught.value.file == str(folder)


def test_nothing_is_copied_unless_all_can_be(project, write):
    good, bad = write(dump("A")), write(b"\x89PNG", "image.txt")
    with pytest.raises(InputError, match="no reader") as caught:
        import_dumps(project, [good, bad], CLOCK)
    assert caught.value.file == str(bad)
    assert not (project.root / "content" / "dumps").exists()
    with pytest.raises(InputError, match="no such file"):
        import_dumps(project, [good, bad.with_name("missing")], CLOCK)


def test_a_project_that_cannot_be_written(project, write):
    (project.root / "content" / "dumps").write_text("a file")
    with pytest.raises(PublicationError, match="cannot be written"):
        import_dumps(project, [write(dump("A"))], CLOCK)


def test_what_a_crash_left_is_not_there_already(project, write):
    path = write(dump("A"))
    folder = project.root / "content" / "dumps"
    folder.mkdir()
    (folder / ".list.txt.part").write_bytes(path.read_bytes())
    (done,) = import_dumps(project, [path], CLOCK)
    assert done.new
    assert held(project) == ["list.txt"]


def record(place, **fields):
    return Record(file="f", line=1, place=place, source="s", title="T", **fields)


def named(name, *records, rule=CLOCK):
    settled, _ = settle(records, name, rule)
    return file_name(name, records, settled, rule)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("list.txt", "list.txt"),
        ("My list (1).txt", "My-list-1.txt"),
        ("论文.json", "dump.json"),
        (".json", "dump.json"),
        ("...", "dump"),
        ("no-ending", "no-ending"),
        ("a/b.txt", "a-b.txt"),
        ("x" * 300 + ".json", "x" * 120 + ".json"),
        ("a.tar.gz", "a.tar.gz"),
        ("-rf.txt", "rf.txt"),
        ("a\nb.txt", "a-b.txt"),
    ],
)
def test_names_are_made_safe(name, expected):
    assert named(name, record(0)) == expected


def test_a_day_is_pinned_only_where_all_have_it():
    day, other = date(2026, 5, 8), date(2026, 5, 9)
    assert named("x.txt", record(0, listed=day), record(1, listed=day)) == "2026-05-08-x.txt"
    assert named("x.txt", record(0, listed=day), record(1, listed=other)) == "x.txt"
    # It would become the day of those that have none.
    assert named("x.txt", record(0, listed=day), record(1)) == "x.txt"
    assert named("2026-05-07.txt", record(0, listed=day)) == "2026-05-07.txt"
    rule = DayRule(today=TODAY, day="published")
    assert named("x.txt", record(0, published=day), rule=rule) == "x.txt"


def test_several_headers_without_a_year_get_the_year():
    records = [record(0, header_day="--05-08"), record(1, header_day="--05-09")]
    assert named("x.txt", *records) == "2026-x.txt"


days = st.dates(date(2019, 1, 1), date(2026, 8, 1))
listed = st.builds(
    lambda own, header: {"listed": own, "header_day": header},
    st.none() | days,
    st.sampled_from(["", "--05-08", "--05-09", "--02-29", "--12-31", "2024-05-08"]),
)


@example(
    records=[{"header_day": "--02-29"}, {"header_day": "2024-05-08"}],
    name="2025-02-30.txt",  # the 29th is in no 2025, and stays out of 2024
    rule=CLOCK,
)
@settings(max_examples=500)
@given(
    records=st.lists(listed, min_size=1, max_size=3),
    name=st.sampled_from(["x.txt", "x-2024.txt", "2025-05-08.txt", "2025-02-30.txt", "y"]),
    rule=st.builds(DayRule, today=st.just(TODAY), given=st.none() | days, year=st.none()),
)
def test_the_name_settles_the_days_for_good(records, name, rule):
    made = [record(place, **fields) for place, fields in enumerate(records)]
    settled, _ = settle(made, name, rule)
    new = file_name(name, made, settled, rule)
    later, said = settle(made, new, LATER)
    if not any(dating.GUESSED in problem.message for problem in said):
        assert [r.listed for r in later] == [r.listed for r in settled]
    else:
        # Nothing in a name says "of these years, each its own".
        assert len({r.listed and r.listed.year for r in settled}) > 1
