"""The skill map over HTTP: the own view, what was measured, what to do next."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from smm_academy.progress.models import SelfRating
from smm_academy.web.application import Academy
from tests.people import Visitor


def ratings(app: Academy) -> list[tuple[str, int]]:
    with app.database.reading() as session:
        rows = session.scalars(select(SelfRating).order_by(SelfRating.id))
        return [(row.skill, row.step) for row in rows]


@pytest.fixture
def learner(app: Academy) -> Visitor:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    return visitor


def test_the_own_rating_comes_first_and_may_be_skipped(learner: Visitor) -> None:
    first = learner.opens("/progress")

    assert "your own view" in first.text.lower()
    assert "/progress/start" in first.links


def test_a_later_rating_stands_and_the_earlier_one_stays(learner: Visitor) -> None:
    learner.opens("/progress/start")
    learner.sends("/progress/start", concepts="3")
    learner.opens("/progress/start")
    learner.sends("/progress/start", concepts="1")

    page = learner.opens("/progress/start")

    assert ratings(learner.app) == [("concepts", 3), ("concepts", 1)]
    assert page.form("/progress/start").fields["concepts"] == ["1"]


@pytest.mark.parametrize("step", ["4", "-1", "many", "", "1.5", "\x00", "٣"])
def test_a_step_that_is_none_is_left_out(sqlite_app: Academy, step: str) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    visitor.opens("/progress/start")

    page = visitor.sends("/progress/start", concepts=step, dancing="2")

    assert page.status == 200
    assert ratings(sqlite_app) == []


def test_all_thirteen_skills_have_a_page(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    skills = {
        link for link in visitor.opens("/progress").links if link.startswith("/progress/")
    } - {"/progress/start", "/progress/plan", "/progress/portfolio"}

    pages = [visitor.opens(skill) for skill in sorted(skills)]

    assert len(skills) == 13
    assert {page.status for page in pages} == {200}
    assert visitor.opens("/progress/dancing").status == 404


def test_what_the_headline_offers_can_be_opened(learner: Visitor) -> None:
    learner.opens("/progress/start")
    learner.sends("/progress/start", concepts="3")
    offered = [
        link
        for link in learner.opens("/progress").links
        if link.startswith(("/practice/drill", "/quizzes/", "/learn/"))
    ]

    pages = [learner.opens(link) for link in dict.fromkeys(offered)]

    assert pages
    assert {page.status for page in pages} == {200}


def test_somebody_elses_map_is_their_own(app: Academy, learner: Visitor) -> None:
    learner.opens("/progress/start")
    learner.sends("/progress/start", concepts="3")
    other = Visitor(app)
    other.registers("eve@example.com")

    page = other.opens("/progress/start")

    assert page.form("/progress/start").fields["concepts"] == []


def test_a_drill_shows_on_the_map(learner: Visitor) -> None:
    before = learner.opens("/progress").text
    learner.opens("/try")
    learner.sends("/try", text="Thank you for writing. We look into it and answer today by four.")

    after = learner.opens("/progress").text

    assert before != after
    assert "1 message answered" in after


def test_an_answer_in_a_shift_counts_as_a_message_answered(learner: Visitor) -> None:
    learner.opens("/practice")
    learner.sends("/practice/shifts/lumo-monday")
    learner.moves("open")
    learner.moves("reply", text="Thank you for writing. We look into it and answer by four.")

    assert "1 message answered" in learner.opens("/progress").text
