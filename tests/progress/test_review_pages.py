"""The review over HTTP: what comes up for review, how it is asked, when it comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.measurement.models import Evidence
from smm_academy.progress.models import ReviewAnswer, ReviewCard, WeeklyGoal
from smm_academy.quizzes.queries import _serving_banks, practice_items, published_bank
from smm_academy.web.application import Academy
from smm_academy.web.viewer import NOBODY
from tests.people import Page, Visitor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LESSON = "the-angry-customer"
QUIZ = "concepts-basics"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """A clock that stands on a Monday morning until somebody moves it."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def learner(app: Academy, clock: time_machine.Coordinates) -> Visitor:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    return visitor


def finish_lesson(visitor: Visitor, key: str = LESSON) -> None:
    visitor.opens(f"/learn/{key}")
    visitor.sends(f"/learn/{key}/finish", then="next")


def recall(visitor: Visitor, rating: str) -> Page:
    """Look at the next key point, then say how well it came to mind."""
    page = visitor.opens("/review/card")
    shown = next(link for link in page.links if link.startswith("/review/card?shown="))
    visitor.opens(shown)
    return visitor.sends("/review/card", rating=rating)


def take_quiz(visitor: Visitor, *, right: bool) -> int:
    """Take a quiz, answering each question that has options; return how many were answered."""
    visitor.opens(f"/quizzes/{QUIZ}")
    page = visitor.sends(f"/quizzes/{QUIZ}")
    answered = 0
    number = 1
    base = page.path.rpartition("/")[0]
    while True:
        page = visitor.opens(f"{base}/{number}")
        if page.status != 200 or not page.path.endswith(f"/{number}"):
            break
        answered += choose(visitor, page, f"/{number}", right=right)
        number += 1
    visitor.opens(f"{base}/overview")
    visitor.sends("/submit")
    return answered


def choose(visitor: Visitor, page: Page, action: str, *, right: bool) -> int:
    """Answer a question that has one right option, rightly or wrongly; others are left blank."""
    form = page.form(action)
    found = [name for name in form.choices if len(form.choices[name]) > 2]
    if len(found) != 1 or 'type="radio"' not in page.html:
        return 0
    keys = right_options(visitor.app)
    fitting = [one for one in form.choices[found[0]] if (one in keys) is right]
    visitor.sends(action, **{found[0]: fitting[0]})
    return 1


def right_options(app: Academy) -> set[str]:
    with app.database.reading() as session:
        bank = published_bank(session, NOBODY, QUIZ, "en")
    return {
        option.id
        for question in bank.quiz.questions
        for option in getattr(question.key, "options", ())
        if option.correct
    }


def stored(app: Academy) -> tuple[int, int]:
    with app.database.reading() as session:
        cards = session.scalar(select(func.count()).select_from(ReviewCard)) or 0
        answers = session.scalar(select(func.count()).select_from(ReviewAnswer)) or 0
    return cards, answers


def test_nothing_learned_yet_leads_to_the_lessons(learner: Visitor) -> None:
    page = learner.opens("/review")

    assert "Nothing to review yet" in page.text
    assert "/learn" in page.links
    assert learner.opens("/review/card").path == "/review"


def test_a_finished_lesson_brings_its_key_points_and_reading_writes_nothing(
    learner: Visitor,
) -> None:
    finish_lesson(learner)

    page = learner.opens("/review")
    learner.opens("/review/card")

    assert "5 questions to review today" in page.text
    assert "5 questions to review today" in learner.opens("/progress").text
    assert stored(learner.app) == (0, 0)


def test_a_key_point_is_asked_by_its_cue_and_shown_when_it_was_thought_of(
    learner: Visitor,
) -> None:
    finish_lesson(learner)

    asked = learner.opens("/review/card")
    shown = learner.opens(next(one for one in asked.links if "shown=" in one))

    cue = re.search(r'<h1 class="recall-cue"[^>]*>(.*?) …', asked.html)
    assert cue
    assert "recall-point" not in asked.html
    assert cue[1].rstrip(":") in shown.html.partition("recall-point")[2]
    assert [value for _, value in shown.form("/review/card").buttons] == ["1", "2", "3", "4"]


def test_a_review_goes_through_all_of_it_and_says_what_comes_when(learner: Visitor) -> None:
    finish_lesson(learner)

    pages = [recall(learner, rating) for rating in ("1", "2", "3", "3", "4")]

    assert [page.path for page in pages] == [*["/review/card"] * 4, "/review"]
    assert "Done for today" in pages[-1].text
    assert "Tomorrow 2, within a week 2, later 1." in pages[-1].text
    assert "1 of 3 days this week" in pages[-1].text
    assert stored(learner.app) == (5, 5)


def test_it_can_be_left_and_taken_up_again(learner: Visitor) -> None:
    finish_lesson(learner)
    recall(learner, "3")
    other_device = Visitor(learner.app)
    other_device.signs_in("ola@example.com")

    page = other_device.opens("/review")

    assert "4 questions to review today" in page.text
    assert "Go on" in page.text
    assert "2 of 5" in other_device.opens("/review/card").text


def test_what_is_due_comes_back_on_its_day(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    finish_lesson(learner)
    for rating in ("1", "2", "3", "3", "4"):
        recall(learner, rating)

    clock.move_to(MONDAY + DAY)
    learner.signs_in("ola@example.com")
    tomorrow = learner.opens("/review").text
    clock.move_to(MONDAY + 2 * DAY)
    day_after = learner.opens("/review").text

    assert "2 questions to review today" in tomorrow
    assert "4 questions to review today" in day_after


def test_after_a_portion_it_is_enough_and_more_may_follow(learner: Visitor) -> None:
    for key in (LESSON, "negative-reviews", "smm-smo-seo"):
        finish_lesson(learner, key)

    pages = [recall(learner, "3") for _ in range(10)]

    assert pages[-2].path == "/review/card"
    assert pages[-1].path == "/review"
    assert "That is enough for today" in pages[-1].text
    assert "1 of" in learner.opens("/review/card").text


def test_an_answer_sent_twice_counts_once(learner: Visitor) -> None:
    finish_lesson(learner)
    asked = learner.opens("/review/card")
    shown = learner.opens(next(one for one in asked.links if "shown=" in one))
    card = shown.form("/review/card").fields["card"][0]

    learner.posts("/review/card", card=card, rating="4")
    again = learner.posts("/review/card", card=card, rating="1")

    assert stored(learner.app) == (1, 1)
    assert again.path == "/review/card"
    with learner.app.database.reading() as session:
        assert session.scalars(select(ReviewAnswer.rating)).all() == [4]


@pytest.mark.parametrize("rating", ["", "0", "5", "good", "٣"])
def test_an_answer_that_is_none_is_asked_for_again(learner: Visitor, rating: str) -> None:
    finish_lesson(learner)
    asked = learner.opens("/review/card")
    shown = learner.opens(next(one for one in asked.links if "shown=" in one))
    card = shown.form("/review/card").fields["card"][0]

    page = learner.posts("/review/card", card=card, rating=rating)

    assert page.status == 422
    assert "Choose one of the four answers." in page.text
    assert page.form("/review/card").fields["card"] == [card]
    assert stored(learner.app) == (0, 0)


@pytest.mark.parametrize("card", ["", "point:nothing/1", f"point:{LESSON}/99", "item:x/y", "\x00"])
def test_a_card_that_is_not_theirs_changes_nothing(learner: Visitor, card: str) -> None:
    finish_lesson(learner)

    page = learner.posts("/review/card", card=card, rating="4")

    assert page.path == "/review/card"
    assert stored(learner.app) == (0, 0)


def test_a_missed_question_is_asked_again_the_next_day_with_its_reason(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    missed = take_quiz(learner, right=False)
    today = learner.opens("/review").text
    clock.move_to(MONDAY + DAY)
    learner.signs_in("ola@example.com")

    page = learner.opens("/review/card")
    page_status = choose(learner, page, "/review/card", right=True)

    assert missed > 3
    assert "Nothing to review today" in today
    assert page_status == 1
    assert learner.page
    assert learner.page.path == "/review/card"
    assert "your answer, right" in learner.page.text
    assert "Asked again: in 2 days" in learner.page.text
    assert stored(learner.app) == (1, 1)


def test_what_was_right_or_left_blank_is_not_reviewed(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    take_quiz(learner, right=True)
    clock.move_to(MONDAY + DAY)
    learner.signs_in("ola@example.com")

    assert "Nothing to review yet" in learner.opens("/review").text


def test_no_answer_is_asked_for_and_not_knowing_is_one(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    take_quiz(learner, right=False)
    clock.move_to(MONDAY + DAY)
    learner.signs_in("ola@example.com")
    learner.opens("/review/card")

    blank = learner.sends("/review/card")
    unsure = learner.sends("/review/card", unsure="1")

    assert blank.status == 422
    assert "There is no answer yet" in blank.text
    assert unsure.status == 200
    assert "Asked again: tomorrow" in unsure.text


def test_a_missed_check_inside_a_lesson_is_asked_again(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    page = learner.opens("/learn/smm-smo-seo")
    action = next(form.action for form in page.forms if "/checks/" in form.action)
    form = page.form(re.split("#", action)[0])
    name = next(iter(form.choices))
    for option in form.choices[name]:
        learner.opens("/learn/smm-smo-seo")
        answered = learner.sends(re.split("#", action)[0], **{name: option})
        if "not yet" in answered.text:
            break
    clock.move_to(MONDAY + DAY)
    learner.signs_in("ola@example.com")

    page = learner.opens("/review/card")

    assert page.form("/review/card").fields["card"][0].startswith("check:smm-smo-seo/")


def test_reviewing_is_no_evidence_of_skill(learner: Visitor) -> None:
    finish_lesson(learner)
    for _ in range(5):
        recall(learner, "4")

    with learner.app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_in_polish_the_same_cards_speak_polish(learner: Visitor) -> None:
    finish_lesson(learner)
    recall(learner, "3")

    page = learner.opens("/review/card?lang=pl")

    assert "2 z 5" in page.text
    assert 'class="recall-cue" lang="pl"' in page.html


@pytest.mark.parametrize("days", ["0", "8", "", "three", "-1", "1.5"])
def test_a_goal_that_is_none_is_refused_and_nothing_is_lost(learner: Visitor, days: str) -> None:
    page = learner.posts("/review/rhythm", days=days, digest="y")

    assert page.status == 422
    assert "Choose from one to seven days." in page.text
    assert page.form("/review/rhythm").fields["digest"] == ["y"]
    with learner.app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(WeeklyGoal)) == 0


def test_a_goal_holds_from_this_week_on_and_the_last_choice_counts(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    learner.opens("/review")
    assert learner.page
    assert learner.page.form("/review/rhythm").fields["days"] == ["3"]
    learner.sends("/review/rhythm", days="5")
    learner.sends("/review/rhythm", days="2")
    clock.move_to(MONDAY + 7 * DAY)
    learner.signs_in("ola@example.com")
    learner.opens("/review")
    page = learner.sends("/review/rhythm", days="7")

    assert "0 of 7 days this week" in page.text
    with learner.app.database.reading() as session:
        goals = session.execute(select(WeeklyGoal.monday, WeeklyGoal.days)).all()
    assert [(monday.isoformat(), days) for monday, days in goals] == [
        ("2026-11-23", 2),
        ("2026-11-30", 7),
    ]


def test_a_week_begins_on_the_learners_own_monday(
    learner: Visitor, clock: time_machine.Coordinates
) -> None:
    learner.opens("/account")
    learner.sends("/account", timezone="America/New_York")
    # Four in the morning of Monday in London is still Sunday in New York.
    clock.move_to(MONDAY + 7 * DAY - timedelta(hours=5))
    learner.signs_in("ola@example.com")
    finish_lesson(learner)

    sunday = learner.opens("/review").text
    clock.move_to(MONDAY + 7 * DAY)
    monday = learner.opens("/review").text

    assert "1 of 3 days this week" in sunday
    assert "0 of 3 days this week" in monday


def test_everything_is_exported_and_goes_with_the_account(learner: Visitor) -> None:
    finish_lesson(learner)
    recall(learner, "3")
    learner.opens("/review")
    learner.sends("/review/rhythm", days="4", digest="y")

    taken = learner.client.get("/account/export").get_json()["progress"]
    learner.opens("/account")
    learner.sends("/account/delete", password="a long enough sentence")

    assert [row["rating"] for row in taken["reviews"]] == [3]
    assert taken["goals"] == [{"from": "2026-11-23", "days": 4}]
    assert taken["digest_since"]
    assert stored(learner.app) == (0, 0)


def test_no_assessment_item_and_no_secret_answer_is_ever_asked(sqlite_app: Academy) -> None:
    with sqlite_app.database.reading() as session:
        banks = [
            bank for locale in ("en", "pl") for bank in _serving_banks(session, NOBODY, locale)
        ]
        pools = {
            f"{bank.quiz.id}/{one.id}": one.pool for bank in banks for one in bank.quiz.questions
        }
        asked = practice_items(session, NOBODY, pools, "en")

    silent = {bank.quiz.id for bank in banks if bank.quiz.settings.feedback == "never"}
    assert silent
    assert "assessment" in pools.values()
    assert len(asked) > 200
    assert {question.pool for _bank, question in asked.values()} == {"practice"}
    assert not {bank.quiz.id for bank, _question in asked.values()} & silent
