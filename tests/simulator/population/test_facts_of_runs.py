"""A run shows what it can of the facts and says why it cannot show the rest."""

import pytest

from simulator.population import SimulationReport, simulate
from simulator.population.facts.fact import judge, table
from simulator.population.facts.protocol import facts_of_seed, run_protocol, verdict
from simulator.population.report import Gauge

KEYS = {"id", "value", "target", "low", "high", "holds", "reason", "verified", "source"}


@pytest.fixture(scope="module")
def report() -> SimulationReport:
    return simulate(2_000, 48, 3)


def test_every_fact_is_reported_in_the_order_of_the_table(report: SimulationReport) -> None:
    facts = report.as_json()["facts"]
    assert isinstance(facts, list)
    assert [fact["id"] for fact in facts] == list(table())
    assert all(set(fact) == KEYS for fact in facts)


def test_what_one_short_run_cannot_show_is_null_with_the_reason(
    report: SimulationReport,
) -> None:
    for fact in report.facts:
        assert (fact.holds is None) == (fact.reason is not None) == (fact.value is None)
    unshown = {fact.id for fact in report.facts if fact.holds is None}
    assert "participation.ever_post" in unshown
    assert "storms.short_loss" in unshown
    assert "wording.negative_click" not in unshown


def test_all_thirty_three_rows_have_a_fact() -> None:
    assert {row["row"] for row in table().values()} == set(range(1, 34))


def test_verified_rows_name_a_source_and_tolerances_hold_their_target() -> None:
    for row in table().values():
        assert row["source"]
        assert row["low"] <= row["high"]
        assert not row["verified"] or "from memory" not in row["source"]


def test_a_fact_outside_its_tolerance_does_not_hold() -> None:
    assert judge("graph.reciprocity", 0.5).holds is False
    assert judge("graph.reciprocity", 0.2).holds is True
    assert judge("graph.reciprocity", float("nan")).holds is None


def test_the_four_figures_of_the_machine_come_from_the_gauge() -> None:
    readings = iter([Gauge(1.0, 10.0, 50.0), Gauge(2.0, 12.0, 60.0), Gauge(5.0, 16.0, 70.0)])
    report = simulate(100, 10, 1, lambda: next(readings))
    assert (report.build_seconds, report.cpu_seconds, report.wall_seconds) == (1.0, 3.0, 4.0)
    assert report.member_steps_per_second == pytest.approx(250.0)
    assert report.peak_memory_mb == 70.0


@pytest.mark.parametrize("hours", [0, -1, 366 * 24 + 1])
def test_an_impossible_span_is_refused(hours: int) -> None:
    with pytest.raises(ValueError, match="hours"):
        simulate(100, hours, 1)


def test_a_protocol_without_seeds_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one seed"):
        run_protocol(seeds=0)


def test_the_protocol_gives_every_fact_of_a_seed_in_order() -> None:
    facts = facts_of_seed(1, members=1_000, days=8, storm_count=2)
    assert [fact.id for fact in facts] == list(table())
    shown = {fact.id for fact in facts if fact.value is not None}
    assert {"storms.return", "stars.reply_gain", "care.type_ask", "tones.ngo_positive"} <= shown


def test_a_single_wild_seed_fails_a_fact_whose_median_is_fine() -> None:
    tame = [judge("graph.reciprocity", value) for value in (0.20, 0.22, 0.24)]
    assert verdict(tame).holds is True
    wild = verdict([*tame, judge("graph.reciprocity", 0.55)])
    assert wild.holds is False
    assert "1 of 4 seeds" in (wild.reason or "")


def test_a_fact_that_most_seeds_cannot_show_is_not_judged() -> None:
    shown = judge("graph.reciprocity", 0.22)
    silent = judge("graph.reciprocity", float("nan"))
    assert verdict([shown, silent, silent]).holds is None
