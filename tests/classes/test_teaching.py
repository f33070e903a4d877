"""Opening, changing and ending classes; who may see which; what the worker forgets."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from smm_academy.accounts.jobs import RETENTION as GUESTS
from smm_academy.accounts.models import Membership, Person
from smm_academy.app import handlers
from smm_academy.classes.codes import ALPHABET, grouped, new_code, read_code
from smm_academy.classes.jobs import RETENTION
from smm_academy.classes.models import ClassMember, SchoolClass
from smm_academy.classes.return_keys import WORDS, key_hash, new_key, read_key
from smm_academy.clock import now
from smm_academy.jobs.operations import enqueue
from smm_academy.jobs.worker import run_due
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.operations import Draft, publish
from smm_academy.revisions.queries import published
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.classes.teaching import (
    NOON,
    QUIZ,
    comes_back,
    instructor,
    joins,
    key_on,
    opens_class,
    organisation,
    reads,
)
from tests.people import PASSWORD, Visitor

DAY = timedelta(days=1)


def count(app: Academy, table: type) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def tidies(app: Academy, at: datetime) -> None:
    with app.database.unit() as session:
        for name in (RETENTION, GUESTS):
            enqueue(session, name, f"{name}:{at}", {}, at)
    with app.app_context():
        run_due(app.database, handlers(app, app.settings), at)


def test_a_class_has_a_name_a_code_a_zone_and_a_last_day(app: Academy) -> None:
    teacher = instructor(app)

    taught = opens_class(teacher, "Evening course", timezone="Europe/London")

    page = teacher.opens(taught.path)
    assert len(taught.code()) == 9
    assert "Europe/London" in page.text
    assert "Evening course" in teacher.opens("/teach/classes").text
    assert taught.code() in teacher.opens("/teach/classes").text
    sheet = teacher.opens(f"{taught.path}/sheet").text
    assert "http://localhost/join" in sheet
    assert taught.code() in sheet


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This is needed"),
        ("name", "x" * 81, "80 characters"),
        ("name", "   ", "a name that its members"),
        ("timezone", "Mars/Olympus", "time zone"),
        ("retention_on", "", "Choose a day"),
        ("retention_on", "soon", "Choose a day"),
        ("retention_on", "2020-01-01", "400 days"),
        ("retention_on", "9999-12-31", "400 days"),
    ],
)
def test_a_class_that_cannot_be_is_refused_and_nothing_is_lost(
    sqlite_app: Academy, field: str, value: str, said: str
) -> None:
    teacher = instructor(sqlite_app)
    teacher.opens("/teach/classes/new")

    page = teacher.sends("/teach/classes/new", **{"name": "Kept name", field: value})

    assert page.status == 422
    assert said in page.text
    assert page.form("/new").fields["name"] == [value if field == "name" else "Kept name"]
    assert count(sqlite_app, SchoolClass) == 0


def test_an_instructor_of_two_schools_chooses_one_of_them(sqlite_app: Academy) -> None:
    teacher = instructor(sqlite_app)
    with sqlite_app.database.unit() as session:
        person = session.scalars(select(Person)).one()
        session.add(Membership(person_id=person.id, organisation_id=1, role="instructor"))
    other = organisation(sqlite_app, "elsewhere")
    teacher.opens("/teach/classes/new")

    refused = teacher.sends("/teach/classes/new", name="Ours", organisation=str(other))
    taken = teacher.sends("/teach/classes/new", organisation="1")

    assert refused.status == 422
    assert "where you are an instructor" in refused.text
    assert "SMM Academy" in taken.text


def test_settings_change_what_was_typed_and_a_bad_day_changes_nothing(app: Academy) -> None:
    taught = opens_class(instructor(app))
    taught.teacher.opens(f"{taught.path}/settings")

    refused = taught.teacher.sends("/settings", name="New name", retention_on="1999-01-01")
    saved = taught.teacher.sends("/settings", retention_on=str((now() + 20 * DAY).date()))

    assert refused.status == 422
    assert refused.form("/settings").fields["name"] == ["New name"]
    assert "New name" in saved.text


def test_the_archive_closes_the_door_and_keeps_the_book(app: Academy) -> None:
    taught = opens_class(instructor(app))
    code = taught.code()
    key = key_on(joins(Visitor(app), code))
    taught.teacher.opens(f"{taught.path}/settings")

    taught.teacher.sends("/archive")

    newcomer = Visitor(app)
    newcomer.opens("/join")
    assert newcomer.sends("/join", code=code).status == 422
    assert comes_back(Visitor(app), code, key).path == f"/classes/{taught.id}"
    assert "Ola" in taught.gradebook().text
    assert taught.teacher.posts(f"{taught.path}/code", change="renew").status == 409
    taught.teacher.opens(f"{taught.path}/settings")
    assert "Make a new code" in taught.teacher.sends("/archive").text


def test_a_deleted_class_is_gone_and_its_members_keep_what_they_did(app: Academy) -> None:
    taught = opens_class(instructor(app))
    visitor = Visitor(app)
    visitor.registers("ola@example.com")
    joins(visitor, taught.code())
    reads(visitor)
    asked = taught.teacher.opens(f"{taught.path}/delete")

    taught.teacher.sends("/delete")

    assert "membership of 1 person" in asked.text
    assert taught.teacher.opens(taught.path).status == 404
    assert visitor.opens(f"/classes/{taught.id}").status == 404
    assert (count(app, SchoolClass), count(app, ClassMember)) == (0, 0)
    assert "finished" in visitor.opens("/learn").text


def test_somebody_removed_is_out_and_can_come_again_with_a_code_only(app: Academy) -> None:
    taught, visitor = opens_class(instructor(app)), Visitor(app)
    joins(visitor, taught.code())
    taught.teacher.opens(taught.path)

    taught.teacher.sends("/remove")

    assert visitor.opens(f"/classes/{taught.id}").status == 404
    assert "Ola" not in taught.teacher.opens(taught.path).text.partition("no longer")[2]
    assert joins(visitor, taught.code()).status == 200


def test_a_class_is_seen_by_its_organisations_instructors_alone(app: Academy) -> None:
    taught = opens_class(instructor(app))
    joins(Visitor(app), taught.code())
    colleague = instructor(app, "iza@example.com")
    stranger = instructor(app, "adam@example.com", "elsewhere")
    learner = Visitor(app)
    learner.registers("jan@example.com")

    assert "Ola" in colleague.opens(taught.path).text
    for path in ("", "/gradebook", "/gradebook.csv", "/sheet", "/settings", "/delete"):
        assert stranger.opens(taught.path + path).status == 404
        assert learner.opens(taught.path + path).status == 403
    assert "Marketing 2b" not in stranger.opens("/teach/classes").text


def test_a_member_who_changes_numbers_finds_nothing(sqlite_app: Academy) -> None:
    teacher = instructor(sqlite_app)
    own, other = opens_class(teacher), opens_class(teacher, "Another")
    visitor, somebody = Visitor(sqlite_app), Visitor(sqlite_app)
    joins(visitor, own.code())
    joins(somebody, other.code(), "Jan")
    foreign = other.member("Jan").rpartition("/")[2]

    for path in (f"/classes/{other.id}", f"/classes/{other.id}/me", "/classes/0"):
        assert visitor.opens(path).status == 404
    for action in ("leave", "sharing"):
        assert visitor.posts(f"/classes/{other.id}/{action}").status == 404
    # A member of one class is not found by the address of another.
    assert teacher.opens(f"{own.path}/members/{foreign}").status == 404
    assert teacher.posts(f"{own.path}/members/{foreign}/remove").status == 404
    assert teacher.posts(f"{own.path}/members/{foreign}/key").status == 404


def test_joining_opens_nothing_but_what_the_organisation_publishes(app: Academy) -> None:
    taught, visitor = opens_class(instructor(app)), Visitor(app)
    joins(visitor, taught.code())

    assert visitor.opens("/teach/classes").path == "/sign-in"
    visitor.registers("ola@example.com")
    assert visitor.opens("/teach/classes").status == 403
    assert visitor.opens("/teach/classes/new").status == 403
    assert visitor.opens(taught.path).status == 403


def test_members_read_what_the_organisation_publishes(app: Academy, nothing_parsed: None) -> None:
    taught, visitor = opens_class(instructor(app)), Visitor(app)
    place = organisation(app, "school")
    with app.database.unit() as session:
        house = published(session, Viewer(0), ChainKind.LESSON, "smm-smo-seo", "en")
        parsed = {**house.parsed, "id": "schools-own", "title": "The school’s own lesson"}
        draft = Draft(ChainKind.LESSON, "schools-own", "en", house.source, parsed)
        publish(session, place, draft, NOON)
    before = visitor.opens("/learn/schools-own").status
    joins(visitor, taught.code())

    page = taught.assigns("lesson:schools-own")
    within = visitor.opens("/learn/schools-own")
    visitor.opens(f"/classes/{taught.id}")
    visitor.sends("/leave")

    assert "The school’s own lesson" in page.text
    assert (before, within.status) == (404, 200)
    assert visitor.opens("/learn/schools-own").status == 404


def test_guests_of_a_class_are_kept_until_its_last_day_has_ended(app: Academy) -> None:
    with time_machine.travel(NOON, tick=False):
        taught, visitor = opens_class(instructor(app)), Visitor(app)
        taught.teacher.opens(f"{taught.path}/settings")
        taught.teacher.sends("/settings", retention_on="2027-03-28")
        joins(visitor, taught.code())
        reads(visitor)

    def guests() -> int:
        with app.database.reading() as session:
            return session.scalar(select(func.count()).where(Person.kind == "guest")) or 0

    last_hour = datetime.fromisoformat("2027-03-28T23:00:00+02:00")
    tidies(app, last_hour)
    kept = guests(), count(app, ClassMember)
    tidies(app, last_hour + timedelta(hours=1))

    assert kept == (1, 1)
    assert (guests(), count(app, ClassMember)) == (0, 0)
    assert count(app, SchoolClass) == 1


def test_a_class_over_its_last_day_shows_nobody_before_the_worker_comes(app: Academy) -> None:
    with time_machine.travel(NOON, tick=False):
        taught, visitor = opens_class(instructor(app)), Visitor(app)
        taught.teacher.opens(f"{taught.path}/settings")
        taught.teacher.sends("/settings", retention_on="2026-11-25")
        code = taught.code()
        key = key_on(joins(visitor, code))
        address = taught.member("Ola")

    with time_machine.travel(NOON + 3 * DAY, tick=False):
        assert "Ola" not in taught.teacher.opens(taught.path).text
        assert "Ola" not in taught.gradebook().text
        assert taught.teacher.opens(address).status == 404
        assert visitor.opens(f"/classes/{taught.id}").status == 404
        assert comes_back(Visitor(app), code, key).status == 422
        newcomer = Visitor(app)
        newcomer.opens("/join")
        assert newcomer.sends("/join", code=code).status == 422
        assert taught.teacher.posts(f"{taught.path}/code", change="renew").status == 409


def test_classes_stay_when_their_instructor_goes(app: Academy) -> None:
    taught, colleague = opens_class(instructor(app)), instructor(app, "iza@example.com")
    joins(Visitor(app), taught.code())
    taught.teacher.opens("/account")

    taught.teacher.sends("/account/delete", password=PASSWORD)

    assert "Ola" in colleague.opens(taught.path).text


def test_a_code_is_easily_read_aloud() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert not set("AEIOULSZBGQ0125 8") & set(ALPHABET)
    assert all(read_code(grouped(code).lower()) == code for code in codes)
    assert read_code("CDFH-JKM") == read_code("CDFH-JKMA") == ""


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_key_is_three_easy_words_and_a_number(locale: str) -> None:
    *words, number = new_key(locale).split("-")

    assert len(words) == 3
    assert set(words) <= set(WORDS[locale])
    assert len(number) == 3
    assert all(word.isascii() and word.islower() for word in WORDS[locale])
    assert len(set(WORDS[locale])) == len(WORDS[locale]) > 200
    typed = " ".join([*words, number]).upper()
    assert key_hash("s", 1, typed) == key_hash("s", 1, "-".join([*words, number]))
    assert len({key_hash("s", 1, typed), key_hash("t", 1, typed), key_hash("s", 2, typed)}) == 3
    assert read_key("Śnieg, ŁAWKA 012") == "snieg-lawka-012"


def test_polish_members_get_polish_words(sqlite_app: Academy) -> None:
    taught = opens_class(instructor(sqlite_app))

    key = key_on(joins(Visitor(sqlite_app, "pl"), taught.code()))

    assert set(key.split("-")[:3]) <= set(WORDS["pl"])
    assert QUIZ
