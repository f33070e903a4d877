"""What an admin sees and does about jobs, content, organisations and the audit log."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import func, select

from smm_academy.accounts.models import HOUSE, Organisation, Person
from smm_academy.accounts.operations import note
from smm_academy.admin.content_health import problems_of
from smm_academy.admin.models import ContentReport
from smm_academy.admin.operations import CONTENT_CHECK
from smm_academy.admin.paging import Paging
from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.jobs.models import Job, JobState
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.revisions.models import Chain, ChainKind
from smm_academy.revisions.operations import Draft, publish
from smm_academy.web.application import Academy
from tests.admin.people import actions, admin_of
from tests.people import PASSWORD, Page, Visitor

BROKEN = "title: no front matter at all\n"


def job_of(app: Academy, state: JobState, error: str = "") -> int:
    with app.database.unit() as session:
        job = Job(
            name="mail.send", key=f"mail.send:{state}", payload={"to": "secret@example.com"},
            state=state, attempts=5, run_at=now() - timedelta(minutes=9), created_at=now(),
            lease_until=now() + timedelta(minutes=5) if state == JobState.RUNNING else None,
            error=error,
        )  # fmt: skip
        session.add(job)
        session.flush()
        return job.id


def works(app: Academy) -> None:
    """Let the worker do what is due."""
    with app.app_context():
        run_due(app.database, handlers(app, app.settings), now())


def test_a_job_that_failed_is_seen_and_run_again(app: Academy) -> None:
    failed = job_of(app, JobState.DEAD, "Traceback\nOSError: the server <b>does not</b> answer")
    admin = admin_of(app)

    overview = admin.opens("/admin").text
    page = admin.opens("/admin/jobs")
    admin.sends(f"/jobs/{failed}/again")

    assert "1 job failed for good" in overview
    assert "&lt;b&gt;does not&lt;/b&gt;" in page.html
    assert "secret@example.com" not in page.html
    with app.database.reading() as session:
        job = session.get_one(Job, failed)
        assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert "A job has been due for" not in admin.opens("/admin").text
    assert actions(app)[-1] == "admin.job_run_again"


def test_a_job_that_waits_too_long_is_named(app: Academy) -> None:
    job_of(app, JobState.QUEUED)

    assert "A job has been due for 9 minutes" in admin_of(app).opens("/admin").text


def test_a_job_is_dropped_unless_it_runs(app: Academy) -> None:
    failed, running = job_of(app, JobState.DEAD, "x"), job_of(app, JobState.RUNNING)
    admin = admin_of(app)

    admin.posts(f"/admin/jobs/{failed}/drop")
    refused = [
        admin.posts(f"/admin/jobs/{number}/{act}").status
        for number in (running, failed, 987654)
        for act in ("drop", "again")
    ]

    with app.database.reading() as session:
        assert session.get(Job, failed) is None
        assert session.get_one(Job, running).state == JobState.RUNNING
    assert refused == [409] * 6
    assert actions(app).count("admin.job_dropped") == 1


def test_the_content_that_serves_is_checked_by_the_worker(sqlite_app: Academy) -> None:
    app = sqlite_app
    admin = admin_of(app)
    before = admin.opens("/admin/content").text

    admin.sends("/admin/content/check")
    works(app)
    sound = admin.opens("/admin/content").text

    assert "not checked yet" in before
    assert "No error and no warning" in sound or re.search(r"0 errors, \d+ warning", sound)
    assert "Files were last taken in" in sound
    assert "admin.content_check" in actions(app)


def test_what_is_wrong_with_the_content_is_named_with_its_line(app: Academy) -> None:
    with app.database.unit() as session:
        chain = session.scalars(
            select(Chain).where(Chain.kind == ChainKind.LESSON, Chain.locale == "en").limit(1)
        ).one()
        parsed = dict(chain.published.parsed) if chain.published else {}
        draft = Draft(ChainKind.LESSON, chain.key, "en", BROKEN, parsed)
        publish(session, HOUSE, draft, now(), chain=chain)
        key = chain.key
    admin = admin_of(app)
    admin.opens("/admin/content")
    admin.sends("/admin/content/check")
    works(app)

    page = admin.opens("/admin/content")

    assert f"{key}.en.md" in page.text
    assert re.search(r"\b1:1\b", page.text)
    assert "in the content that serves" in admin.opens("/admin").text


def test_a_check_is_not_repeated_until_something_is_published(sqlite_app: Academy) -> None:
    def checks(number: int) -> ContentReport:
        with sqlite_app.database.unit() as session:
            enqueue(session, CONTENT_CHECK, f"{CONTENT_CHECK}:{number}", {}, now())
        works(sqlite_app)
        with sqlite_app.database.reading() as session:
            return session.scalars(select(ContentReport)).one()

    first, second = checks(1), checks(2)
    with sqlite_app.database.unit() as session:
        draft = Draft(ChainKind.LESSON, "alone", "pl", BROKEN, {"title": "x"})
        publish(session, HOUSE, draft, now())
    stale = admin_of(sqlite_app).opens("/admin/content").text
    third = checks(3)

    assert first.checked_at == second.checked_at != third.checked_at
    assert first.state == second.state != third.state
    assert "Something was published since" in stale
    assert "alone (Polish only)" in stale


def test_a_file_that_leads_out_of_its_folder_is_left_out() -> None:
    assert problems_of({}, {"mine/../../../escaped.md": b"x"}) is not None


def test_an_organisation_is_opened_for_its_owner(app: Academy) -> None:
    admin = admin_of(app)
    admin.opens("/admin/organisations")
    page = admin.sends("/admin/organisations", name="Szkoła Główna", email="jan@example.com")
    link = next(
        found[1]
        for letter in admin.letters()
        if (found := re.search(r"http://localhost(/invitations/\S+)", letter))
    )
    owner = Visitor(app)
    owner.registers("jan@example.com", "Jan")

    owner.opens(link)
    owner.sends(link)

    assert page.path == "/organisations/szkola-glowna"
    assert owner.opens("/organisations/szkola-glowna").status == 200
    listed = admin.opens("/admin/organisations")
    assert "Szkoła Główna 1 member" in listed.text
    with app.database.reading() as session:
        ada = session.scalars(select(Person.id).where(Person.is_admin)).one()
        assert ada
    assert "no owner yet" not in listed.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "This is needed"),
        ({"name": "  "}, "organisation's name"),
        ({"name": "\u200b"}, "organisation's name"),
        ({"name": "x" * 121}, "too long"),
        ({"email": "nobody"}, "not an e-mail address"),
    ],
)
def test_a_bad_organisation_is_not_opened(
    sqlite_app: Academy, typed: dict[str, str], said: str
) -> None:
    admin = admin_of(sqlite_app)
    admin.opens("/admin/organisations")

    page = admin.sends(
        "/admin/organisations", **({"name": "New", "email": "jan@example.com"} | typed)
    )

    assert page.status == 422
    assert said in page.text
    with sqlite_app.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def rows_of(page: Page) -> list[list[str]]:
    return list(csv.reader(StringIO(page.html)))[1:]


def test_the_audit_log_is_filtered_and_handed_out(app: Academy) -> None:
    Visitor(app).registers("ola@example.com", "Ola")
    admin = admin_of(app)
    admin.posts("/admin/organisations", name="Norte", email="jan@example.com")

    def found(query: str) -> set[str]:
        return {row[1] for row in rows_of(admin.opens(f"/admin/audit.csv?{query}"))}

    everything = found("")
    today = f"{now().astimezone():%Y-%m-%d}"

    assert {"account.registered", "organisation.opened", "content.synced"} <= everything
    assert found("action=organisation.opened") == {"organisation.opened"}
    assert found("person=ola") == {"account.registered"}
    assert found("organisation=norte") == {"organisation.opened", "organisation.invited"}
    assert found("organisation=nowhere") == set()
    assert found("day=2001-01-01") == set()
    assert "account.registered" in found(f"day={today}")
    page = admin.opens("/admin/audit?action=organisation.opened")
    assert "1 entry" in page.text
    assert "/admin/audit.csv?action=organisation.opened" in page.links


def test_a_day_of_the_audit_log_is_the_reader_s_own(sqlite_app: Academy) -> None:
    admin = admin_of(sqlite_app)
    # Half past midnight in Warsaw on the 2nd of July is still the 1st in UTC.
    night = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    with sqlite_app.database.unit() as session:
        note(session, "some.thing", night)

    second = admin.opens("/admin/audit?day=2026-07-02").text
    first = admin.opens("/admin/audit?day=2026-07-01").text

    assert "some.thing" in second
    assert "2 Jul 2026, 00:30" in second
    assert "No entry fits" in first


@pytest.mark.parametrize("query", ["day=yesterday", "day=2026-13-40", "person=" + "x" * 200])
def test_a_strange_filter_is_named(sqlite_app: Academy, query: str) -> None:
    assert admin_of(sqlite_app).opens(f"/admin/audit?{query}").status == 422


@pytest.mark.parametrize("query", ["page=0", "page=9999999", "action=none", "day="])
def test_a_filter_that_finds_nothing_is_answered(sqlite_app: Academy, query: str) -> None:
    assert admin_of(sqlite_app).opens(f"/admin/audit?{query}").status == 200


def test_no_cell_of_the_csv_is_a_formula(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com", "=HYPERLINK(1)")

    rows = rows_of(admin_of(sqlite_app).opens("/admin/audit.csv?person=ola"))

    assert [row[3] for row in rows] == ["'=HYPERLINK(1)"]


def test_a_long_log_has_pages_that_keep_the_filter(sqlite_app: Academy) -> None:
    with sqlite_app.database.unit() as session:
        for number in range(120):
            note(session, "some.thing", now(), detail=f"number {number}")
    admin = admin_of(sqlite_app)

    page = admin.opens("/admin/audit?action=some.thing&page=2")

    assert "120 entries" in page.text
    assert "number 69" in page.text
    assert "number 70" not in page.text
    assert "/admin/audit?action=some.thing&page=3" in page.links


@pytest.mark.parametrize(
    ("total", "wanted", "offered"),
    [
        (0, 1, [1]),
        (30, 2, [1, 2, 3]),
        (100, 5, [1, None, 4, 5, 6, None, 10]),
        (100, 99, [1, None, 9, 10]),
        (100, -3, [1, 2, None, 10]),
    ],
)
def test_the_ends_and_the_neighbours_are_offered(
    total: int, wanted: int, offered: list[int | None]
) -> None:
    assert Paging(total, wanted, 10).offered() == offered


def test_every_page_of_administration_speaks_polish(sqlite_app: Academy) -> None:
    admin = admin_of(sqlite_app)
    admin.opens("/account")
    admin.sends("/account", locale="pl", name="Ada", timezone="Europe/Warsaw")

    for path in ("/admin", "/admin/people", "/admin/jobs", "/admin/content", "/admin/audit"):
        assert 'lang="pl"' in admin.opens(path).html
    assert PASSWORD not in admin.opens("/admin/audit").html
