"""The score of a shift and its parts, by the section "Shift score" of the rubric.

A shift of inbox alone: ``.65 inbox + .15 triage + .10 coverage + .10 outcome``. A day with other
duties: ``.45 inbox + .10 triage + .08 coverage + .12 content + .07 targeting + .05 requests +
.08 report + .05 outcome``. A part that a shift does not have is left out and the rest rescaled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.duties import Part, Sheet, part_score
from simulator.items import Item, Reply
from simulator.judgement import Gate, Reading, Score, score
from simulator.judgement.rubric import band_of
from simulator.kinds import KINDS
from simulator.shift.constants import temper
from simulator.shift.scene import SAID_IN_PUBLIC, Scene, first_action, reply_of
from simulator.shift.state import Case

WEIGHTS: Mapping[str, float] = {"inbox": 0.65, "triage": 0.15, "coverage": 0.10, "outcome": 0.10}
FULL_DAY: Mapping[str, float] = {
    "inbox": 0.45,
    "triage": 0.10,
    "coverage": 0.08,
    "content": 0.12,
    "targeting": 0.07,
    "requests": 0.05,
    "report": 0.08,
    "outcome": 0.05,
}
BEYOND_THE_INBOX: tuple[Part, ...] = ("content", "targeting", "requests", "report")
PARTS = (
    *("inbox", "triage", "coverage", "content", "targeting", "requests", "report", "outcome"),
)
GRAVE, SMALL = 5, 2
MOST_READ = 4
# Below this difference between the expert's day and nobody's, the outcome says nothing.
LEAST_DIFFERENCE = 0.01


@dataclass(frozen=True, slots=True)
class Marked:
    """A case as it was judged; ``counts`` is false for consequences, which are not scored.

    ``reply`` is what was read, ``first`` the minute of the first action that it called for.
    """

    case: Case
    item: Item
    reply: Reply
    reading: Reading
    score: Score
    first: int | None
    counts: bool

    @property
    def needs_action(self) -> bool:
        """Whether leaving the message alone is wrong."""
        return not self.leave

    @property
    def leave(self) -> bool:
        """Whether leaving the message alone is right."""
        return self.item.kind in LEFT_ALONE


LEFT_ALONE = frozenset(kind for kind in KINDS if temper(kind).inaction)
"""Kinds in which no action is a right action (response rubric, types 2, 12, 13 and 25)."""


def mark(scene: Scene, case: Case) -> Marked:
    """Return a case as judged by everything that was done about it.

    Where the desk wrote several times, all of it is read as one text and each reply by itself;
    the best reading counts, under the red lines of every one of them.
    """
    item, whole = scene.cast.item(case), reply_of(scene, case)
    made = scene.state.moves_on(case.id)
    sent = [move.text for move in made if move.kind in SAID_IN_PUBLIC]
    texts = dict.fromkeys((whole.text, *sent[-MOST_READ:]))
    best: tuple[Reply, Reading, Score] | None = None
    gates: dict[str, Gate] = {}
    for text in texts if whole.text else (whole.text,):
        reply = replace(whole, text=text)
        reading = scene.cast.read(case, reply)
        points = score(item, reading)
        gates |= {gate.id: gate for gate in points.gates}
        if best is None or points.score > best[2].score:
            best = (reply, reading, points)
    if best is None:
        reading = scene.cast.read(case, whole)
        best = (whole, reading, score(item, reading))
    reply, reading, points = best
    points = _under_gates(points, tuple(gates.values()))
    first = first_action(scene, case)
    return Marked(case, item, reply, reading, points, first, not case.origin)


def _under_gates(points: Score, gates: tuple[Gate, ...]) -> Score:
    """Return a score capped by red lines that were crossed elsewhere in the thread."""
    if len(gates) == len(points.gates):
        return points
    capped = min([points.score, *(float(gate.cap) for gate in gates)])
    return replace(points, score=capped, band=band_of(capped), gates=gates)


def inbox(marked: Sequence[Marked]) -> float | None:
    """Return the mean message score, 0 to 100, weighted by severity; ``None`` without messages."""
    rows = [row for row in marked if row.counts]
    weight = sum(row.item.severity for row in rows)
    if not weight:
        return None
    return sum(row.item.severity * row.score.score for row in rows) / weight


def triage(marked: Sequence[Marked]) -> float | None:
    """Return the share of grave messages that were handled before small ones, in percent.

    A grave message (severity 5 or more) counts when it was handled and no small one (2 or less)
    was handled between its arrival and then. ``None`` where the shift has no grave message or no
    small one.
    """
    grave = [row for row in marked if row.counts and row.item.severity >= GRAVE]
    small = [row for row in marked if row.counts and row.item.severity <= SMALL]
    if not grave or not small:
        return None
    return 100.0 * sum(in_order(row, small) for row in grave) / len(grave)


def in_order(grave: Marked, small: Sequence[Marked]) -> bool:
    """Tell whether a grave message was handled before any small one that was touched after it."""
    first = grave.first
    if first is None:
        return False
    return not any(
        row.first is not None and grave.case.arrived < row.first < first for row in small
    )


def coverage(marked: Sequence[Marked]) -> float | None:
    """Return the share of messages that needed an action and got one, in percent."""
    rows = [row for row in marked if row.counts and row.needs_action]
    if not rows:
        return None
    return 100.0 * sum(row.first is not None for row in rows) / len(rows)


def outcome(sentiment: float, nothing: float, expert: float) -> float | None:
    """Return where the day ended between nobody's and the expert's, in percent.

    ``None`` when those two differ by less than .01: then the outcome says nothing.
    """
    if abs(expert - nothing) < LEAST_DIFFERENCE:
        return None
    return 100.0 * min(1.0, max(0.0, (sentiment - nothing) / (expert - nothing)))


def total(parts: Mapping[str, float | None]) -> float:
    """Return the score of the shift, 0 to 100, from its parts; missing ones are rescaled."""
    has_duties = any(parts.get(name) is not None for name in BEYOND_THE_INBOX)
    weights = FULL_DAY if has_duties else WEIGHTS
    present = {name: value for name in weights if (value := parts.get(name)) is not None}
    weight = sum(weights[name] for name in present)
    if not weight:
        return 0.0
    return sum(weights[name] * value for name, value in present.items()) / weight


def parts(
    marked: Sequence[Marked], sheets: Sequence[Sheet], sentiment: float, ends: tuple[float, float]
) -> dict[str, float | None]:
    """Return the parts of a shift's score; ``ends`` are nobody's sentiment and the expert's."""
    found: dict[str, float | None] = dict.fromkeys(PARTS)
    found |= {name: part_score(sheets, name) for name in BEYOND_THE_INBOX}
    return found | {
        "inbox": inbox(marked),
        "triage": triage(marked),
        "coverage": coverage(marked),
        "outcome": outcome(sentiment, *ends),
    }
