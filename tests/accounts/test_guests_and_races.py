"""Guests who never come back, sessions that are over, two people at one address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.accounts.jobs import RETENTION
from smm_academy.accounts.models import Person, SignIn
from smm_academy.app import handlers
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.shifts.models import Shift
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.people import PASSWORD, Page, Visitor

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def count(app: Academy, table: type) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def tidies(app: Academy, at: datetime) -> None:
    """Let the worker forget what has served its time."""
    with app.database.unit() as session:
        enqueue(session, RETENTION, f"{RETENTION}:{at}", {}, at)
    with app.app_context():
        run_due(app.database, handlers(app, app.settings), at)


def drills(visitor: Visitor) -> Page:
    visitor.opens("/try")
    return visitor.sends("/try", text="Thank you for writing. We look into it today.")


def test_a_guest_who_never_came_back_is_forgotten_with_everything(app: Academy) -> None:
    with time_machine.travel(NOON, tick=False):
        drills(Visitor(app))

    tidies(app, NOON + 29 * DAY)
    kept = count(app, Person)
    tidies(app, NOON + 31 * DAY)

    assert kept == 1
    assert [count(app, table) for table in (Person, Sitting, Shift, SignIn)] == [0, 0, 0, 0]


def test_an_account_is_never_forgotten(app: Academy) -> None:
    with time_machine.travel(NOON, tick=False):
        visitor = Visitor(app)
        drills(visitor)
        visitor.registers("ola@example.com")

    tidies(app, NOON + 900 * DAY)

    assert (count(app, Person), count(app, Sitting), count(app, SignIn)) == (1, 1, 0)


def test_a_sign_in_ends_after_thirty_days(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    with time_machine.travel(NOON, tick=False):
        visitor.registers("ola@example.com")
    token = visitor.client.get_cookie("smm_account")
    assert token is not None

    with time_machine.travel(NOON + 29 * DAY, tick=False):
        visitor.client.set_cookie("smm_account", token.value)
        before = visitor.opens("/account").path
    with time_machine.travel(NOON + 31 * DAY, tick=False):
        visitor.client.set_cookie("smm_account", token.value)
        after = visitor.opens("/account").path

    assert (before, after) == ("/account", "/sign-in")


def test_two_who_register_one_address_at_once_make_one_account(app: Academy) -> None:
    windows = [Visitor(app) for _ in range(4)]
    for window in windows:
        window.opens("/register")

    pages = at_once(
        [
            lambda window=window: window.sends(
                "/register", name="Ola", email="ola@example.com", password=PASSWORD
            )
            for window in windows
        ]
    )

    assert sorted(page.status for page in pages) == [200, 422, 422, 422]
    assert count(app, Person) == 1


def test_a_token_is_kept_as_a_hash_alone(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    token = visitor.client.get_cookie("smm_account")

    with sqlite_app.database.reading() as session:
        kept = session.scalars(select(SignIn.token_hash)).one()

    assert token is not None
    assert token.value not in kept


def test_a_made_up_token_is_nobodys(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.client.set_cookie("smm_account", "x" * 4000)

    assert visitor.opens("/account").path == "/sign-in"
    assert visitor.opens("/").status == 200


def test_a_reset_link_is_too_old_after_an_hour(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    with time_machine.travel(NOON, tick=False):
        visitor.registers("ola@example.com")
        visitor.opens("/reset")
        visitor.sends("/reset", email="ola@example.com")
        letters = visitor.letters()
    link = next(
        word.removeprefix("http://localhost")
        for letter in letters
        for word in letter.split()
        if "/reset/" in word
    )

    with time_machine.travel(NOON + timedelta(minutes=61), tick=False):
        page = visitor.opens(link)

    assert page.status == 409
    assert "too old" in page.text


def test_letters_are_not_sent_over_and_over(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    for _ in range(6):
        visitor.opens("/reset")
        visitor.sends("/reset", email="ola@example.com")

    assert len(visitor.letters()) == 1 + 3


@pytest.mark.parametrize("name", ["Ola\x00", "\u202eOla", "O\u200bla", "  Ola  "])
def test_a_name_is_kept_as_it_can_be_shown(app: Academy, name: str) -> None:
    visitor = Visitor(app)

    visitor.registers("ola@example.com", name)

    with app.database.reading() as session:
        kept = session.scalars(select(Person.name)).one()
    assert kept.isprintable()
    assert kept.replace(" ", "") == "Ola"


def test_changing_the_profile_refuses_what_cannot_be_and_keeps_what_was_typed(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    visitor.opens("/account")

    page = visitor.sends("/account", name="Ala", timezone="Mars/Olympus")

    assert page.status == 422
    assert page.form("/account").fields["name"] == ["Ala"]
