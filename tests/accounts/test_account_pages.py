"""Registering, signing in and out, resetting, confirming, leaving."""

import re

import pytest

from smm_academy.web.application import Academy
from tests.people import PASSWORD, Visitor


def test_somebody_registers_and_is_signed_in(visitor: Visitor) -> None:
    page = visitor.registers("ola@example.com")

    assert page.status == 200
    assert visitor.opens("/account").status == 200
    assert "ola@example.com" in visitor.page.html


def test_an_address_has_one_account_however_it_is_written(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")

    page = Visitor(app).registers("ＯＬＡ@Example.COM ")

    assert page.status == 422
    assert "has an account already" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "nobody"}, "not an e-mail address"),
        ({"email": "оla@example.com"}, "Latin letters"),
        ({"password": "short"}, "10 characters or more"),
        ({"password": "aaaaaaaaaaaa"}, "easy to guess"),
        ({"password": "Password123!"}, "easy to guess"),
        ({"password": "hasło20262026"}, "easy to guess"),
        ({"password": "ola@example.com"}, "Do not use your name"),
        ({"name": "\u202e\u200b "}, "how we may call you"),
        ({"name": "x" * 81}, "80 characters at most"),
    ],
)
def test_a_bad_registration_says_what_is_wrong_and_keeps_what_was_typed(
    sqlite_app: Academy, typed: dict[str, str], said: str
) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/register")
    good = {"name": "Ola", "email": "ola@example.com", "password": PASSWORD}

    page = visitor.sends("/register", **(good | typed))

    assert page.status == 422
    assert said in page.text
    assert page.form("/register").fields["email"] == [(good | typed)["email"]]


def test_a_wrong_password_does_not_sign_in(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    visitor = Visitor(app)

    page = visitor.signs_in("ola@example.com", "not the password")

    assert "do not match" in page.text
    assert visitor.opens("/account").path == "/sign-in"


def test_the_eleventh_try_at_a_password_is_refused(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    visitor = Visitor(app)
    for _ in range(10):
        visitor.signs_in("ola@example.com", "not the password")

    page = visitor.signs_in("ola@example.com", PASSWORD)

    assert page.status == 429
    assert "Too many tries" in page.text


def test_signing_out_ends_the_session(visitor: Visitor) -> None:
    visitor.registers("ola@example.com")

    visitor.sends("/sign-out")

    assert visitor.opens("/account").path == "/sign-in"


def test_a_reset_link_works_once_and_ends_other_sessions(app: Academy) -> None:
    owner = Visitor(app)
    owner.registers("ola@example.com")
    visitor = Visitor(app)
    visitor.opens("/reset")
    visitor.sends("/reset", email="OLA@example.com")
    link = _link(visitor.letters(), "reset")

    visitor.opens(link)
    visitor.sends(link, password="another good sentence")

    assert visitor.opens("/account").status == 200
    assert owner.opens("/account").path == "/sign-in"
    assert Visitor(app).opens(link).status == 409


def test_a_reset_for_an_unknown_address_says_the_same_and_sends_nothing(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.opens("/reset")

    page = visitor.sends("/reset", email="nobody@example.com")

    assert "If nobody@example.com has an account" in page.text
    assert visitor.letters() == []


def test_an_address_is_confirmed_by_a_button_not_by_opening_the_link(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    link = _link(visitor.letters(), "confirm")
    visitor.opens(link)

    before = "is not confirmed yet" in visitor.opens("/account").text
    visitor.opens(link)
    visitor.sends(link)

    assert before
    assert "is not confirmed yet" not in visitor.opens("/account").text


def test_links_in_letters_come_from_the_settings_not_from_the_request(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.headers["Host"] = "evil.example"
    visitor.registers("ola@example.com")

    letters = visitor.letters()

    assert "http://localhost/confirm/" in letters[0]
    assert "evil.example" not in letters[0]


def test_changing_the_password_ends_every_other_session(app: Academy) -> None:
    here, there = Visitor(app), Visitor(app)
    here.registers("ola@example.com")
    there.signs_in("ola@example.com")
    here.opens("/account")

    here.sends("/account/password", old_password=PASSWORD, password="another good sentence")

    assert here.opens("/account").status == 200
    assert there.opens("/account").path == "/sign-in"


def test_switching_the_language_keeps_the_place_and_lasts(visitor: Visitor) -> None:
    visitor.opens("/sign-in?next=/account")

    page = visitor.sends("/language", locale="pl")

    assert 'lang="pl"' in page.html
    assert page.path == "/sign-in"
    assert 'lang="pl"' in visitor.opens("/register").html


def test_a_sign_in_never_leads_off_the_site(app: Academy) -> None:
    Visitor(app).registers("ola@example.com")
    visitor = Visitor(app)
    visitor.opens("/sign-in?next=//evil.example/x")

    response = visitor.client.post(
        "/sign-in?next=//evil.example/x",
        data={
            "csrf_token": visitor.token(),
            "email": "ola@example.com",
            "password": PASSWORD,
        },
    )

    assert response.location == "/progress"


def test_deleting_an_account_needs_the_password_and_leaves_nothing(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    visitor.opens("/account")

    refused = visitor.sends("/account/delete", password="not it at all")
    visitor.opens("/account")
    visitor.sends("/account/delete", password=PASSWORD)

    assert refused.status == 422
    assert visitor.opens("/account").path == "/sign-in"
    assert Visitor(app).signs_in("ola@example.com").status == 422
    assert Visitor(app).registers("ola@example.com").path != "/register"


def test_a_form_from_elsewhere_is_refused(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)

    response = visitor.client.post(
        "/register", data={"name": "Ola", "email": "ola@example.com", "password": PASSWORD}
    )

    assert response.status_code == 400


def _link(letters: list[str], page: str) -> str:
    found = [re.search(rf"http://localhost(/{page}/\S+)", letter) for letter in letters]
    return next(match[1] for match in reversed(found) if match)
