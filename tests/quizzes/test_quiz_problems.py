"""Each error of a quiz file has a code, a place and a way to mend it."""

import pytest

from smm_academy.quizzes.source import parse_quiz

FRONT = """---
title: Basics
skill: conversation
difficulty: 2
pool: practice
---
"""
"""Six lines, so that a question after it begins in line 7."""

GOOD = """## Which reply? {#which}
- (x) Yes
- ( ) No
"""

QUESTIONS = [
    ("Q201 7:1", "## Which reply?\n- (x) Yes\n- ( ) No\n"),
    ("Q202 10:5", GOOD + "## {#which}\nText\n- (x) Yes\n- ( ) No\n"),
    ("Q203 8:3", "## Which? {#which}\n- ( ) Yes\n- ( ) No\n"),
    ("Q204 9:3", "## Which? {#which}\n- (x) Yes\n- [ ] No\n"),
    ("Q204 7:1", "## Which? {#which}\n- (x) Yes\n- ( ) No\n= 4\n"),
    ("Q205 7:18", "## Write {#which type=essay words=40-120}\n"),
    ("Q205 7:19", "## Upload {#which type=file accept=.csv max=5MB}\n"),
    ("Q206 7:17", "## Sort {#which type=ordr}\n1. One\n2. Two\n"),
    ("Q207 7:1", "## Sort {#which}\n1. One\n2. Two\n"),
    ("Q208 7:1", "## {#which}\n- (x) Yes\n- ( ) No\n"),
    ("Q209 9:1", "## Which? {#which}\n- (x) Yes\n> Right.\n- ( ) No\n"),
    ("Q210 10:1", "## Which? {#which}\n- (x) Yes\n- ( ) No\nStray words.\n"),
    ("Q211 8:1", "## Which? {#which}\n- (x) Yes\n"),
    ("Q212 9:3", "## Which? {#which}\n- (x) Yes\n- (x) No\n"),
    ("Q214 9:1", "## Which? {#which}\n- (x) Yes\n- ( )  yes\n"),
    ("Q214 10:6", "## Match {#which}\n- a -> 1\n- b -> 2\n- -> 2\n"),
    ("Q214 8:1", "## Fill in {#which}\n{{=views|Views}}\n"),
    ("Q215 9:1", "## Which? {#which}\n- (x) Yes\n- ( )\n"),
    ("Q215 8:3", "## Fill in {#which}\nA {{ }} gap.\n"),
    ("Q215 10:1", "## Match {#which}\n- a -> 1\n- b -> 2\n- c ->\n"),
    ("Q216 8:1", "## Sort {#w type=categorise}\n- x\n**A**\n- y\n**B**\n- z\n"),
    ("Q218 8:1", "## Fill in {#which}\n{{=views|=clicks|saves}}\n"),
    ("Q218 8:3", "## Fill in {#which}\nA {{=views}}\n"),
    ("Q219 8:1", "## Fill in {#which}\n[word](<{{a}}>)\n"),
    ("Q220 8:3", "## How many? {#which type=numeric}\n= a lot\n"),
    ("Q220 8:3", "## How many? {#which type=numeric}\n= 4 ± x\n"),
    ("Q221 8:5", "## Which word? {#which}\n= /a(?=b)/\n"),
    ("Q221 8:4", "## Which word? {#which}\n= /[ab/\n"),
    ("Q222 8:3", "## Which word? {#which}\n= " + "long " * 50 + "\n"),
    ("Q231 7:17", "## Word {#which difficulty=6}\n= a\n"),
    ("Q232 7:17", "## Word {#which pool=practise}\n= a\n"),
    ("S104 8:1", "## Word {#which}\n```\n= a\n"),
    ("S119 7:10", "## Word {#Which_One}\n= a\n"),
    ("S121 7:17", "## Word {#which skill}\n= a\n"),
    ("S122 7:17", "## Word {#which dificulty=2}\n= a\n"),
    ("S123 7:31", "## Word {#which pool=practice pool=assessment}\n= a\n"),
    ("S123 7:17", "## Word {#which #other}\n= a\n"),
    ("S124 7:9", "## Word {#which\n= a\n"),
    ("M101 8:1", "## Word {#which}\n![](a.png)\n= a\n"),
    ("M102 8:1", "## Word {#which}\n![A chart](https://example.com/a.png)\n= a\n"),
    ("M103 8:5", "## Word {#which}\nSee [this]().\n= a\n"),
]

SETTINGS = [
    ("Q102 3:7", "title: A\npass: 0.7\n"),
    ("Q102 3:7", "title: A\npass: most\n"),
    ("Q103 3:7", "title: A\ntime: 20\n"),
    ("Q108 3:7", "title: A\ntime: 0 min\n"),
    ("Q108 3:7", "title: A\ntime: 0\n"),
    ("Q104 3:11", "title: A\nattempts: often\n"),
    ("Q104 3:11", "title: A\nattempts: 3, bst\n"),
    ("Q105 3:7", "title: A\ndraw: some from voice\n"),
    ("Q107 3:7", "title: A\nvars: many\n"),
    ("Q107 5:5", "title: A\nvars:\n  - {a: 1}\n  - {b: 2}\n"),
    ("S112 2:9", "title: A: B\n"),
    ("S112 2:10", 'title: "A\n'),
    ("S112 3:7", "title: A\npool: @home\n"),
    ("S113 3:1", "title: A\ntitle: B\n"),
    ("S114 3:8", "title: A\nskill: *one\n"),
    ("S115 3:1", "title: A\nshufle: options\n"),
    ("S116 3:13", "title: A\ndifficulty: hard\n"),
    ("S116 3:13", "title: A\ndifficulty: 9\n"),
    ("S117 1:1", "pool: practice\n"),
    ("S118 3:7", "title: A\npool: practise\n"),
    ("S118 3:10", "title: A\nshuffle: optons\n"),
    ("S119 3:5", "title: A\nid: My Quiz\n"),
]

WHOLE_FILES = [
    ("S110 1:1", "## Which? {#which skill=voice difficulty=1 pool=practice}\n= a\n"),
    ("S111 1:1", "---\ntitle: A\n"),
    ("S103 8:8", FRONT + "## Word {#which}\n= a    <!-- never ends\n"),
    ("S102 8:4", FRONT + "## Word {#which}\n= a\u200bb\n"),
    ("Q110 6:1", FRONT.rstrip("\n")),
    ("Q111 7:1", FRONT + "# Title\n" + GOOD),
    ("Q230 4:1", "---\ntitle: A\n---\n## Word {#which}\n= a\n"),
]


def places(text: str, path: str = "content/quizzes/voice/basics.en.md") -> list[str]:
    """Return code and place of each problem."""
    _, problems = parse_quiz(text, path)
    return [f"{problem.code} {problem.line}:{problem.column}" for problem in problems]


@pytest.mark.parametrize(("expected", "question"), QUESTIONS)
def test_an_error_in_a_question_is_named_where_it_stands(expected: str, question: str) -> None:
    assert expected in places(FRONT + question)


@pytest.mark.parametrize(("expected", "settings"), SETTINGS)
def test_an_error_in_the_front_matter_is_named_where_it_stands(
    expected: str, settings: str
) -> None:
    assert expected in places(f"---\n{settings}---\n{GOOD}")


@pytest.mark.parametrize(("expected", "text"), WHOLE_FILES)
def test_an_error_of_the_whole_file_is_named(expected: str, text: str) -> None:
    assert expected in places(text)


def test_a_file_name_must_tell_the_language() -> None:
    assert places(FRONT + GOOD, "content/quizzes/voice/basics.md") == ["S120 1:1"]


def test_an_unknown_variable_is_named() -> None:
    front = FRONT.replace("pool:", "vars: [{likes: 120}]\npool:")

    assert places(front + "## {likes} or {like}? {#which}\n= a\n") == ["Q109 8:15"]


def test_every_error_is_named_and_not_only_the_first() -> None:
    text = FRONT + "## One\n- ( ) a\n- ( ) b\n## Two {#two}\n## Three {#three}\n= /(/\n"

    assert places(text) == ["Q201 7:1", "Q203 8:3", "Q207 10:1", "Q221 12:4"]


def test_an_error_stops_only_its_own_question() -> None:
    quiz, _ = parse_quiz(FRONT + GOOD + "## Bad {#bad}\n", "a.en.md")

    assert quiz is not None
    assert [question.id for question in quiz.questions] == ["which"]
    assert quiz.broken == ("bad",)


def test_a_picture_without_words_stops_only_its_own_question() -> None:
    quiz, problems = parse_quiz(FRONT + GOOD + "## B {#bad}\n![](a.png)\n= a\n", "a.en.md")

    assert quiz is not None
    assert quiz.broken == ("bad",)
    assert [problem.subject for problem in problems] == ["bad"]


def test_an_id_used_twice_stops_the_second_question_and_not_the_first() -> None:
    quiz, problems = parse_quiz(FRONT + GOOD + "## Again {#which}\n= a\n", "a.en.md")

    assert quiz is not None
    assert [question.id for question in quiz.questions] == ["which"]
    assert [problem.subject for problem in problems] == ["which@10"]


def test_a_broken_front_matter_does_not_hide_errors_in_questions() -> None:
    text = "---\ntitle: A: B\n---\n## Which? {#which}\n- ( ) a\n- ( ) b\n"

    assert places(text) == ["S112 2:9", "Q203 5:3"]


def test_a_problem_says_where_what_and_how_to_mend_it() -> None:
    text = FRONT + "## First {#first-reply}\n- ( ) Yes\n- ( ) No\n"

    _, problems = parse_quiz(text, "content/quizzes/crisis.en.md")

    assert str(problems[0]) == (
        "content/quizzes/crisis.en.md:8:3: error Q203 [first-reply] no option is marked correct "
        "(question starts at line 7). Fix: put (x) before the right answer"
    )
    assert problems[0].as_json()["subject"] == "first-reply"


def test_an_unknown_key_gets_the_nearest_known_one() -> None:
    _, problems = parse_quiz(f"---\ntitle: A\nshufle: options\n---\n{GOOD}", "a.en.md")

    assert problems[0].fix == "write shuffle"
