"""The report: figures with their denominators, conclusions that follow, payloads read rightly."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from simulator.duties import kpis, report
from simulator.workday import (
    Asked,
    Choice,
    Conclusion,
    Condition,
    NextStep,
    Payload,
    ReportPlan,
)

# The worked check of the KPI definitions.
WORKED = {
    "reach": 2000.0, "impressions": 3000.0, "followers": 10_000.0, "engagements": 120.0,
    "shares": 15.0, "ad_clicks": 45.0, "ad_cost": 90.0, "ad_actions": 3.0,
    "ad_impressions": 3000.0,
}  # fmt: skip

PLAN = ReportPlan(
    title="Report",
    kpis=(Asked("err", "today"), Asked("cpa", "today")),
    earlier={"reach": 8000.0, "engagements": 280.0, "followers_start": 9000.0},
    conclusions=(
        Conclusion("more", "", (Condition("reach", "above", 1000.0),), otherwise=False, flaw=""),
        Conclusion("less", "", (Condition("reach", "at_most", 1000.0),), otherwise=False, flaw=""),
        Conclusion("loved", "", (), otherwise=False, flaw="A rate is not love."),
        Conclusion("unknown", "", (), otherwise=True, flaw=""),
    ),
    next_steps=(
        NextStep("on", "", ("more",), ""),
        NextStep("mend", "", ("less", "unknown"), ""),
    ),
    payloads=(
        Payload("link", "", "?utm_medium=paid", "", (Choice("a", "", 1.0), Choice("b", "", 0.0))),
    ),
)
FIGURES = report.periods(WORKED | {"followers_start": 9900.0, "followers_gained": 100.0}, PLAN)


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        ("err", 6), ("er_followers", 1.2), ("er_impressions", 4), ("frequency", 1.5),
        ("ctr", 1.5), ("cpc", 2), ("cpm", 30), ("cpa", 30), ("cvr", 6.67), ("amplification", 0.15),
    ],
)  # fmt: skip
def test_every_indicator_is_what_the_definitions_say(kpi: str, value: float) -> None:
    assert kpis.figure(kpi, WORKED).value == pytest.approx(value, abs=0.005)


@pytest.mark.parametrize("written", ["6", "6,0", "6.00 %", "6,02", "5.95"])
def test_a_figure_may_be_rounded_and_written_the_polish_way(written: str) -> None:
    assert kpis.is_right(written, 6.0)


@pytest.mark.parametrize("written", ["", "6.2", "0.06", "six", "-", "60"])
def test_a_wrong_figure_is_wrong(written: str) -> None:
    assert not kpis.is_right(written, 6.0)


def test_what_cannot_be_computed_is_said_with_a_dash() -> None:
    assert kpis.figure("cpa", {"ad_cost": 10.0, "ad_actions": 0.0}).value is None
    assert kpis.is_right("-", None)
    assert not kpis.is_right("0", None)


def test_the_week_adds_flows_and_keeps_stocks() -> None:
    assert FIGURES["week"]["reach"] == 10_000
    assert FIGURES["week"]["engagements"] == 400
    assert FIGURES["week"]["followers"] == 10_000
    assert FIGURES["week"]["followers_gained"] == 1000


def judged(**changed: str) -> dict[str, float]:
    choices = dict(report.ideal(PLAN, FIGURES).choices) | changed
    sheets = report.judge(PLAN, choices, FIGURES, "en", 400)
    return {
        line.id + ":" + sheet.item: line.earned / line.possible
        for sheet in sheets
        for line in sheet.lines
    }


def test_the_expert_s_report_earns_everything() -> None:
    assert set(judged().values()) == {1.0}


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("denominator.err.today", "followers", 0.7),
        ("numerator.err.today", "reactions", 0.85),
        ("period.err.today", "week", 0.85),
        ("value.err.today", "1.2", 0.6),
    ],
)
def test_each_part_of_an_indicator_weighs_by_itself(name: str, value: str, left: float) -> None:
    assert judged(**{name: value})["A1:err.today"] == pytest.approx(left)


def test_a_conclusion_follows_from_the_data_or_does_not() -> None:
    assert judged(conclusion="less")["A2:conclusion"] == 0
    assert judged(conclusion="loved")["A2:conclusion"] == 0
    assert judged(conclusion="unknown")["A2:conclusion"] == 0


def test_a_step_from_a_wrong_conclusion_is_worth_half() -> None:
    assert judged(conclusion="less", next_step="mend")["A3:conclusion"] == 0.5
    assert judged(next_step="mend")["A3:conclusion"] == 0
    assert judged(conclusion="less", next_step="on")["A3:conclusion"] == 1


def test_a_payload_is_read_rightly_or_not() -> None:
    assert judged(**{"payload.link": "b"})["T1:link"] == 0


def test_no_report_earns_nothing_and_says_so() -> None:
    sheets = report.judge(PLAN, None, FIGURES, "en", None)

    assert {sheet.score for sheet in sheets} == {0}
    assert {line.reason.code for sheet in sheets for line in sheet.lines} == {"A.no_report"}


@given(reach=st.floats(0, 1e6), other=st.floats(0, 1e6))
def test_whatever_the_figures_are_some_conclusion_is_right(reach: float, other: float) -> None:
    figures = report.periods({"reach": reach, "followers": other}, replace(PLAN, earlier={}))
    right = report.supported(PLAN, figures)

    assert right
    assert "loved" not in right
    assert ("unknown" in right) == (len(right) == 1 and not right & {"more", "less"})
