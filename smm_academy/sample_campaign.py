"""A campaign of the demonstration: an employer's test, three candidates, one open invitation."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from smm_academy.accounts.identifiers import email_key
from smm_academy.accounts.queries import accounts_by_id, find_account
from smm_academy.assessments import candidate_operations as candidates, operations
from smm_academy.assessments.operations import Guest, Proposal
from smm_academy.assessments.outlines import OUTLINES, SHIFT_SECONDS, question_seconds
from smm_academy.assessments.queries import HIRERS, assessments_of
from smm_academy.quizzes import operations as quizzes
from smm_academy.quizzes.queries import attempt_of, questions_of
from smm_academy.quizzes.questions import ChoiceKey
from smm_academy.quizzes.responses import field_name
from smm_academy.shifts.operations import let_work
from smm_academy.web.viewer import Viewer

EMPLOYER = "employer@demo.example"
NAME, PURPOSE = "Community manager, spring", "choosing whom we invite to an interview"
SCENARIO, KEEP_DAYS = "nitka-table", 180
CANDIDATES = (("Zofia Lis", "pl", 0.9, "expert"), ("Tom Hale", "en", 0.6, "novice"))
"""Name, language, the share of the choices answered rightly, the policy that works the shift."""

AT_WORK, INVITED = Guest("Iga Mróz", "", "pl"), Guest("Sam Reed", "", "en")


def sample_campaign(session: Session, base_url: str, at: datetime) -> None:
    """Make the employer's test and let its candidates work, unless there is one already.

    All of it happens through what the pages use, so that the reports have nothing special.
    """
    person = find_account(session, email_key(EMPLOYER))
    employer = accounts_by_id(session, [person.id])[person.id] if person else None
    places = employer.places(*HIRERS) if employer else frozenset()
    if employer is None or not places or assessments_of(session, employer):
        return
    begun = at - timedelta(days=3)
    skills = OUTLINES["role"].skills
    seconds = question_seconds(sum(skills.values()))
    proposal = Proposal(NAME, PURPOSE, skills, seconds, SCENARIO, SHIFT_SECONDS, KEEP_DAYS)
    found = operations.create_assessment(session, employer, min(places), proposal, begun)
    guests = [*(Guest(name, "", locale) for name, locale, _, _ in CANDIDATES), AT_WORK, INVITED]
    links = operations.invite(session, employer, found.id, guests, base_url, begun)
    for invited, guest in zip(links[:3], guests, strict=False):
        token = invited.link.rpartition("/")[2]
        candidacy, _ = candidates.begin(session, token, guest.name, guest.locale, begun)
        sits = Viewer(candidacy.person_id, "candidate", guest.name, locale=guest.locale)
        for name, _, share, policy in CANDIDATES:
            if name == guest.name:
                _take(session, sits, candidacy.id, share, policy, begun)


def _take(
    session: Session, sits: Viewer, candidacy_id: str, share: float, policy: str, at: datetime
) -> None:
    paper = candidates.open_paper(session, sits, candidacy_id, at)
    asked = questions_of(session, attempt_of(session, paper))
    for one in asked[: round(share * len(asked))]:
        key = one.question.key
        if isinstance(key, ChoiceKey):
            right = [option.id for option in key.options if option.correct]
            fields = {field_name(one.question): right}
            quizzes.keep_answer(session, sits, paper.id, one.number, fields, at)
    quizzes.submit_attempt(session, sits, paper.id, at + timedelta(minutes=19))
    shift = candidates.open_shift(session, sits, candidacy_id, at + timedelta(minutes=25))
    let_work(session, sits, shift.id, policy, at + timedelta(minutes=48))
