"""What an admin sees and does about people, and where that ends."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from smm_academy.accounts.models import Membership, Person
from smm_academy.clock import now
from smm_academy.organisations.operations import open_organisation
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.admin.people import actions, admin_of, id_of
from tests.crowd import at_once
from tests.people import PASSWORD, Visitor

REPLY = "Thank you for writing. The parcel leaves today, and we pay the postage back."


def learner_of(app: Academy, email: str = "ola@example.com", name: str = "Ola") -> Visitor:
    visitor = Visitor(app)
    visitor.registers(email, name)
    visitor.opens("/practice/drill")
    visitor.sends("/practice/drill", text=REPLY)
    return visitor


def owns(app: Academy, email: str, name: str = "Norte") -> None:
    with app.database.unit() as session:
        person = session.scalars(select(Person).where(Person.email_key == email)).one()
        open_organisation(session, Viewer(person.id, "account"), name, [], now())


@pytest.mark.parametrize(
    ("words", "found"),
    [("łukasz", True), ("ŁUKASZ", True), ("ukas", True), ("LUKE@", True), ("100%", False)],
)
def test_people_are_found_by_a_part_of_name_or_address(
    app: Academy, words: str, found: bool
) -> None:
    Visitor(app).registers("luke@example.com", "Łukasz")

    page = admin_of(app).opens(f"/admin/people?q={words.replace('%', '%25')}")

    assert ("Łukasz" in page.text) is found
    assert ("Nobody is called that" in page.text) is not found


@pytest.mark.parametrize("query", ["page=0", "page=99999999999999", "page=x", "q=" + "x" * 500])
def test_a_strange_search_is_answered(sqlite_app: Academy, query: str) -> None:
    assert admin_of(sqlite_app).opens(f"/admin/people?{query}").status == 200


def test_an_admin_sees_who_somebody_is_and_nothing_of_how_they_did(app: Academy) -> None:
    learner_of(app)
    admin = admin_of(app)

    page = admin.opens(f"/admin/people/{id_of(app, 'ola@example.com')}")

    assert "ola@example.com" in page.text
    assert "0 quizzes, 1 drills, 0 shifts" in page.text
    assert "parcel" not in page.html
    assert not [link for link in page.links if link.startswith("/shifts/")]


def test_whoever_is_not_there_is_not_found(sqlite_app: Academy) -> None:
    admin = admin_of(sqlite_app)

    assert [admin.opens(f"/admin/people/{number}").status for number in (999, 10**30)] == [404] * 2


def test_an_admin_is_made_and_unmade_with_a_password_and_never_the_last(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    admin = admin_of(app)
    ola, ada = (id_of(app, f"{name}@example.com") for name in ("ola", "ada"))
    admin.opens(f"/admin/people/{ola}")

    wrong = admin.sends(f"/{ola}/admin", **{"raising-password": "not the password"})
    right = admin.sends(f"/{ola}/admin", **{"raising-password": PASSWORD})
    admin.opens(f"/admin/people/{ada}")
    resigned = admin.sends(f"/{ada}/admin", **{"raising-password": PASSWORD})
    other = Visitor(app)
    other.signs_in("ola@example.com")
    last = other.posts(
        f"/admin/people/{ola}/admin", **{"raising-password": PASSWORD, "wanted": "no"}
    )

    assert (wrong.status, right.status) == (422, 200)
    assert "not your password" in wrong.text
    assert resigned.status == 403
    assert last.status == 422
    assert "This is the last admin" in last.text
    assert [one for one in actions(app) if one.startswith("admin.")] == [
        "admin.made",
        "admin.unmade",
    ]


def test_two_admins_who_unmake_each_other_at_once_leave_one(app: Academy) -> None:
    emails = ("ada@example.com", "eve@example.com")
    both = [admin_of(app, email) for email in emails]
    others = [id_of(app, email) for email in reversed(emails)]

    at_once(
        [
            lambda visitor=visitor, other=other: visitor.posts(
                f"/admin/people/{other}/admin", **{"raising-password": PASSWORD, "wanted": "no"}
            )
            for visitor, other in zip(both, others, strict=True)
        ]
    )

    with app.database.reading() as session:
        left = session.scalar(select(func.count()).select_from(Person).where(Person.is_admin))
    assert left == 1


def test_every_session_is_ended(app: Academy) -> None:
    learner = learner_of(app)
    admin = admin_of(app)
    ola = id_of(app, "ola@example.com")
    admin.opens(f"/admin/people/{ola}")

    admin.sends(f"/people/{ola}/sign-out")

    assert learner.opens("/account").path == "/sign-in"
    assert "admin.signed_out" in actions(app)


def test_a_password_link_is_mailed_and_the_password_stays_till_then(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    admin = admin_of(app)
    ola = id_of(app, "ola@example.com")
    admin.opens(f"/admin/people/{ola}")

    admin.sends(f"/{ola}/reset")

    assert any("/reset/" in letter for letter in admin.letters())
    assert Visitor(app).signs_in("ola@example.com").path == "/progress"
    assert "admin.reset_mailed" in actions(app)


def test_roles_are_given_and_taken_but_never_the_last_owner_s(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    Visitor(app).registers("jan@example.com", "Jan")
    owns(app, "ola@example.com")
    admin = admin_of(app)
    ola, jan = (id_of(app, f"{name}@example.com") for name in ("ola", "jan"))

    admin.posts(f"/admin/people/{jan}/roles", organisation="norte", role="reviewer")
    admin.posts(f"/admin/people/{jan}/roles", organisation="norte", role="reviewer")
    given = admin.opens("/organisations/norte").text
    admin.posts(f"/admin/people/{jan}/roles", organisation="norte", role="reviewer", take="1")
    last = admin.posts(f"/admin/people/{ola}/roles", organisation="norte", role="owner", take="1")
    bad = [
        admin.posts(f"/admin/people/{jan}/roles", organisation="nowhere", role="owner"),
        admin.posts(f"/admin/people/{jan}/roles", organisation="norte", role="emperor"),
    ]

    assert "Jan" in given
    assert last.status == 422
    assert "only owner of Norte" in last.text
    assert [page.status for page in bad] == [422, 422]
    assert actions(app).count("organisation.role_given") == 1
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Membership)) == 1


def test_a_guest_gets_no_role(app: Academy) -> None:
    guest = Visitor(app)
    guest.opens("/try")
    guest.sends("/try", text=REPLY)
    with app.database.reading() as session:
        number = session.scalars(select(Person.id)).one()
    admin = admin_of(app)

    page = admin.posts(f"/admin/people/{number}/roles", organisation="house", role="owner")

    assert page.status in {404, 422}
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Membership)) == 0
    assert admin.opens(f"/admin/people/{number}").status == 200


def test_deleting_takes_everything_and_needs_the_admin_s_own_password(app: Academy) -> None:
    learner = learner_of(app)
    admin = admin_of(app)
    ola = id_of(app, "ola@example.com")
    shown = admin.opens(f"/admin/people/{ola}")

    wrong = admin.sends(f"/{ola}/delete", password="not the password")
    kept = learner.opens("/account").status
    admin.sends(f"/{ola}/delete", password=PASSWORD)

    assert "1 drills" in shown.text
    assert wrong.status == 422
    assert kept == 200
    assert learner.opens("/account").path == "/sign-in"
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Sitting)) == 0
        assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert actions(app)[-1] == "admin.deleted"


def test_whom_others_depend_on_and_oneself_are_not_deleted(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    Visitor(app).registers("jan@example.com", "Jan")
    owns(app, "ola@example.com")
    admin = admin_of(app)
    ola, jan, ada = (id_of(app, f"{name}@example.com") for name in ("ola", "jan", "ada"))
    admin.posts(f"/admin/people/{jan}/roles", organisation="norte", role="instructor")

    page = admin.opens(f"/admin/people/{ola}")
    owner = admin.posts(f"/admin/people/{ola}/delete", password=PASSWORD)
    own = admin.posts(f"/admin/people/{ada}/delete", password=PASSWORD)

    assert "/organisations/norte" in page.links
    assert (owner.status, own.status) == (422, 422)
    assert "no other owner" in owner.text
    assert "your own account" in own.text


def test_the_last_admin_cannot_delete_the_own_account(app: Academy) -> None:
    admin = admin_of(app)
    admin.opens("/account")

    page = admin.sends("/account/delete", password=PASSWORD)

    assert page.status == 422
    assert "Nobody else runs this site" in page.text


def test_the_menu_offers_administration_to_admins_alone(sqlite_app: Academy) -> None:
    admin, learner = admin_of(sqlite_app), Visitor(sqlite_app)
    learner.registers("ola@example.com")

    assert "/admin" in admin.opens("/account").links
    assert "/admin" not in learner.opens("/account").links
    assert learner.opens("/admin").status == 403
    assert Visitor(sqlite_app).opens("/admin").path == "/sign-in"
