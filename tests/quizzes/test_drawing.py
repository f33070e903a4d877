"""Draws depend on the seed alone, and shuffling gives no answer away."""

from hypothesis import given, settings, strategies as st

from smm_academy.quizzes.drawing import draw_questions, lay_out, shuffled
from smm_academy.quizzes.questions import ChoiceKey, OrderKey, PairKey, Quiz
from smm_academy.quizzes.source import parse_quiz

SEEDS = st.integers(min_value=0, max_value=2**63)


def read(more: str = "", extra: str = "") -> Quiz:
    front = f"---\ntitle: A\nskill: voice\ndifficulty: 1\npool: practice\n{more}---\n"
    questions = "".join(
        f"## Q{at}? {{#q{at} skill={skill} pool={pool}}}\n- (x) a\n- ( ) b\n- ( ) c\n"
        for at, (skill, pool) in enumerate(
            [("voice", "practice")] * 5
            + [("empathy", "practice")] * 5
            + [("voice", "assessment")] * 3
        )
    )
    quiz, problems = parse_quiz(front + questions + extra, "a.en.md")
    assert problems == []
    assert quiz is not None
    return quiz


def test_without_draw_and_shuffle_all_questions_come_in_the_author_s_order() -> None:
    quiz = read()

    assert draw_questions(quiz, 1) == quiz.questions


def test_a_pool_keeps_the_other_pool_s_questions_out() -> None:
    drawn = draw_questions(read(), 1, "assessment")

    assert {question.pool for question in drawn} == {"assessment"}


@settings(deadline=None)
@given(SEEDS)
def test_a_draw_takes_so_many_of_each_skill_and_none_twice(seed: int) -> None:
    quiz = read("draw: 2 from voice, 3 from empathy, 1\nshuffle: questions\n")

    drawn = draw_questions(quiz, seed, "practice")

    assert len({question.id for question in drawn}) == 6
    assert sum(question.skill == "voice" for question in drawn) in {2, 3}


def test_a_draw_without_shuffle_keeps_the_author_s_order() -> None:
    drawn = draw_questions(read("draw: 4\n"), 5)

    numbers = [int(question.id[1:]) for question in drawn]

    assert numbers == sorted(numbers)


def test_the_same_seed_draws_the_same_and_another_one_differs() -> None:
    quiz = read("shuffle: questions\n")

    assert draw_questions(quiz, 3) == draw_questions(quiz, 3)
    assert draw_questions(quiz, 3) != draw_questions(quiz, 4)


def test_a_new_question_leaves_the_order_of_the_others_alone() -> None:
    old = read("shuffle: questions\n")
    new = read("shuffle: questions\n", "## New? {#new}\n= a\n")

    kept = [one.id for one in draw_questions(new, 9) if one.id != "new"]

    assert kept == [one.id for one in draw_questions(old, 9)]


def test_every_question_stands_first_about_equally_often() -> None:
    quiz = read("shuffle: questions\n")

    first = [draw_questions(quiz, seed, "assessment")[0].id for seed in range(600)]

    assert all(150 < first.count(one) < 250 for one in set(first))


def test_a_question_with_variables_is_asked_in_one_of_its_versions() -> None:
    extra = "## {n} likes? {#likes}\n= {n}\n"
    quiz = read("vars:\n  - {n: 1}\n  - {n: 2}\n  - {n: 3}\n", extra)

    titles = {draw_questions(quiz, seed)[-1].title for seed in range(40)}

    assert titles == {"1 likes?", "2 likes?", "3 likes?"}


def test_options_keep_their_order_unless_shuffled() -> None:
    question = read().questions[0]
    assert isinstance(question.key, ChoiceKey)
    written = tuple(option.id for option in question.key.options)

    assert lay_out(question, 1, shuffle=False).options == written
    assert {lay_out(question, seed).options for seed in range(60)} > {written}


@settings(deadline=None)
@given(SEEDS)
def test_steps_are_never_shown_in_their_right_order(seed: int) -> None:
    question = read(extra="## Order {#o type=order}\n1. a\n2. b\n3. c\n").questions[-1]
    assert isinstance(question.key, OrderKey)
    right = tuple(step.id for step in question.key.steps)

    shown = lay_out(question, seed, shuffle=False).options

    assert shown != right
    assert sorted(shown) == sorted(right)


def test_labels_are_mixed_even_without_shuffle() -> None:
    extra = "## Match {#m}\n- a -> 1\n- b -> 2\n- c -> 3\n"
    question = read(extra=extra).questions[-1]
    assert isinstance(question.key, PairKey)
    written = tuple(label.id for label in question.key.labels)

    assert any(lay_out(question, seed, shuffle=False).labels != written for seed in range(9))
    assert lay_out(question, 1, shuffle=False).rows == tuple(row.id for row in question.key.rows)


def test_items_to_sort_are_mixed_and_categories_are_not() -> None:
    extra = "## Sort {#s type=categorise}\n**A**\n- a\n- b\n**B**\n- c\n- d\n"
    question = read(extra=extra).questions[-1]
    assert isinstance(question.key, PairKey)
    rows = tuple(row.id for row in question.key.rows)

    layouts = [lay_out(question, seed, shuffle=False) for seed in range(9)]

    assert any(layout.rows != rows for layout in layouts)
    assert {layout.labels for layout in layouts} == {tuple(one.id for one in question.key.labels)}


def test_the_words_of_a_gap_are_mixed() -> None:
    question = read(extra="## Fill {#f}\nA {{=a|b|c}} and {{d}}.\n").questions[-1]

    layouts = [lay_out(question, seed).gaps for seed in range(20)]

    assert len(set(layouts)) > 1
    assert all(gaps[1] == () for gaps in layouts)


@settings(deadline=None)
@given(SEEDS, st.lists(st.text(), unique=True))
def test_a_shuffle_keeps_everything(seed: int, things: list[str]) -> None:
    assert sorted(shuffled(things, seed, "any")) == sorted(things)
