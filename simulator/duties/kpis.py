"""Indicators: the right figure with its numerator, denominator and period (A1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.brands import Locale
from simulator.duties.constants import stocks, table, title
from simulator.duties.sheets import Ideal, Line, Sheet, line
from simulator.judgement.reading import Reason
from simulator.workday import Asked

SHARES: Mapping[str, float] = {"value": 0.4, "denominator": 0.3, "numerator": 0.15, "period": 0.15}
"""How the parts of an indicator weigh: the figure, then what it is divided by."""

PERIODS = ("today", "week")
WEIGHT = 40.0
NO_FIGURE = "-"
_TOLERANCE, _ROUNDED = 0.01, 0.0051


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator as it truly is; ``value`` is ``None`` where it cannot be computed."""

    numerator: str
    denominator: str
    value: float | None
    unit: str


def figure(kpi: str, measures: Mapping[str, float]) -> Figure:
    """Return an indicator on the measures of its period."""
    row = table("kpis")[kpi]
    over = measures.get(row["denominator"], 0.0)
    value = row["factor"] * measures.get(row["numerator"], 0.0) / over if over else None
    return Figure(row["numerator"], row["denominator"], value, row["unit"])


def of_period(
    today: Mapping[str, float], earlier: Mapping[str, float], period: str
) -> dict[str, float]:
    """Return the measures of a period: the week adds the six days before, save what is a stock."""
    if period == "today":
        return dict(today)
    still = stocks()
    found = {
        name: value if name in still else value + earlier.get(name, 0.0)
        for name, value in today.items()
    }
    if "followers_start" in earlier:
        found["followers_start"] = earlier["followers_start"]
        found["followers_gained"] = found["followers"] - earlier["followers_start"]
    return found


def read_figure(text: str) -> float | None:
    """Return a figure as somebody writes it (``6,2 %``), ``None`` where it is none."""
    plain = text.strip().removesuffix("%").replace("\u00a0", "").replace(" ", "")
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return None


def is_right(written: str, value: float | None) -> bool:
    """Tell whether a figure is right within one percent, or as rounded to two places."""
    if value is None:
        return written.strip() in {NO_FIGURE, "–", "—", "n/a", "b/d"}
    found = read_figure(written)
    if found is None:
        return False
    return abs(found - value) <= max(_ROUNDED, _TOLERANCE * abs(value))


def name_of(asked: Asked) -> str:
    """Return the id of an indicator in one report."""
    return f"{asked.kpi}.{asked.period}"


def ideal(asked: Asked, measures: Mapping[str, float]) -> dict[str, str]:
    """Return the choices of a report that has the indicator right."""
    true, name = figure(asked.kpi, measures), name_of(asked)
    return {
        f"numerator.{name}": true.numerator,
        f"denominator.{name}": true.denominator,
        f"period.{name}": asked.period,
        f"value.{name}": NO_FIGURE if true.value is None else f"{true.value:.2f}",
    }


def judge(
    asked: Asked,
    choices: Mapping[str, str] | None,
    measures: Mapping[str, float],
    locale: Locale,
    share: float,
) -> Sheet:
    """Return the sheet of an indicator; ``choices`` are the report's, ``None`` without one."""
    true, name = figure(asked.kpi, measures), name_of(asked)
    found: Line
    if choices is None:
        found = line("A1", 0.0, Reason("A.no_report"), share)
    else:
        right = {
            "value": is_right(choices.get(f"value.{name}", ""), true.value),
            "denominator": choices.get(f"denominator.{name}") == true.denominator,
            "numerator": choices.get(f"numerator.{name}") == true.numerator,
            "period": choices.get(f"period.{name}") == asked.period,
        }
        value = sum(SHARES[part] for part, holds in right.items() if holds)
        wrong = [f"kpi.{part}" for part, holds in right.items() if not holds]
        reason = (
            Reason("A1.part", {"wrong": f"@{','.join(wrong)}"}) if wrong else Reason("A1.right")
        )
        found = line("A1", value, reason, share)
    return Sheet(
        "report", "kpi", name, title("kpis", asked.kpi, locale), WEIGHT * share, (found,), (),
        Ideal("hand_in_report", choices=ideal(asked, measures)),
    )  # fmt: skip
