"""The judge of a public reply: reads it, scores it, and says why, without a language model."""

from simulator.judgement.agreement import Rated, compare_ratings, evaluate, machine_marks
from simulator.judgement.draft import (
    DRAFT_KINDS,
    Draft,
    Mending,
    PlantedFault,
    fault_words,
    machine_draft,
    mendings,
)
from simulator.judgement.infer import Inferred, infer
from simulator.judgement.lines import score_lines
from simulator.judgement.model_answer import model_answer
from simulator.judgement.phrasing import phrase
from simulator.judgement.reader import read
from simulator.judgement.reading import Facet, Gate, Reading, Reason, Span
from simulator.judgement.rubric import (
    CONTESTED,
    CONTESTED_POINTS,
    CRITERIA,
    RUBRIC,
    RUBRIC_VERSION,
    Criterion,
    CriterionScore,
    Rubric,
    Score,
    band_of,
    score,
)

__all__ = [
    "CONTESTED",
    "CONTESTED_POINTS",
    "CRITERIA",
    "DRAFT_KINDS",
    "RUBRIC",
    "RUBRIC_VERSION",
    "Criterion",
    "CriterionScore",
    "Draft",
    "Facet",
    "Gate",
    "Inferred",
    "Mending",
    "PlantedFault",
    "Rated",
    "Reading",
    "Reason",
    "Rubric",
    "Score",
    "Span",
    "band_of",
    "compare_ratings",
    "evaluate",
    "fault_words",
    "infer",
    "machine_draft",
    "machine_marks",
    "mendings",
    "model_answer",
    "phrase",
    "read",
    "score",
    "score_lines",
]
