"""How closely a reply keeps to what this customer wrote: by the same words and by paraphrase.

Both texts are read as concepts (a family of words for one thing), topics (concepts that belong
together), remaining content words, and numbers. What the reply speaks of without support in the
message counts against it, so that polite text about something else earns nothing.
"""

import math
from dataclasses import dataclass, field
from enum import IntEnum

from rapidfuzz import fuzz

from simulator.brands import Locale
from simulator.judgement.annotation import Annotation, join_spans
from simulator.judgement.kinship import kinship
from simulator.judgement.phrasebook import Hit
from simulator.judgement.reading import Span
from simulator.judgement.wordbook import Concept

_SLIGHT = 0.15
"""What slight evidence counts for, in proportion, before it is strong enough to tell."""
_SATURATION, _STEEPNESS = 1.5, 2.4
_TOPIC_MOST = 0.5
_RELATION_MOST = 0.12
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
_OPEN = 0.22
_PRIOR = 1.0
_SPECIFIC = 0.5
_KIN_WEIGHT, _KIN_POWER = 1.0, 0.5
_FAMILY_WEIGHT, _FAMILY_LEAST, _FAMILY_MOST = 0.5, 0.3, 1.5
_CLOSE_KIN = 0.3
_COURTESY = ("apology", "empathy", "thanks", "greeting", "signature")
_USUAL_WORDS: dict[Locale, int] = {"en": 25, "pl": 18}
_BREVITY = 0.5
_LEAST_BREVITY, _MOST_BREVITY = 0.7, 1.4


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
_RELATION = {Nearness.FAR: 0.0, Nearness.SECTOR: 0.05, Nearness.RELATED: 0.17}


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
    speaks of that the message supports, ``evidence`` and ``load`` the sums behind them. ``named``
    and ``missed`` are topic ids of the message that the reply does and does not take up.
    """

    value: float
    support: float
    evidence: float
    load: float
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


def _brevity(reply: Annotation) -> float:
    """Return what evidence is worth in a reply so long: more words meet more by chance.

    Words of courtesy do not make a reply long.
    """
    courteous = {
        index
        for cue in _COURTESY
        for hit in reply.cues.get(cue, ())
        for index in range(hit.first, hit.last + 1)
    }
    words = len(reply.text.tokens) - len(courteous)
    worth = float((_USUAL_WORDS[reply.locale] / max(1, words)) ** _BREVITY)
    return max(_LEAST_BREVITY, min(_MOST_BREVITY, worth))


@dataclass(slots=True)
class _Tally:
    """What speaks for a link: evidence, what the reply speaks of, and what of it is supported."""

    evidence: float = 0.0
    load: float = 0.0
    supported: float = 0.0
    spans: list[Span] = field(default_factory=list)
    stray: list[Span] = field(default_factory=list)

    def add(self, evidence: float) -> None:
        """Add evidence that supports itself."""
        self.evidence += evidence
        self.load += evidence
        self.supported += evidence


def _weigh_concepts(asked: _Asked, reply: Annotation, answered: set[int], tally: _Tally) -> None:
    """Add what the concepts of a reply tell, each by how near it is to the message."""
    by_topic = by_relation = 0.0
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
            tally.evidence += concept.weight
        elif near == Nearness.TOPIC:
            by_topic += concept.weight
        else:
            by_relation += concept.weight * _RELATION[near]
        if near >= Nearness.TOPIC:
            tally.spans.extend(here)
        elif concept.weight >= _SPECIFIC and not remedy and near == Nearness.FAR:
            tally.stray.extend(here)
    tally.evidence += _TOPIC_MOST * (1 - math.exp(-by_topic)) + min(_RELATION_MOST, by_relation)


def _weigh_kin(message: Annotation, reply: Annotation, counted: set[int], tally: _Tally) -> None:
    """Add what kindred words tell, and whether the reply's matters answer the message's."""
    meeting = kinship(reply.locale).compare(message, reply, counted)
    tally.add(_KIN_WEIGHT * sum(meeting.near.values()) / max(1, meeting.known) ** _KIN_POWER)
    fitting = max(-_FAMILY_MOST, min(_FAMILY_MOST, meeting.answers - _FAMILY_LEAST))
    by_family = _FAMILY_WEIGHT * fitting
    tally.evidence = max(0.0, tally.evidence + by_family)
    tally.supported += max(0.0, by_family)
    tally.load += abs(by_family)
    tally.spans.extend(
        reply.text.span(index, index) for index, near in meeting.near.items() if near >= _CLOSE_KIN
    )


def relate(message: Annotation, reply: Annotation) -> Link:
    """Return the link between a message and a reply in the same language."""
    asked = _Asked.of(message)
    by_stem, stray_load, places = _stem_evidence(message, reply)
    by_answer, answers = _answer_evidence(asked, reply)
    answered_at = {index for hit in answers for index in range(hit.first, hit.last + 1)}
    tally = _Tally()
    tally.add(by_stem)
    tally.add(_ANSWER_MOST * (1 - math.exp(-by_answer / _ANSWER_MOST)))
    tally.spans.extend(reply.text.span(index, index) for index in places)
    tally.spans.extend(reply.text.span(hit.first, hit.last) for hit in answers)
    _weigh_concepts(asked, reply, answered_at, tally)
    shared = (hit for label in asked.concepts for hit in reply.concepts.get(label, ()))
    named = {index for hit in shared for index in range(hit.first, hit.last + 1)}
    shared_numbers = _shared_numbers(message, reply)
    tally.evidence += _NUMBER_WEIGHT * len(shared_numbers)
    _weigh_kin(message, reply, {*places, *answered_at, *named}, tally)
    evidence = tally.evidence * _brevity(reply)
    load = tally.load + stray_load
    support = (tally.supported + _PRIOR) / (load + _PRIOR)
    strength = 1 - math.exp(-((evidence / _SATURATION) ** _STEEPNESS))
    strength = _SLIGHT * min(1.0, evidence / _SATURATION) + (1 - _SLIGHT) * strength
    answered = {reply.words.concepts[label].topic for label in reply.concepts}
    return Link(
        strength * (_OPEN + (1 - _OPEN) * support),
        support,
        evidence,
        load,
        join_spans(tally.spans + shared_numbers),
        join_spans(tally.stray),
        tuple(sorted(asked.topics & answered)),
        tuple(sorted(_specific_topics(message) - answered)),
    )


def _specific_topics(message: Annotation) -> set[str]:
    concepts = message.words.concepts
    return {
        concepts[label].topic for label in message.concepts if concepts[label].weight >= _SPECIFIC
    }
