"""A class of the demonstration: five members who read, answered and drilled a little."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key
from smm_academy.accounts.models import HOUSE, Role
from smm_academy.accounts.operations import welcome_guest
from smm_academy.accounts.queries import find_account
from smm_academy.classes import operations as classes
from smm_academy.classes.days import USUAL
from smm_academy.classes.models import SchoolClass
from smm_academy.classes.operations import Joining
from smm_academy.classes.plans import Plan
from smm_academy.lessons.operations import finish_lesson
from smm_academy.quizzes import operations as quizzes
from smm_academy.quizzes.queries import attempt_of, published_bank, questions_of
from smm_academy.quizzes.questions import ChoiceKey, OrderKey, PairKey, Question
from smm_academy.quizzes.responses import field_name
from smm_academy.shifts import operations as shifts
from smm_academy.shifts.operations import Beginning
from smm_academy.shifts.queries import brand_revision
from smm_academy.web.viewer import Viewer

INSTRUCTOR = "instructor@demo.example"
NAME = "Community care, autumn"
ZONE = "Europe/Warsaw"
QUIZ, LESSONS = "concepts-basics", ("smm-smo-seo", "the-angry-customer")
MEMBERS = (
    (
        "Ania",
        2,
        1.0,
        "We are sorry, Sandra. A new lamp leaves today; you need not return this one.",
    ),
    (
        "Bartek",
        2,
        0.8,
        "Sorry about that. Send us your order number and we will look into it today.",
    ),
    (
        "Celina",
        1,
        0.5,
        "Thank you for writing. I check with the warehouse and answer here by 5 pm.",
    ),
    ("Dawid", 1, 0.3, "We are sorry for the inconvenience."),
    ("Ela", 0, 0.0, ""),
)
"""Name, lessons read, the share of the quiz answered rightly (0: not taken), a reply (or none)."""


def sample_class(session: Session, secret: str, at: datetime) -> None:
    """Open the class and let its members do their work, unless it is there already.

    All of it happens through what the pages use, so that the gradebook has nothing special.
    """
    teacher = find_account(session, email_key(INSTRUCTOR))
    opened = select(SchoolClass.id).where(SchoolClass.organisation_id == HOUSE).limit(1)
    if teacher is None or session.scalar(opened) is not None:
        return
    viewer = Viewer(teacher.id, "account", memberships=frozenset({(HOUSE, str(Role.INSTRUCTOR))}))
    begun = at - timedelta(days=14)
    last_day: date = (at + USUAL).date()
    found = classes.open_class(session, viewer, Plan(NAME, HOUSE, ZONE, last_day), begun)
    pieces = [*(("lesson", key) for key in LESSONS), ("quiz", QUIZ), ("scenario", "lumo-monday")]
    for place, piece in enumerate(pieces):
        due_on = begun.date() + timedelta(days=7 * (place + 1))
        classes.assign(session, viewer, found.id, piece, due_on, begun)
    for place, (name, lessons, share, reply) in enumerate(MEMBERS):
        person_id, _token = welcome_guest(session, "en", begun, at + USUAL - begun)
        member = Viewer(person_id, "guest", locale="en")
        joining = Joining(name, shares_replies=place == 0, locale="en")
        classes.join(session, member, found, joining, secret, begun)
        day = begun + timedelta(days=2 * place + 1)
        for key in LESSONS[:lessons]:
            finish_lesson(session, member, key, day)
        if share:
            _take_quiz(session, member, share, day)
        if reply:
            _drill(session, member, reply, place, day)


def _take_quiz(session: Session, member: Viewer, share: float, at: datetime) -> None:
    bank = published_bank(session, member, QUIZ, "en")
    sitting = quizzes.start_attempt(session, member, bank, "", at)
    asked = questions_of(session, attempt_of(session, sitting))
    for one in asked[: round(share * len(asked))]:
        if fields := _right(one.question):
            quizzes.keep_answer(session, member, sitting.id, one.number, fields, at)
    quizzes.submit_attempt(session, member, sitting.id, at + timedelta(minutes=8))


def _right(question: Question) -> dict[str, list[str]]:
    """Return the fields of the right answer to a question; nothing for a kind that is typed."""
    key = question.key
    if isinstance(key, ChoiceKey):
        return {question.id: [option.id for option in key.options if option.correct]}
    if isinstance(key, PairKey):
        return {field_name(question, row.id): [row.label] for row in key.rows}
    if isinstance(key, OrderKey):
        places = enumerate(key.steps, start=1)
        return {field_name(question, step.id): [str(place)] for place, step in places}
    return {}


def _drill(session: Session, member: Viewer, reply: str, seed: int, at: datetime) -> None:
    brand = brand_revision(session, member, "lumo")
    beginning = Beginning(brand, None, "complaint", "en", seed + 1)
    drilled = shifts.prepare_drill(session, beginning, reply)
    shifts.write_drill(session, member, beginning, drilled, at)
