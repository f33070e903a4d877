"""Before and during a shift: a warning, the tone of messages, the day so far, a pause."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from smm_academy.shifts.models import Shift
from smm_academy.shifts.operations import Beginning
from smm_academy.web.application import Academy
from tests.people import Visitor


def test_a_shift_says_what_is_hard_to_read_before_it_begins(sqlite_app: Academy) -> None:
    page = Visitor(sqlite_app).opens("/practice")

    assert "Contains: an account of discrimination" in page.text
    assert "Contains: swearing" in page.text


@pytest.mark.parametrize("tone", ["mild", "strong"])
def test_the_tone_is_chosen_before_a_practice_shift(sqlite_app: Academy, tone: str) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice")

    desk = visitor.sends("/practice/shifts/lumo-glass", intensity=tone)

    assert desk.status == 200
    with sqlite_app.database.reading() as session:
        assert session.scalars(select(Shift.intensity)).one() == tone


def test_a_tone_that_there_is_not_is_refused(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice")

    page = visitor.sends("/practice/shifts/lumo-glass", intensity="brutal")

    assert page.status == 422
    assert "mild, usual or strong" in page.text
    with sqlite_app.database.reading() as session:
        assert not session.scalars(select(Shift)).all()


def test_a_test_is_always_put_as_usual() -> None:
    assert Beginning.__dataclass_fields__["intensity"].default == "usual"


def test_the_day_so_far_stands_on_the_desk_in_words_and_numbers(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")

    desk = visitor.moves("open")

    assert "The day so far" in desk.text
    assert "this morning" in desk.text
    assert 'aria-label="Followers:' in desk.html
    assert "The same in numbers" in desk.text


def test_a_shift_can_be_paused_left_and_resumed(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")
    desk = visitor.moves("open")
    assert "Pause" in desk.text

    practice = visitor.opens("/practice")
    back = visitor.opens(next(link for link in practice.links if link.startswith("/shifts/")))

    assert back.status == 200
    assert "handled" in back.text
