"""What people do in return: how an answer, a silence or a removed message changes them."""

from collections.abc import Mapping

from simulator import keyed
from simulator.channels import CHANNELS
from simulator.shift import justice
from simulator.shift.constants import number, points
from simulator.shift.scene import Scene, last_words
from simulator.shift.state import Case, Pending, Push
from simulator.voices import FollowUp

# Kinds whose authors want no answer: writing to them feeds them or disturbs them.
UNWISE = frozenset({"troll", "peer_talk", "political_bait", "spam"})
# Kinds in which an order or a person has to be found first.
NEEDS_DETAILS = frozenset(
    {
        *("order_question", "personal_data", "complaint", "vulgar_complaint"),
        *("formal_complaint", "heated_complaint"),
    }
)
# How likely those who expect no answer are to write again after one.
_TALKATIVE = {"misguided": 0.6, "rumour": 0.5, "praise": 0.15, "insider": 0.3}
_MOST_FED = 3
_UNHAPPY = frozenset(
    {
        *(FollowUp.STILL_WAITING, FollowUp.NOT_HELPED, FollowUp.CANNED, FollowUp.ANGRIER),
        FollowUp.PROMISE_BROKEN,
    }
)
_PLEASED = frozenset({FollowUp.THANKS, FollowUp.PROMISE_KEPT})
_ONCE = frozenset({FollowUp.DETAILS, FollowUp.NEXT_QUESTION, FollowUp.THANKS})
_CLEAR = 0.5
# What members feel when the rules of the page are seen to hold.
_RELIEF = 0.05
# A block is seen by fewer than a comment that is gone.
_AFFRONT = 0.5


def hear(scene: Scene, case: Case, *, public: bool) -> None:
    """Let the author, and whoever sees it, take in what the brand has just written."""
    plan = scene.plan(case)
    _forget(scene, case)
    if plan.kind in UNWISE:
        scene.push(case, scene.temper(case).answered)
        if plan.kind == "troll":
            _feed(scene, case)
        return
    if len(case.turns) > 1 and case.turns[-2].follow_up in _PLEASED:
        return
    reading = scene.cast.read(case, last_words(scene, case, public=public))
    found = justice.findings(reading)
    new = {name: max(0.0, value - case.heard.get(name, 0.0)) for name, value in found.items()}
    waited = float(scene.waited(_last_word(case)))
    perceived = justice.perceive(found, waited, case.heard)
    answers = sum(turn.who == "brand" for turn in case.turns)
    satcom = justice.satisfy(perceived, scene.seed, case.id, answers)
    for name, value in found.items():
        case.heard[name] = max(value, case.heard.get(name, 0.0))
    justice.cool(case.feeling, scene.state.minute)
    justice.answer(case.feeling, satcom, plan.severity, waited, found)
    case.satcom = satcom
    if public:
        hurt = 0.5 * found.get("blame", 0.0) + 0.8 * found.get("insult", 0.0)
        answered = scene.temper(case).answered
        scene.push(case, (answered * satcom if satcom > 0 else 0.4 * satcom) - hurt)
    _damp(case, new, plan.arousal)
    _answer_back(scene, case, satcom, found)


def _forget(scene: Scene, case: Case) -> None:
    """Drop what the author was about to write: they read the newest words first."""
    kept = {FollowUp.HIDDEN, FollowUp.BAD_REVIEW}
    scene.state.pending = [
        event
        for event in scene.state.pending
        if event.what != "follow_up" or event.case != case.id or event.detail in kept
    ]


def _last_word(case: Case) -> int:
    """Return when the author wrote what the brand has just answered for the first time."""
    start = case.arrived
    answered = False
    for turn in case.turns[:-1]:
        if turn.who == "brand":
            answered = True
        elif answered:
            start, answered = turn.minute, False
    return start


def _damp(case: Case, new: Mapping[str, float], arousal: float) -> None:
    """Slow or feed the spread of a thread by what the reply did, as Herhausen et al. report."""
    for signal in ("empathy", "apology", "channel_change"):
        case.damping *= 1.0 - (1.0 - number(f"spread.{signal}")) * new.get(signal, 0.0)
    if arousal >= number("spread.high_arousal"):
        case.damping *= 1.0 - (1.0 - number("spread.explanation")) * new.get("explanation", 0.0)
    fuel = new.get("public_compensation", 0.0)
    case.damping *= 1.0 + (number("spread.compensation") - 1.0) * fuel
    case.heat *= 1.0 + (number("spread.compensation") - 1.0) * fuel


def _feed(scene: Scene, case: Case) -> None:
    case.heat *= number("spread.fed")
    fed = sum(turn.follow_up == FollowUp.FED_TROLL for turn in case.turns)
    if fed < _MOST_FED and _chance(scene, case, "fed", number("answers.troll")):
        _write_soon(scene, case, FollowUp.FED_TROLL)


def _answer_back(scene: Scene, case: Case, satcom: float, signals: Mapping[str, float]) -> None:
    """Decide whether the author writes again, and what."""
    turn, probability = _next_turn(scene, case, satcom, signals)
    kind = scene.plan(case).kind
    will = 1.0 if scene.temper(case).waits else _TALKATIVE.get(kind, 0.0)
    if turn is None or scene.plan(case).channel == "review_card":
        return
    if _chance(scene, case, turn.value, probability * will):
        _write_soon(scene, case, turn)


def _next_turn(
    scene: Scene, case: Case, satcom: float, signals: Mapping[str, float]
) -> tuple[FollowUp | None, float]:
    """Return what the author would write, and how likely they are to; the first rule holds."""
    said = {turn.follow_up for turn in case.turns}
    kind = scene.plan(case).kind
    public = CHANNELS[scene.plan(case).channel].public
    asked = case.heard.get("channel_change", 0.0) >= _CLEAR or bool(case.replies(public=False))
    pleased = satcom >= number("answers.thanks_satcom")
    more = _chance(scene, case, "more", number("answers.next_question"))
    rules = (
        (signals.get("blame", 0.0) >= _CLEAR, FollowUp.ANGRIER, "angrier"),
        (signals.get("insult", 0.0) >= _CLEAR, FollowUp.ANGRIER, "angrier"),
        (signals.get("canned", 0.0) >= _CLEAR, FollowUp.CANNED, "canned"),
        (kind in NEEDS_DETAILS and asked and public, FollowUp.DETAILS, "details"),
        (pleased and kind == "question" and more, FollowUp.NEXT_QUESTION, "details"),
        (pleased, FollowUp.THANKS, "thanks"),
        (
            satcom < number("answers.not_helped_satcom") and kind != "praise",
            FollowUp.NOT_HELPED,
            "not_helped",
        ),
    )
    for holds, turn, probability in rules:
        if holds and (turn not in said or turn not in _ONCE):
            return turn, number(f"answers.{probability}")
    return None, 0.0


def remove(scene: Scene, case: Case, *, hidden: bool) -> None:
    """Take a message off the page: its author may notice, and members may too.

    Hiding what the rules of the page forbid relieves those who saw it; hiding lawful criticism
    angers its author, who may post it again. Criticism in vulgar words may be hidden, not deleted.
    """
    vulgar = scene.plan(case).kind == "vulgar_complaint"
    unfair = scene.temper(case).criticism or (vulgar and not hidden)
    if unfair:
        justice.cool(case.feeling, scene.state.minute)
        case.feeling.anger = min(1.0, case.feeling.anger + number("feeling.hidden"))
        case.feeling.trust = max(0.0, case.feeling.trust - number("feeling.trust_gain"))
        scene.push(case, -number("feeling.hidden"))
        risk = number("answers.repost") + number("answers.repost_anger") * case.feeling.anger
        if not _is_further(case) and _chance(scene, case, "repost", risk):
            _write_soon(scene, case, FollowUp.HIDDEN)
    else:
        scene.state.pushes.append(Push(case.member, _RELIEF, 0.5 * scene.reach(case)))
    case.hidden, case.deleted = hidden, not hidden


def shut_out(scene: Scene, case: Case) -> None:
    """Block an author: right against abuse and spam, an affront to whoever only criticised."""
    if scene.temper(case).criticism:
        scene.push(case, -_AFFRONT * number("feeling.hidden"))
        case.feeling.trust = max(0.0, case.feeling.trust - number("feeling.trust_gain"))


def restore(scene: Scene, case: Case) -> None:
    """Show a message again; an author who had not noticed yet does not repost."""
    case.hidden = False
    scene.state.pending = [
        event
        for event in scene.state.pending
        if not (event.case == case.id and event.detail == FollowUp.HIDDEN)
    ]


def lose_patience(scene: Scene, case: Case) -> None:
    """Let an author whose patience ran out write again, go public, or give up."""
    case.lapses += 1
    justice.cool(case.feeling, scene.state.minute)
    justice.lapse(case.feeling)
    scene.push(case, -number("feeling.ignored"))
    plan = scene.plan(case)
    turns = sum(turn.follow_up in _UNHAPPY for turn in case.turns)
    satcom = -1.0 if case.satcom is None else case.satcom
    risk = justice.escalates(case.feeling, turns, satcom)
    public = scene.temper(case).failure and not _is_further(case) and plan.channel != "review_card"
    if public and case.lapses > 1 and _chance(scene, case, "escalation", risk):
        _write_soon(scene, case, FollowUp.BAD_REVIEW)
    elif plan.channel != "review_card" and not case.deleted:
        _write_now(scene, case, FollowUp.STILL_WAITING)
    wait_again(scene, case)


def wait_again(scene: Scene, case: Case) -> None:
    """Start the author's patience: how long until they feel ignored (once more)."""
    if not scene.temper(case).waits or case.lapses >= number("patience.most_lapses"):
        return
    minutes = justice.patience(
        scene.plan(case).channel,
        complains=scene.temper(case).failure,
        seed=scene.seed,
        case=case.id,
        lapses=case.lapses,
    )
    heard = sum(turn.who == "brand" for turn in case.turns)
    minute = scene.cast.scenario.week.awake(scene.state.minute + minutes)
    scene.schedule(Pending(minute, "patience", case.id, str(heard)))


def _is_further(case: Case) -> bool:
    """Tell whether a case is a consequence or has one already: nobody goes public twice."""
    return bool(case.origin) or case.went_further


def _write_soon(scene: Scene, case: Case, turn: FollowUp) -> None:
    low, high = points("answers.delay")
    share = keyed.draw(scene.seed, "delay", case.id, turn.value, len(case.turns))
    minute = scene.state.minute + round(low + share * (high - low))
    minute = scene.cast.scenario.week.awake(minute)
    scene.schedule(Pending(minute, "follow_up", case.id, turn.value))


def _write_now(scene: Scene, case: Case, turn: FollowUp) -> None:
    scene.schedule(Pending(scene.state.minute, "follow_up", case.id, turn.value))


def _chance(scene: Scene, case: Case, purpose: str, probability: float) -> bool:
    return keyed.draw(scene.seed, purpose, case.id, len(case.turns)) < probability
