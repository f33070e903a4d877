"""What happens while the clock runs: arrivals, answers, follow-ups, lost patience, hours."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulator import keyed
from simulator.brands import Colleague
from simulator.population import Community, Effect
from simulator.shift import justice, office, promises, reactions
from simulator.shift.cast import BAD_REVIEW, REPOST, book_facts
from simulator.shift.constants import number
from simulator.shift.scene import Scene
from simulator.shift.state import Answer, Case, Feeling, Made, Pending, Point, Turn
from simulator.voices import FollowUp

HOUR = 60
_MOST_JOINED = 2
_MOST_TOLD = 2
# A question means an entry of the book when they share this many beginnings of words.
_SHARED_WORDS, _STEM = 2, 5
_WORD = re.compile(r"\w{4,}")
_WAITED_FOR = frozenset(
    {FollowUp.NOT_HELPED, FollowUp.NEXT_QUESTION, FollowUp.DETAILS, FollowUp.PROMISE_BROKEN}
)
_ON_PROMISE = frozenset({FollowUp.PROMISE_BROKEN, FollowUp.PROMISE_KEPT})
_JOINABLE = frozenset(
    {
        *("heated_complaint", "discrimination", "rumour", "crisis_victim"),
        *("crisis_accidental", "crisis_preventable", "safety_report"),
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the desk can notice.

    ``what`` is ``arrived``, ``wrote``, ``joined``, ``told``, ``awake`` or ``over``; ``text`` is
    what was written or said, ``who`` by whom. ``news``, ``request``, ``goes_out`` and ``alarm``
    are of other duties: ``message`` is then the id of what they are about.
    """

    minute: int
    what: str
    message: str = ""
    who: str = ""
    text: str = ""


def first_events(scene: Scene) -> None:
    """Put every arrival and the morning's briefing among the events to come."""
    office.first_events(scene)
    for plan in scene.cast.scenario.messages:
        scene.schedule(Pending(plan.minute, "arrival", plan.id))
    brief(scene, scene.cast.scenario.briefing, 0)


def brief(scene: Scene, facts: Iterable[str], minute: int) -> None:
    """Let colleagues tell facts to the desk as its day begins."""
    for fact in facts:
        for colleague in scene.cast.brand.colleagues:
            if fact in colleague.answers:
                scene.state.answers.append(
                    Answer(minute, colleague.id, "", fact, colleague.answers[fact])
                )
                break


def happen(scene: Scene, event: Pending) -> Event | None:
    """Let one event happen at its minute; return it where the desk can notice it."""
    scene.state.minute = max(scene.state.minute, event.minute)
    if event.what in office.NOTICED:
        return _notice(scene, event)
    if event.what == "arrival":
        return _arrive(scene, event)
    case = scene.state.cases[event.case]
    if event.what == "told":
        return _tell(scene, event)
    if event.what == "follow_up":
        return _write_on(scene, case, FollowUp(event.detail))
    if event.what == "awake":
        return _wake(case, event.minute)
    if event.what == "promise":
        promises.fall_due(scene, case, scene.state.promises[int(event.detail)])
    elif _is_unanswered(scene, case, event):
        reactions.lose_patience(scene, case)
    return None


def _wake(case: Case, minute: int) -> Event | None:
    """Return a snoozed message to the desk, unless it was snoozed anew."""
    if case.snoozed_until is None or case.snoozed_until > minute:
        return None
    case.snoozed_until = None
    return Event(minute, "awake", case.id)


def _notice(scene: Scene, event: Pending) -> Event | None:
    """Return an event of another duty, where the desk can notice it."""
    told = office.told(scene, event)
    what = office.NOTICED[event.what]
    return None if told is None else Event(event.minute, what, event.case, *told)


def _is_unanswered(scene: Scene, case: Case, event: Pending) -> bool:
    """Tell whether an author's patience has run out; who was told a time waits for it."""
    written = sum(turn.who == "brand" for turn in case.turns)
    waits = "block" not in scene.done(case) and not promises.is_open(scene, case)
    return waits and written == int(event.detail)


def _arrive(scene: Scene, event: Pending) -> Event:
    plan = scene.cast.planned(event.case)
    text = scene.cast.first_words(plan)
    case = _open_case(scene, Case(plan.id, 0, event.minute, _no_feeling()), text)
    who = scene.cast.author_of(case)
    return Event(event.minute, "arrived", case.id, who.name, text)


def _open_case(scene: Scene, case: Case, text: str) -> Case:
    """Put a new case on the desk with its first words, its author's feeling and patience."""
    origin = case.origin or case.id
    case.member = scene.cast.member(origin, scene.cast.scenario.members)
    scene.state.cases[case.id] = case
    plan, rules = scene.plan(case), scene.temper(case)
    case.feeling = justice.first_feeling(
        plan.severity, plan.arousal, failed=rules.failure, seed=scene.seed, case=case.id
    )
    case.feeling.at = case.arrived
    if case.origin:
        before = scene.state.cases[case.origin].feeling
        case.feeling.satisfaction = min(case.feeling.satisfaction, before.satisfaction)
        case.feeling.trust, case.feeling.anger = before.trust, before.anger
        case.feeling.failures = before.failures + 1
    case.turns.append(Turn(case.arrived, "author", text, scene.is_public(case)))
    scene.push(case, rules.opening)
    reactions.wait_again(scene, case)
    return case


def _no_feeling() -> Feeling:
    return Feeling(0.0, 0.0, 0.0, 0.0, 0)


def _tell(scene: Scene, event: Pending) -> Event:
    colleague = next(c for c in scene.cast.brand.colleagues if c.id == event.detail)
    case = scene.state.cases[event.case]
    plan, week = scene.plan(case), scene.cast.scenario.week
    news = plan.confirms if week.place(event.minute) > week.place(case.arrived) else ()
    wanted = dict.fromkeys(news or (*plan.ask, *plan.due_facts, *plan.facts))
    known = [fact for fact in wanted if fact in colleague.answers][:_MOST_TOLD]
    known = known or _meant(scene, colleague, event.case)
    told = [(fact, colleague.answers[fact]) for fact in known] or [("", colleague.fallback)]
    for fact, text in told:
        scene.state.answers.append(Answer(event.minute, colleague.id, event.case, fact, text))
    words = " ".join(text for _, text in told)
    return Event(event.minute, "told", event.case, colleague.name, words)


def _meant(scene: Scene, colleague: Colleague, case_id: str) -> list[str]:
    """Return the entry of the brand book that a question shares most words with, two or more.

    What a colleague knows of a single case is told only where the message is about it.
    """
    book = book_facts(scene.cast.brand)
    asked = [made for made in scene.state.moves_on(case_id) if made.to == colleague.id]
    words = _stems(asked[-1].text) if asked else frozenset()
    shared = {
        fact: len(words & _stems(text)) for fact, text in colleague.answers.items() if fact in book
    }
    best = max(shared, key=lambda fact: shared[fact], default="")
    return [best] if best and shared[best] >= _SHARED_WORDS else []


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))


def _write_on(scene: Scene, case: Case, turn: FollowUp) -> Event | None:
    gone = case.deleted and turn not in {FollowUp.HIDDEN, FollowUp.BAD_REVIEW}
    if gone or "block" in scene.done(case):
        return None
    minute, who = scene.state.minute, scene.cast.author_of(case)
    promise = promises.quoted(scene, case) if turn in _ON_PROMISE else ""
    text = scene.cast.next_words(case, turn, who, minute, promise)
    if turn in {FollowUp.HIDDEN, FollowUp.BAD_REVIEW}:
        became = REPOST if turn == FollowUp.HIDDEN else BAD_REVIEW
        name = f"{case.id}-{'again' if became == REPOST else 'review'}"
        if name in scene.state.cases:
            return None
        case.went_further = True
        new = Case(name, 0, minute, _no_feeling(), case.origin or case.id, became)
        _open_case(scene, new, text)
        return Event(minute, "arrived", name, who.name, text)
    public = scene.is_public(case) and turn != FollowUp.DETAILS
    case.turns.append(Turn(minute, "author", text, public, who.name, turn.value))
    case.resolved, case.snoozed_until = False, None
    if turn == FollowUp.FED_TROLL:
        scene.push(case, 2.0 * scene.temper(case).opening)
    elif turn in {FollowUp.THANKS, FollowUp.PROMISE_KEPT}:
        scene.push(case, 0.5 * scene.temper(case).answered)
    elif turn in _WAITED_FOR:
        reactions.wait_again(scene, case)
    elif turn in {FollowUp.CANNED, FollowUp.ANGRIER}:
        scene.push(case, -number("feeling.canned"))
        reactions.wait_again(scene, case)
    return Event(minute, "wrote", case.id, who.name, text)


def live_hour(scene: Scene, community: Community, hour: int, minute: int) -> list[Event]:
    """Let the community live through the hour that has just passed; return who joined in.

    The community is a sample of the brand's followers: their number moves in proportion.
    """
    joined = []
    for case in list(scene.state.cases.values()):
        event = _spread(scene, case, minute)
        if event is not None:
            joined.append(event)
    office.stir(scene, minute)
    effects = [Effect(push.member, push.change, push.reach) for push in scene.state.pushes]
    scene.state.pushes = []
    before = community.followers
    community.step(hour, effects)
    followers = scene.state.timeline[-1].followers
    change = community.followers / before if before else 1.0
    now = round(followers * change + office.joined(scene, minute))
    scene.state.timeline.append(Point(minute, community.sentiment(), now))
    return joined


def _spread(scene: Scene, case: Case, minute: int) -> Event | None:
    """Let a message be seen, liked and taken up for an hour."""
    plan, rules = scene.plan(case), scene.temper(case)
    week = scene.cast.scenario.week
    if not scene.is_public(case) or week.awake(minute) != minute:
        return None
    if minute - case.turns[-1].minute > number("spread.news_minutes"):
        case.heat *= number("spread.old_news")
    seen = scene.reach(case) * scene.cast.scenario.members
    share = 0.5 + keyed.draw(scene.seed, "likes", case.id, minute)
    case.likes += int(seen * number("spread.likes") * (0.5 + plan.arousal) * share)
    if plan.kind == "troll" and not case.answered:
        case.heat *= number("spread.ignored_troll")
        scene.push(case, rules.hourly)
        return None
    if scene.is_settled(case):
        case.heat *= 0.5
        return None
    scene.push(case, rules.hourly * (1.0 if not case.answered else 0.6))
    ties = min(1.0, math.log10(1.0 + plan.reach) / 5.0)
    growth = (
        number("spread.growth")
        * (1.0 + number("spread.arousal") * plan.arousal)
        * (1.0 + number("spread.ties") * ties)
    )
    silence = 1.0 if case.answered else 1.02
    case.heat = min(number("spread.hottest"), case.heat * growth * case.damping * silence)
    return _join(scene, case, minute)


def _join(scene: Scene, case: Case, minute: int) -> Event | None:
    kind = scene.plan(case).kind
    if kind not in _JOINABLE or case.answered or case.joined >= _MOST_JOINED:
        return None
    if keyed.draw(scene.seed, "joins", case.id, minute) >= number("answers.bystander"):
        return None
    who = scene.cast.bystander(case, case.joined)
    text = scene.cast.next_words(case, FollowUp.BYSTANDER, who, minute)
    case.joined += 1
    kind = FollowUp.BYSTANDER.value
    case.turns.append(Turn(minute, "member", text, public=True, name=who.name, follow_up=kind))
    return Event(minute, "joined", case.id, who.name, text)


def ask_colleague(scene: Scene, made: Made) -> None:
    """Schedule a colleague's answer, 5 to 20 minutes after the question."""
    colleague = next(c for c in scene.cast.brand.colleagues if c.id == made.to)
    wobble = round(6 * (keyed.draw(scene.seed, "answer", made.message, made.to) - 0.5))
    minutes = min(20, max(5, colleague.minutes + wobble))
    scene.schedule(Pending(made.minute + minutes, "told", made.message, made.to))
