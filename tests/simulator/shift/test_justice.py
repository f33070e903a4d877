"""Perceived justice: what is got weighs most, then respect, then speed; silence costs trust."""

import pytest
from hypothesis import given, strategies as st

from simulator.shift import justice
from simulator.shift.state import Feeling

SHARE = st.floats(0, 1)
NOTICED = (
    *("substance", "attention", "empathy", "apology", "explanation", "respect"),
    *("canned", "blame", "insult"),
)


def feeling(**changed: float) -> Feeling:
    values = {"satisfaction": -0.2, "trust": 0.5, "anger": 0.5, "before": 0.2, "at": 0}
    return Feeling(**{**values, **changed}, failures=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("minutes", "worth"), [(1, 1.0), (4, 1.0), (8, 0.78), (16, 0.56), (64, 0.12), (600, 0.1)]
)
def test_the_worth_of_speed_falls_by_the_logarithm_of_time(minutes: float, worth: float) -> None:
    assert justice.speed(minutes) == pytest.approx(worth)


def test_redress_weighs_more_than_respect_and_respect_more_than_speed() -> None:
    good, nothing = 1.0, -1.0

    def satisfaction(d: float, i: float, p: float) -> float:
        total = sum(justice.satisfy(justice.Justice(d, i, p), seed, "case") for seed in range(200))
        return total / 200

    redress = satisfaction(good, nothing, nothing)
    respect = satisfaction(nothing, good, nothing)
    speed = satisfaction(nothing, nothing, good)
    assert redress > respect > speed


@given(
    found=st.dictionaries(st.sampled_from(NOTICED), SHARE),
    minutes=st.floats(0, 10_000),
)
def test_perceived_justice_stays_in_range_and_harm_never_helps(
    found: dict[str, float], minutes: float
) -> None:
    kind = {name: value for name, value in found.items() if name not in {"blame", "insult"}}

    harmed, spared = justice.perceive(found, minutes), justice.perceive(kind, minutes)

    for value in (harmed.distributive, harmed.interactional, harmed.procedural):
        assert -1 <= value <= 1
    assert harmed.interactional <= spared.interactional


@given(
    satcom=st.floats(-1, 1),
    severity=st.sampled_from([1, 2, 3, 5, 8]),
    minutes=st.floats(0, 1000),
    signals=st.dictionaries(st.sampled_from(["empathy", "canned", "blame", "insult"]), SHARE),
)
def test_feelings_stay_in_range(
    satcom: float, severity: int, minutes: float, signals: dict[str, float]
) -> None:
    felt = feeling()

    justice.answer(felt, satcom, severity, minutes, signals)
    justice.lapse(felt)

    assert -1 <= felt.satisfaction <= 1
    assert 0 <= felt.trust <= 1
    assert 0 <= felt.anger <= 1


def test_anger_fades_with_time() -> None:
    felt = feeling(anger=0.8)

    justice.cool(felt, 12 * 60)

    assert felt.anger == pytest.approx(0.8 / 2.718281828, rel=1e-6)


def test_recovery_lifts_satisfaction_above_before_only_a_little_and_trust_not_by_the_paradox() -> (
    None
):
    felt = feeling(satisfaction=0.15, before=0.2)

    justice.answer(felt, 1.0, 2, 1.0, {})

    assert felt.satisfaction == pytest.approx(0.3)


def test_a_second_failure_weighs_double() -> None:
    first, second = feeling(), feeling()
    second.failures = 2

    justice.answer(first, -0.5, 3, 1.0, {})
    justice.answer(second, -0.5, 3, 1.0, {})

    assert second.satisfaction < first.satisfaction


def test_half_of_those_who_ask_expect_an_answer_within_one_and_a_half_hours() -> None:
    waits = [
        justice.patience("page_post", complains=False, seed=seed, case="c", lapses=0)
        for seed in range(2000)
    ]

    within = sum(minutes <= 90 for minutes in waits) / len(waits)
    assert 0.48 <= within <= 0.58


def test_anger_and_bad_handling_make_going_public_likelier() -> None:
    calm, angry = feeling(anger=0.1), feeling(anger=0.9)

    assert justice.escalates(angry, 1, 0.0) > justice.escalates(calm, 1, 0.0)
    assert justice.escalates(angry, 1, -1.0) > justice.escalates(angry, 1, 1.0)
    assert justice.escalates(angry, 3, 0.0) > justice.escalates(angry, 1, 0.0)
