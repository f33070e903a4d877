"""The whole loop over HTTP: drill, register, rate, read, answer, work, be scored, move, leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import func, select

from smm_academy.accounts.models import Person
from smm_academy.authoring.reading import Library
from smm_academy.database.types import Base
from smm_academy.web.application import Academy
from tests.journeys.words import ENGLISH, POLISH, Words
from tests.people import PASSWORD, Page, Visitor

BOTH = pytest.mark.parametrize("words", [ENGLISH, POLISH], ids=["english", "polish"])


def arrives(app: Academy, words: Words) -> Visitor:
    return Visitor(app, words.language)


def drills(visitor: Visitor, words: Words) -> Page:
    visitor.opens("/try")
    return visitor.sends("/try", text=words.reply)


def unopened(page: Page) -> list[str]:
    return [form.fields["message"][0] for form in page.forms if form.offers("move", "open")]


def opens_next(visitor: Visitor) -> str:
    """Let time pass until somebody writes; open it and return its id."""
    for _ in range(30):
        assert visitor.page is not None
        if found := unopened(visitor.page):
            visitor.moves("open", found[-1])
            return found[-1]
        visitor.moves("wait")
    raise AssertionError("nobody wrote any more")


def answers(visitor: Visitor, path: str, given: dict[str, list[str]]) -> Page:
    visitor.opens(path)
    return visitor.sends(path, **given)


def right_answers(library: Library, words: Words) -> list[dict[str, list[str]]]:
    """Return the fields that answer each question of the quiz of every kind rightly."""
    items = library.items["exam-kinds", words.language]
    return [right_fields(item.parsed["versions"][0], words) for item in items]


def right_fields(question: dict[str, Any], words: Words) -> dict[str, list[str]]:
    name, key = question["id"], question["key"]
    typed = {"numeric": words.number, "short": " smo "}
    if key["type"] in typed:
        return {name: [typed[key["type"]]]}
    if key["type"] in {"single", "multiple"}:
        return {name: [option["id"] for option in key["options"] if option["correct"]]}
    if key["type"] == "matching":
        return {f"{name}:{row['id']}": [row["label"]] for row in key["rows"]}
    if key["type"] == "order":
        return {f"{name}:{step['id']}": [str(at)] for at, step in enumerate(key["steps"], 1)}
    return {
        f"{name}:{gap['id']}": [
            choice["id"] for choice in gap["choices"] if choice["text"] in gap["accepted"]
        ]
        for gap in key["gaps"]
    }


def row_counts(app: Academy, people: Iterable[int]) -> dict[str, int]:
    """Return how many rows point to these people, or to their sittings, by table."""
    ids = list(people)
    sitting = Base.metadata.tables["sitting"]
    counts = {}
    with app.database.reading() as session:
        own = select(sitting.c.id).where(sitting.c.person_id.in_(ids))
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                targets = {key.column.table.name for key in column.foreign_keys}
                if "person" in targets:
                    condition = column.in_(ids)
                elif targets & {"sitting", "shift", "quiz_attempt"}:
                    condition = column.in_(own)
                else:
                    continue
                counts[f"{table.name}.{column.name}"] = (
                    session.scalar(select(func.count()).select_from(table).where(condition)) or 0
                )
    return counts


def orphans(app: Academy) -> dict[str, int]:
    """Return the rows of tables below a sitting whose sitting is gone."""
    sitting = Base.metadata.tables["sitting"]
    with app.database.reading() as session:
        return {
            table.name: session.scalar(
                select(func.count())
                .select_from(table)
                .where(table.c.sitting_id.not_in(select(sitting.c.id)))
            )
            or 0
            for table in Base.metadata.sorted_tables
            if "sitting_id" in table.columns
        }


@BOTH
def test_a_guest_drills_and_keeps_everything_on_registering(app: Academy, words: Words) -> None:
    visitor = arrives(app, words)

    debrief = drills(visitor, words)
    guest = visitor.opens(debrief.path)
    visitor.registers("ola@example.com")
    kept = visitor.opens(debrief.path)

    assert guest.status == kept.status == 200
    assert f'lang="{words.language}"' in kept.html
    assert words.reply.split()[0] in kept.text


@BOTH
def test_reading_and_the_first_page_make_no_rows(app: Academy, words: Words) -> None:
    visitor = arrives(app, words)

    pages = [visitor.opens(path) for path in ("/", "/try", "/learn", "/quizzes", "/practice")]

    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0
    assert {page.status for page in pages} == {200}


@BOTH
def test_the_own_rating_is_on_the_map_at_once(app: Academy, words: Words) -> None:
    visitor = arrives(app, words)
    visitor.registers("ola@example.com")

    visitor.opens("/progress/start")
    rated = visitor.sends("/progress/start", concepts="3", empathy="0")

    assert rated.path == "/progress"
    assert visitor.opens("/progress/concepts").status == 200
    assert visitor.opens("/progress/start").form("/progress/start").fields["concepts"] == ["3"]


@BOTH
def test_a_lesson_is_read_checked_finished_and_leads_to_its_quiz(
    app: Academy, words: Words
) -> None:
    visitor = arrives(app, words)
    visitor.registers("ola@example.com")
    lesson = visitor.opens("/learn/smm-smo-seo")
    check = next(form for form in lesson.forms if "/checks/" in form.action)
    name, choices = next(iter(check.choices.items()))

    answered = visitor.sends(check.action.partition("#")[0], **{name: choices[0]})
    visitor.opens("/learn/smm-smo-seo")
    finished = visitor.sends("/learn/smm-smo-seo/finish", then="quiz")

    assert words.lesson_title in lesson.text
    assert answered.status == 200
    assert finished.path.startswith("/quizzes/")


@BOTH
def test_a_quiz_of_every_kind_of_question_explains_each_and_is_passed(
    app: Academy, words: Words, library: Library
) -> None:
    visitor = arrives(app, words)
    visitor.opens("/quizzes/exam-kinds")
    page = visitor.sends("/quizzes/exam-kinds")
    base = page.path.rpartition("/")[0]

    explained = [
        answers(visitor, f"{base}/{number}", given)
        for number, given in enumerate(right_answers(library, words), start=1)
    ]
    visitor.opens(f"{base}/overview")
    result = visitor.sends("/submit")

    assert ["callout-key" in one.html for one in explained] == [True] * 7
    assert result.path == f"{base}/result"
    assert result.html.count("chip-strong") == 7


@pytest.mark.parametrize(
    ("quiz", "explained"),
    [("exam-submit", True), ("exam-close", True), ("exam-never", False)],
)
def test_a_quiz_explains_itself_when_it_says_so(app: Academy, quiz: str, explained: bool) -> None:
    visitor = Visitor(app)
    visitor.opens(f"/quizzes/{quiz}")
    page = visitor.sends(f"/quizzes/{quiz}")
    base = page.path.rpartition("/")[0]

    name, choices = next(iter(page.form("/1").choices.items()))
    second = visitor.sends(f"{base}/1", **{name: choices[0]})
    visitor.opens(f"{base}/overview")
    result = visitor.sends("/submit")

    assert second.path == f"{base}/2"
    assert "The M is for marketing" not in second.text
    assert ("The M is for marketing" in result.text) is explained


@BOTH
def test_a_short_shift_is_worked_debriefed_retried_and_disagreed_with(
    app: Academy, words: Words
) -> None:
    visitor = arrives(app, words)
    visitor.registers("ola@example.com")
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")

    first = opens_next(visitor)
    visitor.moves("look_up", first)
    visitor.moves("ask", first, text=words.question)
    visitor.moves("reply", first, text=words.reply)
    second = opens_next(visitor)
    visitor.moves("label", second)
    visitor.moves("escalate", second)
    third = opens_next(visitor)
    visitor.moves("like", third)
    visitor.moves("hide", third)
    visitor.moves("unhide", third)
    fourth = opens_next(visitor)
    visitor.moves("snooze", fourth)
    fifth = opens_next(visitor)
    visitor.moves("no_action", fifth, text=words.reason)
    desk = visitor.moves("wait")
    visitor.opens(f"{desk.path}/finish")
    debrief = visitor.sends("/finish")

    assert debrief.path == f"{desk.path}/debrief"
    assert debrief.status == 200
    assert words.reply.split()[0] in debrief.text

    again = visitor.opens(f"{desk.path}/messages/{first}/retry")
    retried = visitor.sends(again.path, text=words.better)
    assert words.better.split()[0] in retried.text
    visitor.opens(debrief.path)
    disagreed = visitor.sends(f"/messages/{first}/disagree/U2", sentence=words.objection)
    assert words.objection in disagreed.text
    assert visitor.opens("/progress").status == 200


@BOTH
def test_answers_move_the_skill_map(app: Academy, words: Words) -> None:
    visitor = arrives(app, words)
    visitor.registers("ola@example.com")
    before = visitor.opens("/progress/concepts").html
    visitor.opens("/quizzes/exam-submit")
    page = visitor.sends("/quizzes/exam-submit")
    base = page.path.rpartition("/")[0]

    answers(visitor, f"{base}/2", {"concepts-submit-pages": ["SMO"]})
    visitor.opens(f"{base}/overview")
    visitor.sends("/submit")
    after = visitor.opens("/progress/concepts").html

    assert plain(before) != plain(after)


@BOTH
def test_leaving_takes_everything_along_and_leaves_nothing(app: Academy, words: Words) -> None:
    visitor = arrives(app, words)
    debrief = drills(visitor, words)
    visitor.registers("ola@example.com")
    visitor.opens("/progress/start")
    visitor.sends("/progress/start", concepts="3")
    visitor.opens("/learn/smm-smo-seo")
    visitor.sends("/learn/smm-smo-seo/finish")
    visitor.opens("/quizzes/exam-kinds")
    question = visitor.sends("/quizzes/exam-kinds")
    visitor.sends(question.path)
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")
    opens_next(visitor)
    retry = next(link for link in visitor.opens(debrief.path).links if link.endswith("/retry"))
    visitor.opens(retry)
    visitor.sends(retry, text=words.better)
    visitor.opens(debrief.path)
    visitor.sends("/disagree/U2", sentence=words.objection)
    with app.database.reading() as session:
        ids = list(session.scalars(select(Person.id)))
    held = row_counts(app, ids)

    taken = visitor.client.get("/account/export").get_json()
    visitor.opens("/account")
    visitor.sends("/account/delete", password=PASSWORD)

    assert {"account", "progress", "lessons", "shifts", "quizzes", "sittings"} <= set(taken)
    assert words.reply in str(taken["shifts"])
    assert held["evidence.person_id"] > 0
    assert held["retry.sitting_id"] == held["disagreement.sitting_id"] == 1
    assert set(row_counts(app, ids).values()) == {0}
    assert set(orphans(app).values()) == {0}
    assert visitor.opens("/account").path == "/sign-in"


def test_signing_in_to_an_account_leaves_what_a_guest_did_apart(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    visitor = Visitor(app)
    debrief = drills(visitor, ENGLISH)

    page = visitor.signs_in("ola@example.com")

    assert "stays apart" in page.text
    assert visitor.opens(debrief.path).status == 404


def plain(html: str) -> str:
    """Return a page without what differs each time it is drawn."""
    return re.sub(r'(value|data-token)="[^"]*"', "", html)
