"""A password is hashed before the unit of work takes the write lock, so nobody waits for it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from smm_academy.accounts import operations
from smm_academy.accounts.models import Attempt, Person, SignIn
from smm_academy.accounts.passwords import hasher, prove
from smm_academy.accounts.queries import kept_hash
from smm_academy.clock import now
from smm_academy.errors import Invalid, TooMany
from smm_academy.web.application import Academy
from tests.people import PASSWORD, Visitor

ANOTHER = "another good sentence"


@pytest.fixture
def hashes_freely(sqlite_app: Academy, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write from another connection, without any patience, whenever Argon2 is at work.

    Returns what was hashed so far; a lock that is held meanwhile fails the request.
    """
    seen: list[str] = []
    path = sqlite_app.database.engine.url.database or ""

    def beside(name: str) -> Callable[..., object]:
        real = getattr(PasswordHasher, name)

        def work(*arguments: object, **options: object) -> object:
            with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("UPDATE organisation SET name = name")
                other.execute("COMMIT")
            seen.append(name)
            return real(*arguments, **options)

        return work

    for name in ("hash", "verify"):
        monkeypatch.setattr(PasswordHasher, name, beside(name))
    return seen


def test_others_write_while_a_password_is_hashed(
    sqlite_app: Academy, hashes_freely: list[str]
) -> None:
    visitor = Visitor(sqlite_app)

    visitor.registers("ola@example.com")
    after_registering = list(hashes_freely)
    page = Visitor(sqlite_app).signs_in("ola@example.com")
    after_signing_in = list(hashes_freely)
    visitor.opens("/account")
    visitor.sends("/account/password", old_password=PASSWORD, password=ANOTHER)

    assert after_registering == ["hash"]
    assert page.path == "/progress"
    assert after_signing_in == ["hash", "verify"]
    assert hashes_freely[2:] == ["verify", "hash"]


def test_others_write_while_a_password_is_reset_and_an_account_deleted(
    sqlite_app: Academy, hashes_freely: list[str]
) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    visitor.opens("/reset")
    visitor.sends("/reset", email="ola@example.com")
    link = next(
        found[1]
        for letter in reversed(visitor.letters())
        if (found := re.search(r"http://localhost(/reset/\S+)", letter))
    )

    visitor.opens(link)
    visitor.sends(link, password=ANOTHER)
    visitor.opens("/account")
    visitor.sends("/account/delete", password=ANOTHER)

    assert hashes_freely == ["hash", "hash", "verify"]
    assert visitor.opens("/account").path == "/sign-in"


def test_an_unknown_address_costs_one_hash_too(
    sqlite_app: Academy, hashes_freely: list[str]
) -> None:
    page = Visitor(sqlite_app).signs_in("nobody@example.com")

    assert page.status == 422
    assert hashes_freely == ["hash"]


def test_a_password_that_changed_meanwhile_does_not_sign_in(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    with app.database.reading() as session:
        kept = kept_hash(session, "ola@example.com", now())
    proof = prove(hasher(cheap=True), kept, PASSWORD)
    with app.database.unit() as session:
        person = session.scalars(select(Person)).one()
        person.password_hash = hasher(cheap=True).hash(ANOTHER)
        before = session.scalar(select(func.count()).select_from(SignIn))

    with app.database.writing() as session, pytest.raises(Invalid, match="changed a moment ago"):
        operations.sign_in(session, "ola@example.com", proof, now())

    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignIn)) == before


def test_a_right_password_after_too_many_wrong_ones_is_counted_again_under_the_lock(
    app: Academy,
) -> None:
    Visitor(app).registers("ola@example.com")
    with app.database.reading() as session:
        proof = prove(hasher(cheap=True), kept_hash(session, "ola@example.com", now()), PASSWORD)
        wrong = prove(hasher(cheap=True), kept_hash(session, "ola@example.com", now()), ANOTHER)
    for _ in range(10):
        with app.database.unit() as session:
            operations.sign_in(session, "ola@example.com", wrong, now())

    with app.database.writing() as session, pytest.raises(TooMany):
        operations.sign_in(session, "ola@example.com", proof, now())

    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 10


def test_a_hash_of_an_older_kind_is_renewed_at_sign_in(sqlite_app: Academy) -> None:
    Visitor(sqlite_app).registers("ola@example.com")
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with sqlite_app.database.unit() as session:
        session.scalars(select(Person)).one().password_hash = older.hash(PASSWORD)

    page = Visitor(sqlite_app).signs_in("ola@example.com")

    with sqlite_app.database.reading() as session:
        kept = session.scalars(select(Person.password_hash)).one()
    assert page.path == "/progress"
    assert kept is not None
    assert not hasher(cheap=True).check_needs_rehash(kept)
