"""The simulator: a synthetic community, its words, and a judge of what is said to it.

Pure: no web, no database, no clock, no environment, no global randomness; it reads nothing but
its own package data. This is the front door: whoever plays, scores or generates imports from here.
"""

from simulator.brands import Brand, Locale, brand
from simulator.channels import CHANNELS
from simulator.duties import DUTY_CRITERIA, DUTY_TABLES, DeskDuties
from simulator.experts import POLICIES, play
from simulator.items import Author, Item, Reply
from simulator.judgement import (
    CRITERIA,
    RUBRIC,
    RUBRIC_VERSION,
    Inferred,
    Rated,
    Reason,
    Rubric,
    Score,
    compare_ratings,
    evaluate,
    infer,
    machine_marks,
    model_answer,
    phrase,
    read,
    score,
    score_lines,
)
from simulator.kinds import KINDS
from simulator.moves import MOVES, Move
from simulator.obligations import MUST, MUST_NOT, WANTS
from simulator.packs import brand_ids, brand_pack, scenario_ids, scenario_pack
from simulator.population import Fact, Gauge, SimulationReport, run_protocol, simulate
from simulator.scenarios import Scenario, drill, drill_kinds, scenario
from simulator.shift import (
    ENGINE_VERSION,
    LABELS,
    STATUSES,
    Again,
    Desk,
    Event,
    MoveRefused,
    Record,
    Shift,
    moment_text,
    replay,
    resume,
    reweigh,
    reweigh_record,
    start,
    try_again,
)
from simulator.voices import SECTORS, aspects, generate

__all__ = [
    "CHANNELS",
    "CRITERIA",
    "DUTY_CRITERIA",
    "DUTY_TABLES",
    "ENGINE_VERSION",
    "KINDS",
    "LABELS",
    "MOVES",
    "MUST",
    "MUST_NOT",
    "POLICIES",
    "RUBRIC",
    "RUBRIC_VERSION",
    "SECTORS",
    "STATUSES",
    "WANTS",
    "Again",
    "Author",
    "Brand",
    "Desk",
    "DeskDuties",
    "Event",
    "Fact",
    "Gauge",
    "Inferred",
    "Item",
    "Locale",
    "Move",
    "MoveRefused",
    "Rated",
    "Reason",
    "Record",
    "Reply",
    "Rubric",
    "Scenario",
    "Score",
    "Shift",
    "SimulationReport",
    "aspects",
    "brand",
    "brand_ids",
    "brand_pack",
    "compare_ratings",
    "drill",
    "drill_kinds",
    "evaluate",
    "generate",
    "infer",
    "machine_marks",
    "model_answer",
    "moment_text",
    "phrase",
    "play",
    "read",
    "replay",
    "resume",
    "reweigh",
    "reweigh_record",
    "run_protocol",
    "scenario",
    "scenario_ids",
    "scenario_pack",
    "score",
    "score_lines",
    "simulate",
    "start",
    "try_again",
]
