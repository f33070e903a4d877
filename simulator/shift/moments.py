"""The three moments of a day that mattered most, for better or worse."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.duties import Sheet
from simulator.shift.chapters import days_of_items
from simulator.shift.desk import desk_days
from simulator.shift.scene import Scene
from simulator.shift.scoring import FULL_DAY, GRAVE, SMALL, Marked, in_order
from simulator.voices import FollowUp

MOMENTS = 3
_GOOD, _MIDDLE, _POOR = 70.0, 60.0, 55.0
# A fault costs at least this share of its message's weight, whatever the reply was worth.
_LEAST_COST = 0.1


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment: ``code`` is a key of the phrases ``moments``, ``values`` fill it.

    ``weight`` is how much it mattered, in points of the inbox; below zero it cost points.
    ``message`` is empty where it belongs to another duty; ``sheet`` is then its kind and item.
    """

    minute: int
    message: str
    code: str
    weight: float
    values: Mapping[str, str] = field(default_factory=dict)
    sheet: tuple[str, str] = ("", "")


def find_moments(
    scene: Scene, marked: Sequence[Marked], sheets: Sequence[Sheet]
) -> tuple[Moment, ...]:
    """Return the three weightiest moments in the order of time; at least one is good, if any is.

    A message weighs by its severity and by how far its score lies from the middle; a consequence
    that could be seen (a bad review, a repost, a returning troll) doubles it. What another duty
    asked for weighs by its share of the shift's score.
    """
    rows = [row for row in marked if row.counts]
    whole = sum(row.item.severity for row in rows) or 1
    small = [row for row in rows if row.item.severity <= SMALL]
    found = [
        moment
        for row in rows
        if (moment := _moment(scene, row, small, 100.0 * row.item.severity / whole)) is not None
    ]
    found.extend(_beside_the_inbox(scene, sheets))
    found.sort(key=lambda moment: (-abs(moment.weight), moment.minute, moment.message))
    chosen = found[:MOMENTS]
    best = next((moment for moment in found if moment.weight > 0), None)
    if best is not None and all(moment.weight <= 0 for moment in chosen):
        chosen[-1:] = [best]
    return tuple(sorted(chosen, key=lambda moment: (moment.minute, moment.message)))


def _beside_the_inbox(scene: Scene, sheets: Sequence[Sheet]) -> Iterable[Moment]:
    """Yield the moments of the other duties; what was never dealt with, at its day's end."""
    ends = [day.ends for day in desk_days(scene.cast.scenario.week)]
    days = days_of_items(scene)
    for sheet in sheets:
        if _POOR <= sheet.score < _GOOD or not any(line.possible for line in sheet.lines):
            continue
        whole = sum(other.weight for other in sheets if other.part == sheet.part) or 1.0
        share = 100.0 * sheet.weight / whole * FULL_DAY[sheet.part] / FULL_DAY["inbox"]
        weight = share * (sheet.score - _MIDDLE) / 100.0
        code = f"{sheet.kind}_{'good' if sheet.score >= _GOOD else 'poor'}"
        code = "red_line" if sheet.gates else code
        left = ends[days.get(sheet.item, len(ends)) - 1]
        minute = left if sheet.minute is None else sheet.minute
        weight *= 3.0 if sheet.gates else 1.0
        yield Moment(minute, "", code, weight, sheet=(sheet.kind, sheet.item))


def _moment(scene: Scene, row: Marked, small: Sequence[Marked], share: float) -> Moment | None:
    code, values = _code(scene, row, small)
    weight = share * (row.score.score - _MIDDLE) / 100.0
    if code in _FAULTS:
        weight = min(weight, -_LEAST_COST * share)
    if code in _SEEN_BY_ALL:
        weight *= 3.0 if code == "red_line" else 2.0
    minute = row.first if row.first is not None else row.case.arrived
    return Moment(minute, row.case.id, code, weight, values) if code else None


_SEEN_BY_ALL = frozenset(
    {
        *("red_line", "fed_troll", "hidden_criticism", "promise_broken"),
        *("canned", "left_unanswered"),
    }
)
_FAULTS = _SEEN_BY_ALL | {"before", "too_late", "not_helped", "weak_reply"}


def _code(scene: Scene, row: Marked, small: Sequence[Marked]) -> tuple[str, dict[str, str]]:
    """Return what a case's story is, the gravest fault first."""
    said = {turn.follow_up for turn in row.case.turns}
    taken_off = {"hide", "delete"} & scene.done(row.case)
    limit = row.item.rule.limit
    waited = None if row.first is None else scene.waited(row.case.arrived, row.first)
    grave = row.item.severity >= GRAVE
    faults = (
        (bool(row.score.gates), "red_line"),
        (FollowUp.FED_TROLL in said, "fed_troll"),
        (bool(taken_off) and scene.temper(row.case).criticism, "hidden_criticism"),
        (FollowUp.PROMISE_BROKEN in said, "promise_broken"),
        (row.first is None and row.needs_action, "left_unanswered"),
        (grave and row.first is not None and not in_order(row, small), "before"),
        (waited is not None and limit is not None and waited > limit, "too_late"),
        (FollowUp.CANNED in said, "canned"),
        (FollowUp.NOT_HELPED in said, "not_helped"),
        (row.score.score < _POOR, "weak_reply"),
    )
    for holds, code in faults:
        if holds:
            return code, {
                "minutes": str(waited),
                "limit": str(limit),
            } if code == "too_late" else {}
    if row.score.score < _GOOD:
        return "", {}
    merits = (
        (row.leave, "right_inaction"),
        (grave and bool(small), "first_things_first"),
        (FollowUp.THANKS in said and scene.temper(row.case).failure, "turned_round"),
        (True, "good_reply"),
    )
    return next(code for holds, code in merits if holds), {}
