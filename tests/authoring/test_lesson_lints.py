"""Advice on the text of lessons that are correct in form, each with its line and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smm_academy.authoring.checking import check
from smm_academy.authoring.readability import flesch, fog, sentences_in, syllables
from smm_academy.revisions.sources import Locale

GLOSSARY = """terms:
  - id: direct-message
    term: {en: direct message, pl: wiadomość prywatna}
    forms: {en: [DM], pl: []}
    everyday: true
    meaning: {en: Private., pl: Prywatna.}
  - id: reach
    term: {en: reach, pl: zasięg}
    forms: {en: [], pl: [zasięgu]}
    meaning: {en: How many., pl: Ile.}
"""
SKILLS = """areas:
  community:
    title: {en: Community, pl: Społeczność}
skills:
  - id: voice
    area: community
    title: {en: Voice, pl: Głos}
    meaning: {en: Meaning., pl: Znaczenie.}
    statement: {en: I can., pl: Umiem.}
criteria:
  U1:
    title: {en: Move, pl: Ruch}
    skills: {voice: 1}
"""
FRONT = "---\ntitle: A\nid: {id}\nskills: [voice]\nrequires: [{requires}]\n---\n"
"""Six lines, so that a body begins in line 7."""

SOURCES = "\n:::sources\n- Kowal and Berg 2021: 12% more answers [mixed]\n:::\n"
CHECK = ":::check\nWhat is {word}?\n- (x) a\n  > Yes, {word}.\n- ( ) b\n  > No.\nwhy: So.\n:::\n"

Advice = Callable[..., list[str]]


@pytest.fixture
def advice(tmp_path: Path) -> Advice:
    """Check a folder with one lesson, or two of which the second requires the first."""

    def run(body: str, locale: Locale = "en", first: str = "") -> list[str]:
        root = tmp_path / "content"
        lessons = root / "lessons" / "career"
        lessons.mkdir(parents=True)
        (root / "skills.yaml").write_text(SKILLS, "utf-8")
        (root / "glossary.yaml").write_text(GLOSSARY, "utf-8")
        if first:
            front = FRONT.format(id="one", requires="")
            (lessons / f"one.{locale}.md").write_text(front + first, "utf-8")
        front = FRONT.format(id="two", requires="one" if first else "")
        (lessons / f"two.{locale}.md").write_text(front + body, "utf-8")
        drills = {"lumo": {"praise", "complaint"}, "orlin": {"troll", "praise"}}
        (root / "brands").mkdir()
        for brand in drills:
            (root / "brands" / f"{brand}.yaml").write_text(f"id: {brand}\n", "utf-8")
        problems = check([], root, kinds={"praise", "complaint", "troll", "press"}, drills=drills)
        return [
            f"{one.severity} {one.code} {one.line}:{one.column}"
            for one in problems
            if one.code != "C101" and "two." in one.path
        ]

    return run


@pytest.mark.parametrize(
    ("word", "count"),
    [("reply", 2), ("make", 1), ("table", 2), ("asked", 1), ("wanted", 2), ("by", 1), ("hmm", 1)],
)
def test_english_syllables_are_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("opinia", 3),
        ("wiadomość", 3),
        ("kanał", 2),
        ("zasięg", 2),
        ("w", 1),
        ("odpowiedzialność", 5),
    ],
)
def test_in_polish_an_i_before_a_vowel_only_softens(word: str, count: int) -> None:
    assert syllables(word, "pl") == count


def test_reading_ease_is_flesch_s() -> None:
    assert flesch("The cat sat on the mat.") == pytest.approx(116.145)


def test_fog_adds_long_sentences_and_hard_words() -> None:
    assert fog("Ala ma kota. Kot ma Alę.") == pytest.approx(0.4 * 3)
    assert fog("Ala ma odpowiedzialność.") == pytest.approx(0.4 * (3 + 100 / 3))


def test_a_figure_or_a_shortened_word_ends_no_sentence() -> None:
    assert len(sentences_in("It was 4.5 stars. “Really?” he asked.")) == 3
    assert len(sentences_in("It was 4.5 stars")) == 1


HARD = {
    "en": "Organisational considerations necessitate comprehensive communication methodologies. ",
    "pl": "Odpowiedzialność organizacyjna wymaga zaangażowania komunikacyjnego. ",
}
PLAIN = {
    "en": "We read the note and then we wrote to her. ",
    "pl": "Czytamy list i piszemy do niej. ",
}


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_part_that_is_hard_to_read_is_named_where_it_begins(
    advice: Advice, locale: Locale
) -> None:
    assert advice(f"Short.\n\n## Hard\n\n{HARD[locale] * 20}\n", locale) == ["warning C201 9:1"]


@pytest.mark.parametrize(
    ("locale", "words"), [("en", "and so we read it "), ("pl", "i tak to czytamy potem ")]
)
def test_one_endless_sentence_in_an_easy_part_is_named(
    advice: Advice, locale: Locale, words: str
) -> None:
    body = f"{PLAIN[locale] * 20}\n\nFirst {words * 9}\n"

    assert advice(body, locale) == ["warning C201 9:1"]


def test_a_semicolon_ends_what_a_reader_must_hold(advice: Advice) -> None:
    assert advice(f"First {'and so we read it ' * 5}; {'and so we read it ' * 5}\n") == []


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_plain_and_short_parts_are_left_alone(advice: Advice, locale: Locale) -> None:
    body = f"{PLAIN[locale] * 20}\n\n## Short\n\n{HARD[locale]}\n\n> {HARD[locale] * 20}\n"

    assert advice(body, locale) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("We ask the XYZ desk, and the XYZ again.", ["warning C203 7:12"]),
        ("One line,\nthen QRS.", ["warning C203 8:6"]),
        ("| a | b |\n| --- | --- |\n| XYZ | 1 |", ["warning C203 9:3"]),
        ("The Extra Yellow Zone (XYZ) and the XYZ.", []),
        ("The XYZ (extra yellow zone) helps.", []),
        ("Send a DM in the EU.", []),
        ('She wrote "NOT AGAIN" twice.', []),
        ("> NOBODY reads XYZ.\n\nText.", []),
        ("A file `XYZ` and PS/00459.", []),
        ("## XYZ\n\nText.", []),
    ],
)
def test_an_abbreviation_that_nothing_explains_is_named(
    advice: Advice, body: str, expected: list[str]
) -> None:
    assert advice(f"{body}\n") == expected


@pytest.mark.parametrize(
    ("body", "locale", "expected"),
    [
        ("Answers help in 40% of cases.", "en", ["warning C204 7:17"]),
        ("Text.\n\n- One.\n- So say 300 young people.", "en", ["warning C204 10:10"]),
        ("Pomaga to w 40 procentach.", "pl", ["warning C204 7:13"]),
        ("Zbadano 435 osób.", "pl", ["warning C204 7:9"]),
        ("Four in ten come back.", "en", ["warning C204 7:1"]),
        ("Half of all customers wait.", "en", ["warning C204 7:1"]),
        ("Every third customer waits.", "en", ["warning C204 7:1"]),
        ("It saw 5 million users.", "en", ["warning C204 7:8"]),
        ("Such posts sell three times as much.", "en", ["warning C204 7:12"]),
        ("They are twice as likely to buy.", "en", ["warning C204 7:10"]),
        ("A reply doubles the chance of a sale.", "en", ["warning C204 7:9"]),
        ("Pomaga to w 40 proc. spraw.", "pl", ["warning C204 7:13"]),
        ("Czterech na dziesięciu wraca.", "pl", ["warning C204 7:1"]),
        ("Co trzeci klient czeka.", "pl", ["warning C204 7:1"]),
        ("Połowa klientów czeka.", "pl", ["warning C204 7:1"]),
        ("Widziało to 5 mln osób.", "pl", ["warning C204 7:13"]),
        ("Kupują trzy razy częściej.", "pl", ["warning C204 7:8"]),
        ("Spend twice as much on them.", "en", []),
        ("We saw 2 of 5.\n\n## On\n\nIt helps in 40%.", "en", ["warning C204 11:13"]),
        ("Kowal and Berg found 12%.", "en", []),
        ("A study from 2021 found 12%.", "en", []),
        ("Kowal and Berg (2019) found 12%.", "en", ["warning C204 7:29"]),
        ('She says: "40% of people like it."', "en", []),
        ("We answered 9 of 10, which is 90%.", "en", []),
        ("From 2 orders to 4 is plus 100%.", "en", []),
        ("| seen | 2,000 |\n| --- | --- |\n| liked | 120 |\n\nThat is 6%.", "en", []),
        ("Twelve people and 12 people came.", "en", []),
        ("> 40% of 500 people.\n\nText.", "en", []),
    ],
)
def test_a_figure_without_a_source_is_named(
    advice: Advice, body: str, locale: Locale, expected: list[str]
) -> None:
    assert advice(f"{body}\n{SOURCES}", locale) == expected


def test_the_first_word_of_a_sentence_is_no_author(advice: Advice) -> None:
    source = "\n:::sources\n- Answers to reviews, a survey [mixed]\n:::\n"

    assert advice(f"Answers help in 12% of cases. More answers!\n{source}") == [
        "warning C204 7:17"
    ]


def test_a_question_with_an_unexplained_term_is_named_once(advice: Advice) -> None:
    assert advice(CHECK.format(word="reach") + "\nThe reach.\n") == ["warning C202 8:9"]


def test_a_term_may_be_asked_for_once_the_text_explained_it(advice: Advice) -> None:
    assert advice(f"The reach.\n\n{CHECK.format(word='reach')}") == []


def test_a_required_lesson_explains_its_terms_for_the_next(advice: Advice) -> None:
    assert advice(CHECK.format(word="reach"), first="The reach.\n") == []


def test_an_everyday_term_needs_no_explanation(advice: Advice) -> None:
    assert advice(CHECK.format(word="a DM")) == []


@pytest.mark.parametrize(
    ("exercise", "expected"),
    [
        ("kind=praise", []),
        ("kind=troll brand=orlin", []),
        ("kind=troll brand=lumo", ["error C116 9:1"]),
        ("kind=press", ["error C116 9:1"]),
        ("task=mend", []),
        ("task=mend kind=praise", ["error C117 9:1"]),
    ],
)
def test_an_exercise_that_nobody_can_drill_is_an_error(
    advice: Advice, exercise: str, expected: list[str]
) -> None:
    assert advice(f"Text.\n\n:::simulator {exercise}\n:::\n") == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/learn/glossary", []),
        ("/learn/glossary#reach", []),
        ("/learn/glossary#rech", ["error C114 9:10"]),
        ("/learn/modules/career/sheet", []),
        ("/learn/modules/carer/sheet", ["error C113 9:10"]),
        ("/learn/one#top", []),
        ("/learn/one#tip", ["error C114 9:10"]),
        ("one.en.md#top", []),
        ("one.en.md#tip", ["error C114 9:10"]),
        ("/practice/drill", []),
        ("/practise", ["error C113 9:10"]),
        ("https://example.com/#tip", []),
    ],
)
def test_a_link_to_a_page_or_an_anchor_that_is_not_there_is_an_error(
    advice: Advice, address: str, expected: list[str]
) -> None:
    body = f"Text.\n\nSee [it]({address}).\n"

    assert advice(body, first="## Top\n\nText.\n") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("See [it][a].\n\n[a]: /practise", ["error C113 9:6"]),
        ('See <a href="/practise">it</a>.', ["error C113 7:14"]),
        ('<img src="/practice/a.svg">', ["error M101 7:1"]),
        ('<img src="/practice/a.svg" alt=" ">', ["error M101 7:1"]),
        ('<img src="/practice/a.svg" alt="A plan">', []),
    ],
)
def test_a_link_or_a_picture_written_another_way_is_held_to_the_same(
    advice: Advice, body: str, expected: list[str]
) -> None:
    assert advice(f"{body}\n") == expected


@pytest.mark.parametrize("name", ["glossary", "modules"])
def test_a_lesson_may_not_take_the_address_of_another_page(tmp_path: Path, name: str) -> None:
    path = tmp_path / "content" / "lessons" / "career" / "a.en.md"
    path.parent.mkdir(parents=True)
    path.write_text(FRONT.format(id=name, requires="") + "Text.\n", "utf-8")

    problems = check([path], tmp_path / "content")

    assert [f"{one.code} {one.line}:{one.column}" for one in problems if one.code == "L111"] == [
        "L111 3:5"
    ]
