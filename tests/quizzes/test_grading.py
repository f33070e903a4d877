"""Answers of each type earn what the table in the rules says."""

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.questions import ChoiceKey, ClozeKey, OrderKey, PairKey, Question
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.sources import Locale

FRONT = "---\ntitle: Basics\nskill: voice\ndifficulty: 2\npool: practice\n---\n"
SINGLE = "- ( ) a\n  > Not a.\n- (x) b\n  > Yes, b.\n- ( ) c\n"
MULTIPLE = "- [x] a\n- [x] b\n- [ ] c\n- [ ] d\n"
NUMERIC = "= 4.5 ± 0.1 %\n"
SHORT = "= UGC\n= /user[- ]generated content/\n  > In full.\n"
MATCHING = "- CTR -> clicks ÷ impressions\n- CPC -> cost ÷ clicks\n- -> revenue\n"
ORDER = "1. Listen\n2. Acknowledge\n3. Fix\n4. Report\n"
SORT = "**Reply**\n- Question\n- Praise\n**Escalate**\n- Threat\n- Lawyer\n"
CLOZE = "Reach counts {{unique|different}} accounts, {{=views|clicks}} count all.\n"


def ask(body: str, kind: str = "", locale: Locale = "en") -> Question:
    stated = f" type={kind}" if kind else ""
    quiz, problems = parse_quiz(f"{FRONT}## Q? {{#q{stated}}}\n{body}", f"a.{locale}.md")
    assert problems == []
    assert quiz is not None
    return quiz.questions[0]


def ids(question: Question, letters: str) -> list[str]:
    assert isinstance(question.key, ChoiceKey)
    by_text = {option.text: option.id for option in question.key.options}
    return [by_text[letter] for letter in letters]


@pytest.mark.parametrize(("ticked", "points"), [("b", 1), ("a", 0), ("c", 0)])
def test_one_option_is_right_or_wrong(ticked: str, points: float) -> None:
    question = ask(SINGLE)

    graded = grade(question, ids(question, ticked)[0])

    assert (graded.points, graded.is_correct) == (points, points == 1)


@pytest.mark.parametrize(
    ("ticked", "points"),
    [("ab", 1), ("a", 0.5), ("abc", 0.5), ("ac", 0), ("abcd", 0), ("cd", 0), ("c", 0)],
)
def test_several_options_earn_their_share_minus_the_wrong_ones(ticked: str, points: float) -> None:
    question = ask(MULTIPLE)

    assert grade(question, ids(question, ticked)).points == pytest.approx(points)


def test_every_option_says_whether_it_was_chosen_and_why() -> None:
    question = ask(SINGLE)

    parts = grade(question, ids(question, "a")[0]).parts

    assert [(part.given, part.expected, part.is_right) for part in parts] == [
        ("x", "", False),
        ("", "x", False),
        ("", "", True),
    ]
    assert [part.feedback for part in parts] == ["<p>Not a.</p>", "<p>Yes, b.</p>", ""]


@pytest.mark.parametrize(
    ("locale", "given", "points", "note"),
    [
        ("en", "4.5", 1, ""),
        ("en", "4.6 %", 1, ""),
        ("en", "4.4%", 1, ""),
        ("en", "4.61", 0, ""),
        ("en", "4,5", 1, ""),
        ("en", " 4.5 percent ", 1, ""),
        ("en", "4.5 km", 0, "wrong_unit"),
        ("en", "-4.5", 0, ""),
        ("en", "about four", 0, "not_a_number"),
        ("en", "4.5 4.5", 0, "not_a_number"),
        ("en", "1e400", 0, "not_a_number"),
        ("pl", "4,5", 1, ""),
        ("pl", "4.5", 1, ""),
        ("pl", "4,5 procent", 1, ""),
    ],
)
def test_a_number_is_right_within_its_tolerance(
    locale: Locale, given: str, points: float, note: str
) -> None:
    graded = grade(ask(NUMERIC, locale=locale), given)

    assert (graded.points, graded.note) == (points, note)
    assert graded.parts[0].expected == "4.5 ± 0.1 %"


@pytest.mark.parametrize(
    ("given", "points"),
    [
        ("UGC", 1),
        ("  u g c ", 1),
        ("ugc.", 1),
        ("User-Generated  Content", 1),
        ("user generated contents", 0),
        ("a user generated content", 0),
    ],
)
def test_words_are_compared_without_case_and_space(given: str, points: float) -> None:
    assert grade(ask(SHORT), given).points == points


def test_a_short_answer_gets_the_feedback_of_what_it_met() -> None:
    part = grade(ask(SHORT), "user generated content").parts[0]

    assert (part.feedback, part.expected) == ("<p>In full.</p>", "UGC")


def test_composed_and_decomposed_letters_are_the_same_word() -> None:
    assert grade(ask("= zasięg\n", locale="pl"), "zasie\u0328g").points == 1


def test_matching_earns_its_share_of_pairs() -> None:
    question = ask(MATCHING)
    assert isinstance(question.key, PairKey)
    first, second = question.key.rows
    spare = question.key.labels[2].id

    graded = grade(question, {first.id: first.label, second.id: spare})

    assert (graded.points, graded.is_correct) == (0.5, False)
    assert [part.expected for part in graded.parts] == ["clicks ÷ impressions", "cost ÷ clicks"]


def test_sorting_earns_its_share_of_items() -> None:
    question = ask(SORT, "categorise")
    assert isinstance(question.key, PairKey)
    all_replied = {row.id: question.key.labels[0].id for row in question.key.rows}

    assert grade(question, all_replied).points == 0.5
    assert grade(question, {row.id: row.label for row in question.key.rows}).is_correct


@pytest.mark.parametrize(
    ("order", "points"),
    [((0, 1, 2, 3), 1), ((1, 0, 2, 3), 2 / 3), ((1, 0, 3, 2), 1 / 3), ((3, 2, 1, 0), 0)],
)
def test_an_order_earns_what_it_is_better_than_chance(
    order: tuple[int, ...], points: float
) -> None:
    question = ask(ORDER, "order")
    assert isinstance(question.key, OrderKey)
    steps = [step.id for step in question.key.steps]

    assert grade(question, [steps[at] for at in order]).points == pytest.approx(points)


def test_a_cloze_earns_its_share_of_gaps() -> None:
    question = ask(CLOZE)
    assert isinstance(question.key, ClozeKey)
    views, clicks = (choice.id for choice in question.key.gaps[1].choices)

    assert grade(question, {"gap-1": "Different", "gap-2": views}).is_correct
    assert grade(question, {"gap-1": "unique", "gap-2": clicks}).points == 0.5
    assert grade(question, {"gap-1": "unique"}).note == "incomplete"


TYPED = "<script>alert(1)</script> & 4.5"


@pytest.mark.parametrize(
    ("body", "answer"), [(NUMERIC, TYPED), (SHORT, TYPED), (CLOZE, {"gap-1": TYPED})]
)
def test_markup_in_an_answer_is_words_when_it_is_shown(body: str, answer: object) -> None:
    graded = grade(ask(body), answer)

    assert graded.parts[0].given == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 4.5"


ALL = [
    (SINGLE, ""),
    (MULTIPLE, ""),
    (NUMERIC, ""),
    (SHORT, ""),
    (MATCHING, ""),
    (ORDER, "order"),
    (SORT, "categorise"),
    (CLOZE, ""),
]
QUESTIONS = [ask(body, kind) for body, kind in ALL]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.type)
@pytest.mark.parametrize("nothing", [None, "", "  ", [], {}, [""], {"a": ""}])
def test_no_answer_earns_nothing_and_says_so(question: Question, nothing: object) -> None:
    graded = grade(question, nothing)

    assert (graded.points, graded.note, graded.is_answered) == (0, "blank", False)


@pytest.mark.parametrize(
    ("body", "kind", "answer", "note"),
    [
        (SINGLE, "", "no-such-option", "malformed"),
        (SINGLE, "", 7, "malformed"),
        (SINGLE, "", {"a": "b"}, "malformed"),
        (MULTIPLE, "", [1, 2], "malformed"),
        (NUMERIC, "", ["4.5", "4.6"], "malformed"),
        (NUMERIC, "", "9" * 400, "not_a_number"),
        (SHORT, "", {"a": "UGC"}, "malformed"),
        (SHORT, "", "u" * 201, "too_long"),
        (MATCHING, "", ["a"], "malformed"),
        (MATCHING, "", {"row": "label"}, "malformed"),
        (ORDER, "order", ["a", "b"], "malformed"),
        (CLOZE, "", {"gap-9": "x"}, "malformed"),
    ],
)
def test_a_malformed_answer_earns_nothing_and_says_so(
    body: str, kind: str, answer: object, note: str
) -> None:
    graded = grade(ask(body, kind), answer)

    assert (graded.points, graded.is_correct, graded.note) == (0, False, note)


def test_two_ticks_on_a_single_choice_earn_nothing() -> None:
    question = ask(SINGLE)

    assert grade(question, ids(question, "ab")).note == "malformed"


def test_steps_without_a_place_leave_an_order_incomplete() -> None:
    question = ask(ORDER, "order")
    assert isinstance(question.key, OrderKey)

    assert grade(question, [question.key.steps[0].id]).note == "incomplete"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.sampled_from(QUESTIONS), JSON)
def test_no_answer_breaks_the_grading(question: Question, answer: object) -> None:
    graded = grade(question, answer)

    assert isinstance(graded, Grade)
    assert 0 <= graded.points <= 1
    assert graded.is_correct == (graded.points == 1)


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_further_wrong_tick_never_earns_more(ticks: list[bool]) -> None:
    question = QUESTIONS[1]
    letters = "".join(letter for letter, tick in zip("abcd", ticks, strict=True) if tick)

    points = grade(question, ids(question, letters)).points

    assert grade(question, ids(question, "".join({*letters, "d"}))).points <= points
