"""Lessons over HTTP: reading, checking oneself, keeping one's place, finishing."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from smm_academy.lessons.models import Reading
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.people import Page, Visitor

LESSON = "/learn/smm-smo-seo"


def check(page: Page) -> tuple[str, str, list[str]]:
    """Return the address, field and choices of the first question of a lesson."""
    form = next(form for form in page.forms if "/checks/" in form.action)
    name, choices = next(iter(form.choices.items()))
    return form.action.partition("#")[0], name, choices


def readings(app: Academy) -> list[Reading]:
    with app.database.reading() as session:
        return list(session.scalars(select(Reading)))


def test_reading_without_an_account_keeps_no_place(app: Academy) -> None:
    visitor = Visitor(app)
    page = visitor.opens(LESSON)
    address, name, choices = check(page)

    answered = visitor.sends(address, **{name: choices[0]})
    placed = visitor.posts(f"{LESSON}/place", block="b2")

    assert (answered.status, placed.status) == (200, 204)
    assert readings(app) == []


def test_whoever_finishes_keeps_it(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.opens(LESSON)

    page = visitor.sends(f"{LESSON}/finish")
    again = visitor.posts(f"{LESSON}/finish")

    assert page.status == again.status == 200
    assert [row.lesson_key for row in readings(app)] == ["smm-smo-seo"]


def test_a_reader_goes_on_where_they_stopped(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    block = re.findall(r'id="([\w-]+)" data-passage', visitor.opens(LESSON).html)[2]

    visitor.posts(f"{LESSON}/place", block=block)
    page = visitor.opens(LESSON)

    assert f'href="#{block}"' in page.html
    assert LESSON in visitor.opens("/learn").links


def test_places_sent_at_once_make_one_row(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    token, cookies = visitor.token(), dict(visitor.client._cookies)

    def place(block: str) -> int:
        client = app.test_client()
        client._cookies = dict(cookies)
        data = {"csrf_token": token, "block": block}
        return client.post(f"{LESSON}/place", data=data).status_code

    statuses = at_once([lambda number=number: place(f"b{number}") for number in range(6)])

    assert statuses == [204] * 6
    assert len(readings(app)) == 1


@pytest.mark.parametrize("block", ["", "x" * 5000, "<b>\x00", "żółć"])
def test_an_odd_place_hurts_nobody(app: Academy, block: str) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")

    placed = visitor.posts(f"{LESSON}/place", block=block)

    assert placed.status == 204
    assert visitor.opens(LESSON).status == 200


def test_a_check_says_whether_it_was_right_and_why(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    address, name, choices = check(visitor.opens(LESSON))

    pages = [visitor.posts(address, **{name: choice}) for choice in choices]

    assert any("chip-strong" in page.html for page in pages)
    assert all("Answer again" in page.text for page in pages)


def test_a_check_without_an_answer_says_so(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    address, _, _ = check(visitor.opens(LESSON))

    page = visitor.posts(address)

    assert page.status == 200
    assert "Nothing was answered" in page.text


def test_what_is_not_there_is_not_found(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)

    statuses = [
        visitor.opens("/learn/nothing").status,
        visitor.posts(f"{LESSON}/checks/nothing").status,
        visitor.posts("/learn/nothing/finish").status,
        visitor.posts("/learn/nothing/place").status,
    ]

    assert statuses == [404] * 4


def test_every_lesson_opens_in_both_languages(sqlite_app: Academy) -> None:
    visitors = [Visitor(sqlite_app, language) for language in ("en", "pl")]
    lessons = {link for link in visitors[0].opens("/learn").links if link.startswith("/learn/")}

    pages = [visitor.opens(lesson) for visitor in visitors for lesson in sorted(lessons)]

    assert len(lessons) >= 8
    assert {page.status for page in pages} == {200}


def test_every_exercise_of_a_lesson_leads_to_a_message_and_back(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    lessons = {link for link in visitor.opens("/learn").links if link.startswith("/learn/")}
    exercises = {
        link
        for lesson in sorted(lessons)
        for link in visitor.opens(lesson).links
        if link.startswith("/practice/drill")
    }

    pages = [visitor.opens(exercise) for exercise in sorted(exercises)]

    assert exercises
    assert {page.status for page in pages} == {200}
