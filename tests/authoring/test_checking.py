"""A content folder is checked as a whole: every error of every file, with place and fix."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smm_academy.authoring.checking import check, has_errors, stopped
from smm_academy.revisions.sources import Problem

SKILLS = """areas:
  community:
    title: {en: Community, pl: Społeczność}
skills:
  - id: empathy
    area: community
    title: {en: Empathy, pl: Empatia}
    meaning: {en: Meaning., pl: Znaczenie.}
    statement: {en: I can., pl: Umiem.}
  - id: voice
    area: community
    title: {en: Voice, pl: Głos}
    meaning: {en: Meaning., pl: Znaczenie.}
    statement: {en: I can., pl: Umiem.}
criteria:
  U1:
    title: {en: Move, pl: Ruch}
    skills: {empathy: 0.5, voice: 0.5}
"""

LESSON = """---
title: Anger
id: anger
skills: [empathy]
requires: [calm]
quiz: anger-basics
---
## Start

Text with [a link](calm.en.md) and [an anchor](#start).

:::simulator kind=complaint brand=lumo
:::
"""

QUIZ = """---
title: Basics
id: anger-basics
skill: empathy
difficulty: 2
pool: practice
---
## What does a customer who waited 40 days want first? {#wait source="Kowal 2020"}
- ( ) A voucher
  > No.
- (x) An answer
  > Yes.
- ( ) A joke
  > No.

## How many of 200 people? {#people source="arithmetic"}
= 4,000 ± 10
why: It is so.
"""

Files = dict[str, str]
Found = Callable[..., list[str]]


def whole() -> Files:
    """Return the files of a small folder in which nothing is wrong."""
    calm = LESSON.replace("anger\n", "calm\n", 1).replace("requires: [calm]\n", "")
    calm = calm.replace("[a link](calm.en.md)", "[a link](/quizzes/anger-basics)")
    polish = LESSON.replace("#start", "#poczatek").replace("## Start", "## Początek")
    return {
        "skills.yaml": SKILLS,
        "lessons/under-fire/anger.en.md": LESSON,
        "lessons/under-fire/anger.pl.md": polish,
        "lessons/under-fire/calm.en.md": calm,
        "lessons/under-fire/calm.pl.md": calm,
        "quizzes/empathy/basics.en.md": QUIZ,
        "quizzes/empathy/basics.pl.md": QUIZ.replace("4,000", "4000"),
        "brands/lumo.yaml": "id: lumo\nname: Lumo\n",
        "scenarios/monday.yaml": "id: monday\n",
    }


def write(root: Path, files: Files) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Check a folder in which some text of one file was replaced; return path, code and place."""

    def run(name: str = "", old: str = "", new: str = "", **more: str) -> list[str]:
        files = whole() | more
        if name:
            assert old in files[name]
            files[name] = files[name].replace(old, new)
        root = tmp_path / "content"
        write(root, files)
        return [short(one) for one in check([], root, kinds={"complaint", "praise"})]

    return run


def short(problem: Problem) -> str:
    name = problem.path.rpartition("/")[2]
    return f"{name}:{problem.line}:{problem.column} {problem.severity} {problem.code}"


def test_a_sound_folder_has_no_problems(found: Found) -> None:
    assert found() == []


LESSON_CASES = [
    ("skills: [empathy]", "skills: [empaty]", "anger.en.md:4:9 error C107"),
    ("quiz: anger-basics", "quiz: anger-basic", "anger.en.md:6:7 error C107"),
    ("requires: [calm]", "requires: [clam]", "anger.en.md:5:11 error C109"),
    ("requires: [calm]", "requires: [anger]", "anger.en.md:5:11 error C110"),
    ("kind=complaint", "kind=complant", "anger.en.md:12:1 error C107"),
    ("brand=lumo", "brand=limo", "anger.en.md:12:1 error C107"),
    ("brand=lumo", "scenario=mnday", "anger.en.md:12:1 error C107"),
    ("(calm.en.md)", "(gone.en.md)", "anger.en.md:10:20 error C113"),
    ("(calm.en.md)", "(/learn/gone)", "anger.en.md:10:20 error C113"),
    ("(#start)", "(#strat)", "anger.en.md:10:48 error C114"),
    (
        "brand=lumo",
        "brand=lumo\nx\n:::\n:::figure src=a.svg alt=A",
        "anger.en.md:15:15 error C113",
    ),
    ("kind=complaint", "kind=praise", "anger.pl.md:12:1 warning C104"),
    ("skills: [empathy]", "skills: [voice]", "anger.pl.md:4:9 warning C104"),
    (":::simulator", ":::note\nx\n:::\n\n:::simulator", "anger.pl.md:12:1 warning C103"),
    ("Text with", "Text of 349 words with", "anger.pl.md:8:1 warning C106"),
]

QUIZ_CASES = [
    ("skill: empathy", "skill: empaty", "basics.en.md:4:8 error C107"),
    ("{#wait ", "{#wait skill=empaty ", "basics.en.md:8:1 error C107"),
    ("{#wait ", "{#wait skill=voice ", "basics.pl.md:8:1 error C105"),
    ("{#wait ", "{#wait difficulty=5 ", "basics.pl.md:8:1 error C105"),
    ("- ( ) A joke\n  > No.\n", "", "basics.pl.md:8:1 error C102"),
    ("(x) An", "( ) An", "basics.en.md:9:3 error Q203"),
    ("= 4,000", "= 4,100", "basics.pl.md:16:1 error C102"),
    ("waited 40 days", "waited 41 days", "basics.pl.md:8:1 warning C106"),
    ("{#people ", "{#persons ", "basics.pl.md:1:1 warning C101"),
    ("pool: practice", "pool: practice\ndraw: 3", "basics.en.md:7:7 error C115"),
    ("pool: practice", "pool: practice\ndraw: 1 from voice", "basics.en.md:7:7 error C115"),
    ("customer who", "[customer](x.md) who", "basics.en.md:8:27 error C113"),
]


@pytest.mark.parametrize(("old", "new", "expected"), LESSON_CASES)
def test_an_error_between_files_is_named_in_the_lesson(
    found: Found, old: str, new: str, expected: str
) -> None:
    assert expected in found("lessons/under-fire/anger.en.md", old, new)


@pytest.mark.parametrize(("old", "new", "expected"), QUIZ_CASES)
def test_an_error_between_files_is_named_in_the_quiz(
    found: Found, old: str, new: str, expected: str
) -> None:
    assert expected in found("quizzes/empathy/basics.en.md", old, new)


def test_a_missing_translation_is_a_warning(tmp_path: Path) -> None:
    files = whole()
    del files["lessons/under-fire/anger.pl.md"]
    write(tmp_path, files)

    problems = check([], tmp_path)

    assert [(one.code, one.fix) for one in problems] == [("C101", "add anger.pl.md")]
    assert not has_errors(problems)


@pytest.mark.parametrize(
    ("english", "polish"),
    [
        ("1,250 posts", "1250 postów"),
        ("1,250 posts", "1 250 postów"),
        ("4.5 of them", "4,5 z nich"),
        ("at 19:20 sharp", "punkt 19.20"),
        ("12 lamps", "dwanaście lamp"),
        ("|a|b|\n|-|-|\n|20,000|500|", "|a|b|\n|-|-|\n|20\u00a0000|500|"),
    ],
)
def test_figures_are_compared_as_each_language_writes_them(
    tmp_path: Path, english: str, polish: str
) -> None:
    files = whole()
    for locale, words in (("en", english), ("pl", polish)):
        name = f"lessons/under-fire/calm.{locale}.md"
        files[name] = files[name].replace("Text with", f"{words}\n\nText with")
    write(tmp_path, files)

    assert check([], tmp_path) == []


def test_an_id_is_used_once(found: Found) -> None:
    other = QUIZ.replace("id: anger-basics", "id: other").replace("days", "long long days")
    twin = {
        "quizzes/voice/other.en.md": other,
        "quizzes/voice/other.pl.md": other.replace("4,000", "4000"),
        "lessons/under-fire/z.en.md": LESSON,
    }

    problems = found(**twin)

    assert "other.en.md:8:1 error C112" in problems
    assert "z.en.md:3:5 error C112" in problems


def test_questions_worded_almost_alike_are_named(found: Found) -> None:
    other = QUIZ.replace("anger-basics", "other").replace("#wait", "#waiting")
    other = other.replace("#people", "#persons").replace("want first", "wants first")

    problems = found(
        **{
            "quizzes/voice/other.en.md": other,
            "quizzes/voice/other.pl.md": other.replace("4,000", "4000"),
        }
    )

    assert "other.en.md:8:1 warning Q307" in problems


def test_a_circle_of_required_lessons_is_named_in_each(found: Found) -> None:
    problems = found("lessons/under-fire/calm.en.md", "skills:", "requires: [anger]\nskills:")

    assert "anger.en.md:5:11 error C110" in problems
    assert "calm.en.md:4:11 error C110" in problems


SKILL_CASES = [
    ("skills:\n  - id: empathy", "skils:\n  - id: empathy", "skills.yaml:1:1 error K101"),
    ("- id: voice", "- id: Voice!", "skills.yaml:10:9 error K102"),
    ("- id: voice", "- id: empathy", "skills.yaml:10:9 error K103"),
    (
        "area: community\n    title: {en: Voice",
        "area: comunity\n    title: {en: Voice",
        "skills.yaml:11:11 error K104",
    ),
    ("{en: Voice, pl: Głos}", "{en: Voice}", "skills.yaml:12:5 error K105"),
    ("{empathy: 0.5, voice: 0.5}", "{empathy: 0.5, vice: 0.5}", "skills.yaml:18:28 error K106"),
    ("{empathy: 0.5, voice: 0.5}", "{empathy: 0.5, voice: 0.4}", "skills.yaml:18:13 error K107"),
]


@pytest.mark.parametrize(("old", "new", "expected"), SKILL_CASES)
def test_an_error_in_the_file_of_skills_is_named(
    found: Found, old: str, new: str, expected: str
) -> None:
    assert expected in found("skills.yaml", old, new)


GLOSSARY = """terms:
  - id: reach
    term: {en: reach, pl: zasięg}
    forms: {en: [reached], pl: [zasięgu]}
    meaning: {en: How many., pl: Ile.}
  - id: tag
    term: {en: tag, pl: tag}
    forms: {en: [], pl: []}
    meaning: {en: A mark., pl: Znak.}
"""

GLOSSARY_CASES = [
    ("terms:", "term:", "glossary.yaml:1:1 error G101"),
    ("- id: tag", "- id: Tag", "glossary.yaml:6:9 error G102"),
    ("- id: tag", "- id: reach", "glossary.yaml:6:9 error G103"),
    ("- id: tag", "- id: mark", "glossary.yaml:6:9 warning G104"),
    ("{en: [], pl: []}", "{en: tags, pl: []}", "glossary.yaml:8:17 error G105"),
    (
        "{en: How many., pl: Ile.}",
        "{en: a, pl: b}\n    others: {en: b}",
        "glossary.yaml:6:18 error G105",
    ),
    ("{en: [], pl: []}", "{en: [reached], pl: []}", "glossary.yaml:8:18 error G106"),
    ("{en: A mark., pl: Znak.}", "{en: A mark.}", "glossary.yaml:9:5 error K105"),
]


@pytest.mark.parametrize(("old", "new", "expected"), GLOSSARY_CASES)
def test_an_error_in_the_glossary_is_named(
    found: Found, old: str, new: str, expected: str
) -> None:
    assert found(**{"glossary.yaml": GLOSSARY}) == []
    assert found(**{"glossary.yaml": GLOSSARY.replace(old, new)}) == [expected]


def test_packs_are_looked_after_by_the_checker_given(tmp_path: Path) -> None:
    write(tmp_path / "content", whole())

    def refuse(path: Path, text: str) -> list[Problem]:
        return [Problem(path.as_posix(), 2, 1, "error", "B100", f"{len(text)} letters", "no")]

    problems = check([], tmp_path / "content", checkers={"brands": refuse})

    assert [str(one) for one in problems] == [
        "content/brands/lumo.yaml:2:1: error B100 20 letters. Fix: no"
    ]


def test_without_a_checker_a_pack_must_still_be_yaml(found: Found) -> None:
    assert found("brands/lumo.yaml", "name: Lumo", "name: Lumo: lamps") == [
        "lumo.yaml:2:11 error S112"
    ]


def test_only_the_files_asked_for_are_reported(tmp_path: Path) -> None:
    files = whole()
    files["skills.yaml"] = SKILLS.replace("area: community", "area: other")
    files["lessons/under-fire/anger.en.md"] = LESSON.replace("[empathy]", "[empaty]")
    write(tmp_path, files)

    one_file = check([tmp_path / "lessons/under-fire/anger.en.md"], tmp_path)
    folder = check([tmp_path / "lessons"], tmp_path)

    assert {one.path.rpartition("/")[2] for one in one_file} == {"anger.en.md"}
    assert {one.path.rpartition("/")[2] for one in folder} == {"anger.en.md", "anger.pl.md"}


def test_a_path_that_cannot_be_checked_is_named(tmp_path: Path) -> None:
    write(tmp_path, whole() | {"notes.txt": "x", "extra/basics.en.md": QUIZ})
    asked = [tmp_path / name for name in ("gone.md", "notes.txt", "extra/basics.en.md")]

    problems = check(asked, tmp_path)

    assert [one.code for one in problems] == ["C121", "C120", "C121"]


def test_a_file_in_another_encoding_is_named_and_the_rest_checked(tmp_path: Path) -> None:
    write(tmp_path, whole())
    path = tmp_path / "lessons/under-fire/calm.pl.md"
    path.write_bytes(path.read_text("utf-8").replace("Text", "Zażółć").encode("cp1250"))

    problems = check([], tmp_path)

    assert [short(one) for one in problems] == ["calm.pl.md:9:3 error S101"]


def test_errors_say_what_may_not_be_published(tmp_path: Path) -> None:
    files = whole()
    files["quizzes/empathy/basics.en.md"] = QUIZ.replace("(x) An", "( ) An")
    write(tmp_path / "content", files)

    problems = check([], tmp_path / "content")

    assert stopped(problems) == {("content/quizzes/empathy/basics.en.md", "wait")}


def test_an_empty_folder_has_nothing_wrong(tmp_path: Path) -> None:
    assert check([], tmp_path) == []
