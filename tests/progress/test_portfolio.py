"""Portfolios: chosen by their author, open to whoever has the address, gone when taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select, update

from smm_academy.accounts.models import Person
from smm_academy.clock import now
from smm_academy.progress.models import Portfolio, PortfolioReply
from smm_academy.progress.operations import MOST_PORTFOLIOS
from smm_academy.shifts.models import Shift
from smm_academy.shifts.operations import Beginning, prepare_drill, write_drill
from smm_academy.shifts.queries import brand_revision
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.people import Form, Page, Visitor

REPLY = "We are sorry that it arrived broken. A new one leaves today and is there on Thursday."


def answer(app: Academy, email: str, kind: str = "complaint", seed: int = 5) -> str:
    """Let somebody have finished a drill; return its sitting."""
    with app.database.unit() as session:
        person = session.scalars(select(Person).where(Person.email_key == email)).one()
        viewer = Viewer(person.id, "account", locale="en")
        beginning = Beginning(brand_revision(session, viewer, "lumo"), None, kind, "en", seed)
        drilled = prepare_drill(session, beginning, REPLY)
        return write_drill(session, viewer, beginning, drilled, now()).id


@pytest.fixture
def author(app: Academy) -> Visitor:
    visitor = Visitor(app)
    visitor.registers("ola@example.com", name="Ola")
    answer(app, visitor.email)
    return visitor


def publish(author: Visitor, **changes: object) -> Page:
    """Publish everything that is offered."""
    page = author.opens("/progress/portfolio")
    offered = page.form("/progress/portfolio").choices["replies"]
    values = {"title": "My best", "name": "O. Nowak", "replies": offered, **changes}
    return author.sends("/progress/portfolio", **values)


def take_back_form(page: Page) -> Form:
    return next(form for form in page.forms if form.action.endswith("/take-back"))


def test_without_a_finished_reply_the_page_leads_to_practice(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")

    page = visitor.opens("/progress/portfolio")

    assert "/practice" in page.links
    assert "/progress/portfolio" in visitor.opens("/progress").links


def test_whoever_has_the_address_sees_message_reply_marks_and_reasons(author: Visitor) -> None:
    published = publish(author)
    stranger = Visitor(author.app)

    page = stranger.opens(published.path)

    assert re.fullmatch(r"/portfolio/[\w-]{22}", published.path)
    assert page.status == 200
    assert "My best" in page.text
    assert "O. Nowak" in page.text
    assert "A new one leaves" in page.text
    assert "Practice, simulated brands, not an assessment." in page.text
    assert "rubric-line" in page.html
    assert "/ 100" in page.text
    assert "Take back" not in page.text
    assert "ola@example.com" not in page.html


def test_search_engines_are_asked_to_stay_away(author: Visitor) -> None:
    page = publish(author)

    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in page.html
    assert "no-store" in page.response.headers["Cache-Control"]


def test_it_shows_nothing_that_the_debrief_keeps_for_its_author(author: Visitor) -> None:
    page = publish(author)
    with author.app.database.reading() as session:
        record = session.scalars(select(Shift.record)).one()
    assert record
    message = record["messages"][0]

    hidden = [message["model_answer"], *(row["text"] for row in message["seen"])]
    assert message["model_answer"]
    assert not [text for text in hidden if text and text in page.html]
    assert not {"severity", "must_not", "fault", "seed"} & set(re.findall(r"\w+", page.html))
    assert "/disagree/" not in page.html


def test_taken_back_it_is_gone_at_once(author: Visitor) -> None:
    published = publish(author)
    stranger = Visitor(author.app)
    before = stranger.opens(published.path).status
    author.opens(published.path)
    assert author.page
    author.sends(take_back_form(author.page).action)

    assert before == 200
    assert stranger.opens(published.path).status == 404
    assert stranger.opens("/portfolio/never-was-there").text == stranger.opens(published.path).text


def test_nobody_else_can_take_it_back(author: Visitor) -> None:
    published = publish(author)
    other = Visitor(author.app)
    other.registers("eve@example.com")

    refused = other.posts(f"/progress{published.path}/take-back")

    assert refused.status == 404
    assert author.opens(published.path).status == 200


def test_nothing_survives_the_account(author: Visitor) -> None:
    published = publish(author)
    taken = author.client.get("/account/export").get_json()["progress"]["portfolios"]
    author.opens("/account")
    author.sends("/account/delete", password="a long enough sentence")

    assert [(one["title"], len(one["replies"])) for one in taken] == [("My best", 1)]
    assert Visitor(author.app).opens(published.path).status == 404
    with author.app.database.reading() as session:
        for table in (Portfolio, PortfolioReply):
            assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Give the portfolio a title."),
        ({"title": "   "}, "Give the portfolio a title."),
        ({"title": "x" * 81}, "Keep it under 80 characters."),
        ({"name": "x" * 81}, "Keep it under 80 characters."),
        ({"replies": []}, "Choose at least one reply from the list."),
        ({"replies": ["nowhere/m1"]}, "Choose at least one reply from the list."),
        ({"replies": ["/", ""]}, "Choose at least one reply from the list."),
        ({"replies": ["\x00/x"]}, "Choose at least one reply from the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    author: Visitor, changes: dict[str, object], sentence: str
) -> None:
    page = publish(author, **changes)

    assert page.status == 422
    assert sentence in page.text
    kept = page.form("/progress/portfolio").fields
    assert kept["name"] == [changes.get("name", "O. Nowak")]
    if "replies" not in changes:
        assert len(kept["replies"]) == 1


def test_replies_of_others_and_of_assessments_cannot_be_shown(author: Visitor) -> None:
    other = Visitor(author.app)
    other.registers("eve@example.com")
    theirs = answer(author.app, other.email, seed=7)
    examined = answer(author.app, author.email, seed=8)
    with author.app.database.unit() as session:
        session.execute(
            update(Sitting).where(Sitting.id == examined).values(purpose=Purpose.ASSESSMENT)
        )
        message = session.get_one(Shift, theirs).record["messages"][0]["id"]  # type: ignore[index]

    page = author.opens("/progress/portfolio")
    offered = page.form("/progress/portfolio").choices["replies"]
    refused = [publish(author, replies=[f"{one}/{message}"]) for one in (theirs, examined)]

    assert not [one for one in offered if one.startswith((theirs, examined))]
    assert {page.status for page in refused} == {422}


def test_what_may_distress_waits_behind_a_warning(app: Academy, author: Visitor) -> None:
    answer(app, author.email, kind="abuse", seed=2)

    page = publish(author)

    warned = page.html.partition("This message can distress")[2]
    assert "shown with a warning" in author.opens("/progress/portfolio").text
    assert "<details" in page.html.partition("This message can distress")[0]
    assert 'class="evidence"' in warned


def test_there_is_an_end_to_how_many(author: Visitor) -> None:
    with author.app.database.unit() as session:
        person = session.scalars(select(Person)).one()
        session.add_all(
            Portfolio(id=f"p{number}", person_id=person.id, title="x", name="", created_at=now())
            for number in range(MOST_PORTFOLIOS)
        )

    assert publish(author).status == 409
