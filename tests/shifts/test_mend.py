"""Mend the machine's draft, over HTTP: the draft to edit, what was planted, what it shows."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from simulator import Draft
from smm_academy.measurement.models import Evidence
from smm_academy.shifts.draft_queries import DraftDrill, draft_drill
from smm_academy.shifts.forms import unseal
from smm_academy.shifts.models import Shift
from smm_academy.web.application import Academy
from smm_academy.web.viewer import NOBODY
from tests.conftest import SECRET
from tests.people import Page, Visitor

LANGUAGES = ("en", "pl")
TITLE = {"en": "Mend the machine’s draft", "pl": "Napraw szkic maszyny"}
PLANTED = {"en": "What was planted", "pl": "Co było podłożone"}
UNCHANGED = {"en": "You sent the draft as it came.", "pl": "Szkic poszedł bez zmian."}


def opened(app: Academy, page: Page) -> DraftDrill:
    """Return the draft that a page shows, from the seal in its form."""
    sealed = unseal(SECRET, page.form("/practice/mend").fields["drill"][0])
    with app.database.reading() as session:
        return draft_drill(session, NOBODY, sealed)


def draft_on(app: Academy, page: Page) -> Draft:
    return opened(app, page).draft


def counted(app: Academy, table: type) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_stands_in_the_box_and_nothing_is_written(app: Academy, language: str) -> None:
    visitor = Visitor(app, language)

    page = visitor.opens("/practice/mend")

    assert page.status == 200
    assert TITLE[language] in page.text
    draft = draft_on(app, page)
    assert page.form("/practice/mend").fields["text"] == [draft.text]
    assert draft.clean not in page.text or draft.clean == draft.text
    assert counted(app, Shift) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_as_it_came_is_told_kindly(app: Academy, language: str) -> None:
    visitor = Visitor(app, language)
    draft = draft_on(app, visitor.opens("/practice/mend"))

    page = visitor.sends("/practice/mend")

    assert page.status == 200
    assert page.path != "/practice/mend"
    assert PLANTED[language] in page.text
    assert UNCHANGED[language] in page.text
    assert page.html.count("chip-weak") >= len(draft.faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mended_draft_is_told_fault_by_fault(app: Academy, language: str) -> None:
    visitor = Visitor(app, language)
    draft = draft_on(app, visitor.opens("/practice/mend?brand=lumo"))

    page = visitor.sends("/practice/mend", text=draft.clean.replace("\n", "\r\n"))

    assert UNCHANGED[language] not in page.text
    assert page.html.count("rubric-sign-earned") >= len(draft.faults)
    assert len(re.findall("chip chip-strong", page.html)) >= len(draft.faults)
    with app.database.reading() as session:
        record = session.scalars(select(Shift.record)).one()
    assert record is not None
    assert [fault["mending"] for fault in record["draft"]["faults"]] == ["mended"] * len(
        draft.faults
    )
    assert record["score"] >= 70


def test_only_what_was_planted_shows_skill(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    draft = draft_on(sqlite_app, visitor.opens("/practice/mend?kind=complaint"))
    visitor.sends("/practice/mend", text=draft.clean)

    with sqlite_app.database.reading() as session:
        shown = {row.source.rpartition(":")[2] for row in session.scalars(select(Evidence))}

    assert shown <= {fault.criterion for fault in draft.faults}


def test_sound_sentences_that_were_changed_are_listed(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice/mend?kind=complaint")

    page = visitor.sends("/practice/mend", text="Something else altogether. We are sorry.")

    assert "was changed too" in page.text or "were changed too" in page.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", " \n\t ", "x" * 2001], ids=["empty", "blank", "long"])
def test_a_text_that_cannot_be_sent_is_asked_for_again(
    sqlite_app: Academy, language: str, text: str
) -> None:
    visitor = Visitor(sqlite_app, language)
    shown = visitor.opens("/practice/mend")
    before = shown.form("/practice/mend").fields["drill"]
    draft = draft_on(sqlite_app, shown)

    page = visitor.sends("/practice/mend", text=text)

    assert page.status == 422
    assert 'aria-invalid="true"' in page.html
    assert page.form("/practice/mend").fields["drill"] == before
    assert page.form("/practice/mend").fields["text"] == [text.strip() or draft.text]
    assert counted(sqlite_app, Shift) == 0


def test_a_reload_keeps_the_draft_and_a_lesson_its_way_back(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    form = visitor.opens("/practice/mend?from=/learn/voice").form("/practice/mend")
    sealed = form.fields["drill"][0]

    again = visitor.opens(f"/practice/mend?from=/learn/voice&drill={sealed}")

    assert again.form("/practice/mend").fields["drill"] == [sealed]
    assert "/learn/voice" in again.links
    assert "/learn/voice" in visitor.sends("/practice/mend").links


@pytest.mark.parametrize("way", ["//evil.example", "https://evil.example/"])
def test_the_way_back_stays_on_the_site(sqlite_app: Academy, way: str) -> None:
    page = Visitor(sqlite_app).opens(f"/practice/mend?from={way}")
    assert not any("evil" in link for link in page.links)


def test_a_drill_without_a_draft_says_so(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/practice/drill?kind=abuse&brand=lumo")
    assert visitor.page is not None
    sealed = visitor.page.form("/practice/drill").fields["drill"][0]

    assert visitor.posts("/practice/mend", drill=sealed, text="Hello").status == 404
    assert visitor.posts("/practice/mend", drill="made up", text="Hello").status == 422


def test_practice_and_the_lesson_lead_to_a_draft(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    assert "/practice/mend" in visitor.opens("/practice").links
    lesson = visitor.opens("/learn/the-job-ad-and-the-portfolio")
    link = next(one for one in lesson.links if one.startswith("/practice/mend"))
    page = visitor.opens(link)
    assert opened(sqlite_app, page).drill.brand == "lumo"
    assert opened(sqlite_app, page).drill.kind == "complaint"
