"""Lists of people to invite, the letters that they get, the table of results."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import func, select

from smm_academy.assessments.guest_lists import decode_list, read_guests
from smm_academy.assessments.models import Invitation
from smm_academy.assessments.operations import AGAIN_A_DAY, LETTERS_A_DAY
from smm_academy.errors import Invalid
from smm_academy.web.application import Academy
from smm_academy.web.spreadsheet import neutral
from tests.hiring import answers_everything, begins, employer, invites, makes_test
from tests.people import Page, Visitor

LIST = "Imię i nazwisko;Adres e-mail;Język\nŻaneta Łąk;zaneta@firm.example;pl\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_a_list_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    guests, broken = read_guests(decode_list(LIST.encode(encoding)), "en")

    assert broken == []
    assert [(guest.name, guest.email, guest.locale) for guest in guests] == [
        ("Żaneta Łąk", "zaneta@firm.example", "pl")
    ]


@pytest.mark.parametrize("content", [b"PK\x03\x04more", b"\xd0\xcf\x11\xe0more"])
def test_a_workbook_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(Invalid, match="Save it as CSV"):
        decode_list(content)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Anna", "name and an address"),
        ("Anna,", "name and an address"),
        ("Anna,not an address", "address"),
        (",anna@firm.example", "name"),
        ("Anna,anna@firm.example,de", "en or pl"),
        ("Anna,anna@firm.example,en,33%", "25%, 50% or 100%"),
        ("x" * 200_000, "name and an address"),
        ('"Anna,anna@firm.example', "name and an address"),
        ("\x00,\x00", "address"),
        ("A" * 90 + ",anna@firm.example", "80 characters"),
        ("Jan,JAN@firm.example", "invited already"),
    ],
)
def test_a_broken_line_is_named_and_the_others_stay(line: str, why: str) -> None:
    guests, broken = read_guests(f"Jan,jan@firm.example\n\n{line}\nOla,ola@firm.example", "en")

    assert [guest.name for guest in guests] == ["Jan", "Ola"]
    assert [one.number for one in broken] == [3]
    assert why in str(broken[0].refusal)


def test_two_hundred_people_with_a_line_of_headings_are_no_more_than_may_be() -> None:
    lines = [f"Guest {number},guest{number}@firm.example" for number in range(200)]

    assert len(read_guests("\n".join(["name,email", *lines]), "en")[0]) == 200
    with pytest.raises(Invalid, match="200 lines"):
        read_guests("\n".join([*lines, "One more,more@firm.example"]), "en")


def with_test(app: Academy) -> tuple[Visitor, str]:
    boss = employer(app)
    makes_test(boss)
    return boss, boss.page.path if boss.page else ""


def sends_file(boss: Visitor, home: str, content: bytes, **values: str) -> Page:
    boss.opens(f"{home}/list")
    data = {
        "csrf_token": boss.token(),
        "locale": "en",
        **values,
        "file": (io.BytesIO(content), "people.csv"),
    }
    answer = boss.client.post(
        f"{home}/list", data=data, headers=boss.headers, follow_redirects=True
    )
    return Page(answer, answer.request.path)


def test_a_list_with_broken_lines_sends_nothing_until_they_are_left_out(
    sqlite_app: Academy,
) -> None:
    boss, home = with_test(sqlite_app)
    content = "Jan;jan@firm.example\nEwa\nŻaneta;zaneta@firm.example;pl;+50%\n".encode("cp1250")

    first = sends_file(boss, home, content)
    assert (first.status, invited(sqlite_app)) == (422, 0)
    assert "2" in first.text
    second = sends_file(boss, home, content, leave_out="y")

    assert second.status == 200
    assert invited(sqlite_app) == 2
    letters = boss.letters()
    assert any("invites you" in one and "Jan" in one for one in letters)
    assert any("zaprasza" in one and "Żaneta" in one for one in letters)
    link = re.search(r"http://localhost(/a/\S+)", letters[-1])
    assert link
    assert Visitor(sqlite_app, "pl").opens(link[1]).status == 200


def invited(app: Academy) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Invitation)) or 0


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"name,email\n", b"PK\x03\x04", b"\xff\xfe\x00"]
)
def test_a_file_without_people_is_refused_with_a_sentence(
    sqlite_app: Academy, content: bytes
) -> None:
    boss, home = with_test(sqlite_app)

    assert sends_file(boss, home, content).status == 422
    assert invited(sqlite_app) == 0


def test_an_account_whose_address_is_not_confirmed_hands_links_over(sqlite_app: Academy) -> None:
    boss = Visitor(sqlite_app)
    boss.registers("new@firm.example", "Nela")
    boss.opens("/hire")
    boss.sends("/hire/organisations", name="New firm")
    makes_test(boss)
    home = boss.page.path if boss.page else ""

    refused = boss.sends(f"{home}/invitations", name="Ola", email="ola@firm.example")

    assert refused.status in {403, 422}
    assert "Confirm your own address first" in refused.text
    assert invited(sqlite_app) == 0
    boss.opens(home)
    assert invites(boss)


def test_letters_of_a_day_are_counted(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    many = "\n".join(f"G,g{n}@firm.example" for n in range(LETTERS_A_DAY - 1))
    assert sends_file(boss, home, many.encode()).status == 200

    two = sends_file(boss, home, b"A,a@firm.example\nB,b@firm.example")
    one = sends_file(boss, home, b"A,a@firm.example")

    assert (two.status, one.status) == (429, 200)
    assert invited(sqlite_app) == LETTERS_A_DAY


def test_new_links_by_letter_are_counted_for_each_address(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    boss.sends(f"{home}/invitations", name="Ola", email="ola@firm.example")
    statuses = []
    for _ in range(AGAIN_A_DAY + 1):
        page = boss.opens(home)
        action = next(one.action for one in page.forms if one.action.endswith("/renew"))
        statuses.append(boss.sends(action).status)

    assert statuses == [200] * AGAIN_A_DAY + [429]


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_table_is_safe_and_opens_in_a_spreadsheet(sqlite_app: Academy, language: str) -> None:
    boss, home = with_test(sqlite_app)
    answers_everything(begins(sqlite_app, invites(boss, '=HYPERLINK("http://evil","x")')))
    boss.posts("/language", locale=language, next="/hire")

    page = boss.opens(f"{home}/results.csv")

    content = page.response.get_data()
    assert content.startswith("\ufeff".encode())
    assert page.response.headers["Content-Type"].startswith("text/csv")
    rows = list(
        csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";,"[language == "en"])
    )
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1]) > 8
    assert rows[1][0].startswith("'=")
    assert "%%" not in "".join(rows[0])


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("count", ["9" * 5000, "-1", "x", "1000000000", "٣"])
def test_odd_numbers_of_questions_are_refused_with_a_sentence(
    sqlite_app: Academy, count: str
) -> None:
    boss = employer(sqlite_app)
    boss.opens("/hire/assessments/new?outline=short")

    page = boss.sends("/hire/assessments/new", name="T", purpose="p", **{"skill-concepts": count})

    assert page.status in {200, 422}
    assert "went wrong on our side" not in page.text
