"""A proof as the editor shows it: what is wrong, and the text as its readers will see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from smm_academy.authoring.tree import Tree
from smm_academy.quizzes.drawing import lay_out
from smm_academy.quizzes.forms import QuestionForm, question_form
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.questions import Question
from smm_academy.quizzes.responses import read_response
from smm_academy.revisions.models import ChainKind
from smm_academy.shifts.preview import (
    DeskPreview,
    ScenarioPreview,
    preview_brand,
    preview_scenario,
)
from smm_academy.writing.proof import Around, Language, Proof, Written, prove
from smm_academy.writing.sentences import Said, say
from smm_academy.writing.starts import sample_lesson

SEED = 1
"""The author meets the options of a question in the order in which readers of a lesson do."""

_MARK = "(x)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is asked, and its key: an answer that says nothing, graded."""

    form: QuestionForm
    grade: Grade


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A proof with what a template needs to show it.

    ``asked`` holds the questions by passage (lesson) or in their order (quiz).
    """

    proof: Proof
    kind: ChainKind
    language: Language
    asked: Mapping[str, Asked] = field(default_factory=dict)
    desk: DeskPreview | None = None
    scenario: ScenarioPreview | None = None

    @property
    def said(self) -> list[Said]:
        """Return the problems in the reader's language, errors first."""
        return [say(one, self.language) for one in (*self.proof.errors, *self.proof.warnings)]

    @property
    def is_shown(self) -> bool:
        """Tell whether there is anything to look at."""
        proof = self.proof
        return bool(proof.lesson or (proof.quiz and self.asked) or self.desk or self.scenario)


def proof_page(
    proof: Proof, kind: ChainKind, brands: Mapping[str, Mapping[str, Any]], language: Language
) -> ProofPage:
    """Return what the editor shows of a proof; packs are shown in the reader's language."""
    if proof.lesson is not None:
        asked = {one.id: _asked(one.question) for one in proof.lesson.passages if one.question}
        return ProofPage(proof, kind, language, asked)
    if proof.quiz is not None:
        asked = {one.id: _asked(one) for one in proof.quiz.questions}
        return ProofPage(proof, kind, language, asked)
    if proof.pack is None:
        return ProofPage(proof, kind, language)
    if kind is ChainKind.BRAND:
        return ProofPage(proof, kind, language, desk=preview_brand(proof.pack, language))
    brand = brands[proof.pack["brand"]]
    return ProofPage(proof, kind, language, scenario=preview_scenario(proof.pack, brand, language))


@cache
def sample_proofs(language: Language) -> tuple[tuple[str, ProofPage], tuple[str, ProofPage]]:
    """Return a short lesson with its proof, and the same with a mistake that is found."""
    source = sample_lesson(language)
    return _sample(source, language), _sample(source.replace(_MARK, "( )"), language)


def _sample(source: str, language: Language) -> tuple[str, ProofPage]:
    written = Written(ChainKind.LESSON, language, source, module="the-person")
    tree = Tree(Path("/"), files=frozenset())
    tree.skills = type(tree.skills)(skills=("empathy",))
    tree.packs = {"brands": set(), "scenarios": set()}
    proof = prove(written, Around(tree))
    return source, proof_page(proof, ChainKind.LESSON, {}, language)


def _asked(question: Question) -> Asked:
    form = question_form(question, lay_out(question, SEED), {})
    return Asked(form, grade(question, read_response(question, {})))
