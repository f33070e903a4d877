"""Replies that people rate, over HTTP: who may, blind and once; what their authors learn."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from sqlalchemy import select, update

from smm_academy.accounts.models import HOUSE, AuditEntry, Organisation, Person, Role
from smm_academy.accounts.operations import grant
from smm_academy.clock import now
from smm_academy.shifts.models import Disagreement, Rating, Shift
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.web.application import Academy
from tests.people import PASSWORD, Page, Visitor

TEXT = "We are sorry that it arrived broken. A new one leaves today."
SENTENCE = "The next step is there."


def learner(app: Academy, email: str = "lena@example.com") -> tuple[Visitor, Page]:
    """Return somebody with an account and the debrief of the drill that they did."""
    visitor = Visitor(app)
    visitor.registers(email, "Lena Nowak")
    visitor.opens("/try")
    return visitor, visitor.sends("/try", text=TEXT)


def rater(app: Academy, email: str = "rita@example.com", place: int = HOUSE) -> Visitor:
    visitor = Visitor(app)
    visitor.registers(email, "Rita")
    with app.database.unit() as session:
        person = session.scalars(select(Person.id).where(Person.email_key == email)).one()
        grant(session, person, place, Role.REVIEWER)
    return visitor


def address(app: Academy) -> str:
    with app.database.reading() as session:
        shift = session.scalars(select(Shift).order_by(Shift.sitting_id)).first()
        assert shift is not None
        assert shift.record is not None
        return f"/rate/replies/{shift.sitting_id}/{shift.record['messages'][0]['id']}"


def marks(page: Page, mark: str = "1", **others: str) -> dict[str, str]:
    form = page.form(re.split(r"[?#]", page.path)[0])
    return {**{name: mark for name in form.choices if name.startswith("mark_")}, **others}


def rates(visitor: Visitor, path: str, mark: str = "1", **others: str) -> Page:
    page = visitor.opens(path)
    return visitor.sends(path, **marks(page, mark, **others))


def rows(app: Academy, table: type) -> list[Any]:
    with app.database.reading() as session:
        return list(session.scalars(select(table)))


def test_a_reply_is_rated_blind_then_compared_and_its_author_is_answered(app: Academy) -> None:
    author, debrief = learner(app)
    author.sends("/disagree/U2", sentence=SENTENCE)
    visitor = rater(app)

    overview = visitor.opens("/rate")
    shown = visitor.opens("/rate/en/next")
    compared = visitor.sends(
        shown.path, **marks(shown, mark_U2="0.5", sentence_U2="It says when, not what.")
    )
    answered = author.opens(debrief.path)

    assert "0 of 1 rated" in overview.text
    assert TEXT in shown.text
    assert SENTENCE not in shown.text
    assert "Lena" not in shown.text
    assert "/ 100" not in shown.text
    assert "Machine" not in shown.text
    assert compared.status == 200
    assert "You and the machine" in compared.text
    assert SENTENCE in compared.text
    assert "1 of 1 rated" in compared.text
    assert "A person read it: Partly." in answered.text
    assert "It says when, not what." in answered.text
    assert "Rita" not in answered.text
    assert "The score stays as it is" in answered.text


def test_a_rating_keeps_rubric_marks_and_an_audit_entry_and_changes_no_score(
    app: Academy,
) -> None:
    learner(app)
    before = [(one.score, one.record) for one in rows(app, Shift)]
    visitor = rater(app)

    rates(visitor, address(app), mark_U6="?")

    (kept,) = rows(app, Rating)
    (shift,) = rows(app, Shift)
    assert kept.rubric_version == shift.rubric_version == shift.record["rubric"]
    assert kept.marks["U6"] == {"mark": None, "sentence": ""}
    assert kept.marks["U2"]["mark"] == 1
    assert [(one.score, one.record) for one in rows(app, Shift)] == before
    assert "rating.given" in {entry.action for entry in rows(app, AuditEntry)}


def test_a_rating_stands(app: Academy) -> None:
    learner(app)
    visitor, path = rater(app), address(app)
    first = visitor.opens(path)
    sent = marks(first, "0")
    visitor.sends(path, **sent)

    again = visitor.posts(path, **dict.fromkeys(sent, "1"))

    assert again.status == 409
    assert "rated this reply already" in again.text
    assert rows(app, Rating)[0].marks["U2"]["mark"] == 0


def test_what_is_left_out_or_too_long_is_said_and_nothing_is_lost(sqlite_app: Academy) -> None:
    learner(sqlite_app)
    visitor, path = rater(sqlite_app), address(sqlite_app)
    page = visitor.opens(path)
    sent = marks(page, "0", sentence_U6="x" * 301, sentence_U2="Kept as typed.")
    del sent["mark_U1"]

    refused = visitor.sends(path, **sent)

    assert refused.status == 422
    assert "“Cannot tell” is an answer too" in refused.text
    assert "Use 300 characters at most" in refused.text
    assert refused.form(path).fields["mark_U2"] == ["0"]
    assert refused.form(path).fields["sentence_U2"] == ["Kept as typed."]
    assert rows(sqlite_app, Rating) == []


@pytest.mark.parametrize("mark", ["2", "-1", "nan", "yes", ""])
def test_a_mark_off_the_scale_is_refused(sqlite_app: Academy, mark: str) -> None:
    learner(sqlite_app)
    visitor, path = rater(sqlite_app), address(sqlite_app)

    refused = rates(visitor, path, mark_U6=mark)

    assert refused.status == 422
    assert rows(sqlite_app, Rating) == []


def test_skipping_goes_on_and_comes_round_again(sqlite_app: Academy) -> None:
    for number in range(3):
        learner(sqlite_app, f"l{number}@example.com")
    visitor = rater(sqlite_app)
    page = visitor.opens("/rate/en/next")
    seen = [page.path]

    for _ in range(3):
        skip = next(link for link in page.links if "/next?after=" in link)
        page = visitor.opens(skip)
        seen.append(page.path)

    assert len(set(seen[:3])) == 3
    assert seen[3] == seen[0]
    assert rows(sqlite_app, Rating) == []


def test_only_the_house_s_raters_find_the_pages(app: Academy) -> None:
    author, _ = learner(app)
    with app.database.unit() as session:
        place = Organisation(name="Norte", slug="norte", created_at=now())
        session.add(place)
        session.flush()
        elsewhere = place.id
    path = address(app)
    others = [author, rater(app, "other@example.com", elsewhere), Visitor(app)]

    found = [
        visitor.opens(where).status
        for visitor in others
        for where in ("/rate", "/rate/en/next", path, "/rate/agreement", "/rate/ratings.csv")
    ]

    assert set(found) == {404}
    assert author.posts(path, mark_U1="1").status == 404


def test_nobody_rates_their_own_reply(sqlite_app: Academy) -> None:
    visitor = rater(sqlite_app)
    visitor.opens("/try")
    visitor.sends("/try", text=TEXT)

    assert visitor.opens(address(sqlite_app)).status == 404


def test_who_objects_is_not_read_but_where_they_asked(app: Academy) -> None:
    author, debrief = learner(app)
    visitor, path = rater(app), address(app)
    author.opens("/practice/reading")
    author.sends("/practice/reading", objects="y")

    unread = visitor.opens(path).status
    author.opens(debrief.path)
    author.sends("/disagree/U2", sentence=SENTENCE)
    asked = visitor.opens(path).status

    assert (unread, asked) == (404, 200)
    author.opens("/practice/reading")
    assert author.posts("/practice/reading").status == 200
    assert "Leave my replies out" in author.opens("/practice/reading").text


def test_guests_and_tests_are_not_sampled(app: Academy) -> None:
    guest = Visitor(app)
    guest.opens("/try")
    guest.sends("/try", text=TEXT)
    visitor, path = rater(app), address(app)

    of_a_guest = visitor.opens(path).status
    with app.database.unit() as session:
        session.execute(update(Person).where(Person.kind == "guest").values(kind="account"))
        session.execute(update(Sitting).values(purpose=Purpose.ASSESSMENT))
        shift = session.scalars(select(Shift)).one()
        session.add(
            Disagreement(
                sitting_id=shift.sitting_id,
                person_id=shift.person_id,
                message_id=path.rpartition("/")[2],
                criterion="U2",
                sentence=SENTENCE,
                rubric_version=shift.rubric_version,
                at=now(),
            )
        )
    of_a_test = visitor.opens(path).status

    assert (of_a_guest, of_a_test) == (404, 404)


def test_agreement_counts_two_raters_and_waits_for_twenty_pairs(app: Academy) -> None:
    learner(app)
    path = address(app)
    one, two = rater(app), rater(app, "rob@example.com")
    rates(one, path, "1")
    rates(two, path, "0")

    page = two.opens("/rate/agreement")
    table = two.client.get("/rate/ratings.csv").get_data(as_text=True)

    assert "too few" in page.text
    assert "pairs: 1" in page.text
    assert "pairs: 2" in page.text
    read = list(csv.DictReader(io.StringIO(table)))
    assert {row["rater"] for row in read} == {"1", "2"}
    assert {row["mark"] for row in read} == {"1", "0"}
    assert not re.search("Lena|Rita|rob@|sorry", table)


def test_kappa_is_shown_from_twenty_pairs_on(sqlite_app: Academy) -> None:
    learner(sqlite_app)
    visitor, path = rater(sqlite_app), address(sqlite_app)
    rates(visitor, path)
    with sqlite_app.database.unit() as session:
        first = session.scalars(select(Rating)).one()
        shift = session.get_one(Shift, first.sitting_id)
        sitting = session.get_one(Sitting, first.sitting_id)
        for number in range(24):
            copy = {column.key: getattr(sitting, column.key) for column in Sitting.__table__.c}
            session.add(Sitting(**{**copy, "id": f"copy{number}"}))
            session.flush()
            copy = {column.key: getattr(shift, column.key) for column in Shift.__table__.c}
            session.add(Shift(**{**copy, "sitting_id": f"copy{number}"}))
            session.flush()
            for mark in (number % 2, number % 2):
                session.add(
                    Rating(
                        sitting_id=f"copy{number}",
                        message_id=first.message_id,
                        rubric_version=first.rubric_version,
                        marks={"U6": {"mark": mark, "sentence": ""}},
                        at=now(),
                    )
                )

    page = visitor.opens("/rate/agreement")

    assert "1.00" in page.text
    assert "(1.00 – 1.00)" in page.text


def test_ratings_go_with_their_reply_and_stay_without_their_rater(app: Academy) -> None:
    author, _ = learner(app)
    visitor = rater(app)
    rates(visitor, address(app))

    taken = json.loads(author.client.get("/account/export").data)
    given = json.loads(visitor.client.get("/account/export").data)
    visitor.opens("/account")
    visitor.sends("/account/delete", password=PASSWORD)
    (left,) = rows(app, Rating)
    author.opens("/account")
    author.sends("/account/delete", password=PASSWORD)

    assert taken["shifts"]["ratings"]["received"][0]["marks"]["U2"]["mark"] == 1
    assert "Rita" not in json.dumps(taken)
    assert given["shifts"]["ratings"]["given"][0]["marks"]["U2"]["mark"] == 1
    assert left.rater_id is None
    assert rows(app, Rating) == []
