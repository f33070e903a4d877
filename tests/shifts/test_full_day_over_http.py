"""A full day over HTTP: moves of other duties are read, refused with a reason, and recorded."""

import json

import pytest
from sqlalchemy import select

from smm_academy.measurement.models import Evidence
from smm_academy.shifts.models import Shift
from smm_academy.web.application import Academy
from tests.people import Page, Visitor


def does(visitor: Visitor, move: str, **fields: str) -> Page:
    """Make a move by the desk's own form, with the fields that another duty's form sends."""
    assert visitor.page is not None
    form = next(form for form in visitor.page.forms if form.offers("move", "wait"))
    return visitor._sends(form, {**form.first_button(), "move": move, **fields})


def begins(visitor: Visitor, scenario: str = "zakwas-evening") -> Page:
    visitor.opens("/practice")
    return visitor.sends(f"/practice/shifts/{scenario}")


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_full_day_is_worked_through_to_its_debrief(
    visitor: Visitor, app: Academy, language: str
) -> None:
    visitor.opens(f"/practice?lang={language}")
    assert begins(visitor).status == 200
    does(visitor, "open_news", item="fire")
    does(visitor, "leave_news", item="fire", text="Not ours.")
    does(visitor, "set_targeting", **{"choice.spend.near": "120", "choice.bid.near": "middle"})
    page = does(
        visitor, "schedule", item="sign_up", minutes="150",
        **{"choice.variant": "question", "choice.format": "event", "choice.audience": "south",
           "choice.picture": "irena", "choice.alt": "describes"},
    )  # fmt: skip
    assert page.status == 200
    finish = next(link for link in page.links if link.endswith("/finish"))
    visitor.opens(finish)
    assert visitor.sends(finish).status == 200

    with app.database.reading() as session:
        record = session.scalars(select(Shift.record)).one()
        assert record is not None
        skills = set(session.scalars(select(Evidence.skill)))
    kinds = [row["kind"] for row in record["moves"]]
    assert kinds == ["open_news", "leave_news", "set_targeting", "schedule"]
    assert record["moves"][-1]["choices"]["format"] == "event"
    assert record["parts"]["content"] > 20
    assert skills >= {"content", "alignment", "growth"}
    assert json.loads(json.dumps(record)) == record


def test_a_refused_move_says_why_and_leaves_the_desk_alone(visitor: Visitor, app: Academy) -> None:
    begins(visitor)

    page = does(visitor, "set_targeting", **{"choice.spend.near": "9000"})

    assert "300.00" in page.html
    with app.database.reading() as session:
        assert session.scalars(select(Shift.moves_made)).one() == 0


@pytest.mark.parametrize("scenario", ["nitka-outage", "zakwas-week", "nitka-launch"])
def test_the_desk_holds_while_the_day_passes(visitor: Visitor, scenario: str) -> None:
    page = begins(visitor, scenario)
    for _ in range(12):
        page = does(visitor, "wait")
        assert page.status == 200


def test_a_statement_is_shown_once_in_its_thread(visitor: Visitor) -> None:
    page = begins(visitor, "nitka-outage")
    while "m04" not in page.html:
        page = does(visitor, "wait")
        assert page.status == 200
    does(visitor, "open", message="m04")
    page = does(visitor, "statement", text="The shop is down; the next update is at noon.")
    page = visitor.opens(f"{page.path.partition('?')[0]}?message=m04")

    # Once in the thread, once as the first line of its row.
    assert page.html.count("the next update is at noon") == 2


def test_odd_choices_do_no_harm(visitor: Visitor) -> None:
    begins(visitor)
    for fields in (
        {"item": "sign_up", "choice.variant": "<script>", "choice.format": "\x00"},
        {"item": "x" * 5000, "choice." + "y" * 500: "z" * 500},
        {"item": "", "minutes": "99999999999"},
    ):
        for move in ("publish", "schedule", "hand_in_report", "boost", "pass_news"):
            page = does(visitor, move, **fields)
            assert page.status in {200, 409, 422}
            assert "<script>alert" not in page.html
