"""The letter on Monday morning: to whoever wants it, in their own morning, and easily ended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from sqlalchemy import func, select, update

from smm_academy.accounts.models import Person
from smm_academy.app import RECURRING, handlers
from smm_academy.jobs.worker import plan_recurring, run_due
from smm_academy.lessons.operations import finish_lesson
from smm_academy.progress.jobs import DIGESTS
from smm_academy.progress.letters import COUNTED, DIGEST as WORDS, digest
from smm_academy.progress.models import Digest
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.people import Visitor

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)
Work = Callable[[datetime], list[EmailMessage]]


@pytest.fixture
def work(app: Academy) -> Work:
    """Do what is due at a moment, as the worker does every minute; return the new letters."""
    seen: set[str] = set()

    def do(at: datetime) -> list[EmailMessage]:
        app.database.run(
            lambda session: plan_recurring(session, {DIGESTS: RECURRING[DIGESTS]}, at)
        )
        with app.app_context():
            for _round in range(3):
                run_due(app.database, handlers(app, app.settings), at)
        paths = sorted((app.settings.instance / "mail").glob("*.eml"))
        new = [path for path in paths if path.name not in seen]
        seen.update(path.name for path in new)
        letters = [message_from_bytes(path.read_bytes(), policy=SMTP) for path in new]
        return [letter for letter in letters if "review" in (letter["List-Unsubscribe"] or "")]

    return do


@pytest.fixture
def reader(app: Academy) -> Visitor:
    """Somebody in Warsaw who wants letters, has a confirmed address and something to review."""
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    subscribe(app, visitor)
    return visitor


def subscribe(app: Academy, visitor: Visitor) -> None:
    visitor.opens("/review")
    visitor.sends("/review/rhythm", digest="y")
    with app.database.unit() as session:
        person = session.scalars(select(Person).where(Person.email_key == visitor.email)).one()
        person.email_confirmed_at = MONDAY - 50 * HOUR
        finish_lesson(session, Viewer(person.id), "the-angry-customer", MONDAY - 50 * HOUR)


def change(app: Academy, **values: object) -> None:
    with app.database.unit() as session:
        session.execute(update(Person).values(**values))


def wanted(app: Academy) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Digest)) or 0


def test_nobody_is_written_to_who_did_not_ask(app: Academy, work: Work) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    subscribe(app, visitor)
    visitor.opens("/review")
    visitor.sends("/review/rhythm", digest=[])

    assert "checked" not in re.findall(r'<input[^>]*name="digest"[^>]*>', visitor.page.html)[0]  # type: ignore[union-attr]
    assert wanted(app) == 0
    assert work(MONDAY + 8 * HOUR) == []


def test_one_letter_comes_on_monday_morning_and_says_how_much(
    app: Academy, reader: Visitor, work: Work
) -> None:
    night = work(MONDAY + 3 * HOUR)
    letters = [letter for hour in range(6, 30) for letter in work(MONDAY + hour * HOUR)]

    assert night == []
    assert len(letters) == 1
    assert letters[0]["To"] == "ola@example.com"
    assert letters[0]["Subject"] == "Your review this week: 5 questions"
    assert "http://localhost/review\r\n" in letters[0].get_content()


def test_the_next_one_comes_a_week_later(app: Academy, reader: Visitor, work: Work) -> None:
    first = work(MONDAY + 8 * HOUR)
    second = [letter for hour in range(9, 7 * 24 + 10, 3) for letter in work(MONDAY + hour * HOUR)]

    assert len(first) == len(second) == 1


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Pacific/Kiritimati", "2026-11-22T17:00"),
        ("America/Los_Angeles", "2026-11-23T15:00"),
        # The Mondays after both changes of the clock in Warsaw: seven in the morning there.
        ("Europe/Warsaw", "2026-10-26T06:00"),
        ("Europe/Warsaw", "2027-03-29T05:00"),
    ],
)
def test_monday_morning_is_the_readers_own(
    app: Academy, reader: Visitor, work: Work, zone: str, moment: str
) -> None:
    change(app, timezone=zone)
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    with app.database.unit() as session:
        person = session.scalars(select(Person)).one()
        finish_lesson(session, Viewer(person.id), "smm-smo-seo", at - 40 * HOUR)

    assert work(at - HOUR) == []
    assert len(work(at)) == 1


def test_an_address_that_is_not_confirmed_gets_nothing(
    app: Academy, reader: Visitor, work: Work
) -> None:
    change(app, email_confirmed_at=None)

    assert work(MONDAY + 8 * HOUR) == []
    assert "once your address is confirmed" in reader.opens("/review").text


def test_nothing_is_sent_when_nothing_is_due(app: Academy, work: Work) -> None:
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    visitor.opens("/review")
    visitor.sends("/review/rhythm", digest="y")
    change(app, email_confirmed_at=MONDAY)

    assert work(MONDAY + 8 * HOUR) == []


def test_the_letter_ends_by_its_link_without_signing_in(
    app: Academy, reader: Visitor, work: Work
) -> None:
    letter = work(MONDAY + 8 * HOUR)[0]
    link = letter["List-Unsubscribe"].strip("<>")
    stranger = Visitor(app)

    asked = stranger.opens(link)
    still = wanted(app)
    ended = stranger.sends(link.removeprefix("http://localhost"))

    assert link in letter.get_content()
    assert "Stop these letters?" in asked.text
    assert still == 1
    assert "No more letters" in ended.text
    assert wanted(app) == 0
    assert work(MONDAY + (7 * 24 + 8) * HOUR) == []


def test_a_mail_program_ends_it_by_one_click(app: Academy, reader: Visitor, work: Work) -> None:
    letter = work(MONDAY + 8 * HOUR)[0]
    link = letter["List-Unsubscribe"].strip("<>")

    answers = [
        app.test_client().post(link, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)
    ]

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [answer.status_code for answer in answers] == [200, 200]
    assert wanted(app) == 0


def test_nobody_can_end_somebody_elses_letters(app: Academy, reader: Visitor, work: Work) -> None:
    token = work(MONDAY + 8 * HOUR)[0]["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    number, _dot, signature = token.partition(".")
    forged = [f"{number}x.{signature}", number, f"{number}.AAAA", "1"]

    answers = [app.test_client().post(f"/review/digest/{one}") for one in forged]

    assert {answer.status_code for answer in answers} == {409}
    assert wanted(app) == 1


@pytest.mark.parametrize(
    ("locale", "due", "words"),
    [
        ("en", 1, "1 question"), ("en", 2, "2 questions"), ("pl", 1, "1 pytanie"),
        ("pl", 3, "3 pytania"), ("pl", 5, "5 pytań"), ("pl", 12, "12 pytań"),
        ("pl", 22, "22 pytania"), ("", 1, "1 question"),
    ],
)  # fmt: skip
def test_the_letter_counts_as_its_language_does(locale: str, due: int, words: str) -> None:
    letter = digest("ola@example.com", "Ola", locale, due, 3, ("https://a/review", "https://a/x"))

    assert letter.subject.endswith(f": {words}")
    assert words in letter.text
    assert letter.unsubscribe == "https://a/x"
    assert WORDS.keys() == COUNTED.keys()
