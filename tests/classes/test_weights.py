"""An instructor weighs the rubric: the effect on stored replies first, then what begins after."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import select

from smm_academy.measurement.models import Evidence
from smm_academy.shifts.models import Shift
from smm_academy.shifts.weighting import (
    DEDUCTED,
    HOUSE,
    TURNABLE,
    WEIGHED,
    Weighting,
    effect_of,
    weighting_of,
)
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from tests.classes.teaching import Taught, instructor, joins, opens_class
from tests.people import Visitor

SCENARIO = "lumo-monday"
ALL_ON = {f"counts_{name}": "y" for name in (*WEIGHED, *DEDUCTED)}
HOUSE_POINTS = {f"points_{name}": str(round(points)) for name, points in WEIGHED.items()}
REPLY = "Hello! We are sorry that your lamp is late. I will check the parcel and answer by 3 pm."


def weighs(teacher: Visitor, taught: Taught, then: str, **changed: str) -> str:
    """Return the page after an instructor sent weights; a line named ``counts_… = ""`` is off."""
    fields = {key: value for key, value in (ALL_ON | HOUSE_POINTS | changed).items() if value}
    page = teacher.posts(f"{taught.path}/weights", then=then, **fields)
    return page.text


def works_a_shift(member: Visitor, taught: Taught) -> str:
    """Let a member work a shift from the class's list; return its sitting."""
    place = taught.path.removeprefix("/teach")
    page = member.sends(f"{place}/shifts/{SCENARIO}")
    sitting = re.search(r"/shifts/([\w-]+)", page.path)
    assert sitting, page.text
    member.moves("reply", first_message(member), text=REPLY)
    member.opens(f"/shifts/{sitting[1]}/finish")
    member.sends(f"/shifts/{sitting[1]}/finish")
    return sitting[1]


def first_message(member: Visitor) -> str:
    """Return the message at the top of the desk, opened."""
    assert member.page
    member.moves("open")
    return next(
        form.fields["message"][0] for form in member.page.forms if form.offers("move", "reply")
    )


@pytest.fixture
def place(app: Academy) -> tuple[Visitor, Visitor, Taught]:
    """An instructor, a member, and a class with a shift on its list."""
    teacher = instructor(app)
    taught = opens_class(teacher, "Evening course")
    teacher.opens(taught.path)
    teacher.sends("/list", work=f"scenario:{SCENARIO}")
    member = Visitor(app)
    joins(member, taught.code(), "Ola")
    member.opens(taught.path.removeprefix("/teach"))
    return teacher, member, taught


def test_a_preview_shows_the_effect_and_changes_nothing(
    app: Academy, place: tuple[Visitor, Visitor, Taught]
) -> None:
    teacher, member, taught = place
    assert "Nobody in this class has finished" in weighs(teacher, taught, "look")
    sitting = works_a_shift(member, taught)

    text = weighs(teacher, taught, "look", counts_U1="")

    assert "12 stored replies" in text
    assert "Replies that move most" in text
    assert "keeps the words of the reply to themselves" in text
    assert REPLY[:30] not in text
    assert "Back to the house" not in teacher.opens(f"{taught.path}/weights").text
    with app.database.reading() as session:
        record = session.get_one(Shift, sitting).record or {}
        assert "weighting" not in record


def test_shifts_that_begin_afterwards_are_scored_by_the_weights(
    app: Academy, place: tuple[Visitor, Visitor, Taught]
) -> None:
    teacher, member, taught = place
    before = works_a_shift(member, taught)
    assert "Saved" in weighs(teacher, taught, "save", counts_U1="", points_U4="40")
    member.opens(taught.path.removeprefix("/teach"))
    after = works_a_shift(member, taught)

    with app.database.reading() as session:
        assert session.get_one(Sitting, before).rubric == {}
        kept = session.get_one(Sitting, after).rubric
        record = session.get_one(Shift, after).record or {}
        measured = session.scalars(
            select(Evidence.source).where(Evidence.sitting_id == after)
        ).all()
    assert kept["off"] == ["U1"]
    assert kept["weights"]["U4"] == 40
    lines = [row for one in record["messages"] for row in one["score"]["criteria"]]
    assert not any(row["possible"] for row in lines if row["id"] == "U1")
    assert any(row["possible"] == 40 for row in lines if row["id"] == "U4")
    assert any(source.endswith(":U1") for source in measured), "what is measured stays whole"
    debrief = member.opens(f"/shifts/{after}/debrief").text
    assert "with the weights of your class" in debrief
    assert "weights of your class" not in member.opens(f"/shifts/{before}/debrief").text


def test_contested_advice_is_turned_round_for_at_most_three_points(
    app: Academy, place: tuple[Visitor, Visitor, Taught]
) -> None:
    teacher, member, taught = place
    before = works_a_shift(member, taught)
    assert "Saved" in weighs(teacher, taught, "save", turned_U13="y")
    assert "Back to the house" in teacher.opens(f"{taught.path}/weights").text
    member.opens(taught.path.removeprefix("/teach"))
    after = works_a_shift(member, taught)

    def opening(sitting: str) -> dict[str, float]:
        with app.database.reading() as session:
            record = session.get_one(Shift, sitting).record or {}
        lines = [row for one in record["messages"] for row in one["score"]["criteria"]]
        return next(row for row in lines if row["id"] == "U13" and row["applies"])

    usual, turned = opening(before), opening(after)
    assert (usual["possible"], turned["possible"]) == (5, 3)
    assert "turned round" in member.opens(f"/shifts/{after}/debrief").text


@pytest.mark.parametrize("line", ["U1", "U5", "U10"])
def test_what_is_agreed_upon_cannot_be_turned_round(sqlite_app: Academy, line: str) -> None:
    teacher = instructor(sqlite_app)
    taught = opens_class(teacher, "Evening course")
    weighs(teacher, taught, "save", **{f"turned_{line}": "y"})
    assert "Back to the house" not in teacher.opens(f"{taught.path}/weights").text


def test_the_house_weights_come_back(app: Academy, place: tuple[Visitor, Visitor, Taught]) -> None:
    teacher, _member, taught = place
    weighs(teacher, taught, "save", counts_U7="")
    assert "Back to the house" in teacher.opens(f"{taught.path}/weights").text
    assert "Saved" in weighs(teacher, taught, "house")
    assert "Nothing was changed" in weighs(teacher, taught, "save")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"points_U2": "101"}, "from 0 to 100"),
        ({"points_U2": "-1"}, "from 0 to 100"),
        ({"points_U2": "a lot"}, "whole number"),
        ({"points_U2": ""}, "whole number"),
        ({f"counts_{name}": "" for name in WEIGHED}, "Nothing would be marked"),
        ({f"points_{name}": "0" for name in WEIGHED}, "Nothing would be marked"),
    ],
)
def test_weights_that_make_no_sense_are_refused(
    sqlite_app: Academy, changed: dict[str, str], said: str
) -> None:
    teacher = instructor(sqlite_app)
    taught = opens_class(teacher, "Evening course")
    assert said in weighs(teacher, taught, "save", **changed)
    assert "Back to the house" not in teacher.opens(f"{taught.path}/weights").text


def test_the_page_speaks_polish(sqlite_app: Academy) -> None:
    teacher = instructor(sqlite_app)
    taught = opens_class(teacher, "Kurs wieczorny")
    page = teacher.opens(f"{taught.path}/weights?lang=pl")
    assert "Co ile waży" in page.text


@given(
    st.dictionaries(st.sampled_from(sorted(WEIGHED)), st.integers(0, 100)),
    st.frozensets(st.sampled_from([*WEIGHED, *DEDUCTED])),
    st.frozensets(st.sampled_from(sorted(TURNABLE))),
)
def test_a_weighting_survives_being_kept(
    points: dict[str, int], off: frozenset[str], turned: frozenset[str]
) -> None:
    weighting = Weighting({**WEIGHED, **points}, off, turned)
    again = weighting_of(weighting.as_json())
    assert dict(again.weights) == dict(weighting.weights)
    assert again.off == weighting.off
    assert again.turned == weighting.turned


def test_nothing_stored_has_no_effect() -> None:
    assert effect_of([], HOUSE, HOUSE) is None
