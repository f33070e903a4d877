"""The first admin comes by a command and sets a password by a link; the last one stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from smm_academy.accounts.models import AuditEntry, MailedLink, Person
from smm_academy.cli import run
from smm_academy.database.session import Database
from smm_academy.web.application import Academy
from tests.conftest import SECRET, MakeSettings
from tests.people import PASSWORD, Visitor


@pytest.fixture
def site(
    database_url: str,
    make_settings: MakeSettings,
    open_site: Callable[..., Academy],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Academy:
    """The site that commands of this process are about."""
    settings = {
        "SECRET_KEY": SECRET,
        "BASE_URL": "http://localhost",
        "DATABASE_URL": database_url,
        "MAIL_FROM": "academy@smm-academy.example",
        "SMTP_URL": "smtp://localhost:1",
        "INSTANCE": str(tmp_path / "instance"),
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"SMM_ACADEMY_{name}", value)
    return open_site(make_settings(database_url))


def link_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Invite; return the path of the printed link."""
    capsys.readouterr()
    assert run(["admin", "invite", *arguments]) == 0
    return capsys.readouterr().out.strip().removeprefix("http://localhost")


def test_the_first_admin_sets_a_password_by_the_link_and_gets_in(
    site: Academy, capsys: pytest.CaptureFixture[str]
) -> None:
    link = link_of(capsys, "Ada@Example.com", "--name", "Ada")
    with site.database.reading() as session:
        made = session.scalars(select(Person)).one()
        assert (made.password_hash, made.is_admin, made.name) == (None, True, "Ada")
    visitor = Visitor(site)
    before = Visitor(site).signs_in("ada@example.com", "")

    visitor.opens(link)
    visitor.sends(link, password=PASSWORD)

    assert before.status == 422
    assert visitor.opens("/admin").status == 200
    assert Visitor(site).opens(link).status == 409
    assert any(link in letter for letter in visitor.letters())


def test_an_account_is_raised_and_keeps_its_password(
    site: Academy, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor = Visitor(site)
    visitor.registers("ola@example.com")

    assert run(["admin", "invite", "ola@example.com"]) == 0
    first = capsys.readouterr().err
    assert run(["admin", "invite", "ola@example.com"]) == 0
    second = capsys.readouterr().err

    assert "has an account, which runs the site from now on" in first
    assert "ran the site already" in second
    assert visitor.opens("/admin").status == 200
    assert Visitor(site).signs_in("ola@example.com").path == "/progress"
    with site.database.reading() as session:
        actions = list(session.scalars(select(AuditEntry.action)))
    assert actions.count("admin.made") == 1


def test_admins_are_listed_and_removed_but_never_the_last(
    site: Academy, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["admin", "list"]) == 0
    nobody = capsys.readouterr()
    for email in ("ada@example.com", "ola@example.com"):
        link_of(capsys, email)
    assert run(["admin", "list"]) == 0
    listed = capsys.readouterr().out
    assert run(["admin", "remove", "ADA@example.com"]) == 0
    capsys.readouterr()

    refused = [
        (run(["admin", "remove", email]), capsys.readouterr().err)
        for email in ("ola@example.com", "ada@example.com", "nobody")
    ]

    assert (nobody.out, "Nobody runs the site" in nobody.err) == ("", True)
    assert listed.splitlines() == [
        "ada@example.com  ada  no password yet",
        "ola@example.com  ola  no password yet",
    ]
    assert [status for status, _ in refused] == [2, 2, 2]
    assert "This is the last admin" in refused[0][1]
    assert "Nobody with this address runs the site" in refused[1][1]
    assert "not an e-mail address" in refused[2][1]


def test_no_password_stands_anywhere(site: Academy, capsys: pytest.CaptureFixture[str]) -> None:
    link = link_of(capsys, "ada@example.com")

    with site.database.reading() as session:
        kept = session.scalars(select(MailedLink.token_hash)).one()
        hashes = list(session.scalars(select(Person.password_hash)))

    assert link.rpartition("/")[2] not in kept
    assert hashes == [None]


def test_a_database_without_its_tables_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMM_ACADEMY_DEMO", "1")
    monkeypatch.setenv("SMM_ACADEMY_INSTANCE", str(tmp_path))
    Database(f"sqlite:///{tmp_path / 'academy.sqlite'}").close()

    assert run(["admin", "invite", "ada@example.com"]) == 2
    assert "db upgrade" in capsys.readouterr().err
