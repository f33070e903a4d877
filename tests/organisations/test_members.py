"""Owners and their members: inviting, accepting, changing roles, never without an owner."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.accounts.models import (
    AuditEntry,
    Membership,
    MembershipOffer,
    Organisation,
    Person,
    Role,
)
from smm_academy.accounts.operations import grant
from smm_academy.accounts.queries import find_account
from smm_academy.clock import now
from smm_academy.organisations.operations import found_organisation, open_organisation
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.crowd import at_once
from tests.people import PASSWORD, Visitor

PLACE = "/organisations/zolta-loza"


def owner_of(app: Academy, name: str = "Żółta Łoza", email: str = "ola@example.com") -> Visitor:
    """Return somebody who has an account and owns an organisation."""
    visitor = Visitor(app)
    visitor.registers(email)
    with app.database.unit() as session:
        person = find_account(session, email)
        assert person is not None
        open_organisation(session, Viewer(person.id, "account"), name, [Role.RECRUITER], now())
    return visitor


def invites(owner: Visitor, email: str, role: Role = Role.INSTRUCTOR, place: str = PLACE) -> str:
    """Invite an address; return the path that the letter links to."""
    owner.opens(place)
    owner.sends("/invitations", email=email, role=str(role))
    found = [re.search(r"http://localhost(/invitations/\S+)", one) for one in owner.letters()]
    return next(match[1] for match in reversed(found) if match)


def joins(owner: Visitor, email: str, role: Role = Role.INSTRUCTOR, place: str = PLACE) -> Visitor:
    """Let somebody new be invited, register by the letter and accept."""
    link = invites(owner, email, role, place)
    guest = Visitor(owner.app)
    guest.opens(f"/register?next={link}")
    guest.sends("/register", name="Jan", email=email, password=PASSWORD)
    guest.sends(link)
    return guest


def roles_of(app: Academy, email: str) -> set[str]:
    with app.database.reading() as session:
        return set(
            session.scalars(
                select(Membership.role)
                .join(Person, Person.id == Membership.person_id)
                .where(Person.email_key == email)
            )
        )


def id_of(app: Academy, email: str) -> int:
    with app.database.reading() as session:
        person = find_account(session, email)
        assert person is not None
        return person.id


def test_whoever_opens_an_organisation_owns_it(app: Academy) -> None:
    visitor = owner_of(app)

    page = visitor.opens("/organisations")

    assert roles_of(app, "ola@example.com") == {"owner", "recruiter"}
    assert "Żółta Łoza" in page.text
    assert PLACE in page.links
    assert visitor.opens(PLACE).status == 200


def test_two_organisations_of_one_name_have_two_addresses(app: Academy) -> None:
    with app.database.unit() as session:
        slugs = [found_organisation(session, "Łódź & Co.", None, now()).slug for _ in range(3)]

    assert slugs == ["lodz-co", "lodz-co-2", "lodz-co-3"]


def test_somebody_new_is_invited_registers_and_belongs(app: Academy) -> None:
    owner = owner_of(app)

    guest = joins(owner, "jan@example.com", Role.RECRUITER)

    assert guest.page is not None
    assert "Welcome to Żółta Łoza" in guest.page.text
    assert roles_of(app, "jan@example.com") == {"recruiter"}
    assert guest.opens(PLACE).status == 404
    assert "Jan" in owner.opens(PLACE).text
    with app.database.reading() as session:
        person = find_account(session, "jan@example.com")
        assert person is not None
        assert person.email_confirmed_at is not None
        assert session.scalar(select(func.count()).select_from(MembershipOffer)) == 0


def test_an_invitation_works_once(app: Academy) -> None:
    owner = owner_of(app)
    link = invites(owner, "jan@example.com")
    guest = Visitor(app)
    guest.registers("jan@example.com", "Jan")
    guest.opens(link)
    guest.sends(link)

    assert guest.opens(link).status == 409


def test_an_invitation_is_for_one_address_alone(app: Academy) -> None:
    link = invites(owner_of(app), "jan@example.com")
    other = Visitor(app)
    other.registers("eve@example.com", "Eve")

    page = other.opens(link)
    taken = other.posts(link)

    assert "you are signed in as eve@example.com" in page.text
    assert taken.status == 403
    assert roles_of(app, "eve@example.com") == set()


def test_an_invitation_that_was_withdrawn_renewed_or_is_old_opens_nothing(app: Academy) -> None:
    owner = owner_of(app)
    first = invites(owner, "jan@example.com")
    second = invites(owner, "jan@example.com")
    renewed = Visitor(app).opens(first).status
    good = Visitor(app).opens(second).status
    with time_machine.travel(now() + timedelta(days=15)):
        old = Visitor(app).opens(second).status
    owner.opens(PLACE)
    owner.sends("/withdraw")

    assert (renewed, good, old) == (409, 200, 409)
    assert Visitor(app).opens(second).status == 409


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": ""}, "This is needed"),
        ({"email": "x" * 260 + "@example.com"}, "too long"),
        ({"email": "OLA@example.com", "role": "owner"}, "holds this role already"),
        ({"role": "emperor"}, "Not a valid choice"),
    ],
)
def test_a_bad_invitation_says_what_is_wrong_and_keeps_what_was_typed(
    sqlite_app: Academy, typed: dict[str, str], said: str
) -> None:
    owner = owner_of(sqlite_app)
    owner.opens(PLACE)

    page = owner.sends("/invitations", **({"email": "jan@example.com"} | typed))

    assert page.status == 422
    assert said in page.text
    assert page.form("/invitations").fields["email"] == [typed.get("email", "jan@example.com")]


def test_the_thirty_first_invitation_of_an_hour_waits(sqlite_app: Academy) -> None:
    owner = owner_of(sqlite_app)
    for number in range(30):
        owner.opens(PLACE)
        owner.sends("/invitations", email=f"p{number}@example.com")
    owner.opens(PLACE)

    page = owner.sends("/invitations", email="last@example.com")

    assert page.status == 429
    assert "30 invitations went out" in page.text


def test_an_owner_changes_the_roles_of_a_member_and_lets_them_go(app: Academy) -> None:
    owner = owner_of(app)
    joins(owner, "jan@example.com")
    path = f"{PLACE}/members/{id_of(app, 'jan@example.com')}"

    owner.posts(path, roles=["recruiter", "reviewer"])
    changed = roles_of(app, "jan@example.com")
    owner.posts(path, roles=["recruiter"], remove="1")

    assert changed == {"recruiter", "reviewer"}
    assert roles_of(app, "jan@example.com") == set()
    with app.database.reading() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions.count("organisation.role_given") == 2
    assert actions.count("organisation.role_taken") == 3


@pytest.mark.parametrize("way", [{"roles": "recruiter"}, {"remove": "1"}])
def test_the_last_owner_stays(app: Academy, way: dict[str, str]) -> None:
    owner = owner_of(app)

    page = owner.posts(f"{PLACE}/members/{id_of(app, 'ola@example.com')}", **way)

    assert page.status == 422
    assert "the only owner of Żółta Łoza" in page.text
    assert roles_of(app, "ola@example.com") == {"owner", "recruiter"}


def test_two_owners_who_leave_at_once_leave_one(app: Academy) -> None:
    first = owner_of(app)
    second = joins(first, "jan@example.com", Role.OWNER)
    paths = [
        f"{PLACE}/members/{id_of(app, one)}" for one in ("ola@example.com", "jan@example.com")
    ]

    pages = at_once(
        [
            lambda visitor=visitor, path=path: visitor.posts(path, remove="1")
            for visitor, path in zip((first, second), paths, strict=True)
        ]
    )

    owners = [roles_of(app, one) for one in ("ola@example.com", "jan@example.com")]
    assert sorted(page.status for page in pages) == [200, 422]
    assert min(map(len, owners)) == 0
    assert any("owner" in roles for roles in owners)


def test_an_owner_who_handed_over_may_leave(app: Academy) -> None:
    owner = owner_of(app)
    joins(owner, "jan@example.com", Role.OWNER)

    page = owner.posts(f"{PLACE}/members/{id_of(app, 'ola@example.com')}", remove="1")

    assert page.path == "/organisations"
    assert owner.opens(PLACE).status == 404


def test_a_rival_reaches_neither_members_nor_invitations_of_another_organisation(
    app: Academy,
) -> None:
    owner = owner_of(app)
    link_owner = owner_of(app, "Rival", "eve@example.com")
    joins(owner, "jan@example.com")
    invites(owner, "new@example.com")
    with app.database.reading() as session:
        invitation = session.scalars(select(MembershipOffer.id)).one()
    jan = id_of(app, "jan@example.com")

    tried = [
        link_owner.posts(f"{PLACE}/members/{jan}", roles="owner"),
        link_owner.posts(f"/organisations/rival/members/{jan}", roles="owner"),
        link_owner.posts(f"{PLACE}/invitations/{invitation}/withdraw"),
        link_owner.posts(f"/organisations/rival/invitations/{invitation}/withdraw"),
        link_owner.posts(f"{PLACE}/invitations", email="eve@example.com", role="owner"),
        link_owner.posts("/organisations/house/invitations", email="eve@example.com"),
        link_owner.posts(f"{PLACE}/members/999999999999", roles="owner"),
    ]

    assert [page.status for page in tried] == [404] * 7
    assert roles_of(app, "jan@example.com") == {"instructor"}
    assert roles_of(app, "eve@example.com") == {"owner", "recruiter"}


def test_renaming_keeps_the_address_and_refuses_what_cannot_be(app: Academy) -> None:
    owner = owner_of(app)
    owner.opens(PLACE)

    page = owner.sends("/zolta-loza", name="Nowa nazwa", timezone="America/Lima")
    refused = owner.sends("/zolta-loza", name=" \u202e ", timezone="America/Lima")

    assert (page.path, page.status) == (PLACE, 200)
    assert "Dates are reckoned in America/Lima" in page.text
    assert refused.status == 422
    with app.database.reading() as session:
        kept = session.scalars(select(Organisation.name).where(Organisation.id > 1)).one()
    assert kept == "Nowa nazwa"


def test_deleting_the_account_of_the_last_owner_is_refused_with_the_way_out(app: Academy) -> None:
    owner = owner_of(app)
    joins(owner, "jan@example.com")

    page = owner.opens("/account")
    refused = owner.sends("/account/delete", password=PASSWORD)
    owner.posts(f"{PLACE}/members/{id_of(app, 'jan@example.com')}", roles="owner")
    owner.opens("/account")
    owner.sends("/account/delete", password=PASSWORD)

    assert "Żółta Łoza has no other owner" in page.text
    assert PLACE in page.links
    assert refused.status == 422
    assert "Nothing was deleted" in refused.text
    assert owner.opens("/account").path == "/sign-in"
    assert roles_of(app, "jan@example.com") == {"owner"}


def test_an_organisation_of_nobody_else_goes_with_its_owner(app: Academy) -> None:
    owner = owner_of(app)
    invites(owner, "jan@example.com")

    page = owner.opens("/account")
    owner.sends("/account/delete", password=PASSWORD)

    assert "goes too" in page.text
    with app.database.reading() as session:
        left = list(session.scalars(select(Organisation.slug)))
        assert session.scalar(select(func.count()).select_from(MembershipOffer)) == 0
    assert len(left) == 1


def test_an_owner_alone_may_go_and_what_candidates_left_stays_until_its_day(app: Academy) -> None:
    owner = owner_of(app)
    with app.database.unit() as session:
        place = session.scalars(select(Organisation).where(Organisation.id > 1)).one()
        candidate = Person(
            kind="candidate", organisation_id=place.id, created_at=now(), last_seen_at=now()
        )
        session.add(candidate)

    page = owner.opens("/account")
    owner.sends("/account/delete", password=PASSWORD)

    assert "Żółta Łoza stays without anybody" in page.text
    assert owner.opens("/account").path == "/sign-in"
    with app.database.reading() as session:
        assert session.scalar(select(func.count()).where(Organisation.id > 1)) == 1
        assert session.scalar(select(func.count()).where(Person.kind == "candidate")) == 1


def test_an_invitation_of_somebody_who_is_deleted_is_forgotten(app: Academy) -> None:
    owner = owner_of(app)
    guest = Visitor(app)
    guest.registers("jan@example.com", "Jan")
    invites(owner, "jan@example.com")
    guest.opens("/account")
    guest.sends("/account/delete", password=PASSWORD)

    with app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MembershipOffer)) == 0


def test_the_menu_offers_the_organisation_to_owners_alone(sqlite_app: Academy) -> None:
    owner = owner_of(sqlite_app)
    guest = joins(owner, "jan@example.com")

    assert "/organisations" in owner.opens("/account").links
    assert "/organisations" not in guest.opens("/account").links
    # `grant` twice is once, so that a second click changes nothing.
    with sqlite_app.database.unit() as session:
        for _ in range(2):
            grant(session, id_of(sqlite_app, "jan@example.com"), 2, Role.OWNER)
    assert "/organisations" in guest.opens("/account").links
