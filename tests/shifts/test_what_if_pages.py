"""What if over HTTP: who may, when, what it says, and that it writes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, update

from smm_academy.shifts.models import Retry, Shift, ShiftMove
from smm_academy.sittings.models import Draft, Feedback, Purpose, Sitting
from smm_academy.web.application import Academy
from tests.people import Page, Visitor

WORDS = "We are sorry, that is our mistake. A new one leaves today and is with you by Friday."


def drilled(app: Academy, language: str = "en") -> tuple[Visitor, str]:
    """Answer the first message there is; return the address of its what-if."""
    visitor = Visitor(app, language)
    visitor.opens("/try")
    debrief = visitor.sends("/try", text="Thank you for writing. We will look into it.")
    address = next(link for link in debrief.links if link.endswith("/what-if"))
    return visitor, address


def worked(app: Academy) -> tuple[Visitor, Page]:
    """Answer the first message of a shift, and finish."""
    visitor = Visitor(app)
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")
    visitor.moves("open")
    desk = visitor.moves("reply", text="It takes an E27 bulb; it is sold separately.")
    visitor.opens(f"{desk.path.split('?')[0]}/finish")
    return visitor, visitor.sends("/finish")


def rows(app: Academy) -> list[int]:
    tables = (Shift, ShiftMove, Retry, Draft, Sitting)
    with app.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def test_every_message_of_the_scenario_can_be_taken_again(app: Academy) -> None:
    visitor, debrief = worked(app)
    links = [link for link in debrief.links if link.endswith("/what-if")]
    assert len(links) == 12

    answered = visitor.opens(next(link for link in links if "/m01/" in link))
    untouched = visitor.opens(next(link for link in links if "/m04/" in link))

    assert answered.status == untouched.status == 200
    assert answered.form("/what-if").offers("choice", "leave")
    assert not untouched.form("/what-if").offers("choice", "leave")
    assert "not touched" in untouched.text
    assert "warmer by" in untouched.text
    assert "Asks again, still waiting" in untouched.text


@pytest.mark.parametrize("choice", ["same", "leave", "model", "own"])
def test_a_what_if_is_lived_and_nothing_is_written(app: Academy, choice: str) -> None:
    visitor, address = drilled(app)
    before = rows(app)

    seen = visitor.opens(address)
    page = visitor.sends("/what-if", choice=choice, minute="30", text=WORDS)

    assert seen.status == page.status == 200
    assert "The same in numbers" in page.text
    assert "The whole shift" in page.text
    assert page.form("/what-if").fields["choice"] == [choice]
    assert rows(app) == before


def test_where_words_are_needed_first_the_page_asks_for_them(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice")
    desk = visitor.sends("/practice/shifts/lumo-glass")
    visitor.opens(f"{desk.path.split('?')[0]}/finish")
    debrief = visitor.sends("/finish")
    # A colleague's question about the queue: there is no model answer to it.
    address = next(link for link in debrief.links if link.endswith("/m02/what-if"))

    page = visitor.opens(address)

    assert page.status == 200
    assert not page.form("/what-if").offers("choice", "model")
    assert "Say what you would have done instead" in page.text


def test_the_page_speaks_polish(sqlite_app: Academy) -> None:
    visitor, address = drilled(sqlite_app, "pl")

    page = visitor.opens(address)

    assert "A gdyby…?" in page.text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"choice": "own", "text": "  "}, "There is no text"),
        ({"choice": "dance"}, "Choose one of the ways"),
        ({"choice": "same", "minute": "-4"}, "Choose a time between"),
        ({"choice": "same", "minute": "999999"}, "Choose a time between"),
        ({"choice": "own", "text": "Sorry. " * 2000}, "characters"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_and_kept(
    sqlite_app: Academy, sent: dict[str, Any], said: str
) -> None:
    visitor, address = drilled(sqlite_app)
    visitor.opens(address)

    page = visitor.sends("/what-if", **sent)

    assert page.status == 422
    assert said in page.text
    if sent.get("text", "").strip():
        assert sent["text"].strip()[:40] in page.text


def test_a_time_that_is_no_number_is_refused(sqlite_app: Academy) -> None:
    visitor, address = drilled(sqlite_app)
    visitor.opens(address)

    page = visitor.sends("/what-if", choice="same", minute="noon")

    assert page.status == 422


def test_an_open_shift_has_no_what_if(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")
    desk = visitor.moves("open")

    page = visitor.opens(f"{desk.path.split('?')[0]}/messages/m01/what-if")

    assert page.status == 404
    assert "not finished yet" in page.text


def test_nobody_else_sees_it(sqlite_app: Academy) -> None:
    _, address = drilled(sqlite_app)

    assert Visitor(sqlite_app).opens(address).status == 404


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"purpose": Purpose.ASSESSMENT}, "not practised again"),
        ({"feedback": Feedback.NEVER}, "shows no feedback"),
        ({"feedback": Feedback.AFTER_CLOSE}, "shows no feedback"),
    ],
)
def test_a_test_and_a_sitting_without_feedback_have_no_what_if(
    sqlite_app: Academy, changed: dict[str, str], said: str
) -> None:
    visitor, address = drilled(sqlite_app)
    with sqlite_app.database.unit() as session:
        session.execute(update(Sitting).values(**changed))

    page = visitor.opens(address)

    assert page.status == 409
    assert said in page.text


def test_a_day_of_an_earlier_simulator_is_not_lived_again(sqlite_app: Academy) -> None:
    visitor, address = drilled(sqlite_app)
    with sqlite_app.database.unit() as session:
        shift = session.scalars(select(Shift)).one()
        shift.record = {**(shift.record or {}), "engine": "0"}

    page = visitor.opens(address)

    assert page.status == 409
    assert "earlier version of the simulator" in page.text


def test_a_message_that_never_came_has_no_what_if(sqlite_app: Academy) -> None:
    visitor, address = drilled(sqlite_app)

    assert visitor.opens(address.replace("/m1/", "/m99/")).status == 404
