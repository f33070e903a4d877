"""The scene of a shift: its people, its memory, and how far a message is heard."""

import bisect
import math
from dataclasses import dataclass, replace

from simulator.channels import CHANNELS
from simulator.items import Reply
from simulator.judgement.action import ideal_moves
from simulator.scenarios import Plan
from simulator.shift.cast import Cast
from simulator.shift.constants import Temper, number, table, temper
from simulator.shift.state import Case, Pending, Push, State

# Moves that are no action on a message: looking, and ordering one's own desk.
LOOKING = frozenset({"open", "look_up", "wait"})
# Moves whose words everybody can read.
SAID_IN_PUBLIC = frozenset({"reply", "statement"})
# An answer this bad settles nothing.
_SETTLED = -0.2


@dataclass(slots=True)
class Scene:
    """People and plans together with what has happened so far."""

    cast: Cast
    state: State

    @property
    def seed(self) -> int:
        """The seed of every draw."""
        return self.cast.seed

    def waited(self, since: int, until: int | None = None) -> int:
        """Return the minutes that somebody waited, by now or until then; nights do not count."""
        now = self.state.minute if until is None else until
        return self.cast.scenario.week.open_minutes(since, now)

    def plan(self, case: Case) -> Plan:
        """Return the plan behind a case."""
        return self.cast.plan(case)

    def temper(self, case: Case) -> Temper:
        """Return how a case's kind moves the community."""
        return temper(self.plan(case).kind)

    def schedule(self, event: Pending) -> None:
        """Put an event among those to come, in the order of time."""
        bisect.insort(self.state.pending, event)

    def done(self, case: Case) -> frozenset[str]:
        """Return the kinds of move made on a case."""
        return frozenset(made.kind for made in self.state.moves_on(case.id))

    def is_public(self, case: Case) -> bool:
        """Tell whether others can see the message now."""
        shown = not case.hidden and not case.deleted
        return shown and CHANNELS[self.plan(case).channel].public

    def reach(self, case: Case) -> float:
        """Return the share of the community that sees a case at its present heat."""
        if not self.is_public(case):
            return 0.0
        plan = self.plan(case)
        loud = 1.0 + math.log10(1.0 + plan.reach) / 3.0
        seen = table("spread.reach").get(plan.channel, 0.0) * case.heat * loud
        return min(number("spread.widest"), seen)

    def push(self, case: Case, change: float) -> None:
        """Let a case change its author's mood, and the mood of those who see it."""
        bounded = min(1.0, max(-1.0, change))
        if bounded == 0.0:
            return
        reach = self.reach(case)
        case.impact += bounded * (1.0 + reach * self.cast.scenario.members)
        self.state.pushes.append(Push(case.member, bounded, reach))

    def is_settled(self, case: Case) -> bool:
        """Tell whether a case no longer troubles anybody."""
        means = self.temper(case).settled_by
        done = self.done(case)
        if any(move in done for move in means if move not in {"reply", "direct_message"}):
            return True
        written = {"reply", "direct_message"} & done & set(means)
        return bool(written) and (case.satcom is None or case.satcom > _SETTLED)


def reply_of(scene: Scene, case: Case) -> Reply:
    """Return everything done about a case as the judge sees it.

    Several replies in one thread are read as one text: the author has heard them all.
    """
    made = [row for row in scene.state.moves_on(case.id) if row.kind not in LOOKING]
    first = first_action(scene, case)
    return Reply(
        text="\n\n".join(row.text for row in made if row.kind in SAID_IN_PUBLIC),
        moves=tuple(row.kind for row in made),
        minutes=None if first is None else float(scene.waited(case.arrived, first)),
        escalated_to=tuple(row.to for row in made if row.kind == "escalate"),
        asked=tuple(row.to for row in made if row.kind == "ask"),
        reason_given=any(row.kind == "no_action" and row.text.strip() for row in made),
        direct_text="\n\n".join(row.text for row in made if row.kind == "direct_message"),
        earlier_replies=earlier_replies(scene, case),
    )


def last_words(scene: Scene, case: Case, *, public: bool) -> Reply:
    """Return what the brand wrote last in a thread, as its author reads it."""
    words = case.turns[-1].text
    whole = reply_of(scene, case)
    return replace(whole, text=words if public else "", direct_text="" if public else words)


def earlier_replies(scene: Scene, case: Case) -> tuple[str, ...]:
    """Return what the desk had written to others before it first wrote to this author."""
    texts: list[str] = []
    for made in scene.state.made:
        if made.kind not in {"reply", "direct_message"}:
            continue
        if made.message == case.id:
            break
        texts.append(made.text)
    return tuple(texts)


_WRITING = SAID_IN_PUBLIC | {"direct_message"}


def first_action(scene: Scene, case: Case) -> int | None:
    """Return the minute of the first action that the message called for, ``None`` without one.

    Where a reply is due that is the first thing written; elsewhere a move that deals with it.
    """
    item = scene.cast.item(case)
    called_for = _WRITING
    if item.rule.reply != "due":
        called_for = frozenset({*scene.temper(case).settled_by, *ideal_moves(item)})
    for made in scene.state.moves_on(case.id):
        if made.kind in called_for:
            return made.minute
    return None
