"""How closely a reply keeps to what this customer wrote: by the same words and by paraphrase.

Both texts are read as concepts (a family of words for one thing), topics (concepts that belong
together), remaining content words, and numbers. What the reply speaks of without support in the
message counts against it, so that polite text about something else earns nothing.
"""

import math
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

from simulator.brands import Locale
from simulator.judgement.annotation import Annotation, join_spans
from simulator.judgement.kinship import kinship
from simulator.judgement.phrasebook import Hit
from simulator.judgement.reading import Span
from simulator.judgement.wordbook import Concept

_SATURATION, _STEEPNESS = 1.6, 1.8
_TOPIC_MOST = 0.3
_RELATION_MOST = 0.12
_ANSWER_WEIGHT = 1.0
_ANSWER_MOST = 1.7
_REMEDY_LOAD = 0.2
_STEM_WEIGHT = 1.25
_SHORT_STEM_WEIGHT = 1.3
_NEAR_STEM_WEIGHT = 0.5
_STRAY_STEM_WEIGHT = 0.03
_LONG_STEM = 5
_TYPO_RATIO = 84
_NUMBER_WEIGHT = 0.4
_OPEN = 0.22
_PRIOR = 1.0
_SPECIFIC = 0.5
_KIN_WEIGHT, _KIN_POWER = 1.0, 0.5
_FAMILY_WEIGHT, _FAMILY_LEAST, _FAMILY_MOST = 0.5, 0.3, 1.5
_USUAL_WORDS: dict[Locale, int] = {"en": 25, "pl": 18}
_BREVITY = 0.7
_LEAST_BREVITY, _MOST_BREVITY = 0.5, 1.8


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
    """Return what evidence is worth in a reply so long: more words meet more by chance."""
    worth = float((_USUAL_WORDS[reply.locale] / max(1, len(reply.text.tokens))) ** _BREVITY)
    return max(_LEAST_BREVITY, min(_MOST_BREVITY, worth))


def relate(message: Annotation, reply: Annotation) -> Link:
    """Return the link between a message and a reply in the same language."""
    asked = _Asked.of(message)
    evidence, stray_load, places = _stem_evidence(message, reply)
    load = supported = evidence
    spans = [reply.text.span(index, index) for index in places]
    stray: list[Span] = []
    by_topic = by_relation = 0.0
    by_answer, answers = _answer_evidence(asked, reply)
    answered_at = {index for hit in answers for index in range(hit.first, hit.last + 1)}
    spans.extend(reply.text.span(hit.first, hit.last) for hit in answers)
    for label, hits in reply.concepts.items():
        concept = reply.words.concepts[label]
        here = [reply.text.span(hit.first, hit.last) for hit in hits]
        near = asked.nearness(concept)
        remedy = near < Nearness.TOPIC and (
            concept.remedy or all(hit.first in answered_at for hit in hits)
        )
        load += concept.weight * (_REMEDY_LOAD if remedy else 1.0)
        supported += concept.weight * _SUPPORT[near] * (_REMEDY_LOAD if remedy else 1.0)
        if near == Nearness.SAME:
            evidence += concept.weight
        elif near == Nearness.TOPIC:
            by_topic += concept.weight
        else:
            by_relation += concept.weight * _RELATION[near]
        if near >= Nearness.TOPIC:
            spans.extend(here)
        elif concept.weight >= _SPECIFIC and not remedy and near == Nearness.FAR:
            stray.extend(here)
    evidence += _TOPIC_MOST * (1 - math.exp(-by_topic)) + min(_RELATION_MOST, by_relation)
    by_answer = _ANSWER_MOST * (1 - math.exp(-by_answer / _ANSWER_MOST))
    evidence, supported, load = evidence + by_answer, supported + by_answer, load + by_answer
    counted = {index for index in places} | answered_at
    for label, hits in reply.concepts.items():
        if label in asked.concepts:
            counted.update(index for hit in hits for index in range(hit.first, hit.last + 1))
    kin, known = kinship(reply.locale).meet(message, reply, counted)
    by_kin = _KIN_WEIGHT * sum(kin.values()) / max(1, known) ** _KIN_POWER
    evidence, supported, load = evidence + by_kin, supported + by_kin, load + by_kin
    answers = kinship(reply.locale).answer(message, reply)
    fitting = max(-_FAMILY_MOST, min(_FAMILY_MOST, answers - _FAMILY_LEAST))
    by_family = _FAMILY_WEIGHT * fitting
    shared_numbers = _shared_numbers(message, reply)
    evidence += _NUMBER_WEIGHT * len(shared_numbers)
    evidence = max(0.0, evidence + by_family) * _brevity(reply)
    supported, load = supported + max(0.0, by_family), load + abs(by_family)
    support = (supported + _PRIOR) / (load + stray_load + _PRIOR)
    value = (1 - math.exp(-((evidence / _SATURATION) ** _STEEPNESS))) * (_OPEN + (1 - _OPEN) * support)
    answered = {reply.words.concepts[label].topic for label in reply.concepts}
    return Link(
        value,
        support,
        evidence,
        load + stray_load,
        join_spans(spans + shared_numbers),
        join_spans(stray),
        tuple(sorted(asked.topics & answered)),
        tuple(sorted(_specific_topics(message) - answered)),
    )


def _specific_topics(message: Annotation) -> set[str]:
    concepts = message.words.concepts
    return {
        concepts[label].topic for label in message.concepts if concepts[label].weight >= _SPECIFIC
    }
