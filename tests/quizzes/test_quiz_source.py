"""A quiz file is read as its author meant it."""

import json

from hypothesis import given, settings, strategies as st

from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    Draw,
    NumericKey,
    OrderKey,
    PairKey,
    Question,
    Quiz,
    TextKey,
)
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.records import from_plain, to_plain
from smm_academy.revisions.sources import Locale

FRONT = "---\ntitle: Basics\nskill: voice\ndifficulty: 2\npool: practice\n{more}---\n"
EVERY_TYPE = """## First reply {#first-reply skill=empathy difficulty=4 pool=assessment .law}
A customer posts: *"Third time my order is late."* What do you reply first?
- (x) "I'm sorry, three late orders is not OK."
  > Names the problem
  > and owns it.
- ( ) "Please DM us."
hint: Think about who else is reading.
why: Public first,
private second.

## Which show reach? {#reach source="A report, p. 12" tags=metrics,law}   <!-- several -->
- [x] Impressions
- [X] Unique accounts
- [ ] Conversion rate

## Engagement rate, percent? {#er}
= 4.5 ± 0.1 %

## Word for content by users? {#ugc}
= UGC
= /user[- ]generated content/      <!-- also with a hyphen -->

## Match {#terms}
- CTR -> clicks ÷ impressions
- CPC → cost ÷ clicks
- -> revenue ÷ cost

## Put in order {#steps type=order}
1. Listen
2. Acknowledge

## Sort {#sort type=categorise}
**Reply publicly**
- Shipping question
**Escalate**
- Legal threat

## Fill in {#cloze}
Reach counts {{unique|different}} accounts; impressions count {{=views|clicks}}.
"""


def read(body: str, more: str = "", locale: Locale = "en") -> Quiz:
    quiz, problems = parse_quiz(FRONT.format(more=more) + body, f"basics.{locale}.md")
    assert problems == []
    assert quiz is not None
    return quiz


def question(identifier: str) -> Question:
    return next(one for one in read(EVERY_TYPE).questions if one.id == identifier)


def test_each_shape_of_answer_is_told_from_the_others() -> None:
    types = [one.type for one in read(EVERY_TYPE).questions]

    assert types == [
        "single",
        "multiple",
        "numeric",
        "short",
        "matching",
        "order",
        "categorise",
        "cloze",
    ]


def test_a_choice_keeps_its_marks_and_feedback() -> None:
    key = question("first-reply").key

    assert isinstance(key, ChoiceKey)
    assert [option.correct for option in key.options] == [True, False]
    assert key.options[0].feedback == "<p>Names the problem\nand owns it.</p>"


def test_a_question_has_its_own_attributes_or_the_defaults() -> None:
    own, default = question("first-reply"), question("reach")

    assert (own.skill, own.difficulty, own.pool, own.tags) == (
        "empathy",
        4,
        "assessment",
        ("law",),
    )
    assert (default.skill, default.difficulty, default.pool) == ("voice", 2, "practice")
    assert (default.source, default.tags) == ("A report, p. 12", ("metrics", "law"))


def test_hint_and_reason_stand_apart_from_the_body() -> None:
    asked = question("first-reply")

    assert asked.hint_html == "<p>Think about who else is reading.</p>"
    assert asked.why_html == "<p>Public first,\nprivate second.</p>"
    assert "Think" not in asked.body_html


def test_a_block_keeps_the_author_s_text_to_the_letter() -> None:
    block = question("reach").block

    assert block.startswith("## Which show reach? {#reach source=")
    assert "<!-- several -->" in block


def test_a_number_has_a_tolerance_and_a_unit() -> None:
    key = question("er").key

    assert isinstance(key, NumericKey)
    assert (key.accepted[0].value, key.accepted[0].tolerance, key.accepted[0].unit) == (
        4.5,
        0.1,
        "%",
    )


def test_plus_minus_may_be_written_in_three_ways() -> None:
    body = "".join(
        f"## How many? {{#q{at}}}\n= 4,5 {sign} 0,1 %\n"
        for at, sign in enumerate(("±", "+-", "+/-"))
    )

    keys = [one.key for one in read(body, locale="pl").questions]

    assert [key.accepted[0].tolerance for key in keys if isinstance(key, NumericKey)] == [0.1] * 3


def test_a_comment_is_no_part_of_an_answer() -> None:
    key = question("ugc").key

    assert isinstance(key, TextKey)
    assert [one.text for one in key.accepted] == ["UGC", "user[- ]generated content"]
    assert [one.is_pattern for one in key.accepted] == [False, True]


def test_a_pair_without_a_left_side_is_a_distractor() -> None:
    key = question("terms").key

    assert isinstance(key, PairKey)
    assert [row.text for row in key.rows] == ["CTR", "CPC"]
    assert [label.text for label in key.labels][-1] == "revenue ÷ cost"


def test_steps_and_categories_keep_their_order() -> None:
    steps, sort = question("steps").key, question("sort").key

    assert isinstance(steps, OrderKey)
    assert [step.text for step in steps.steps] == ["Listen", "Acknowledge"]
    assert isinstance(sort, PairKey)
    assert sort.rows[1].label == sort.labels[1].id


def test_gaps_are_to_type_or_to_choose_from() -> None:
    key = question("cloze").key

    assert isinstance(key, ClozeKey)
    assert key.pieces == ("<p>Reach counts ", " accounts; impressions count ", ".</p>")
    assert key.gaps[0].accepted == ("unique", "different")
    assert [choice.text for choice in key.gaps[1].choices] == ["views", "clicks"]


def test_code_is_not_read_as_answers() -> None:
    quiz = read("## Which word? {#w}\n```\n- ( ) no option\n## no heading\n{{no gap}}\n```\n= a\n")

    assert [one.type for one in quiz.questions] == ["short"]


def test_the_front_matter_sets_the_terms() -> None:
    more = (
        "pass: 80%\ntime: 1 h 30 min\nattempts: 3, last\nfeedback: after close\n"
        "shuffle: questions, options\ndraw: 8 from conversation, 2 from voice\n"
    )

    settings = read(EVERY_TYPE, more).settings

    assert (settings.pass_share, settings.seconds, settings.attempts) == (0.8, 5400, 3)
    assert (settings.counting, settings.feedback) == ("last", "after close")
    assert (settings.shuffle_questions, settings.shuffle_options) == (True, True)
    assert settings.draw == (Draw(8, "conversation"), Draw(2, "voice"))


def test_a_quiz_without_an_id_is_named_after_its_file() -> None:
    assert read(EVERY_TYPE).id == "basics"


def test_variables_make_versions_of_one_question() -> None:
    more = "vars:\n  - {likes: 120, rate: 3}\n  - {likes: 200, rate: 5}\n"
    body = "## Rate of {likes} likes among 4000? {#rate}\n= {rate} %\n## Plain {#plain}\n= a\n"

    quiz = read(body, more)

    assert [one.title for one in quiz.questions] == ["Rate of 120 likes among 4000?", "Plain"]
    assert [(one.title, one.variant) for one in quiz.variants] == [
        ("Rate of 200 likes among 4000?", 1)
    ]
    assert quiz.variants[0].key.accepted[0].value == 5  # type: ignore[union-attr]


def test_pasted_text_is_read_like_typed_text() -> None:
    typed = FRONT.format(more="") + '## Word? {#w source="A, b"}\n- (x) Yes\n  > Good.\n- ( ) No\n'
    pasted = (
        typed.replace('"A, b"', "„A, b”")
        .replace("pool: practice", "pool:\u00a0“practice”")
        .replace("- (x) Yes", "-\u00a0(x)\u00a0Yes")
        .replace("\n", "\r\n")
    )

    quiz, problems = parse_quiz("\ufeff" + pasted, "a.en.md")
    same, _ = parse_quiz(typed, "a.en.md")

    assert problems == []
    assert quiz is not None
    assert same is not None
    assert quiz.questions[0].key == same.questions[0].key
    assert quiz.questions[0].source == "A, b"


def test_no_script_survives_in_a_question() -> None:
    quiz = read(
        "## <b onclick=x>Q</b> {#w}\n<script>x</script>\n- (x) <style>a</style>a\n- ( ) b\n"
    )

    asked = quiz.questions[0]

    assert "onclick" not in asked.title_html
    assert "script" not in asked.body_html
    assert "style" not in asked.key.options[0].html  # type: ignore[union-attr]


def test_a_quiz_can_be_stored_as_json_and_read_back() -> None:
    quiz = read(EVERY_TYPE)

    assert from_plain(Quiz, json.loads(json.dumps(to_plain(quiz)))) == quiz


WORDS = st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=12)


@settings(deadline=None)
@given(
    st.lists(WORDS, min_size=2, max_size=6, unique_by=str.casefold),
    st.integers(min_value=0, max_value=5),
)
def test_options_come_back_as_they_were_written(words: list[str], right: int) -> None:
    marks = ["x" if at == right % len(words) else " " for at in range(len(words))]
    options = "".join(f"- ({mark}) {word}\n" for mark, word in zip(marks, words, strict=True))

    key = read(f"## Which? {{#which}}\n{options}").questions[0].key

    assert isinstance(key, ChoiceKey)
    assert [(option.text, option.correct) for option in key.options] == [
        (word, mark == "x") for word, mark in zip(words, marks, strict=True)
    ]
    assert len({option.id for option in key.options}) == len(words)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_quiz(FRONT.format(more="") + text, "a.en.md")
    parse_quiz(text, "a.pl.md")


GRAMMAR = st.lists(
    st.sampled_from(
        [
            "## Q {#a}",
            "## Q {#b type=order}",
            "## Q {#c type=categorise}",
            "- (x) a",
            "- ( ) b",
            "- [x] c",
            "= 4 ± 1",
            "= /a|b/",
            "- a -> b",
            "- -> c",
            "1. one",
            "**Cat**",
            "- item",
            "{{a|b}} {{=c|d}}",
            "  > why",
            "> out",
            "```",
            "hint: h",
            "why: w",
            "",
            "![](x)",
            "<!--",
            "-->",
        ]
    ),
    max_size=14,
)


@settings(deadline=None)
@given(GRAMMAR)
def test_no_order_of_lines_breaks_the_reader(lines: list[str]) -> None:
    quiz, problems = parse_quiz(FRONT.format(more="") + "\n".join(lines), "a.en.md")

    assert quiz is not None
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert all(problem.fix and problem.message for problem in problems)
