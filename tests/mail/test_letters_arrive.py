"""Letters go through a real mail server, with Polish words and without anything of the request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.jobs.models import Job, JobState
from smm_academy.jobs.worker import run_due
from smm_academy.mail.letters import Letter, post
from smm_academy.mail.sending import compose
from smm_academy.web.application import Academy
from tests.conftest import MakeSettings
from tests.people import Visitor
from tests.ports import free_port


class Letterbox:
    """What a mail server took in; it can be told to refuse."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a letter in."""
        if self.refuses:
            return "451 Not now"
        self.letters.append(message_from_bytes(envelope.content, policy=SMTP))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def server(box: Letterbox) -> Iterator[Controller]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def site(
    sqlite_url: str,
    make_settings: MakeSettings,
    open_site: Callable[..., Academy],
    server: Controller,
) -> Academy:
    return open_site(make_settings(sqlite_url, smtp_url=f"smtp://127.0.0.1:{server.port}"))


def works(app: Academy, at: datetime | None = None) -> int:
    with app.app_context():
        return run_due(app.database, handlers(app, app.settings), at or now())


def states(app: Academy) -> list[str]:
    with app.database.reading() as session:
        return [row.state for row in session.query(Job)]


def test_a_polish_letter_arrives_as_it_was_written(site: Academy, box: Letterbox) -> None:
    Visitor(site, "pl").registers("ola@example.com", "Żaneta Łęcka")

    works(site)

    letter = box.letters[0]
    assert letter["Subject"] == "Potwierdź swój adres w SMM Academy"
    assert "Cześć, Żaneta Łęcka!" in letter.get_content()
    assert letter["To"] == "ola@example.com"


def test_a_letter_says_where_it_comes_from_and_that_a_machine_wrote_it(
    site: Academy, box: Letterbox
) -> None:
    visitor = Visitor(site)
    visitor.headers["Host"] = "evil.example"
    visitor.registers("ola@example.com")

    works(site)

    letter = box.letters[0]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@smm-academy.example>")
    assert "evil" not in letter.as_string()


def test_a_server_that_refuses_is_asked_again_later(site: Academy, box: Letterbox) -> None:
    Visitor(site).registers("ola@example.com")
    box.refuses = True
    works(site)
    box.refuses = False

    at_once = works(site)
    later = works(site, now() + timedelta(minutes=1))

    assert (at_once, later, len(box.letters)) == (0, 1, 1)
    assert states(site) == [JobState.DONE]


def test_a_server_that_is_away_is_asked_again_later(
    sqlite_url: str, make_settings: MakeSettings, open_site: Callable[..., Academy]
) -> None:
    nowhere = f"smtp://127.0.0.1:{free_port()}"
    site = open_site(make_settings(sqlite_url, smtp_url=nowhere))
    Visitor(site).registers("ola@example.com")

    works(site)

    assert states(site) == [JobState.QUEUED]


def test_a_name_cannot_add_a_line_to_a_letters_head(site: Academy, box: Letterbox) -> None:
    Visitor(site).registers("ola@example.com", "Ola\r\nBcc: eve@example.com")

    works(site)

    assert box.letters[0]["Bcc"] is None


def test_an_address_cannot_add_a_line_to_a_letters_head(
    make_settings: MakeSettings, noon: datetime
) -> None:
    letter = Letter("ola@example.com\r\nBcc: eve@example.com", "Hello", "Good morning.")

    with pytest.raises(ValueError, match="Header"):
        compose(make_settings("sqlite://"), letter, noon)


def test_without_a_server_letters_are_kept_in_files(sqlite_app: Academy, noon: datetime) -> None:
    with sqlite_app.database.unit() as session:
        post(session, Letter("ola@example.com", "Dzień dobry", "Zażółć gęślą jaźń."), noon)

    works(sqlite_app, noon)

    kept = next((sqlite_app.settings.instance / "mail").glob("*.eml"))
    message = message_from_bytes(kept.read_bytes(), policy=SMTP)
    assert message["Subject"] == "Dzień dobry"
    assert message.get_content().strip() == "Zażółć gęślą jaźń."


def test_letters_are_shown_on_a_page_of_a_demonstration(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    works(sqlite_app)

    page = visitor.opens("/outbox")

    assert "Confirm your address" in page.text


def test_the_way_out_of_letters_is_one_address_in_one_piece(make_settings: MakeSettings) -> None:
    link = "https://academy.example.org/review/digest/" + "a.B-c_" * 20
    letter = Letter("ola@example.com", "Powtórka", "…", unsubscribe=link)

    sent = compose(make_settings("sqlite://"), letter, now()).as_bytes().decode()

    assert f"\r\nList-Unsubscribe: <{link}>\r\n" in sent
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent
