"""What a form sends becomes an answer that the grading understands."""

from smm_academy.quizzes.grading import grade
from smm_academy.quizzes.questions import ChoiceKey, ClozeKey, OrderKey, PairKey, Question
from smm_academy.quizzes.responses import field_name, field_names, read_response
from smm_academy.quizzes.source import parse_quiz

FRONT = "---\ntitle: Basics\nskill: voice\ndifficulty: 2\npool: practice\n---\n"


def ask(body: str, kind: str = "") -> Question:
    stated = f" type={kind}" if kind else ""
    quiz, _ = parse_quiz(f"{FRONT}## Q? {{#q{stated}}}\n{body}", "a.en.md")
    assert quiz is not None
    return quiz.questions[0]


def test_a_single_choice_is_one_word() -> None:
    question = ask("- (x) a\n- ( ) b\n")
    assert isinstance(question.key, ChoiceKey)

    answer = read_response(question, {"q": [question.key.options[0].id], "other": ["x"]})

    assert grade(question, answer).is_correct


def test_several_choices_are_a_list() -> None:
    question = ask("- [x] a\n- [x] b\n- [ ] c\n")
    assert isinstance(question.key, ChoiceKey)

    answer = read_response(question, {"q": [one.id for one in question.key.options[:2]]})

    assert grade(question, answer).is_correct


def test_rows_have_a_field_each() -> None:
    question = ask("- a -> 1\n- b -> 2\n")
    assert isinstance(question.key, PairKey)
    fields = {field_name(question, row.id): [row.label] for row in question.key.rows}

    assert tuple(fields) == field_names(question)
    assert grade(question, read_response(question, fields)).is_correct


def test_gaps_have_a_field_each() -> None:
    question = ask("A {{b}} and {{=c|d}}.\n")
    assert isinstance(question.key, ClozeKey)
    chosen = question.key.gaps[1].choices[0].id

    answer = read_response(question, {"q:gap-1": ["b"], "q:gap-2": [chosen]})

    assert grade(question, answer).is_correct


def test_steps_are_answered_by_their_places() -> None:
    question = ask("1. a\n2. b\n3. c\n", "order")
    assert isinstance(question.key, OrderKey)
    names = field_names(question)

    right = read_response(question, {name: [str(at)] for at, name in enumerate(names, 1)})
    shared = read_response(question, {name: ["1"] for name in names})
    strange = read_response(question, {names[0]: ["first"], names[1]: ["-2"], names[2]: []})

    assert grade(question, right).is_correct
    assert (shared, strange) == ([], [])


def test_a_form_without_the_question_answers_nothing() -> None:
    assert read_response(ask("= a\n"), {}) == ""
    assert read_response(ask("- [x] a\n- [ ] b\n"), {"q": [" "]}) == []
    assert read_response(ask("- a -> 1\n- b -> 2\n"), {"q": ["x"]}) == {}
