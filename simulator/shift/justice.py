"""From a reading to how the author feels: perceived justice, satisfaction, anger, trust.

The world knows nothing of points and weights; it feels redress, respect and speed.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from simulator import keyed
from simulator.judgement.reading import Reading
from simulator.shift.constants import number, points, table
from simulator.shift.state import Feeling


@dataclass(frozen=True, slots=True)
class Justice:
    """Perceived justice, each in [-1, 1]: what was got, how one was treated, how it went."""

    distributive: float
    interactional: float
    procedural: float


# The rubric's severities on the scale from 0 to 1 that recovery is reckoned on.
_GRAVITY = {1: 0.1, 2: 0.2, 3: 0.4, 5: 0.7, 8: 0.9}


def gravity(severity: int) -> float:
    """Return a severity of the rubric (1 to 8) as a share of the gravest."""
    return _GRAVITY.get(severity, 0.4)


def speed(minutes: float) -> float:
    """Return what an answer after so many minutes is worth, from 1 down to a floor.

    ``clip(1 - .22 log2(t / 4 min), .1, 1)``: see ``speed`` in ``parameters.json``.
    """
    first = number("speed.first_minutes")
    value = 1.0 - number("speed.slope") * math.log2(max(minutes, first) / first)
    return min(1.0, max(number("speed.floor"), value))


# What was said before still counts, but less than what is said now.
_REMEMBERED = 0.8
# Courtesy that was meant for anybody warms nobody.
_HOLLOW = 0.7
_LASTING = ("substance", "attention", "empathy", "apology", "explanation", "respect")


def findings(reading: Reading) -> dict[str, float]:
    """Return what an author notices in an answer, each in [0, 1]: the signals and two facets.

    ``substance`` is how far it answers or puts things right, ``attention`` whether it is about
    this matter; where no step was due, thanks are substance enough.
    """
    found = dict(reading.signals)
    found["attention"] = _facet(reading, "U2")
    thanked = max(found["attention"], _facet(reading, "U3"))
    meant_for_me = found.get("redress", 0.0) * found["attention"]
    found["substance"] = max(_facet(reading, "U4", absent=thanked), meant_for_me)
    found["substance"] *= 0.5 + 0.5 * _facet(reading, "U5", absent=1.0)
    return found


def perceive(
    found: Mapping[str, float], minutes: float, heard: Mapping[str, float] | None = None
) -> Justice:
    """Return the justice that an author perceives in an answer.

    ``minutes`` is how long they waited for it, ``heard`` what they found in earlier answers:
    help and respect last, harm is done by the newest words alone.
    """
    before = heard or {}
    felt = dict(found)
    for name in _LASTING:
        felt[name] = max(found.get(name, 0.0), _REMEMBERED * before.get(name, 0.0))
    warmth = (
        0.40 * felt["attention"]
        + 0.30 * felt["empathy"]
        + 0.15 * felt["apology"]
        + 0.15 * felt["respect"]
    ) * (1.0 - _HOLLOW * found.get("canned", 0.0))
    harm = (
        0.6 * found.get("canned", 0.0)
        + 0.9 * found.get("blame", 0.0)
        + 1.5 * found.get("insult", 0.0)
    )
    way = 0.6 * speed(minutes) + 0.25 * felt["explanation"] + 0.25 * felt["substance"]
    return Justice(
        _clip(2.0 * felt["substance"] - 1.0), _clip(2.0 * warmth - 0.6 - harm), _clip(2 * way - 1)
    )


def satisfy(justice: Justice, seed: int, *step: str | int) -> float:
    """Return satisfaction with the handling, ``.45 D + .35 I + .20 P`` with noise, in [-1, 1]."""
    value = (
        number("justice.distributive") * justice.distributive
        + number("justice.interactional") * justice.interactional
        + number("justice.procedural") * justice.procedural
    )
    return _clip(value + number("justice.noise") * _normal(seed, "satcom", *step))


def first_feeling(severity: int, arousal: float, *, failed: bool, seed: int, case: str) -> Feeling:
    """Return how an author feels when they write; ``failed`` when the brand let them down."""
    spread = keyed.draw(seed, "satisfaction", case) - 0.5
    before = number("feeling.start_satisfaction") + 0.3 * spread
    loss = number("feeling.failure") * gravity(severity) if failed else 0.0
    trust = number("feeling.start_trust") + 0.3 * (keyed.draw(seed, "trust", case) - 0.5)
    return Feeling(
        satisfaction=_clip(before - loss),
        trust=trust,
        anger=0.9 * arousal if failed else 0.4 * arousal,
        before=before,
        at=0,
        failures=int(failed),
    )


def cool(feeling: Feeling, minute: int) -> None:
    """Let anger fade with time, by its time constant."""
    hours = (minute - feeling.at) / 60.0
    feeling.anger *= math.exp(-hours / number("feeling.anger_hours"))
    feeling.at = minute


def answer(
    feeling: Feeling, satcom: float, severity: int, minutes: float, new: Mapping[str, float]
) -> None:
    """Move an author's feeling by an answer.

    ``new`` are the signals that this answer added to what was heard before.
    """
    weight = 1.0 - gravity(severity)
    change = number("feeling.recovery") * satcom * weight
    if satcom < 0 and feeling.failures > 1:
        change *= number("feeling.second_failure")
    ceiling = max(feeling.before, feeling.satisfaction)
    if (
        satcom > number("feeling.paradox_satcom")
        and gravity(severity) < number("feeling.paradox_severity")
        and feeling.failures == 1
    ):
        ceiling = feeling.before + number("feeling.paradox")
    feeling.satisfaction = _clip(min(feeling.satisfaction + change, max(ceiling, -1.0)))
    if satcom < 0:
        feeling.failures += 1
    feeling.anger *= 1.0 - number("feeling.empathy") * new.get("empathy", 0.0)
    feeling.anger += number("feeling.canned") * new.get("canned", 0.0)
    feeling.anger += number("feeling.blame") * min(
        2.0, new.get("blame", 0.0) + 2.0 * new.get("insult", 0.0)
    )
    feeling.anger = min(1.0, max(0.0, feeling.anger))
    late = 1.0 - speed(minutes)
    gain = number("feeling.trust_gain") * satcom - number("feeling.trust_late") * late
    feeling.trust = min(1.0, max(0.0, feeling.trust + gain))


def lapse(feeling: Feeling) -> None:
    """Move the feeling of an author whose patience ran out once more."""
    feeling.anger = min(1.0, feeling.anger + number("feeling.ignored"))
    feeling.trust = max(0.0, feeling.trust - number("feeling.trust_ignored"))
    feeling.satisfaction = _clip(feeling.satisfaction - 0.5 * number("feeling.ignored"))


def patience(channel: str, *, complains: bool, seed: int, case: str, lapses: int) -> int:
    """Return how many minutes an author waits before they are disappointed (again)."""
    share = keyed.draw(seed, "patience", case)
    if complains:
        deviation = _normal(seed, "patience", case)
        median, sigma = number("patience.complaint_median"), number("patience.complaint_sigma")
        minutes = median * math.exp(sigma * deviation)
    else:
        minutes = _between(share, points("patience.share"), points("patience.minutes"))
    minutes *= table("patience.channel").get(channel, 1.0)
    minutes = max(number("patience.shortest"), min(minutes, 24 * 60.0))
    return round(minutes * number("patience.stretch") ** lapses)


def escalates(feeling: Feeling, turns: int, satcom: float) -> float:
    """Return the probability that an author takes the matter further in public."""
    power = (
        number("escalation.intercept")
        + number("escalation.anger") * feeling.anger
        + number("escalation.turns") * turns
        + number("escalation.satcom") * satcom
    )
    return 1.0 / (1.0 + math.exp(-power))


def _between(share: float, shares: tuple[float, ...], values: tuple[float, ...]) -> float:
    for index in range(1, len(shares)):
        if share <= shares[index]:
            part = (share - shares[index - 1]) / (shares[index] - shares[index - 1])
            return values[index - 1] + part * (values[index] - values[index - 1])
    return values[-1]


def _normal(seed: int, purpose: str, *step: str | int) -> float:
    """Return a keyed draw that is nearly normal: the sum of four uniforms, standardised."""
    total = sum(keyed.draw(seed, purpose, *step, part) for part in range(4))
    return (total - 2.0) * math.sqrt(3.0)


def _facet(reading: Reading, name: str, absent: float = 0.0) -> float:
    facet = reading.facets.get(name)
    return absent if facet is None or facet.value is None else facet.value


def _clip(value: float) -> float:
    return min(1.0, max(-1.0, value))
