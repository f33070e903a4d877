"""What a decision taken otherwise would have changed, with its uncertainty.

The lived day and its branch are each repeated under other luck; a pair shares its luck, so that
their difference is the decision's and not the draw's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from simulator.channels import CHANNELS
from simulator.judgement import model_answer
from simulator.moves import Move
from simulator.shift import office, scoring
from simulator.shift.branches import Change, Step, follow, plans_of, shared, walked, with_luck
from simulator.shift.play import Shift
from simulator.shift.state import Turn

REPEATS = 5
"""Pairs with other luck besides the lived one: what a request has time for."""
MOST_REPEATS = 100
_WRITTEN = ("reply", "direct_message")
_DEALT_WITH = (
    *("hide", "delete", "block", "no_action", "escalate", "report", "like", "assign", "resolve"),
)


@dataclass(frozen=True, slots=True)
class WhatIfPoint:
    """The community at a minute on the lived day and on its branch.

    Sentiment in [-1, 1]; ``low`` and ``high`` are the least and the most that the branch reached
    when luck was another, put on the lived day's luck; likewise followers.
    """

    minute: int
    lived: float
    branched: float
    low: float
    high: float
    followers_lived: int
    followers_branched: int
    followers_low: int
    followers_high: int


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two days: how the message fared, and in how many of the repeats what happened.

    ``score`` is the message's, ``shift_score`` the day's, both 0 to 100. ``followed`` counts the
    repeats (the lived luck among them) in which the author wrote a kind of follow-up, and
    ``joined`` those in which others joined in.
    """

    score: float
    shift_score: float
    satisfaction: float
    trust: float
    anger: float
    likes: int
    thread: tuple[Turn, ...]
    followed: Mapping[str, int]
    joined: int


@dataclass(frozen=True, slots=True)
class Spread:
    """What the branch adds at the end: mean, least, most, in how many repeats more than 0."""

    mean: float
    low: float
    high: float
    above: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A lived day beside its branch; ``repeats`` counts the pairs, the lived luck included.

    ``left_out`` are the lived moves that had become impossible or pointless.
    """

    points: tuple[WhatIfPoint, ...]
    lived: Side
    branched: Side
    sentiment: Spread
    followers: Spread
    repeats: int
    left_out: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    lived: Shift
    branched: Shift


def decision_on(shift: Shift, message_id: str) -> int | None:
    """Return the place of the move that decided about a message: the first words, else an act."""
    for kinds in (_WRITTEN, _DEALT_WITH):
        for place, made in enumerate(shift.state.made):
            if made.message == message_id and made.kind in kinds:
                return place
    return None


def best_words(shift: Shift, message_id: str) -> str:
    """Return the model answer to a message, cut at a sentence where its channel is narrow."""
    case = shift.state.cases[message_id]
    text = model_answer(shift.scene.cast.item(case))
    limit = CHANNELS[shift.scene.plan(case).channel].reply_limit
    return text if len(text) <= limit else text[:limit].rsplit(".", 1)[0] + "."


def what_if(
    shift: Shift,
    message_id: str,
    at_move: int | None,
    change: Change,
    ends: tuple[float, float],
    repeats: int = REPEATS,
) -> WhatIf:
    """Return what a change of a decision about a message would have made of the day.

    ``at_move`` and ``change`` are as in `branch`; ``ends`` are the sentiments in which nobody's
    day and the expert's end on the same seed. Raises as `branch` does, and ``ValueError`` for
    more repeats than 100.
    """
    if not 0 <= repeats <= MOST_REPEATS:
        raise ValueError(f"repeats are 0 to {MOST_REPEATS}, not {repeats}")
    lived, changed = plans_of(shift, at_move, change)
    common = shared(lived, changed)
    fork = walked(shift, changed[:common])
    first, left_out = _first_pair(fork, lived[common:], changed[common:])
    pairs = [first]
    for luck in range(1, repeats + 1):
        days = with_luck(fork, luck), with_luck(fork, luck)
        follow(days[0], lived[common:], strictly=False)
        follow(days[1], changed[common:], strictly=False)
        pairs.append(_Pair(*days))
    return WhatIf(
        points=_points(pairs),
        lived=_side([pair.lived for pair in pairs], message_id, ends),
        branched=_side([pair.branched for pair in pairs], message_id, ends),
        sentiment=_spread([_ends(pair)[0] for pair in pairs]),
        followers=_spread([_ends(pair)[1] for pair in pairs]),
        repeats=len(pairs),
        left_out=left_out,
    )


def _first_pair(
    fork: Shift, lived: Sequence[Step], changed: Sequence[Step]
) -> tuple[_Pair, tuple[Move, ...]]:
    days = with_luck(fork, 0), with_luck(fork, 0)
    follow(days[0], lived, strictly=False)
    left_out = follow(days[1], changed, strictly=True)
    return _Pair(*days), left_out


def _points(pairs: Sequence[_Pair]) -> tuple[WhatIfPoint, ...]:
    points = []
    first = pairs[0]
    for place, own in enumerate(first.lived.state.timeline):
        other = first.branched.state.timeline[place]
        differences = [
            (after.sentiment - before.sentiment, after.followers - before.followers)
            for pair in pairs
            for before, after in [
                (pair.lived.state.timeline[place], pair.branched.state.timeline[place])
            ]
        ]
        moods = [mood for mood, _ in differences]
        numbers = [number for _, number in differences]
        points.append(
            WhatIfPoint(
                own.minute,
                own.sentiment,
                other.sentiment,
                own.sentiment + min(moods),
                own.sentiment + max(moods),
                own.followers,
                other.followers,
                own.followers + min(numbers),
                own.followers + max(numbers),
            )
        )
    return tuple(points)


def _side(days: Sequence[Shift], message_id: str, ends: tuple[float, float]) -> Side:
    day = days[0]
    marked = [scoring.mark(day.scene, case) for case in day.state.cases.values()]
    case = day.state.cases[message_id]
    mood = day.state.timeline[-1].sentiment
    parts = scoring.parts(marked, office.sheets(day.scene), mood, ends)
    followed: Counter[str] = Counter()
    for one in days:
        followed.update(_followed(one, message_id))
    return Side(
        score=next(row.score.score for row in marked if row.case.id == message_id),
        shift_score=scoring.total(parts),
        satisfaction=case.feeling.satisfaction,
        trust=case.feeling.trust,
        anger=case.feeling.anger,
        likes=case.likes,
        thread=tuple(case.turns),
        followed=followed,
        joined=sum(one.state.cases[message_id].joined > 0 for one in days),
    )


def _followed(day: Shift, message_id: str) -> set[str]:
    """Return the kinds of what the author wrote after the message, a repost or review included."""
    case = day.state.cases[message_id]
    kinds = {turn.follow_up for turn in case.turns if turn.who == "author" and turn.follow_up}
    kinds |= {other.became for other in day.state.cases.values() if other.origin == message_id}
    return kinds


def _ends(pair: _Pair) -> tuple[float, float]:
    before, after = pair.lived.state.timeline[-1], pair.branched.state.timeline[-1]
    return after.sentiment - before.sentiment, float(after.followers - before.followers)


def _spread(differences: Sequence[float]) -> Spread:
    return Spread(
        mean(differences),
        min(differences),
        max(differences),
        sum(difference > 0 for difference in differences),
    )
