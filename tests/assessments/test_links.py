"""The link of an invitation: too old, taken back, renewed, used up, forged, handed on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.accounts.models import Person, SignIn
from smm_academy.assessments.models import Candidacy, Invitation
from smm_academy.database.types import Base
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.hiring import answers_everything, begins, employer, invites, makes_test
from tests.people import Page, Visitor

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINK = re.compile(r"http://localhost(/a/[\w-]+)")


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """A clock that only the test moves."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def with_test(app: Academy) -> tuple[Visitor, str]:
    boss = employer(app)
    makes_test(boss)
    assert boss.page
    return boss, boss.page.path


def invited(boss: Visitor, home: str, name: str = "Anna Kowal") -> str:
    boss.opens(home)
    return invites(boss, name)


def manages(boss: Visitor, home: str, what: str) -> Page:
    """Use the one button of the newest invitation that does this."""
    page = boss.opens(home)
    action = next(
        form.action
        for form in page.forms
        if re.search(rf"/hire/invitations/\d+/{what}$", form.action)
    )
    return boss.sends(action)


def counted(app: Academy, table: type[Base]) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_to_look_at_the_notice_writes_nothing(app: Academy) -> None:
    boss, home = with_test(app)
    link = invited(boss, home)
    before = {table.name: _rows(app, table.name) for table in Base.metadata.sorted_tables}

    page = Visitor(app).opens(link)

    after = {table.name: _rows(app, table.name) for table in Base.metadata.sorted_tables}
    assert page.status == 200
    assert after == before
    assert "smm_candidate" not in str(page.response.headers)


def _rows(app: Academy, table: str) -> list[object]:
    with app.database.reading() as session:
        found = session.execute(select(Base.metadata.tables[table]))
        return sorted(map(repr, found))


def test_a_link_is_kept_from_search_engines_and_other_sites(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)

    for path in (link, "/a/forged"):
        headers = Visitor(sqlite_app).opens(path).response.headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-store"
    begun = begins(sqlite_app, link).page
    assert begun
    assert "noindex" in begun.response.headers["X-Robots-Tag"]


def test_a_link_that_is_too_old_says_so(
    sqlite_app: Academy, clock: time_machine.Coordinates
) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    late = Visitor(sqlite_app)
    late.opens(link)
    clock.shift(timedelta(days=14))

    # Shown before it ran out, sent after.
    refused = late.posts(link, locale="en", read="y")
    again = Visitor(sqlite_app).opens(link)

    assert refused.status == again.status == 409
    assert "too old" in again.text
    assert "too old" in refused.text
    assert counted(sqlite_app, Candidacy) == 0


def test_a_link_that_was_taken_back_says_so(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    manages(boss, home, "revoke")

    page = Visitor(sqlite_app).opens(link)

    assert page.status == 409
    assert "taken back" in page.text


def test_a_new_link_stops_the_old_one(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    old = invited(boss, home)
    new = LINK.search(manages(boss, home, "renew").html)
    assert new

    assert Visitor(sqlite_app).opens(old).status == 404
    assert Visitor(sqlite_app).opens(new[1]).status == 200


def test_a_forged_link_leads_nowhere(sqlite_app: Academy) -> None:
    stranger = Visitor(sqlite_app)

    for token in ("x", "A" * 43, "' or 1=1 --", "%F0%9F%99%8F", "x" * 5000):
        page = stranger.opens(f"/a/{token}")
        assert page.status == 404
    assert "leads nowhere" in page.text
    assert stranger.posts("/a/forged", locale="en", read="y").status == 404


def test_a_closed_test_takes_nobody_new_and_keeps_who_is_in(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    first, second = invited(boss, home), invited(boss, home, "Jan Nowak")
    candidate = begins(sqlite_app, first)
    boss.opens(home)
    boss.sends(f"{home}/close")

    page = Visitor(sqlite_app).opens(second)
    assert candidate.page
    going_on = candidate.sends(f"{candidate.page.path}/questions")

    assert page.status == 409
    assert "closed" in page.text
    assert going_on.status == 200


def test_who_has_begun_goes_on_after_the_link_was_taken_back_or_ran_out(
    sqlite_app: Academy, clock: time_machine.Coordinates
) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    candidate = begins(sqlite_app, link)
    with sqlite_app.database.unit() as session:
        session.scalars(select(Invitation)).one().revoked_at = MONDAY
    clock.shift(timedelta(days=13, hours=23))

    assert candidate.page
    assert candidate.opens(candidate.page.path).status == 200
    clock.shift(timedelta(days=2))
    elsewhere = Visitor(sqlite_app)
    assert "was begun on" in elsewhere.opens(link).text
    assert elsewhere.sends(link).path.startswith("/assessments/")


def test_a_link_that_was_used_shows_the_result_and_begins_nothing(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    candidate = begins(sqlite_app, link)
    answers_everything(candidate)

    same = candidate.opens(link)
    elsewhere = Visitor(sqlite_app)
    elsewhere.opens(link)
    other = elsewhere.sends(link)

    assert same.path == other.path
    assert "Both parts are done" in same.text
    assert elsewhere.opens(f"{other.path}/result").status == 200
    assert counted(sqlite_app, Candidacy) == 1
    assert counted(sqlite_app, Sitting) == 2


def test_a_link_that_is_handed_on_ends_the_first_browser_and_loses_nothing(
    app: Academy,
) -> None:
    boss, home = with_test(app)
    link = invited(boss, home)
    first = begins(app, link)
    hub = first.page.path if first.page else ""
    question = first.sends(f"{hub}/questions")
    sitting = question.path.split("/")[3]
    draft = f"/sittings/{sitting}/drafts/marked"
    typed = {"version": 1, "answers": {"x": ["kept"]}}
    assert first.posts_json(draft, typed).status_code == 200

    second = Visitor(app)
    second.opens(link)
    taken_over = second.sends(link)
    shown = first.opens(question.path)
    refused = first.posts_json(draft, {"version": 2, "answers": {"x": ["late"]}})
    parts = first.opens(hub)

    assert taken_over.status == 200
    for said in (shown.text, refused.get_json()["error"], parts.text):
        assert "another browser" in said
    assert (shown.status, refused.status_code, parts.status) == (409, 409, 409)
    assert second.opens(question.path).status == 200
    assert second.posts_json(draft, {"version": 1, "answers": {}}).status_code == 200
    assert counted(app, Candidacy) == 1
    # By its own link the first comes back.
    first.opens(link)
    assert first.sends(link).status == 200
    report = boss.opens(next(one for one in boss.opens(home).links if "/hire/candidates/" in one))
    assert "in another browser 2 times" in report.text


def test_a_link_begun_twice_at_once_is_one_candidate(app: Academy) -> None:
    boss, home = with_test(app)
    link = invited(boss, home)
    several = [Visitor(app) for _ in range(4)]
    for one in several:
        one.opens(link)

    def begin(one: Visitor) -> Page:
        return one.sends(link, locale="en", read="y")

    pages = at_once([lambda one=one: begin(one) for one in several])

    # Each goes on where the last one is; whoever was overtaken reads that.
    assert {page.status for page in pages} <= {200, 409}
    assert counted(app, Candidacy) == 1
    with app.database.reading() as session:
        people = select(func.count()).where(Person.kind == "candidate")
        assert session.scalar(people) == 1
    again = several[0].opens(link)
    if not again.path.startswith("/assessments/"):
        again = several[0].sends(link)
    assert again.status == 200


def test_an_account_that_follows_a_link_stays_signed_in_and_apart(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    learner = Visitor(sqlite_app)
    learner.registers("ola@example.com")
    learner.opens(link)
    hub = learner.sends(link, locale="en", read="y")
    question = learner.sends(f"{hub.path}/questions")

    assert question.status == 200
    assert "Ola" not in question.text
    assert learner.opens("/account").status == 200
    with sqlite_app.database.reading() as session:
        candidacy = session.scalars(select(Candidacy)).one()
        sat = session.scalars(select(Sitting.person_id)).one()
        kind = session.get_one(Person, candidacy.person_id).kind
    assert (candidacy.person_id, kind) == (sat, "candidate")


@pytest.mark.parametrize("path", ["/progress", "/account", "/account/export", "/certificates"])
def test_a_candidate_is_nobody_outside_the_test(sqlite_app: Academy, path: str) -> None:
    boss, home = with_test(sqlite_app)
    candidate = begins(sqlite_app, invited(boss, home))
    stranger = Visitor(sqlite_app)

    seen, usual = candidate.opens(path), stranger.opens(path)

    assert (seen.status, seen.path) == (usual.status, usual.path)
    assert "Anna" not in seen.text
    token = next(
        cookie.value for cookie in candidate.client._cookies.values() if "candidate" in cookie.key
    )
    candidate.client.set_cookie("smm_account", token)
    assert candidate.opens(path).path == usual.path


def test_pages_of_a_test_show_no_way_into_the_site(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    notice = Visitor(sqlite_app).opens(link)
    candidate = begins(sqlite_app, link)
    hub = candidate.page
    assert hub
    practice = candidate.sends(f"{hub.path}/practice")
    candidate.opens(hub.path)
    question = candidate.sends(f"{hub.path}/questions")
    candidate.opens(hub.path)

    for page in (notice, hub, practice, question):
        strange = [
            one
            for one in page.links
            if re.match(
                r"/($|learn|practice|progress|quizzes$|account|hire|teach|try|sign-in|register)",
                one,
            )
        ]
        assert strange == [], page.path


def test_the_session_of_a_candidate_is_a_row_that_ends(sqlite_app: Academy) -> None:
    boss, home = with_test(sqlite_app)
    link = invited(boss, home)
    before = counted(sqlite_app, SignIn)
    begins(sqlite_app, link)
    for _ in range(3):
        other = Visitor(sqlite_app)
        other.opens(link)
        other.sends(link)

    assert counted(sqlite_app, SignIn) == before + 1
