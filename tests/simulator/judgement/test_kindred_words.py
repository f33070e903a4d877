"""Words that are near one another meet, in both languages, without being the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.brands import Locale
from simulator.judgement.annotation import annotate
from simulator.judgement.kinship import kinship
from simulator.judgement.text import parse
from simulator.judgement.wordbook import wordbook
from simulator.lexicon import table

DATA = Path(__file__).parent / "data"
LOCALES: list[Locale] = ["en", "pl"]


def pairs(locale: Locale, part: str) -> list[dict[str, Any]]:
    lines = (DATA / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["part"] == part]


@pytest.mark.parametrize(
    ("locale", "message", "fitting", "alien"),
    [
        ("en", "The broth was cold.", "Soup must be hot.", "The tyre must be round."),
        ("pl", "Wyciekł olej z silnika.", "Mechanik to naprawi.", "Kelner to poda."),
    ],
)
def test_a_kindred_word_is_nearer_than_an_alien_one(
    locale: Locale, message: str, fitting: str, alien: str
) -> None:
    def near(reply: str) -> float:
        first, second = annotate(parse(message), locale), annotate(parse(reply), locale)
        return sum(kinship(locale).compare(first, second, ()).near.values())

    assert near(fitting) > near(alien)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_reply_speaks_of_answers_its_own_message_best(locale: Locale) -> None:
    rows = pairs(locale, "held_out")
    asked = [annotate(parse(row["customer_text"]), locale) for row in rows]
    said = [annotate(parse(row["reply_text"]), locale) for row in rows]
    kin = kinship(locale)
    values = [[kin.compare(one, other, ()).answers for other in said] for one in asked]
    wins = [
        values[index][index] > values[index][other]
        for index in range(len(rows))
        for other in range(len(rows))
        if other != index
    ]
    assert sum(wins) / len(wins) >= 0.8


@pytest.mark.parametrize("locale", LOCALES)
def test_every_concept_head_is_in_the_lexicon_and_no_head_is_a_plain_word(locale: Locale) -> None:
    words = wordbook(locale)
    heads = set(table(f"kin.{locale}"))
    concepts = {head[1:] for head in heads if head.startswith("@")}
    assert concepts <= set(words.concepts)
    assert not (heads - {f"@{name}" for name in concepts}) & words.plain


@pytest.mark.parametrize("locale", LOCALES)
def test_texts_without_known_words_neither_meet_nor_fail(locale: Locale) -> None:
    empty = annotate(parse("?!"), locale)
    meeting = kinship(locale).compare(empty, empty, ())
    assert (meeting.near, meeting.known, meeting.answers) == ({}, 0, 0.0)
