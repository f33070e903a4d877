"""Advice on questions that are correct in form."""

import pytest

from smm_academy.authoring.lints import (
    lint_bank,
    lint_question,
    lint_quiz,
    lint_sources,
    lint_stems,
)
from smm_academy.quizzes.questions import Quiz
from smm_academy.quizzes.source import parse_quiz
from smm_academy.revisions.sources import Findings, Locale
from smm_academy.writing.sentences import is_translated

FRONT = "---\ntitle: A\nskill: voice\ndifficulty: 1\npool: practice\n{more}---\n"


def read(body: str, locale: Locale = "en", more: str = "") -> Quiz:
    quiz, problems = parse_quiz(FRONT.format(more=more) + body, f"a.{locale}.md")
    assert problems == []
    assert quiz is not None
    return quiz


def advice(body: str, locale: Locale = "en", more: str = "") -> list[str]:
    quiz = read(body, locale, more)
    findings = Findings("a")
    lint_quiz(quiz, findings)
    for question in quiz.questions:
        lint_question(question, findings)
    assert all(problem.severity == "warning" for problem in findings.problems)
    return [f"{problem.code} {problem.line}" for problem in findings.problems]


def choice(*options: str, stem: str = "Which?", right: int = 0, mark: str = "()") -> str:
    lines = [
        f"- {mark[0]}{'x' if at == right else ' '}{mark[1]} {option}\n  > Because.\n"
        for at, option in enumerate(options)
    ]
    return f"## {stem} {{#q}}\n{''.join(lines)}"


def test_a_sound_question_gets_no_advice() -> None:
    assert advice(choice("one", "two", "three")) == []


def test_every_option_correct_is_named() -> None:
    body = "## Which? {#q}\n- [x] a\n  > Yes.\n- [x] b\n  > Yes.\n"

    assert advice(body) == ["Q301 7"]


@pytest.mark.parametrize(
    ("locale", "option"),
    [
        ("en", "All of the above"),
        ("en", "None of the above."),
        ("en", "Both of these"),
        ("en", "A and B"),
        ("en", "A, B and C"),
        ("en", "Both a) and b)"),
        ("en", "Answers A and C"),
        ("en", "Options 1 and 2"),
        ("en", "None of these answers"),
        ("en", "Every one of these"),
        ("en", "All of the options above"),
        ("en", "All answers are right"),
        ("en", "All three"),
        ("en", "The first two"),
        ("pl", "Wszystkie powyższe"),
        ("pl", "Żadna z powyższych"),
        ("pl", "Wszystkie odpowiedzi"),
        ("pl", "A i B"),
        ("pl", "A, B i C"),
        ("pl", "Odpowiedzi 1 i 2"),
        ("pl", "Żadne z nich"),
        ("pl", "Wszystkie trzy"),
        ("pl", "Wszystkie odpowiedzi są poprawne"),
        ("pl", "Żadna odpowiedź nie jest poprawna"),
    ],
)
def test_an_option_about_the_others_is_named(locale: Locale, option: str) -> None:
    assert advice(choice("one", "two", option), locale) == ["Q302 7"]


def test_the_same_words_inside_a_sentence_are_left_alone() -> None:
    assert advice(choice("change all of them today", "two")) == []


@pytest.mark.parametrize(
    ("locale", "stem"),
    [
        ("en", "Which of these is not a goal?"),
        ("en", "What should the brand not say?"),
        ("en", "All of these are goals except?"),
        ("en", "Which is the least useful figure?"),
        ("en", "Which is NOT true?"),
        ("en", "Which of these isn’t a goal?"),
        ("en", "Which of these is false?"),
        ("en", "Which of the following statements is incorrect?"),
        ("en", "Choose the reply that would not help."),
        ("en", "Name one thing a brand never says."),
        ("en", "Which of these should you avoid?"),
        ("en", "Which has nothing to do with reach?"),
        ("en", "Which figure cannot be measured?"),
        ("pl", "Które z tych działań nie jest celem?"),
        ("pl", "Czego marka nie powinna pisać?"),
        ("pl", "Która odpowiedź jest błędna?"),
        ("pl", "Które zdanie jest fałszywe?"),
        ("pl", "Co nie należy do SMM?"),
        ("pl", "Wskaż odpowiedź, która nie pomaga."),
        ("pl", "Czego należy unikać?"),
        ("pl", "Co należy do moderacji oprócz ukrywania?"),
    ],
)
def test_a_negative_stem_is_named(locale: Locale, stem: str) -> None:
    assert advice(choice("one", "two", stem=stem), locale) == ["Q305 7"]


@pytest.mark.parametrize(
    ("locale", "stem"),
    [
        ("en", "A customer has not had an answer. What do you write?"),
        ("en", "Nothing is not working. Which reply fits?"),
        ("en", "A row of the export looks odd. What is wrong?"),
        ("en", "Why is this reply in the brand’s name care and not advertising?"),
        ("pl", "Klient nie dostał odpowiedzi. Co piszesz?"),
        ("pl", "Co zrobisz, gdy klientka nie odpowiada?"),
    ],
)
def test_a_story_with_a_negation_is_left_alone(locale: Locale, stem: str) -> None:
    assert advice(choice("one", "two", stem=stem), locale) == []


def test_missing_feedback_is_named() -> None:
    assert advice("## Which? {#q}\n- (x) a\n  > Yes.\n- ( ) b\n") == ["Q306 7"]
    assert advice("## Which? {#q}\n= a\n") == ["Q306 7"]
    assert advice("## Which? {#q}\n= a\nwhy: So.\n") == []


def test_a_right_option_that_stands_out_is_named() -> None:
    long = "a precise answer that says who does what and by when it will be done"

    assert advice(choice(long, "yes", "no")) == ["Q308 7"]
    assert advice(choice("yes", long, "no")) == []


def six(right_is_longest: int, *, position: int | None = None) -> str:
    questions = []
    for number in range(6):
        longest = number < right_is_longest
        texts = ["right one, longest" if longest else "right", "wrong one", "wrong two"]
        at = number % 3 if position is None else position
        texts = [*texts[1 : at + 1], texts[0], *texts[at + 1 :]]
        asked = choice(*texts, stem=f"Which {number}?", right=at)
        questions.append(asked.replace("{#q}", f"{{#q{number}}}"))
    return "".join(questions)


@pytest.mark.parametrize(("longest", "expected"), [(6, ["Q303 1"]), (2, []), (0, [])])
def test_a_longest_option_that_is_right_too_often_is_named(
    longest: int, expected: list[str]
) -> None:
    assert advice(six(longest)) == expected


def test_a_right_option_that_stands_in_one_place_too_often_is_named() -> None:
    assert advice(six(0, position=1)) == ["Q304 1"]
    assert advice(six(0, position=1), more="shuffle: options\n") == []


def test_too_few_questions_show_no_bias() -> None:
    four = six(6).split("## Which 4?", maxsplit=1)[0]

    assert advice(four) == []


def test_a_lean_too_slight_for_one_quiz_shows_in_the_whole_pool() -> None:
    quizzes = [(read(six(4)), Findings(f"{number}")) for number in range(6)]
    fair = [(read(six(2)), Findings(f"{number}")) for number in range(6)]
    for quiz, findings in [*quizzes, *fair]:
        lint_quiz(quiz, findings)
    assert not any(findings.problems for _, findings in quizzes)

    lint_bank(quizzes)
    lint_bank(fair)

    (problem,) = [problem for _, findings in quizzes for problem in findings.problems]
    assert problem.code == "Q303"
    assert "24 of 36 questions of the whole practice pool" in problem.message
    assert is_translated("Q303", problem.message)
    assert not any(findings.problems for _, findings in fair)


def test_stems_nearly_alike_are_named_in_one_language_only() -> None:
    stem = "A customer writes at night that the lamp flickers. What do you do"
    english = read(choice("a", "b", stem=f"{stem} first?")).questions[0]
    again = read(choice("a", "b", stem=f"{stem} now?").replace("#q", "#r")).questions[0]
    polish = read(choice("a", "b", stem=f"{stem} now?").replace("#q", "#s"), "pl").questions[0]
    findings = Findings("a")

    lint_stems([(english, findings), (again, findings), (polish, findings)])

    assert [(one.code, one.subject) for one in findings.problems] == [("Q307", "r")]


def test_a_question_without_a_source_is_named() -> None:
    sourced = choice("a", "b").replace("{#q}", '{#q source="Kowal 2020"}')
    told = []
    for body in (choice("a", "b"), sourced):
        findings = Findings("a")
        lint_sources(read(body), findings)
        assert all(is_translated(one.code, one.message) for one in findings.problems)
        told.append([problem.code for problem in findings.problems])
    assert told == [["Q309"], []]
