"""What an employer may see of a sitting: replies count as replies, not as so many answers."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest

from smm_academy.measurement.sitting_scores import WITHIN_REPLY, score_sitting, share_weight
from smm_academy.measurement.skill_map import EvidenceRow

AT = datetime(2026, 11, 23, tzinfo=UTC)


def criterion(reply: str, score: float = 2.0, skill: str = "empathy") -> EvidenceRow:
    return EvidenceRow(
        skill, score, 2.0, 1.0, (-0.75, 0.75), AT, simulated=bool(reply), testlet=reply
    )


def test_the_criteria_of_one_reply_weigh_together_what_the_design_effect_says() -> None:
    rows = share_weight([criterion("m1") for _ in range(9)])

    together = sum(row.weight for row in rows)

    assert together == pytest.approx(9 / (1 + 8 * WITHIN_REPLY))


def test_one_reply_is_one_answer_and_says_little() -> None:
    report = score_sitting([criterion("m1") for _ in range(9)])

    assert report.overall.answers == 1
    assert not report.overall.told


def test_many_replies_say_more_than_one_and_less_than_so_many_items() -> None:
    replies = score_sitting([criterion(f"m{one}", 1.0) for one in range(11) for _ in range(9)])
    items = score_sitting([criterion("", 1.0) for _ in range(99)])
    one = score_sitting([criterion("m1", 1.0) for _ in range(9)])

    assert items.overall.se < replies.overall.se < one.overall.se
    assert replies.overall.told


def test_items_are_left_as_they_are() -> None:
    rows = [criterion(""), criterion("")]

    assert share_weight(rows) == rows
    assert math.isclose(score_sitting(rows).overall.se, score_sitting(rows[::-1]).overall.se)
