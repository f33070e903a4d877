"""A certificate: earned by the test of the house, never by practice, checked by anybody."""

from __future__ import annotations

import re
from datetime import timedelta

from smm_academy.accounts.queries import find_account
from smm_academy.assessments import candidate_operations as candidates
from smm_academy.clock import now
from smm_academy.credentials import operations, queries
from smm_academy.quizzes.operations import submit_attempt
from smm_academy.quizzes.queries import attempt_of
from smm_academy.shifts.operations import prepare_end, write_move
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.able import answers_rightly, works_as_the_expert
from tests.people import Visitor


def person_of(app: Academy, visitor: Visitor) -> Viewer:
    with app.database.reading() as session:
        person = find_account(session, visitor.email)
        assert person
        return Viewer(person.id, "account", person.name, locale="en")


def takes_the_test(app: Academy, visitor: Visitor, able: bool) -> str:
    """Take the test of the house by its pages; what is answered is put in underneath."""
    visitor.opens("/certificates")
    hub = visitor.sends("/certificates", locale="en")
    assert hub.path.startswith("/assessments/")
    at, viewer = now(), person_of(app, visitor)
    visitor.sends(f"{hub.path}/questions")
    with app.database.unit() as session:
        paper = session.get_one(Sitting, part_of(visitor))
        if able:
            answers_rightly(session, viewer, paper, at)
        else:
            submit_attempt(session, viewer, paper.id, at)
    visitor.opens(hub.path)
    visitor.sends(f"{hub.path}/shift")
    with app.database.unit() as session:
        shift = session.get_one(Sitting, part_of(visitor))
        if able:
            works_as_the_expert(session, viewer, shift, at)
        else:
            write_move(session, viewer, prepare_end(session, viewer, shift.id), at)
    return hub.path.rpartition("/")[2]


def part_of(visitor: Visitor) -> str:
    assert visitor.page
    found = re.search(r"/(?:sittings|shifts)/([\w-]+)", visitor.page.path)
    assert found
    return found[1]


def test_whoever_is_able_earns_a_certificate_that_anybody_can_check(app: Academy) -> None:
    ola = Visitor(app)
    ola.registers("ola@example.com", "Ola")
    candidacy = takes_the_test(app, ola, able=True)

    ola.opens("/certificates")
    issued = ola.sends(f"/certificates/{candidacy}", name="Ola Nowak")
    assert issued.path.startswith("/verify/")

    stranger = Visitor(app, "pl")
    checked = stranger.opens(issued.path)
    assert "Ola Nowak" in checked.text
    assert "noindex" in checked.response.headers["X-Robots-Tag"]

    ola.opens("/certificates")
    ola.sends(f"{issued.path.replace('/verify/', '/certificates/')}/withdraw")
    assert "Ola Nowak" not in stranger.opens(issued.path).text

    assert "again from" in ola.opens("/certificates").text


def test_nothing_is_issued_for_a_test_that_went_badly(app: Academy) -> None:
    jan = Visitor(app)
    jan.registers("jan@example.com", "Jan")
    candidacy = takes_the_test(app, jan, able=False)

    refused = jan.posts(f"/certificates/{candidacy}", name="Jan")

    assert refused.status == 409
    assert "has not earned" in refused.text


def test_a_second_test_asks_other_questions(sqlite_app: Academy) -> None:
    ola = Visitor(sqlite_app)
    ola.registers("ola@example.com", "Ola")
    takes_the_test(sqlite_app, ola, able=True)
    viewer = person_of(sqlite_app, ola)
    later = now() + timedelta(days=8)

    with sqlite_app.database.unit() as session:
        first = queries.standing_of(session, viewer, later).tries[0].taken
        begun = operations.begin_test(session, viewer, "en", later)
        paper = candidates.open_paper(session, viewer, begun.id, later)
        asked = {row["item"] for row in attempt_of(session, paper).questions}
        before = attempt_of(session, first.sittings[first.candidacy.paper_id or ""]).questions

    assert not asked & {row["item"] for row in before}


def test_an_address_that_leads_nowhere_says_so(sqlite_app: Academy) -> None:
    assert Visitor(sqlite_app).opens("/verify/AAAAAAAAAAAA").status == 404
