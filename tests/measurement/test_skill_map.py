"""The skill map: what evidence says of 13 skills, four areas and the whole."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from benchmarks.simulated_answers import FIRST_DAY, later
from smm_academy.measurement.ability import estimate_eap
from smm_academy.measurement.blueprint import (
    AREAS,
    SKILLS,
    default_difficulty,
    default_thresholds,
)
from smm_academy.measurement.curves import from_difficulties
from smm_academy.measurement.mastery import Answer, SkillState, update_state
from smm_academy.measurement.sitting_scores import score_sitting
from smm_academy.measurement.skill_map import (
    EvidenceRow,
    compare_rating,
    count_needed,
    count_steps,
    map_skills,
)


def quiz_row(skill: str, right: bool, day: float = 0, b: float = 0.0) -> EvidenceRow:
    return EvidenceRow(skill, float(right), 1, 1.0, (b,), later(day))


def all_right(skill: str, count: int) -> list[EvidenceRow]:
    return [quiz_row(skill, right=True, day=place / 10) for place in range(count)]


def mostly(skill: str, count: int, *, right: bool, b: float) -> list[EvidenceRow]:
    """Rows of which three in four have the outcome, spread over a few days."""
    return [
        quiz_row(skill, right=(place % 4 > 0) == right, day=place / 10, b=b)
        for place in range(count)
    ]


def test_without_evidence_everything_is_the_prior_and_unmeasured() -> None:
    found = map_skills([], FIRST_DAY)

    assert [estimate.skill for estimate in found.skills] == list(SKILLS)
    assert [estimate.skill for estimate in found.areas] == list(AREAS)
    assert {estimate.level for estimate in (*found.skills, *found.areas)} == {"unmeasured"}
    assert found.overall.mean == pytest.approx(0, abs=1e-9)
    assert found.overall.se == pytest.approx(1, abs=1e-6)
    assert found.skill("voice").needed == 8


def test_first_answers_in_one_skill_are_the_plain_updates() -> None:
    rows = [quiz_row("voice", right=True), quiz_row("voice", right=False, day=0.1, b=1.0)]
    state = update_state(SkillState(), Answer(1.0, (0.0,), 1), rows[0].at)
    state = update_state(state, Answer(1.0, (1.0,), 0), rows[1].at)

    found = map_skills(rows, rows[1].at).skill("voice")

    assert (found.mean, found.se) == pytest.approx((state.mean, state.se))
    assert (found.low, found.high) == pytest.approx(
        (state.mean - 1.96 * state.se, state.mean + 1.96 * state.se), abs=1e-3
    )


def test_overall_is_the_eap_of_all_rows() -> None:
    rows = [quiz_row(skill, right=place % 3 > 0) for place, skill in enumerate(SKILLS)]
    curves = from_difficulties([1.0] * 13, [[0.0]] * 13)
    expected = estimate_eap(curves, np.array([[int(row.score) for row in rows]]))

    overall = map_skills(rows, FIRST_DAY).overall

    assert overall.mean == pytest.approx(expected.mean[0])
    assert overall.se == pytest.approx(expected.se[0])


def test_an_unasked_skill_borrows_from_the_others() -> None:
    rows = [row for skill in SKILLS[:12] for row in all_right(skill, 3)]

    found = map_skills(rows, later(1))

    unasked = found.skill("technical")
    assert unasked.mean == pytest.approx(found.overall.mean, abs=1e-9)
    assert unasked.se == pytest.approx(0.7**0.5)
    assert unasked.level == "unmeasured"


def test_a_skill_does_not_borrow_from_itself() -> None:
    found = map_skills(all_right("voice", 40), later(5))

    state = SkillState()
    for row in all_right("voice", 40):
        state = update_state(state, Answer(1.0, (0.0,), 1), row.at)
    assert found.skill("voice").mean == pytest.approx(state.mean)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), max_size=40), st.randoms())
def test_rows_may_come_in_any_order(answers, random) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    rows = [quiz_row(SKILLS[s], right=r, day=place) for place, (s, r) in enumerate(answers)]
    mixed = rows.copy()
    random.shuffle(mixed)

    plain, shuffled = map_skills(rows, later(50)), map_skills(mixed, later(50))

    for one, other in zip(plain.skills, shuffled.skills, strict=True):
        assert other.mean == pytest.approx(one.mean, abs=1e-12)
        assert other.level == one.level


def test_evidence_of_weight_nothing_and_of_foreign_skills_is_passed_over() -> None:
    rows = [
        replace(quiz_row("voice", right=True), weight=0.0),
        quiz_row("juggling", right=True),
    ]

    assert map_skills(rows, FIRST_DAY) == map_skills([], FIRST_DAY)


def test_time_widens_the_whole_and_the_skill() -> None:
    rows = [row for skill in SKILLS for row in all_right(skill, 6)]

    soon, late = map_skills(rows, later(1)), map_skills(rows, later(201))

    assert late.overall.se**2 == pytest.approx(soon.overall.se**2 + 0.4, abs=0.01)
    assert late.skill("voice").se > soon.skill("voice").se


def test_mastery_of_a_duty_waits_for_the_simulator() -> None:
    rows = [row for skill in SKILLS for row in mostly(skill, 32, right=True, b=1.5)]
    shift = EvidenceRow("conversation", 2, 2, 1.0, (-0.75, 0.75), later(3.5), simulated=True)

    before, after = map_skills(rows, later(4)), map_skills([*rows, shift], later(4))

    assert before.skill("voice").level == "mastered"
    assert before.skill("conversation").level == "at_level"
    assert after.skill("conversation").level == "mastered"


def test_an_area_is_the_mean_of_its_skills_and_no_surer_than_what_they_share() -> None:
    rows = [row for skill in SKILLS for row in all_right(skill, 4)]
    found = map_skills(rows, later(1))
    leaves = [found.skill(skill) for skill in AREAS["person"]]

    area = next(area for area in found.areas if area.skill == "person")

    assert area.mean == pytest.approx(np.mean([leaf.mean for leaf in leaves]))
    assert area.se > np.sqrt(sum(leaf.se**2 for leaf in leaves)) / 4
    assert area.answers == 16


def test_scores_count_as_the_nearest_step() -> None:
    steps = [
        count_steps(EvidenceRow("voice", score, 1, 1.0, (-0.75, 0.75), FIRST_DAY))
        for score in (0, 0.24, 0.25, 0.5, 0.74, 0.75, 1)
    ]

    assert steps == [0, 0, 1, 1, 1, 2, 2]


@pytest.mark.parametrize(("score", "maximum"), [(-1, 2), (3, 2), (0, 0)])
def test_impossible_scores_are_refused(score: float, maximum: float) -> None:
    row = EvidenceRow("voice", score, maximum, 1.0, (0.0,), FIRST_DAY)

    with pytest.raises(ValueError, match="Evidence on voice"):
        map_skills([row], FIRST_DAY)


@pytest.mark.parametrize(
    ("answers", "se", "needed"), [(0, 1.0, 8), (4, 0.5, 1), (5, 0.6, 0), (9, 0.7, 3)]
)
def test_needed_answers_end_what_is_unmeasured(answers: int, se: float, needed: int) -> None:
    assert count_needed(answers, se) == needed


def test_the_announced_number_of_middling_answers_is_about_enough() -> None:
    before = map_skills([], FIRST_DAY).skill("voice")
    rows = [
        quiz_row("voice", right=place % 2 == 0, day=place / 50) for place in range(before.needed)
    ]

    after = map_skills(rows, later(0.2)).skill("voice")

    assert after.level != "unmeasured"
    assert after.needed == 0


def test_a_belief_is_compared_only_with_what_was_measured() -> None:
    weak = [row for skill in SKILLS for row in mostly(skill, 16, right=False, b=-1.0)]
    found = map_skills(weak, later(1)).skill("voice")

    assert compare_rating(4, found).belief == "higher"
    assert compare_rating(1, found).belief == "fitting"
    assert compare_rating(4, found).gap == pytest.approx(1.5 - found.mean)
    assert compare_rating(4, map_skills([], FIRST_DAY).skill("voice")).belief == "unknown"


def test_a_modest_belief_about_a_strong_skill_is_lower() -> None:
    strong = [row for skill in SKILLS for row in mostly(skill, 24, right=True, b=1.5)]

    assert compare_rating(1, map_skills(strong, later(3)).skill("voice")).belief == "lower"


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        compare_rating(5, map_skills([], FIRST_DAY).skill("voice"))


def test_items_without_data_stand_where_their_author_put_them() -> None:
    assert [default_difficulty(step) for step in range(1, 6)] == [-1.5, -0.75, 0, 0.75, 1.5]
    assert default_thresholds(1) == default_thresholds(2) == (-0.75, 0.75)
    assert default_thresholds(4) == (-0.25, 1.25)
    with pytest.raises(ValueError, match="from 1 to 5"):
        default_difficulty(0)


def test_an_employers_figures_come_from_the_sitting_alone_and_may_be_withheld() -> None:
    rows = [quiz_row(skill, right=place % 3 > 0) for place, skill in enumerate(SKILLS * 3)]

    found = score_sitting(rows)

    assert found.overall.answers == 39
    assert found.overall.told
    assert found.overall.narrow[1] - found.overall.narrow[0] == pytest.approx(
        2 * 0.9945 * found.overall.se, abs=1e-3
    )
    assert not any(skill.told for skill in found.skills)
    assert found.areas[0].answers == 9


def test_an_empty_sitting_tells_nothing() -> None:
    found = score_sitting([])

    assert not found.overall.told
    assert found.areas == found.skills == ()


def test_a_map_of_a_busy_year_takes_a_few_milliseconds() -> None:
    rows = [
        quiz_row(SKILLS[place % 13], right=place % 5 > 1, day=place / 3) for place in range(1000)
    ]
    moment = later(0) + timedelta(days=365)

    assert len(map_skills(rows, moment).skills) == 13
