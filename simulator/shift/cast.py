"""Who writes and what is true: the scenario's plans turned into authors, words and items.

Everything here is a pure function of scenario, brand, seed and case.
"""

import hashlib
from dataclasses import dataclass, field, replace

from simulator import keyed
from simulator.brands import Brand, Fact
from simulator.items import Author, Item, Reply
from simulator.judgement import Reading, read
from simulator.scenarios import Plan, Scenario
from simulator.shift.state import Case
from simulator.voices import (
    FollowUp,
    Persona,
    aspects,
    follow_up,
    persona,
    spoken,
    toned,
    write,
)

REPOST, BAD_REVIEW = "repost", "bad_review"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people and plans of one shift.

    What was written and read once is remembered: days that share a cast, as a day and its
    branches do, meet the same words again and again.
    """

    scenario: Scenario
    brand: Brand
    seed: int
    _words: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _authors: dict[str, Persona] = field(default_factory=dict, repr=False, compare=False)
    _readings: dict[tuple[str, str, Reply], Reading] = field(
        default_factory=dict, repr=False, compare=False
    )

    def plan(self, case: Case) -> Plan:
        """Return the plan behind a case; a consequence has its origin's plan, changed."""
        plan = self.planned(case.origin or case.id)
        if case.became == BAD_REVIEW:
            return _as_review(plan, case.id)
        if case.became == REPOST:
            return replace(plan, id=case.id, minute=case.arrived)
        return plan

    def planned(self, message_id: str) -> Plan:
        """Return the scenario's own plan of a message.

        Raises ``KeyError`` for an id that the scenario lacks.
        """
        for plan in self.scenario.messages:
            if plan.id == message_id:
                return plan
        raise KeyError(message_id)

    def author(self, case_id: str, plan: Plan) -> Persona:
        """Return the person who wrote a message; a consequence has the author of its origin."""
        if case_id not in self._authors:
            self._authors[case_id] = persona(self.seed, case_id, self.scenario.locale, plan)
        return self._authors[case_id]

    def author_of(self, case: Case) -> Persona:
        """Return the person who wrote a case."""
        origin = case.origin or case.id
        return self.author(origin, self.planned(origin))

    def bystander(self, case: Case, number: int) -> Persona:
        """Return another member who joins the thread."""
        return persona(self.seed, f"{case.id}/joins/{number}", self.scenario.locale)

    def first_words(self, plan: Plan) -> str:
        """Return the message as it arrives."""
        if plan.id not in self._words:
            who = self.author(plan.id, plan)
            toned_plan, toned_who = toned(plan, who, self.scenario.intensity)
            text = write(toned_plan, self.brand, toned_who, self.seed)
            self._words[plan.id] = spoken(text, self.scenario.intensity)
        return self._words[plan.id]

    def next_words(
        self, case: Case, turn: FollowUp, who: Persona, minute: int, promise: str = ""
    ) -> str:
        """Return what comes next in a thread at a minute; ``promise`` is what it comes back to."""
        last = next((old for old in reversed(case.turns) if old.who == "brand"), None)
        heard, since = (last.text, last.minute) if last else ("", case.arrived)
        seed = _words_seed(self.seed, case.id, turn.value, len(case.turns))
        waited = minute - since
        plan, who = toned(self.plan(case), who, self.scenario.intensity)
        text = follow_up(plan, self.brand, who, turn, heard, seed, waited, promise)
        return spoken(text, self.scenario.intensity)

    def read(self, case: Case, reply: Reply) -> Reading:
        """Return what the judge reads in a reply to a message."""
        key = (case.id, case.turns[0].text, reply)
        if key not in self._readings:
            self._readings[key] = read(self.item(case), reply)
        return self._readings[key]

    def item(self, case: Case) -> Item:
        """Return the message with its hidden truth, as the judge sees it."""
        plan, who = self.plan(case), self.author_of(case)
        return Item(
            id=case.id,
            kind=plan.kind,
            locale=self.scenario.locale,
            text=case.turns[0].text,
            channel=plan.channel,
            author=Author(who.name, who.handle, who.gender, who.form, who.followers),
            severity=plan.severity,
            fault=plan.fault,
            arousal=plan.arousal,
            facts=self.facts(plan),
            due_facts=plan.due_facts,
            wants=plan.wants,
            must=plan.must,
            must_not=plan.must_not,
            about=self.about(plan),
            brand=self.brand,
        )

    def about(self, plan: Plan) -> tuple[str, ...]:
        """Return in words what a message is about."""
        known = aspects(self.brand.sector)
        locale = self.scenario.locale
        return tuple(known[name].title[locale] for name in plan.about if name in known)

    def facts(self, plan: Plan) -> tuple[Fact, ...]:
        """Return the facts that bear on a message, from the brand book or from colleagues."""
        known = known_facts(self.brand)
        return tuple(known[fact] for fact in plan.facts if fact in known)

    def member(self, case_id: str, members: int) -> int:
        """Return the author's place among the community's members."""
        return int(keyed.draw(self.seed, "member", case_id) * members)


def known_facts(brand: Brand) -> dict[str, Fact]:
    """Return everything that is true of a brand: the book first, then what colleagues know."""
    facts = {
        fact: Fact(fact, words)
        for colleague in brand.colleagues
        for fact, words in colleague.answers.items()
    }
    for fact in (*brand.facts, *brand.policy, *brand.may_promise, *brand.must_not_promise):
        facts[fact.id] = fact
    return facts


def book_facts(brand: Brand) -> frozenset[str]:
    """Return the ids of the facts that stand in the brand book."""
    return frozenset(
        fact.id
        for fact in (*brand.facts, *brand.policy, *brand.may_promise, *brand.must_not_promise)
    )


def _as_review(plan: Plan, case_id: str) -> Plan:
    must = [duty for duty in plan.must if duty != "private_channel"]
    return replace(
        plan,
        id=case_id,
        kind="unfair_review" if plan.fault == "author" else "fair_review",
        channel="review_card",
        stars=1,
        severity=3,
        must=(*must, "published_contact"),
    )


def _words_seed(seed: int, *step: str | int) -> int:
    text = "\x1f".join(map(str, (seed, "words", *step)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "little")
