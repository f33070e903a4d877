"""Joining a class by its code, coming back by a key, leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from smm_academy.accounts.models import AuditEntry, Membership, Person, SignIn
from smm_academy.classes.guessing import MISSES_PER_ASKER
from smm_academy.classes.models import ClassMember
from smm_academy.web.application import Academy
from tests.classes.teaching import (
    NOON,
    Taught,
    comes_back,
    instructor,
    joins,
    key_on,
    opens_class,
    organisation,
    reads,
)
from tests.people import PASSWORD, Visitor

DAY = timedelta(days=1)


@pytest.fixture
def taught(app: Academy) -> Taught:
    return opens_class(instructor(app))


@pytest.fixture
def lite(sqlite_app: Academy) -> Taught:
    """A class on SQLite, for what does not depend on the database."""
    return opens_class(instructor(sqlite_app))


def roles(app: Academy, name: str) -> list[tuple[int, str]]:
    with app.database.reading() as session:
        rows = session.execute(
            select(Membership.organisation_id, Membership.role)
            .join(ClassMember, ClassMember.person_id == Membership.person_id)
            .where(ClassMember.name == name)
        )
        return [(place, role) for place, role in rows]


def audited(app: Academy) -> list[str]:
    with app.database.reading() as session:
        rows = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        return [action for action in rows if action.startswith("class.")]


def test_a_code_and_a_name_are_enough(taught: Taught) -> None:
    app = taught.teacher.app
    visitor = Visitor(app)

    page = joins(visitor, taught.code())

    assert page.status == 200
    assert len(key_on(page).split("-")) == 4
    assert "Marketing 2b" in visitor.opens("/classes").text
    assert "Ola" in taught.teacher.opens(taught.path).text
    assert roles(app, "Ola") == [(organisation(app, "school"), "learner")]


def test_before_joining_one_reads_what_the_instructor_will_see(lite: Taught) -> None:
    visitor = Visitor(lite.teacher.app)
    visitor.opens("/join")

    page = visitor.sends("/join", code=lite.code())

    assert "What the instructors of this class will see" in page.text
    assert "Not the texts of your replies" in page.text
    assert "You can leave at any time" in page.text
    assert "School" in page.text


def test_the_code_is_read_however_it_is_typed(lite: Taught) -> None:
    visitor = Visitor(lite.teacher.app)
    visitor.opens("/join")

    page = visitor.sends("/join", code=f"  {lite.code().lower().replace('-', ' – ')} ")

    assert "Join Marketing 2b" in page.text


def test_an_account_joins_as_itself_and_gets_no_key(taught: Taught) -> None:
    visitor = Visitor(taught.teacher.app)
    visitor.registers("ola@example.com", "Aleksandra")

    visitor.opens("/join")
    asked = visitor.sends("/join", code=taught.code())
    page = visitor.sends("/join")

    assert asked.form("/join").fields["name"] == ["Aleksandra"]
    assert page.path.startswith("/classes/")
    assert "return key" not in page.text


def test_joining_twice_is_once(lite: Taught) -> None:
    visitor = Visitor(lite.teacher.app)
    joins(visitor, lite.code())

    visitor.opens("/join")
    page = visitor.sends("/join", code=lite.code())

    assert page.path.startswith("/classes/")
    assert "1 member" in lite.teacher.opens(lite.path).text


@pytest.mark.parametrize("code", ["", "CDFH-JKMN", "x", "ÓÓÓÓ-ÓÓÓÓ", "0" * 500, "CDFH-JKM="])
def test_a_code_of_no_class_says_so_and_keeps_what_was_typed(
    sqlite_app: Academy, code: str
) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/join")

    page = visitor.sends("/join", code=code)

    assert page.status == 422
    assert "code" in page.text
    assert page.form("/join").fields["code"] == [code]


def test_a_closed_and_a_renewed_code_let_nobody_new_in(taught: Taught) -> None:
    old = taught.code()
    taught.teacher.sends("/code", change="close")
    closed = joins_with_code(taught, old)
    taught.teacher.opens(taught.path)
    taught.teacher.sends("/code", change="renew")
    renewed = joins_with_code(taught, old)

    assert (closed, renewed) == (422, 422)
    assert taught.code() != old
    assert joins_with_code(taught, taught.code()) == 200


def joins_with_code(taught: Taught, code: str) -> int:
    visitor = Visitor(taught.teacher.app)
    visitor.opens("/join")
    return visitor.sends("/join", code=code).status


def test_too_many_wrong_codes_have_to_wait(taught: Taught) -> None:
    visitor = Visitor(taught.teacher.app)
    code = taught.code()
    for _ in range(MISSES_PER_ASKER):
        visitor.posts("/join", code="CDFHJKMN")

    blocked = visitor.posts("/join", code=code)

    assert blocked.status == 429
    assert visitor.posts("/join/return", code=code, key="a-b-c-123").status == 429


def test_a_name_that_the_class_has_is_refused_and_makes_no_guest(taught: Taught) -> None:
    joins(Visitor(taught.teacher.app), taught.code(), "Ola")

    page = joins(Visitor(taught.teacher.app), taught.code(), "OLA")

    assert page.status == 422
    assert "called that already" in page.text
    assert page.form("/join").fields["name"] == ["OLA"]
    with taught.teacher.app.database.reading() as session:
        guests = session.scalars(select(Person.id).where(Person.kind == "guest")).all()
    assert len(guests) == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\u202e"])
def test_a_name_that_is_none_is_refused(lite: Taught, name: str) -> None:
    page = joins(Visitor(lite.teacher.app), lite.code(), name)

    assert page.status == 422
    assert "Join Marketing 2b" in page.text


def test_a_key_brings_a_guest_back_on_two_devices(taught: Taught) -> None:
    app = taught.teacher.app
    first, second, third = Visitor(app), Visitor(app), Visitor(app, "pl")
    code = taught.code()
    key = key_on(joins(first, code))
    reads(first)

    on_second = comes_back(second, code.lower(), key.upper().replace("-", "  "))
    on_third = comes_back(third, code, key)

    assert on_second.path == on_third.path == f"/classes/{taught.id}"
    assert first.opens(f"/classes/{taught.id}").status == 200
    assert "1 member" in taught.teacher.opens(taught.path).text
    assert audited(app).count("class.joined_by_key") == 2


def test_the_key_is_kept_as_a_hash_alone(lite: Taught) -> None:
    key = key_on(joins(Visitor(lite.teacher.app), lite.code()))

    with lite.teacher.app.database.reading() as session:
        kept = session.scalars(select(ClassMember.key_hash)).one()

    assert kept
    assert key not in kept


def test_a_wrong_key_says_so_and_a_renewed_code_still_names_the_class(taught: Taught) -> None:
    app = taught.teacher.app
    old = taught.code()
    key = key_on(joins(Visitor(app), old))
    taught.teacher.opens(taught.path)
    taught.teacher.sends("/code", change="renew")

    wrong = comes_back(Visitor(app), old, "amber-anchor-apple-000")
    right = comes_back(Visitor(app), old, key)

    assert wrong.status == 422
    assert "do not fit together" in wrong.text
    assert wrong.form("/join/return").fields["key"] == ["amber-anchor-apple-000"]
    assert right.path == f"/classes/{taught.id}"


def test_a_key_opens_its_own_class_alone(lite: Taught) -> None:
    other = opens_class(lite.teacher, "Another")
    key = key_on(joins(Visitor(lite.teacher.app), lite.code()))

    assert comes_back(Visitor(lite.teacher.app), other.code(), key).status == 422


def test_a_new_key_ends_the_old_one_and_other_sign_ins(taught: Taught) -> None:
    app, code, member = taught.teacher.app, taught.code(), Visitor(taught.teacher.app)
    old = key_on(joins(member, code))
    taught.teacher.opens(taught.path)

    page = taught.teacher.sends("/key")

    assert comes_back(Visitor(app), code, old).status == 422
    assert member.opens(f"/classes/{taught.id}").status == 404
    assert comes_back(member, code, key_on(page)).status == 200
    assert "class.key_issued" in audited(app)


def test_no_key_is_made_for_somebody_in_another_schools_class(lite: Taught) -> None:
    app, guest = lite.teacher.app, Visitor(lite.teacher.app)
    other = opens_class(instructor(app, "adam@example.com", "elsewhere"))
    joins(guest, lite.code())
    joins(guest, other.code())
    lite.teacher.opens(lite.path)

    page = lite.teacher.sends("/key")

    assert page.status == 409
    assert guest.opens(f"/classes/{lite.id}").status == 200


def test_whoever_registers_keeps_everything_and_the_key_ends(taught: Taught) -> None:
    app, visitor, code = taught.teacher.app, Visitor(taught.teacher.app), taught.code()
    key = key_on(joins(visitor, code))
    reads(visitor)

    visitor.registers("ola@example.com")

    assert visitor.opens(f"/classes/{taught.id}").status == 200
    assert comes_back(Visitor(app), code, key).status == 422
    assert "with an account" in taught.teacher.opens(taught.path).text
    assert roles(app, "Ola") == [(organisation(app, "school"), "learner")]


def test_somebody_signed_in_is_not_signed_out_by_a_key(lite: Taught) -> None:
    app, other = lite.teacher.app, Visitor(lite.teacher.app)
    key = key_on(joins(Visitor(app), lite.code()))
    other.registers("ola@example.com")

    page = comes_back(other, lite.code(), key)

    assert page.status == 422
    assert "Sign out first" in page.text
    assert other.opens("/account").path == "/account"


def test_after_leaving_the_instructor_sees_nothing(taught: Taught) -> None:
    visitor = Visitor(taught.teacher.app)
    joins(visitor, taught.code())
    address = taught.member("Ola")
    visitor.opens(f"/classes/{taught.id}")

    page = visitor.sends("/leave")

    assert page.path == "/classes"
    assert "Ola" not in taught.teacher.opens(taught.path).text
    assert "Ola" not in taught.gradebook().text
    assert taught.teacher.opens(address).status == 404
    assert visitor.opens(f"/classes/{taught.id}").status == 404
    with taught.teacher.app.database.reading() as session:
        assert session.scalars(select(Membership).where(Membership.role == "learner")).all() == []


def test_the_role_stays_while_another_class_of_the_organisation_does(lite: Taught) -> None:
    visitor, other = Visitor(lite.teacher.app), opens_class(lite.teacher, "Another")
    joins(visitor, lite.code())
    joins(visitor, other.code(), "Ola again")
    visitor.opens(f"/classes/{lite.id}")

    visitor.sends("/leave")

    assert roles(lite.teacher.app, "Ola again") == [
        (organisation(lite.teacher.app, "school"), "learner")
    ]


def test_a_guests_cookie_lasts_as_long_as_the_class(taught: Taught) -> None:
    app = taught.teacher.app
    visitor = Visitor(app)

    joins(visitor, taught.code())

    with app.database.reading() as session:
        guest = select(Person.id).where(Person.kind == "guest")
        ends = session.scalars(select(SignIn.expires_at).where(SignIn.person_id.in_(guest))).one()
    cookie = visitor.client.get_cookie("smm_account")
    assert cookie is not None
    assert cookie.max_age is not None
    assert cookie.max_age > 299 * DAY.total_seconds()
    assert ends - NOON > 0 * DAY


def test_a_guest_who_practised_before_joins_with_it(lite: Taught) -> None:
    visitor = Visitor(lite.teacher.app)
    reads(visitor)

    joins(visitor, lite.code())
    visitor.opens(f"/classes/{lite.id}")

    cookie = visitor.client.get_cookie("smm_account")
    assert cookie is not None
    assert (cookie.max_age or 0) > 299 * DAY.total_seconds()
    assert "lessons finished 1" in visitor.opens(f"/classes/{lite.id}/me").text


def test_an_account_that_is_deleted_leaves_the_class(lite: Taught) -> None:
    visitor = Visitor(lite.teacher.app)
    visitor.registers("ola@example.com")
    joins(visitor, lite.code())
    export = visitor.client.get("/account/export").get_json()
    visitor.opens("/account")

    visitor.sends("/account/delete", password=PASSWORD)

    assert export["classes"]["member_of"][0]["known_as"] == "Ola"
    assert "Nobody has joined yet" in lite.teacher.opens(lite.path).text
