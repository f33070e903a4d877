"""The page of how questions work: who sees it, what it says, and that it names nobody."""

from __future__ import annotations

import csv
import io
import math

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.clock import now
from smm_academy.quizzes.models import QuizAnswer
from smm_academy.quizzes.queries import load_banks
from smm_academy.quizzes.questions import Question
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.sittings.models import Feedback, Purpose, Sitting
from smm_academy.web.application import Academy
from tests.quizzes.many_answers import answer_quiz
from tests.writing.authors import Author

KEY = "concepts-basics"
PAGE = f"/teach/quizzes/{KEY}/statistics"


@pytest.fixture
def teacher(app: Academy) -> Author:
    found = Author(app)
    found.joins_house("ewa@example.com")
    return found


def answered(app: Academy, people: int, **more: object) -> list[Question]:
    with app.database.unit() as session:
        return answer_quiz(session, KEY, people=people, **more)  # type: ignore[arg-type]


def test_a_quiz_that_nobody_took_says_so(teacher: Author) -> None:
    page = teacher.opens(PAGE + "?locale=en")

    assert page.status == 200
    assert "Nobody has answered yet" in page.text
    assert "0 of 30 answers" in page.text


def test_below_thirty_answers_the_page_says_how_many_there_are(
    app: Academy, teacher: Author
) -> None:
    answered(app, 12)

    page = teacher.opens(PAGE + "?locale=en")

    assert "12 of 30 answers" in page.text
    assert "item-curve" not in page.html


def test_from_thirty_answers_on_figures_and_a_planted_flaw_are_shown(
    app: Academy, teacher: Author
) -> None:
    with app.database.reading() as session:
        chain = session.scalars(
            select(Chain).where(
                Chain.key == KEY, Chain.kind == ChainKind.QUIZ, Chain.locale == "en"
            )
        ).one()
        questions = load_banks(session, [chain.published_id or 0])[0].quiz.questions
    single = next(one for one in questions if one.type == "single")
    asked = answered(app, 120, chances={single.id: lambda theta: 0.85 if theta < 0 else 0.1})

    page = teacher.opens(PAGE + "?locale=en")
    polish = teacher.opens(PAGE + "?locale=pl")

    assert page.status == 200
    assert "120 answers" in page.text
    assert "The right answer is given less often by the able" in page.text
    assert "A wrong option draws more able people than the right one" in page.text
    assert page.html.count("<polyline") >= len(asked)
    assert "20 s" in page.text
    assert "too few people" in page.text
    assert "Nobody has answered yet" in polish.text


def test_where_answers_are_sent_together_no_time_is_kept(app: Academy, teacher: Author) -> None:
    answered(app, 40, feedback=Feedback.AFTER_SUBMIT)

    page = teacher.opens(PAGE + "?locale=en")

    assert "not kept" in page.text
    assert "20 s" not in page.text


@pytest.mark.parametrize(
    "column", ["answers", "easiness", "discrimination", "exposure", "time", "flaws", "nonsense"]
)
def test_every_column_sorts(app: Academy, teacher: Author, column: str) -> None:
    answered(app, 40)

    up = teacher.opens(f"{PAGE}?locale=en&sort={column}")
    down = teacher.opens(f"{PAGE}?locale=en&sort={column}&down=1")

    assert up.status == down.status == 200
    assert ('aria-sort="ascending"' in up.html) is (column != "nonsense")


def test_the_file_has_a_row_for_each_question(app: Academy, teacher: Author) -> None:
    asked = answered(app, 40)

    response = teacher.client.get(PAGE + ".csv?locale=en")
    rows = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))

    assert response.mimetype == "text/csv"
    assert len(rows) == 1 + len(asked)
    assert {row[3] for row in rows[1:]} == {"40"}


def test_a_question_that_is_harder_in_polish_is_named_from_enough_people_on(
    sqlite_app: Academy,
) -> None:
    teacher = Author(sqlite_app)
    teacher.joins_house("ewa@example.com")
    first = answered(sqlite_app, 1, seed=99)[0].id
    harder = {first: lambda theta: 1 / (1 + math.exp(2.5 - theta))}
    answered(sqlite_app, 260, seed=3)
    answered(sqlite_app, 190, seed=4, locale="pl", chances=harder)
    few = teacher.opens(PAGE + "?locale=pl")
    answered(sqlite_app, 70, seed=5, locale="pl", chances=harder)

    polish = teacher.opens(PAGE + "?locale=pl")
    english = teacher.opens(PAGE + "?locale=en")

    said = "People of the same ability fare differently in English and in Polish."
    assert said not in few.text
    assert "too few people" in few.text
    for page in (polish, english):
        card = page.html.partition(f'id="{first}"')[2].partition("</section>")[0]
        assert said in card
        assert "C: large" in page.text


def test_exposure_counts_practice_checks_and_assessments_and_every_wording(
    app: Academy, teacher: Author
) -> None:
    asked = answered(app, 40)
    first = asked[0].id
    with app.database.unit() as session:
        chain = session.scalars(
            select(Chain).where(
                Chain.key == f"{KEY}/{first}", Chain.kind == ChainKind.ITEM, Chain.locale == "en"
            )
        ).one()
        answered_here = select(QuizAnswer).where(QuizAnswer.item_key == chain.key)
        answers = list(session.scalars(answered_here.order_by(QuizAnswer.id)))
        # Ten of the forty met it in a check, four in an assessment, one of these in words that
        # were another question's meaning then, and five never.
        for place, answer in enumerate(answers):
            sitting = session.get_one(Sitting, answer.sitting_id)
            if place < 14:
                sitting.purpose = Purpose.CHECK if place < 10 else Purpose.ASSESSMENT
            if place == 10:
                answer.revision_id = older_revision(session, chain)
            if place >= 35:
                session.delete(answer)

    page = teacher.opens(PAGE + "?locale=en")
    response = teacher.client.get(PAGE + ".csv?locale=en")
    row = list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))[1]

    met = page.text.partition("Met:")[2].partition(".")[0]
    assert met.strip() == (
        "in practice 21 of 26 people (81 %); in skill checks 10 of 10 people (100 %); "
        "in assessments 4 of 4 people (100 %)"
    )
    assert row[8:12] == ["0.875", "21", "10", "4"]


def older_revision(session: Session, chain: Chain) -> int:
    """Return a revision of an item that has another meaning than the one that serves."""
    older = Revision(
        chain_id=chain.id,
        number=900,
        source="",
        sha256="",
        parsed={},
        wording_only=False,
        created_at=now(),
    )
    session.add(older)
    session.flush()
    return older.id


def test_a_school_is_told_why_its_questions_are_not_calibrated(
    app: Academy, teacher: Author
) -> None:
    stranger = Author(app)
    stranger.opens_school("jan@example.com")
    stranger.begins("quiz", "Quick one")
    stranger.publishes()
    (shelf,) = [one for one in stranger.opens("/teach").links if "/statistics?" in one]

    own = stranger.opens(shelf)

    assert own.status == 200
    assert "These questions are not calibrated" in own.text
    assert "/teach/calibration" not in own.links
    assert "not calibrated" not in teacher.opens(PAGE + "?locale=en").text


def test_instructors_of_other_schools_find_nothing(app: Academy) -> None:
    stranger = Author(app)
    stranger.opens_school("jan@example.com")

    assert stranger.opens(PAGE).status == 404
    assert stranger.opens(PAGE + ".csv").status == 404


def test_the_shelf_leads_to_the_figures(teacher: Author) -> None:
    shelf = teacher.opens("/teach")

    assert f"{PAGE}?locale=en&amp;school=1" in shelf.html
