"""What a page shows of a question: its parts in the order of this sitting, with what was given."""

from collections.abc import Mapping
from dataclasses import dataclass

from smm_academy.quizzes.drawing import Layout
from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    OrderKey,
    PairKey,
    Question,
)
from smm_academy.quizzes.responses import field_name


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its id, its HTML, and whether it is chosen."""

    id: str
    html: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a question: its name, what it asks, what can be chosen, what was typed."""

    name: str
    html: str
    typed: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question ready to be shown: choices to tick, or inputs; a cloze has pieces between."""

    question: Question
    name: str
    choices: tuple[Choice, ...] = ()
    inputs: tuple[Input, ...] = ()
    pieces: tuple[str, ...] = ()


def question_form(
    question: Question, layout: Layout, typed: Mapping[str, list[str]]
) -> QuestionForm:
    """Return the form of a question in a layout, filled with what was typed."""
    name = field_name(question)
    key = question.key
    if isinstance(key, ChoiceKey):
        return QuestionForm(question, name, choices=_options(key, layout, typed.get(name, [])))
    if isinstance(key, OrderKey):
        return QuestionForm(question, name, inputs=_steps(question, key, layout, typed))
    if isinstance(key, PairKey):
        return QuestionForm(question, name, inputs=_rows(question, key, layout, typed))
    if isinstance(key, ClozeKey):
        inputs = _gaps(question, key, layout, typed)
        return QuestionForm(question, name, inputs=inputs, pieces=key.pieces)
    return QuestionForm(question, name, inputs=(Input(name, "", _first(typed, name)),))


def _options(key: ChoiceKey, layout: Layout, given: list[str]) -> tuple[Choice, ...]:
    options = {option.id: option for option in key.options}
    return tuple(
        Choice(one, options[one].html, options[one].text, one in given) for one in layout.options
    )


def _steps(
    question: Question, key: OrderKey, layout: Layout, typed: Mapping[str, list[str]]
) -> tuple[Input, ...]:
    steps = {step.id: step for step in key.steps}
    places = [str(place) for place in range(1, len(steps) + 1)]
    return tuple(
        Input(
            field_name(question, one),
            steps[one].html,
            _first(typed, field_name(question, one)),
            tuple(
                Choice(place, place, place, _first(typed, field_name(question, one)) == place)
                for place in places
            ),
        )
        for one in layout.options
    )


def _rows(
    question: Question, key: PairKey, layout: Layout, typed: Mapping[str, list[str]]
) -> tuple[Input, ...]:
    rows = {row.id: row for row in key.rows}
    labels = {label.id: label for label in key.labels}
    inputs = []
    for one in layout.rows:
        name = field_name(question, one)
        given = _first(typed, name)
        choices = tuple(
            Choice(label, labels[label].html, labels[label].text, label == given)
            for label in layout.labels
        )
        inputs.append(Input(name, rows[one].html, given, choices))
    return tuple(inputs)


def _gaps(
    question: Question, key: ClozeKey, layout: Layout, typed: Mapping[str, list[str]]
) -> tuple[Input, ...]:
    inputs = []
    for gap, order in zip(key.gaps, layout.gaps, strict=True):
        name = field_name(question, gap.id)
        given = _first(typed, name)
        words = {choice.id: choice for choice in gap.choices}
        choices = tuple(
            Choice(one, words[one].html, words[one].text, one == given) for one in order
        )
        inputs.append(Input(name, "", given, choices))
    return tuple(inputs)


def _first(typed: Mapping[str, list[str]], name: str) -> str:
    values = typed.get(name) or [""]
    return values[0]
