"""The end-of-day report: conclusion (A2), next step (A3), and what had to be read (T1)."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.brands import Locale
from simulator.duties import kpis
from simulator.duties.sheets import Ideal, Line, Sheet, line
from simulator.judgement.reading import Reason
from simulator.workday import Conclusion, Condition, Payload, ReportPlan

Figures = Mapping[str, Mapping[str, float]]
"""The measures of each period: period -> measure -> value."""

CONCLUSION_WEIGHT, PAYLOAD_WEIGHT = 40.0, 20.0
_HALF = 0.5
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    "above": operator.gt,
    "below": operator.lt,
    "at_least": operator.ge,
    "at_most": operator.le,
}


def periods(
    today: Mapping[str, float], plan: ReportPlan, whole: Mapping[str, float] | None = None
) -> dict[str, dict[str, float]]:
    """Return the measures of each period that a report can speak of.

    ``whole`` are those since the shift began, where that was earlier in the week.
    """
    return {
        name: kpis.of_period(today if name == "today" else whole or today, plan.earlier, name)
        for name in kpis.PERIODS
    }


def value_of(name: str, measures: Figures) -> float | None:
    """Return a figure by its name: ``measure``, ``measure@segment`` or ``kpi:<id>``, of today.

    A name that ends in ``.week`` is of the last seven days.
    """
    bare = name.removesuffix(".week")
    period = measures["week" if bare != name else "today"]
    if bare.startswith("kpi:"):
        return kpis.figure(bare.removeprefix("kpi:"), period).value
    return period.get(bare, 0.0)


def holds(condition: Condition, measures: Figures) -> bool:
    """Tell whether a comparison is true; of what cannot be computed nothing is."""
    left = value_of(condition.left, measures)
    right = condition.right
    other = value_of(right, measures) if isinstance(right, str) else float(right)
    if left is None or other is None:
        return False
    return _SIGNS[condition.sign](left, other)


def supported(plan: ReportPlan, measures: Figures) -> frozenset[str]:
    """Return the ids of the conclusions that the figures support."""
    found = frozenset(
        row.id
        for row in plan.conclusions
        if not row.flaw and not row.otherwise and all(holds(one, measures) for one in row.holds)
    )
    return found or frozenset(row.id for row in plan.conclusions if row.otherwise)


def ideal(plan: ReportPlan, measures: Figures) -> Ideal:
    """Return the report that an expert hands in."""
    choices: dict[str, str] = {}
    for asked in plan.kpis:
        choices |= kpis.ideal(asked, measures[asked.period])
    right = supported(plan, measures)
    best = next((row.id for row in plan.conclusions if row.id in right), "")
    if best:
        choices["conclusion"] = best
    step = next((row.id for row in plan.next_steps if best in row.follows), "")
    if step:
        choices["next_step"] = step
    for payload in plan.payloads:
        choices[f"payload.{payload.id}"] = best_option(payload)
    return Ideal("hand_in_report", choices=choices)


def best_option(payload: Payload) -> str:
    """Return the right answer about a payload."""
    return max(payload.options, key=lambda option: option.worth).id


def judge(
    plan: ReportPlan,
    choices: Mapping[str, str] | None,
    measures: Figures,
    locale: Locale,
    minute: int | None,
) -> tuple[Sheet, ...]:
    """Return the sheets of a report; ``choices`` is ``None`` where none was handed in.

    ``minute`` is when it was.
    """
    whole = ideal(plan, measures)
    rows = [
        kpis.judge(asked, choices, measures[asked.period], locale, 1.0 / len(plan.kpis))
        for asked in plan.kpis
    ]
    if plan.conclusions:
        rows.append(_judge_conclusion(plan, choices, measures, whole))
    rows += [
        _judge_payload(payload, choices, 1.0 / len(plan.payloads)) for payload in plan.payloads
    ]
    return tuple(replace(row, minute=minute) for row in rows)


def _judge_conclusion(
    plan: ReportPlan, choices: Mapping[str, str] | None, measures: Figures, whole: Ideal
) -> Sheet:
    right = supported(plan, measures)
    chosen = choices.get("conclusion", "") if choices is not None else ""
    row = next((one for one in plan.conclusions if one.id == chosen), None)
    lines: list[Line] = [_conclusion_line(row, right, handed_in=choices is not None)]
    if plan.next_steps:
        lines.append(_step_line(plan, choices, row, right))
    own = {
        name: value for name, value in whole.choices.items() if name in {"conclusion", "next_step"}
    }
    return Sheet(
        "report", "conclusion", "conclusion", plan.title, CONCLUSION_WEIGHT, tuple(lines), (),
        replace(whole, choices=own), why=row.flaw if row is not None else "",
    )  # fmt: skip


def _conclusion_line(row: Conclusion | None, right: frozenset[str], *, handed_in: bool) -> Line:
    if row is None:
        return line("A2", 0.0, Reason("A2.none" if handed_in else "A.no_report"))
    if row.id in right:
        return line("A2", 1.0, Reason("A2.follows"))
    return line("A2", 0.0, Reason("A2.flawed" if row.flaw else "A2.unsupported"))


def _step_line(
    plan: ReportPlan,
    choices: Mapping[str, str] | None,
    row: Conclusion | None,
    right: frozenset[str],
) -> Line:
    """Return A3: whole where the step follows from the data, half from a wrong conclusion."""
    chosen = choices.get("next_step", "") if choices is not None else ""
    step = next((one for one in plan.next_steps if one.id == chosen), None)
    if step is None:
        return line("A3", 0.0, Reason("A.no_report" if choices is None else "A3.none"))
    if right & set(step.follows):
        return line("A3", 1.0, Reason("A3.follows"))
    if row is not None and row.id in step.follows:
        return line("A3", _HALF, Reason("A3.from_wrong"))
    return line("A3", 0.0, Reason("A3.unrelated"))


def _judge_payload(payload: Payload, choices: Mapping[str, str] | None, share: float) -> Sheet:
    chosen = choices.get(f"payload.{payload.id}", "") if choices is not None else ""
    option = next((one for one in payload.options if one.id == chosen), None)
    right = option is not None and option.worth > 0
    code = "A.no_report" if choices is None else "T1.right" if right else "T1.wrong"
    best = best_option(payload)
    return Sheet(
        "report", "payload", payload.id, payload.title, PAYLOAD_WEIGHT * share,
        (line("T1", float(right), Reason(code), share),), (),
        Ideal("hand_in_report", choices={f"payload.{payload.id}": best}),
        why=option.why if option is not None else "",
    )  # fmt: skip
