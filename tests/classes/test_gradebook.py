"""The gradebook: what members did, by the class's list, in words, and as a file."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from smm_academy.accounts.models import AuditEntry
from smm_academy.classes.days import end_of_day, is_late, is_over
from smm_academy.classes.gradebook import Cell, Deed, Row, Task, cell_of, sorted_rows, totals_of
from smm_academy.web.application import Academy
from smm_academy.web.spreadsheet import as_csv, neutral
from tests.classes.teaching import (
    LESSON,
    NOON,
    QUIZ,
    SHIFT,
    Taught,
    drills,
    instructor,
    joins,
    opens_class,
    reads,
    takes,
)
from tests.people import Visitor

WARSAW = "Europe/Warsaw"
HOUR = timedelta(hours=1)


@pytest.fixture
def taught(app: Academy) -> Taught:
    return opens_class(instructor(app))


@pytest.fixture
def lite(sqlite_app: Academy) -> Taught:
    """A class on SQLite, for what does not depend on the database."""
    return opens_class(instructor(sqlite_app))


def exported(taught: Taught, language: str = "en") -> list[list[str]]:
    answer = taught.teacher.client.get(
        f"{taught.path}/gradebook.csv", headers={"Accept-Language": language}
    )
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_gradebook_says_what_was_done(taught: Taught) -> None:
    ola, jan = Visitor(taught.teacher.app), Visitor(taught.teacher.app)
    joins(ola, taught.code(), "Ola")
    joins(jan, taught.code(), "Jan")
    for work in (f"lesson:{LESSON}", f"quiz:{QUIZ}", f"scenario:{SHIFT}"):
        taught.assigns(work)
    reads(ola)
    takes(ola)
    drills(ola)

    heads, first, second = exported(taught)

    assert [head.rpartition(" ")[2] for head in heads[1:4]] == ["(Lesson)", "(Quiz)", "(Shift)"]
    assert second[:4] == ["Ola", "read", "not passed yet, best 0 %", "not started"]
    assert second[4:7] == ["1", "0", "1"]
    assert 0 <= int(second[7]) <= 100
    assert first == ["Jan", "not started", "not started", "not started", *"000", "", "0", "", ""]
    page = taught.gradebook()
    assert "not passed yet, best 0 %" in page.text
    assert page.text.index("Jan") < page.text.index("Ola")


def test_columns_sort_by_links(lite: Taught) -> None:
    ola, jan = Visitor(lite.teacher.app), Visitor(lite.teacher.app)
    joins(ola, lite.code(), "Ola")
    joins(jan, lite.code(), "Jan")
    lite.assigns(f"lesson:{LESSON}")
    reads(ola)

    page = lite.gradebook()
    down = lite.gradebook("?sort=w0&down=1")
    odd = lite.gradebook("?sort=w99999999999999&down=1")

    assert "?sort=w0" in page.links
    assert "?sort=name&down=1" in page.links
    assert down.text.index("Ola") < down.text.index("Jan")
    assert 'aria-sort="descending"' in down.html
    assert odd.text.index("Jan") < odd.text.index("Ola")


def test_the_member_sees_the_very_page_that_the_instructor_sees(taught: Taught) -> None:
    ola = Visitor(taught.teacher.app)
    joins(ola, taught.code())
    reads(ola)
    drills(ola)

    own = ola.opens(f"/classes/{taught.id}/me")
    seen = taught.teacher.opens(taught.member("Ola"))

    assert "not enough data" in seen.text
    assert "Not shared" in seen.text
    assert "A new one leaves today" not in seen.text
    start = own.text.index("lessons finished")
    assert own.text[start : start + 600] in seen.text


def test_replies_are_read_only_while_they_are_shared(taught: Taught) -> None:
    ola = Visitor(taught.teacher.app)
    joins(ola, taught.code(), shares_replies="y")
    drills(ola)
    address = taught.member("Ola")

    shared = taught.teacher.opens(address).text
    ola.opens(f"/classes/{taught.id}")
    ola.sends("/sharing", shares="no")
    withdrawn = taught.teacher.opens(address).text

    assert "A new one leaves today" in shared
    assert "A new one leaves today" not in withdrawn


def test_a_member_sees_the_list_and_starts_from_it(lite: Taught) -> None:
    ola = Visitor(lite.teacher.app)
    joins(ola, lite.code())
    lite.assigns(f"lesson:{LESSON}", "2027-03-28")
    lite.assigns(f"quiz:{QUIZ}")
    lite.assigns(f"scenario:{SHIFT}")
    reads(ola)

    page = ola.opens(f"/classes/{lite.id}")

    assert "1 of 3 done" in page.text
    assert "due 28 Mar 2027" in page.text
    assert f"/quizzes/{QUIZ}?from=/classes/{lite.id}" in page.links
    assert ola.sends(f"/classes/{lite.id}/shifts/{SHIFT}").path.startswith("/shifts/")


def test_work_is_put_on_the_list_once_and_its_day_can_be_changed(taught: Taught) -> None:
    taught.assigns(f"lesson:{LESSON}", "2027-03-28")

    page = taught.assigns(f"lesson:{LESSON}", "2027-04-01")

    assert "due 1 Apr 2027" in page.text
    assert "28 Mar" not in page.text
    assert "1 Apr" not in taught.teacher.sends("/remove").text


@pytest.mark.parametrize(
    ("work", "due_on"),
    [("", ""), ("lesson:nowhere", ""), ("brand:lumo", ""), (f"lesson:{LESSON}", "tomorrow"),
     (f"lesson:{LESSON}", "2027-02-30")],
)  # fmt: skip
def test_work_that_is_none_is_refused_and_nothing_is_lost(
    lite: Taught, work: str, due_on: str
) -> None:
    page = lite.assigns(work, due_on)

    assert page.status == 422
    assert page.form("/list").fields["due_on"] == [due_on]
    assert "Nothing yet" in page.text


def test_cells_that_spreadsheets_would_run_are_plain_text(taught: Taught) -> None:
    joins(Visitor(taught.teacher.app), taught.code(), "=HYPERLINK(1)")

    rows = exported(taught)

    assert rows[1][0] == "'=HYPERLINK(1)"
    with taught.teacher.app.database.reading() as session:
        actions = session.scalars(select(AuditEntry.action)).all()
    assert actions.count("class.exported") == 1


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_formula_is_neutralised(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
    assert neutral("Ola =1") == "Ola =1"


def test_a_file_for_polish_spreadsheets_is_cut_by_semicolons() -> None:
    assert as_csv([["Łucja", "1,5"]], "pl").decode("utf-8-sig") == "Łucja;1,5\r\n"
    assert as_csv([["Łucja", "1,5"]], "en").decode("utf-8-sig") == 'Łucja,"1,5"\r\n'


def test_a_gradebook_of_many_asks_no_more_than_one_of_few(lite: Taught) -> None:
    def statements() -> int:
        seen: list[str] = []
        engine = lite.teacher.app.database.engine

        def count(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        event.listen(engine, "before_cursor_execute", count)
        lite.gradebook()
        event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    code = lite.code()
    joins(Visitor(lite.teacher.app), code, "First")
    lite.gradebook()
    few = statements()
    for name in ("Ola", "Jan", "Ela", "Iza"):
        visitor = Visitor(lite.teacher.app)
        joins(visitor, code, name)
        reads(visitor)
        drills(visitor)

    assert statements() == few


# Days and clocks


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 23, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_by_the_clocks_of_the_class(day: date, ends: datetime) -> None:
    assert end_of_day(day, WARSAW).astimezone(UTC) == ends
    assert not is_late(ends - timedelta(seconds=1), day, WARSAW, ends + HOUR)
    assert is_late(ends, day, WARSAW, ends)
    assert not is_over(day, WARSAW, ends - timedelta(seconds=1))
    assert is_over(day, WARSAW, ends)


def test_a_midnight_that_the_clocks_leave_out_ends_the_day_all_the_same() -> None:
    # Beirut goes from 23:59 on 27 March 2027 to 01:00 on the 28th.
    assert end_of_day(date(2027, 3, 27), "Asia/Beirut").astimezone(UTC) == datetime(
        2027, 3, 27, 22, tzinfo=UTC
    )


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25)])
def test_work_done_in_the_last_hour_of_a_changed_day_is_in_time(
    sqlite_app: Academy, day: date
) -> None:
    morning = end_of_day(day, WARSAW) - 12 * HOUR
    with time_machine.travel(morning, tick=False):
        taught = opens_class(instructor(sqlite_app))
        ola, jan = Visitor(sqlite_app), Visitor(sqlite_app)
        joins(ola, taught.code(), "Ola")
        joins(jan, taught.code(), "Jan")
        taught.assigns(f"lesson:{LESSON}", day.isoformat())
    with time_machine.travel(end_of_day(day, WARSAW) - timedelta(minutes=1), tick=False):
        reads(ola)
        before = exported(taught)
    with time_machine.travel(end_of_day(day, WARSAW) + timedelta(minutes=1), tick=False):
        reads(jan)
        after = exported(taught)

    assert [row[1] for row in before[1:]] == ["not started", "read"]
    assert [row[1] for row in after[1:]] == ["read, late", "read"]


# The rule


def deed(score: float | None, hours: int, *, passed: bool = True, ended: bool = True) -> Deed:
    at = NOON + hours * HOUR
    return Deed("quiz", "q", at, at if ended else None, score, passed)


def test_the_best_score_counts_and_the_first_success_decides_what_is_late() -> None:
    task = Task(1, "quiz", "q", NOON.date())
    tries = [deed(40, 1, passed=False), deed(70, 2), deed(90, 48)]

    assert cell_of(task, tries, WARSAW, NOON + 100 * HOUR) == Cell(
        "done", late=False, score=90, at=NOON + 2 * HOUR
    )
    assert cell_of(task, tries[:1], WARSAW, NOON + 100 * HOUR) == Cell(
        "tried", late=True, score=40
    )
    assert cell_of(task, [deed(None, 1, ended=False)], WARSAW, NOON).state == "started"
    assert cell_of(task, [], WARSAW, NOON) == Cell("open", late=False)


def test_totals_count_a_quiz_once_and_average_the_drills() -> None:
    done = [deed(90, 1), deed(95, 2), deed(10, 3, passed=False)]
    drilled = [Deed("drill", f"b/{n}", NOON, NOON, score) for n, score in enumerate((50.0, 70.0))]

    totals = totals_of([*done, *drilled])

    assert (totals.quizzes, totals.drills, totals.drills_mean) == (1, 2, 60)
    assert totals.active == NOON + 3 * HOUR
    assert totals_of([]).active is None


@pytest.mark.parametrize("column", ["name", "lessons", "active", "w0", "w", "w1", "w²", "x", ""])
def test_sorting_by_anything_keeps_every_line(column: str) -> None:
    rows = [
        Row(number, name, (Cell("done", late=False),), totals_of([deed(1, number)]))
        for number, name in enumerate(("Ola", "jan", "Ela"))
    ]

    for down in (True, False):
        assert {row.name for row in sorted_rows(rows, column, down=down)} == {"Ola", "jan", "Ela"}
