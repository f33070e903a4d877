"""A sample report: a candidate who was made up, worked out by the very rules of real ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from smm_academy.assessments.outlines import OUTLINES
from smm_academy.assessments.report_page import Report, report_page
from smm_academy.measurement.blueprint import AREA_OF, SLOPE, default_difficulty
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.mastery import chance_above
from smm_academy.measurement.sitting_scores import score_sitting
from smm_academy.measurement.skill_map import EvidenceRow
from smm_academy.quizzes.drawing import shuffled
from smm_academy.revisions.sources import Locale
from smm_academy.shifts.debrief_page import day, day_table, message_cards
from smm_academy.shifts.evidence import evidence_of_record

SCENARIO = "lumo-monday"
POLICY = "novice"
SEED = 11
LEANING = {"foundations": 0.9, "attracting": -0.5, "community": 0.5, "person": 0.2}
"""How able the made-up candidate is in each area, in logits."""

_DAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """A report and its transcript; ``answers`` are right and asked, by skill."""

    report: Report
    cards: tuple[dict[str, Any], ...]
    day: Mapping[str, Any]
    table: tuple[list[str], list[list[str]]]
    answers: Mapping[str, tuple[int, int]]
    locale: str


@dataclass(frozen=True, slots=True)
class Played:
    """What a report reads of a shift."""

    record: Mapping[str, Any]
    engine_version: str
    rubric_version: str


def make_sample(record: Mapping[str, Any], known: Curriculum, locale: str) -> Sample:
    """Return the sample in a language, from the record of a shift that the policy played."""
    answers = _answers()
    rows = [
        EvidenceRow(skill, float(right), 1.0, SLOPE, (default_difficulty(difficulty),), _DAY)
        for skill, difficulty, right in answers
    ]
    rows += [
        EvidenceRow(
            shown.skill,
            shown.score,
            shown.maximum,
            shown.a,
            shown.thresholds,
            _DAY,
            shown.weight,
            simulated=True,
            testlet=shown.source.rpartition(":")[0],
        )
        for shown in evidence_of_record(record, known)
    ]
    played = Played(record, record["engine"], record["rubric"])
    counts: dict[str, tuple[int, int]] = {}
    for skill, _difficulty, right in answers:
        had, asked = counts.get(skill, (0, 0))
        counts[skill] = had + right, asked + 1
    spoken: Locale = "pl" if locale == "pl" else "en"
    return Sample(
        report_page(score_sitting(rows), known, played, locale),
        tuple(message_cards(record, spoken, {})),
        day(record),
        day_table(record),
        counts,
        locale,
    )


def _answers() -> list[tuple[str, int, bool]]:
    """Return (skill, difficulty, right) of the questions of a whole paper.

    Those that the candidate's leaning makes likeliest are right, as many as are to be expected.
    """
    asked = [
        (skill, difficulty)
        for skill, count in OUTLINES["role"].skills.items()
        for difficulty in shuffled(range(1, 6), SEED, skill)[:count]
    ]
    chances = {
        one: chance_above(LEANING[AREA_OF[one[0]]] - default_difficulty(one[1]), 1.0, 0.0)
        for one in asked
    }
    likeliest = sorted(asked, key=lambda one: -chances[one])[: round(sum(chances.values()))]
    return [(skill, difficulty, (skill, difficulty) in likeliest) for skill, difficulty in asked]
