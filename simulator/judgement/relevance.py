"""How closely a reply keeps to what this customer wrote: by the same words and by paraphrase.

Both texts are read as concepts (a family of words for one thing), topics (concepts that belong
together), remaining content words, and numbers. What the reply speaks of without support in the
message counts against it, so that polite text about something else earns nothing.
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz import fuzz

from simulator.brands import Locale
from simulator.judgement.annotation import Annotation, join_spans
from simulator.judgement.kinship import kinship
from simulator.judgement.phrasebook import Hit
from simulator.judgement.reading import Span
from simulator.judgement.wordbook import Concept
from simulator.lexicon import table

_ANSWER_WEIGHT = 1.0
_ANSWER_MOST = 1.7
_REMEDY_LOAD = 0.2
_STEM_WEIGHT = 1.25
_SHORT_STEM_WEIGHT = 1.3
_NEAR_STEM_WEIGHT = 0.5
_STRAY_STEM_WEIGHT = 0.07
_LONG_STEM = 5
_TYPO_RATIO = 84
_NUMBER_WEIGHT = 0.4
_PRIOR = 1.0
_SPECIFIC = 0.5
_KIN_POWER = 0.5
_ANSWERS_MOST = 6.0
_CLOSE_KIN = 0.3
_COURTESY = ("apology", "empathy", "thanks", "greeting", "signature")
_USUAL_WORDS: dict[Locale, int] = {"en": 25, "pl": 18}
_SHORTEST, _LONGEST = 0.0, 1.4
_BRIEFEST = -1.0


class Nearness(IntEnum):
    """How near something that a reply names is to what the message names."""

    FAR = 0
    SECTOR = 1
    RELATED = 2
    TOPIC = 3
    SAME = 4


_SUPPORT = {
    Nearness.FAR: 0.0,
    Nearness.SECTOR: 0.15,
    Nearness.RELATED: 0.35,
    Nearness.TOPIC: 0.6,
    Nearness.SAME: 1.0,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a message names: its concepts, their topics and their sectors."""

    concepts: frozenset[str]
    topics: frozenset[str]
    sectors: frozenset[str]

    @classmethod
    def of(cls, message: Annotation) -> "_Asked":
        rows = [message.words.concepts[label] for label in message.concepts]
        return cls(
            frozenset(message.concepts),
            frozenset(row.topic for row in rows),
            frozenset(row.sector for row in rows if row.weight >= _SPECIFIC),
        )

    def nearness(self, concept: Concept) -> Nearness:
        """Return how near a concept is to what the message names."""
        if concept.id in self.concepts:
            return Nearness.SAME
        if concept.topic in self.topics:
            return Nearness.TOPIC
        if concept.related & self.topics:
            return Nearness.RELATED
        return Nearness.SECTOR if concept.sector in self.sectors else Nearness.FAR


@dataclass(frozen=True, slots=True)
class Link:
    """How a reply and a message meet.

    ``value`` in [0, 1] is the strength of the link, ``support`` the share of what the reply
    speaks of that the message supports. ``named`` and ``missed`` are topic ids of the message
    that the reply does and does not take up.
    """

    value: float
    support: float
    spans: tuple[Span, ...]
    stray: tuple[Span, ...]
    named: tuple[str, ...]
    missed: tuple[str, ...]


def _near(root: str, others: list[str]) -> bool:
    """Return whether a stem is another one but for a typo."""
    return any(
        other[0] == root[0]
        and abs(len(other) - len(root)) <= 1
        and fuzz.ratio(root, other) >= _TYPO_RATIO
        for other in others
    )


def _stem_evidence(message: Annotation, reply: Annotation) -> tuple[float, float, list[int]]:
    """Return the evidence of shared words, the load of words not shared, and where they stand."""
    evidence = load = 0.0
    places: list[int] = []
    long_stems = [root for root in message.content if len(root) >= _LONG_STEM]
    for root, tokens in reply.content.items():
        if root in message.content:
            weight = _STEM_WEIGHT if len(root) >= _LONG_STEM else _SHORT_STEM_WEIGHT
            weight *= reply.words.common.get(root, 1.0)
        elif len(root) >= _LONG_STEM and _near(root, long_stems):
            weight = _NEAR_STEM_WEIGHT
        else:
            load += _STRAY_STEM_WEIGHT
            continue
        evidence += weight
        places.extend(tokens)
    return evidence, load, places


def _answer_evidence(asked: _Asked, reply: Annotation) -> tuple[float, list[Hit]]:
    """Return the evidence of words that answer a concern of the message, and where they stand.

    A word that answers few concerns tells more than one that answers many.
    """
    evidence = 0.0
    places: list[Hit] = []
    seen: set[int] = set()
    for phrase, hits in reply.answers.items():
        concerns = reply.words.answers[phrase]
        met = concerns & asked.concepts
        fresh = [hit for hit in hits if hit.first not in seen]
        if not met or not fresh:
            continue
        seen.update(hit.first for hit in fresh)
        best = max(reply.words.concepts[label].weight for label in met)
        best *= reply.words.answer_weights.get(phrase, 1.0)
        evidence += _ANSWER_WEIGHT * best / (1 + 0.3 * math.log(len(concerns)))
        places.extend(fresh)
    return evidence, places


def _shared_numbers(message: Annotation, reply: Annotation) -> list[Span]:
    return [
        span
        for number, span in reply.numbers.items()
        if number in message.numbers and len(number) > 1
    ]


def length_of(reply: Annotation) -> float:
    """Return how long a reply is against what is usual, as a logarithm; courtesy adds nothing."""
    courteous = {
        index
        for cue in _COURTESY
        for hit in reply.cues.get(cue, ())
        for index in range(hit.first, hit.last + 1)
    }
    tokens = reply.text.tokens
    sorry = {tokens[hit.first].sentence for hit in reply.cues.get("apology", ())}
    words = sum(
        index not in courteous and token.sentence not in sorry
        for index, token in enumerate(tokens)
    )
    length = math.log(max(1, words) / _USUAL_WORDS[reply.locale])
    return max(_SHORTEST, min(_LONGEST, length))


class Signs(NamedTuple):
    """What tells whether a reply answers a message, each weighed by the table ``link``.

    ``words`` and ``concepts`` are shared, ``topics`` near; ``remedies`` are words that answer a
    concern. ``kin`` are kindred words, ``answers`` says how well what is spoken of answers.
    ``clash`` (0 or less) says how far the reply's kind contradicts the message's. ``foreign``
    are concepts with no bearing on the message. ``length`` of the reply and what the message
    ``told`` (its length) are logarithms, 0 for usual: more words meet more by chance.
    """

    words: float
    concepts: float
    topics: float
    remedies: float
    kin: float
    answers: float
    clash: float
    foreign: float
    length: float
    told: float


@dataclass(slots=True)
class _Tally:
    """What a reply speaks of, what of it is supported, and where that stands."""

    same: float = 0.0
    topic: float = 0.0
    foreign: float = 0.0
    load: float = 0.0
    supported: float = 0.0
    spans: list[Span] = field(default_factory=list)
    stray: list[Span] = field(default_factory=list)

    def add(self, evidence: float) -> None:
        """Add evidence that supports itself."""
        self.load += evidence
        self.supported += evidence


def _weigh_concepts(asked: _Asked, reply: Annotation, answered: set[int], tally: _Tally) -> None:
    """Add what the concepts of a reply tell, each by how near it is to the message."""
    for label, hits in reply.concepts.items():
        concept = reply.words.concepts[label]
        here = [reply.text.span(hit.first, hit.last) for hit in hits]
        near = asked.nearness(concept)
        remedy = near < Nearness.TOPIC and (
            concept.remedy or all(hit.first in answered for hit in hits)
        )
        weight = concept.weight * (_REMEDY_LOAD if remedy else 1.0)
        tally.load += weight
        tally.supported += weight * _SUPPORT[near]
        if near == Nearness.SAME:
            tally.same += concept.weight
        elif near == Nearness.TOPIC:
            tally.topic += concept.weight
        elif near == Nearness.FAR and not remedy:
            tally.foreign += concept.weight
        if near >= Nearness.TOPIC:
            tally.spans.extend(here)
        elif concept.weight >= _SPECIFIC and not remedy and near == Nearness.FAR:
            tally.stray.extend(here)


def _strength(signs: Signs) -> float:
    """Return how likely a reply with these signs answers the message, by fitted weights."""
    row = table("link")
    weights: dict[str, float] = row["weights"]
    lean = row["base"] + sum(weights[name] * sign for name, sign in signs._asdict().items())
    return 1 / (1 + math.exp(-lean))


def meet(
    message: Annotation, reply: Annotation, clashing: float = 0.0, told: int = 0
) -> tuple[Signs, Link]:
    """Return the signs that a reply answers a message in its language, and the link they make.

    ``clashing`` is how far the reply's kind contradicts the message's (`turn.clash`); ``told`` is
    how many words its author wrote, where ``message`` holds more than those.
    """
    asked = _Asked.of(message)
    by_stem, stray_load, places = _stem_evidence(message, reply)
    by_answer, answers = _answer_evidence(asked, reply)
    by_answer = _ANSWER_MOST * (1 - math.exp(-by_answer / _ANSWER_MOST))
    answered_at = {index for hit in answers for index in range(hit.first, hit.last + 1)}
    tally = _Tally()
    tally.add(by_stem)
    tally.add(by_answer)
    tally.spans.extend(reply.text.span(index, index) for index in places)
    tally.spans.extend(reply.text.span(hit.first, hit.last) for hit in answers)
    _weigh_concepts(asked, reply, answered_at, tally)
    shared = (hit for label in asked.concepts for hit in reply.concepts.get(label, ()))
    named = {index for hit in shared for index in range(hit.first, hit.last + 1)}
    meeting = kinship(reply.locale).compare(message, reply, {*places, *answered_at, *named})
    tally.spans.extend(
        reply.text.span(index, index) for index, near in meeting.near.items() if near >= _CLOSE_KIN
    )
    numbers = _shared_numbers(message, reply)
    signs = Signs(
        by_stem + _NUMBER_WEIGHT * len(numbers),
        tally.same,
        1 - math.exp(-tally.topic),
        by_answer,
        sum(meeting.near.values()) / max(1, meeting.known) ** _KIN_POWER,
        max(-_ANSWERS_MOST, min(_ANSWERS_MOST, meeting.answers)),
        clashing,
        tally.foreign,
        length_of(reply),
        max(
            _BRIEFEST,
            math.log(max(1, told or len(message.text.tokens)) / _USUAL_WORDS[message.locale]),
        ),
    )
    tally.add(signs.kin)
    support = (tally.supported + _PRIOR) / (tally.load + stray_load + _PRIOR)
    answered = {reply.words.concepts[label].topic for label in reply.concepts}
    return signs, Link(
        _strength(signs),
        support,
        join_spans(tally.spans + numbers),
        join_spans(tally.stray),
        tuple(sorted(asked.topics & answered)),
        tuple(sorted(_specific_topics(message) - answered)),
    )


def relate(message: Annotation, reply: Annotation, clashing: float = 0.0, told: int = 0) -> Link:
    """Return the link between a message and a reply in the same language, as `meet` does."""
    return meet(message, reply, clashing, told)[1]


def _specific_topics(message: Annotation) -> set[str]:
    concepts = message.words.concepts
    return {
        concepts[label].topic for label in message.concepts if concepts[label].weight >= _SPECIFIC
    }
