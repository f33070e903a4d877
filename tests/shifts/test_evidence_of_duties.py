"""What a full day shows about skills: every one of the thirteen gets evidence by practice."""

from pathlib import Path
from typing import Any

import pytest

import simulator
from smm_academy.measurement.curriculum import Curriculum, curriculum_of
from smm_academy.measurement.operations import Shown
from smm_academy.revisions.sources import Findings
from smm_academy.revisions.yaml_nodes import read_yaml
from smm_academy.shifts.evidence import evidence_of_record

SKILLS = Path(__file__).resolve().parents[2] / "content" / "skills.yaml"


@pytest.fixture(scope="module")
def known() -> Curriculum:
    node = read_yaml(SKILLS.read_text(encoding="utf-8"), Findings("skills.yaml"))
    assert node is not None
    return curriculum_of(node.plain())


def played(scenario_id: str, policy: str, seed: int = 4) -> dict[str, Any]:
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), "en")
    record = simulator.play(simulator.scenario(pack, "en"), brand, seed, policy)
    return dict(record)


def of(rows: list[Shown], criterion: str) -> list[Shown]:
    return [row for row in rows if row.source.endswith(f":{criterion}")]


def test_a_full_day_shows_all_thirteen_skills(known: Curriculum) -> None:
    shown = evidence_of_record(played("zakwas-evening", "expert"), known)

    early = evidence_of_record(played("nitka-outage", "expert"), known)
    assert {row.skill for row in (*shown, *early)} == {skill.id for skill in known.skills}


def test_each_criterion_feeds_the_skill_that_the_curriculum_names(known: Curriculum) -> None:
    rows = evidence_of_record(played("zakwas-evening", "expert"), known)

    assert {row.skill for row in of(rows, "C1")} == {"alignment"}
    assert {row.skill for row in of(rows, "C3")} == {"content"}
    assert {row.skill for row in of(rows, "G2")} == {"growth"}
    assert {row.skill for row in of(rows, "A1")} == {"analytics"}
    assert {row.skill for row in of(rows, "T1")} == {"technical"}
    assert {row.skill for row in of(rows, "R1")} == {"boundaries", "concepts"}
    assert {row.skill for row in of(rows, "C2")} == {"monitoring", "awareness"}
    assert all(row.score == row.maximum for row in of(rows, "R1"))


def test_a_source_is_named_once(known: Curriculum) -> None:
    rows = evidence_of_record(played("nitka-outage", "novice"), known)
    named = [(row.source, row.skill) for row in rows]

    assert len(named) == len(set(named))


def test_a_duty_that_nobody_took_up_shows_no_skill(known: Curriculum) -> None:
    rows = evidence_of_record(played("zakwas-evening", "nothing"), known)

    untouched = ("C1", "C4", "G1", "G2", "A1", "A2", "T1")
    assert not [row for name in untouched for row in of(rows, name)]
    assert {row.score for row in (*of(rows, "R1"), *of(rows, "C2"))} == {0}


def test_a_record_without_duties_shows_what_it_always_did(known: Curriculum) -> None:
    record = played("lumo-monday", "novice")
    older = {name: value for name, value in record.items() if name != "duties"}

    assert evidence_of_record(older, known) == evidence_of_record(record, known)
