"""Rows of classes: one of a school, with the owner and the guest in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import Membership, Organisation
from smm_academy.classes import operations
from smm_academy.classes.models import ClassMember, ClassWork
from smm_academy.classes.operations import Joining
from smm_academy.classes.plans import Plan
from smm_academy.web.application import Academy
from smm_academy.web.viewer import Viewer
from tests.web.rows import Row, Rows, Who, only

CLASS = "/teach/classes/{class}"
TEACHES, TEACH = "instructor", ("instructor", "teacher")
IN_CLASS = ("owner", "guest")
LAST_DAY = {"retention_on": "{class_last_day}"}

ROWS: Rows = {
    ("classes.taught", "GET"): only(TEACH, "/teach/classes"),
    ("classes.new", "GET"): only(TEACH, "/teach/classes/new"),
    ("classes.new", "POST"): only(
        TEACH,
        "/teach/classes/new",
        {"name": "New", "organisation": "{school}", "timezone": "Europe/Warsaw", **LAST_DAY},
    ),
    ("classes.teach", "GET"): only(TEACHES, CLASS),
    ("classes.sheet", "GET"): only(TEACHES, f"{CLASS}/sheet"),
    ("classes.change_code", "POST"): only(TEACHES, f"{CLASS}/code", {"change": "renew"}),
    ("classes.settings", "GET"): only(TEACHES, f"{CLASS}/settings"),
    ("classes.settings", "POST"): only(
        TEACHES, f"{CLASS}/settings", {"name": "Taken", "timezone": "Europe/Warsaw", **LAST_DAY}
    ),
    ("classes.archive", "POST"): only(TEACHES, f"{CLASS}/archive", {"archived": "yes"}),
    ("classes.delete", "GET"): only(TEACHES, f"{CLASS}/delete"),
    ("classes.delete", "POST"): only(TEACHES, f"{CLASS}/delete"),
    ("classes.assign", "POST"): only(TEACHES, f"{CLASS}/list", {"work": "quiz:concepts-basics"}),
    ("classes.unassign", "POST"): only(TEACHES, CLASS + "/list/{class_task}/remove"),
    ("classes.gradebook", "GET"): only(TEACHES, f"{CLASS}/gradebook?sort=lessons"),
    ("classes.export", "GET"): only(TEACHES, f"{CLASS}/gradebook.csv", records=True),
    ("classes.member", "GET"): only(TEACHES, CLASS + "/members/{class_member}"),
    ("classes.remove", "POST"): only(TEACHES, CLASS + "/members/{class_member}/remove"),
    ("classes.new_key", "POST"): only(TEACHES, CLASS + "/members/{class_guest}/key"),
    ("weightings.weights", "GET"): only(TEACHES, f"{CLASS}/weights"),
    ("weightings.weights", "POST"): only(TEACHES, f"{CLASS}/weights", {"then": "house"}),
    ("weightings.begin_for_class", "POST"): only(IN_CLASS, "/classes/{class}/shifts/lumo-monday"),
    ("classes.door", "GET"): Row(Who.EVERYONE, "/join"),
    ("classes.join", "POST"): Row(Who.EVERYONE, "/join", {"code": "nowhere"}),
    ("classes.come_back", "POST"): Row(
        Who.EVERYONE, "/join/return", {"code": "nowhere", "key": "a-b-c-123"}
    ),
    ("classes.attended", "GET"): Row(Who.EVERYONE, "/classes"),
    ("classes.attend", "GET"): only(IN_CLASS, "/classes/{class}"),
    ("classes.seen", "GET"): only(IN_CLASS, "/classes/{class}/me"),
    ("classes.share", "POST"): only(IN_CLASS, "/classes/{class}/sharing", {"shares": "yes"}),
    ("classes.leave", "POST"): only(IN_CLASS, "/classes/{class}/leave"),
}


def furnish(
    app: Academy, session: Session, people: dict[str, int], at: datetime
) -> dict[str, str]:
    """Open a class at the school, let the owner and the guest in, put a lesson on its list.

    Another learner is in a class of another school, so that members try each other's doors.
    """
    school = session.scalars(select(Organisation).where(Organisation.slug == "school")).one()
    other = session.scalars(select(Organisation).where(Organisation.slug == "elsewhere")).one()
    last_day = (at + timedelta(days=200)).date()
    secret = app.settings.secret_key
    taught = {}
    for name, place in (("instructor", school), ("teacher", other)):
        held = session.execute(
            select(Membership.organisation_id, Membership.role).where(
                Membership.person_id == people[name]
            )
        )
        viewer = Viewer(
            people[name], "account", memberships=frozenset((row[0], row[1]) for row in held)
        )
        plan = Plan(f"Class of {place.name}", place.id, "Europe/Warsaw", last_day)
        taught[name] = operations.open_class(session, viewer, plan, at)
        operations.assign(
            session, viewer, taught[name].id, ("lesson", "smm-smo-seo"), last_day, at
        )
    for teacher, name, kind in (
        ("instructor", "owner", "account"),
        ("instructor", "guest", "guest"),
        ("teacher", "learner", "account"),
    ):
        person = Viewer(people[name], kind)
        operations.join(
            session,
            person,
            taught[teacher],
            Joining(name, shares_replies=True, locale="en"),
            secret,
            at,
        )
    own = taught["instructor"].id
    rows = session.execute(
        select(ClassMember.name, ClassMember.id).where(ClassMember.class_id == own)
    )
    members = {row.name: row.id for row in rows}
    task = session.scalars(select(ClassWork.id).where(ClassWork.class_id == own)).one()
    return {
        "class": str(own),
        "class_task": str(task),
        "class_member": str(members["owner"]),
        "class_guest": str(members["guest"]),
        "class_last_day": last_day.isoformat(),
        "school": str(school.id),
    }
