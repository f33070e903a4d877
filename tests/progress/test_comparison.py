"""Where a check stands among others: from a hundred people on, said of whom, and left at will."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from smm_academy.accounts.models import Person, PersonKind
from smm_academy.clock import now
from smm_academy.measurement.models import Evidence, Norm
from smm_academy.measurement.norm_queries import check_members
from smm_academy.measurement.queries import map_of_sitting
from smm_academy.progress.models import ComparisonChoice
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.people import Page, Visitor
from tests.progress.others import finish, norm, others_finish, works_out
from tests.quizzes.check_takers import answers_as, begins

PAGE = "/progress/comparison"


@pytest.fixture
def learner(app: Academy) -> Visitor:
    found = Visitor(app)
    found.registers("ola@example.com", name="Ola")
    return found


def checked(learner: Visitor) -> Page:
    return answers_as(learner, 0.5)


def test_below_a_hundred_people_the_result_says_how_many_there_are(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 98)
    result = checked(learner)
    works_out(app)

    page = learner.opens(result.path)

    assert "No comparison with other learners yet" in page.text
    assert "so far there are 99" in page.text
    assert "Among other learners" not in page.text
    assert "among other learners" not in learner.opens("/progress").text
    assert norm(app).shares == []


def test_from_a_hundred_on_group_number_dates_and_interval_are_told(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 120)
    result = checked(learner)
    works_out(app)

    page = learner.opens(result.path)
    skill_map = learner.opens("/progress")

    said = re.search(
        r"Of 100 learners who finished this check in English, between (\d+) and (\d+) stand "
        r"below you",
        page.text,
    )
    assert said
    low, high = int(said[1]), int(said[2])
    assert 0 <= low < 60 < high <= 100
    assert "People: 121, each with their newest check" in page.text
    assert f"As of {now().day} {now():%B} {now().year}" in page.text
    assert "one check has an error of its own" in page.text
    assert said[0] in skill_map.text
    assert f"(121 people, as of {now().day} {now():%B} {now().year})" in skill_map.text
    assert "about" not in said[0]


def test_from_four_hundred_on_a_place_is_told_and_in_polish_too(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 400)
    result = checked(learner)
    works_out(app)

    english = learner.opens(result.path).text
    polish = learner.opens(f"{result.path}?lang=pl").text

    said = re.search(r"about (\d+) stand below you; in 19 of 20 cases between", english)
    assert said
    assert f"które ukończyły ten sprawdzian po angielsku, około {said[1]} jest" in polish


def test_each_language_is_a_group_of_its_own(app: Academy, learner: Visitor) -> None:
    others_finish(app, 130, "pl")
    result = checked(learner)
    works_out(app)

    assert (norm(app, "pl").people, norm(app, "en").people) == (130, 1)
    assert "so far there are 1" in learner.opens(result.path).text


def test_everybody_counts_once_with_the_newest_check_that_was_finished(app: Academy) -> None:
    others_finish(app, 1)
    at = now()
    with app.database.unit() as session:
        person = session.scalars(select(Person.id)).one()
        finish(session, person, "newest", 20, at=at - timedelta(hours=2))
        finish(session, person, "left-early", 0, at=at, answers=5)
        guest = Person(kind=PersonKind.GUEST, created_at=at, last_seen_at=at)
        session.add(guest)
        session.flush()
        finish(session, guest.id, "guest", 3, at=at)
        session.flush()
        (only,) = check_members(session, "en", [])
        sitting = session.get_one(Sitting, "check-newest")
        shown = map_of_sitting(session, Viewer(person), sitting, sitting.finished_at or at)
        left_out = check_members(session, "en", [person])

    assert (only.ability, only.se) == pytest.approx((shown.overall.mean, shown.overall.se))
    assert only.ability > 1
    assert left_out == []


def test_whoever_leaves_the_group_is_not_in_it_the_next_time(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 99)
    result = checked(learner)
    works_out(app)
    before = norm(app).people
    learner.opens(PAGE)
    learner.sends(PAGE, left_out=["y"])
    works_out(app)

    assert (before, norm(app).people, norm(app).shares) == (100, 99, [])
    assert "No comparison with other learners yet" in learner.opens(result.path).text


def test_whoever_wants_no_comparison_sees_none_and_still_counts(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 110)
    result = checked(learner)
    learner.opens(PAGE)
    kept = learner.sends(PAGE, hidden=["y"])
    works_out(app)

    for path in (result.path, "/progress"):
        assert "stand below you" not in learner.opens(path).text
    assert norm(app).people == 111
    assert kept.form(PAGE).fields["hidden"] == ["y"]
    assert kept.form(PAGE).fields["left_out"] == []
    learner.opens(PAGE)
    learner.sends(PAGE, hidden=[])
    assert "stand below you" in learner.opens(result.path).text


def test_a_check_that_was_left_early_is_not_compared(app: Academy, learner: Visitor) -> None:
    others_finish(app, 110)
    learner.sends(begins(learner).path, unknown="1")
    learner.opens("/check")
    ended = learner.sends("/end")
    works_out(app)

    page = learner.opens(ended.path)

    assert page.status == 200
    assert "stand below you" not in page.text
    assert "No comparison" not in page.text


def test_before_a_group_was_worked_out_nothing_is_said(app: Academy, learner: Visitor) -> None:
    result = checked(learner)

    assert "comparison" not in learner.opens(result.path).text.lower().replace(
        "comparison with others", ""
    )
    assert learner.opens(PAGE).status == 200


def test_the_page_of_the_choice_states_the_groups_and_is_found_from_the_account(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 120)
    works_out(app)

    page = learner.opens(PAGE)

    assert PAGE in learner.opens("/account").links
    assert PAGE in learner.opens("/privacy").links
    assert "120" in page.text
    assert "in Polish" in page.text


def test_choices_travel_with_the_export_and_go_with_the_account(
    app: Academy, learner: Visitor
) -> None:
    others_finish(app, 105)
    checked(learner)
    works_out(app)
    learner.opens(PAGE)
    learner.sends(PAGE, left_out=["y"], hidden=["y"])
    taken = learner.client.get("/account/export").get_json()["progress"]["comparison"]
    learner.opens("/account")
    learner.sends("/account/delete", password="a long enough sentence")
    works_out(app)

    assert (taken["left_out"], taken["hidden"]) == (True, True)
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ComparisonChoice)) == 0
        assert session.scalar(select(func.count(Evidence.person_id.distinct()))) == 105
    assert norm(app).people == 105


@pytest.mark.parametrize("nonsense", ["maybe", "\x00", "y" * 5000])
def test_whatever_is_sent_for_a_tick_is_a_tick_or_none(sqlite_app: Academy, nonsense: str) -> None:
    learner = Visitor(sqlite_app)
    learner.registers("ola@example.com")
    learner.opens(PAGE)

    page = learner.posts(PAGE, left_out=nonsense, unknown_field=nonsense)

    assert page.status == 200


def test_a_group_is_worked_out_again_and_replaced(app: Academy) -> None:
    others_finish(app, 100)
    works_out(app)
    first = norm(app)
    others_finish(app, 20, first=100)
    works_out(app)
    second = norm(app)

    assert (first.people, second.people) == (100, 120)
    assert second.taken_at > first.taken_at
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Norm)) == 2
