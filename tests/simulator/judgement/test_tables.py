"""The frozen tables agree with one another and with the code that reads them."""

import re
from pathlib import Path

import pytest

import simulator.judgement
from simulator.brands import Locale
from simulator.items import Item
from simulator.judgement import CRITERIA, Reason, phrase
from simulator.judgement.action import ideal_moves
from simulator.judgement.text import fold, parse, stem
from simulator.judgement.wordbook import wordbook
from simulator.kinds import KINDS
from simulator.lexicon import concept_tables, table
from simulator.moves import MOVES
from simulator.obligations import WANTS
from simulator.packs import brand_ids, brand_pack
from simulator.voices.lists import aspects

SOURCES = sorted(Path(simulator.judgement.__file__).parent.glob("*.py"))


def test_every_reason_in_the_code_has_a_sentence_in_both_languages() -> None:
    codes = {
        code
        for path in SOURCES
        for code in re.findall(r'"((?:U\d+|advice|attempt|silent)\.[a-z_]+)"', path.read_text())
    }
    sentences = table("phrases")["sentences"]
    assert codes <= set(sentences)
    assert all(set(row) == {"en", "pl"} for row in sentences.values())


def test_a_reason_names_ids_in_the_readers_language() -> None:
    reason = Reason("U4.partial", {"missing": "@when,who"})
    assert "by when" in phrase(reason, "en")
    assert "do kiedy" in phrase(reason, "pl")


def test_both_languages_have_the_same_cues() -> None:
    assert set(table("cues.en")) == set(table("cues.pl"))


def test_every_concept_has_words_in_both_languages_and_a_team() -> None:
    for sector, topics in concept_tables():
        for name, row in topics.items():
            assert row["team"]["pl"], (sector, name)
            assert all(words[0] and words[1] for words in row["concepts"].values()), name


def test_the_lexicon_is_wide() -> None:
    concepts = wordbook("en").concepts
    families = sum(
        len(words[0].split()) + len(words[1].split())
        for _, topics in concept_tables()
        for row in topics.values()
        for words in row["concepts"].values()
    )
    assert len(concepts) >= 1_500
    assert families >= 15_000


def test_the_names_of_topics_are_their_own() -> None:
    names = [name for _, rows in concept_tables() for name in rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("locale", "spared"), [("en", {"near"}), ("pl", {"warto", "szybko", "dodatkowo"})]
)
def test_no_concept_is_named_by_a_function_word(locale: Locale, spared: set[str]) -> None:
    words = wordbook(locale)
    caught = {word for word in words.classes if words.find(parse(word).tokens).concepts}
    assert caught <= spared


def test_every_subject_of_a_model_answer_has_a_title_a_form_and_a_team() -> None:
    for rows in table("subjects").values():
        assert all(row == [part for part in row if part] and row[2:] for row in rows.values())


@pytest.mark.parametrize("brand_id", brand_ids())
def test_what_a_plan_is_about_has_a_subject(brand_id: str) -> None:
    told_by_its_words = {"community", "age_rules", "price"}
    known = table("subjects")
    for name, aspect in aspects(brand_pack(brand_id)["sector"]).items():
        if name not in told_by_its_words:
            assert aspect.title["en"] in known["en"], name
            assert aspect.title["pl"] in known["pl"], name


def test_the_sectors_of_model_answers_are_sectors_of_the_lexicon() -> None:
    sectors = {name for name, _ in concept_tables()}
    for rows in table("model_answers")["sectors"].values():
        assert set(rows) <= sectors


def test_relations_name_topics_and_concepts_that_exist() -> None:
    topics = {name for _, rows in concept_tables() for name in rows}
    relations = table("relations")
    assert set(relations["related"]) <= topics
    assert {other for rows in relations["related"].values() for other in rows} <= topics


def test_every_kind_has_ideal_moves_that_exist() -> None:
    assert set(table("actions")) == set(KINDS)
    for kind in KINDS:
        moves = ideal_moves(Item("m", kind, "en", "text"))
        assert moves
        assert set(moves) <= set(MOVES)


def test_a_review_card_asks_for_no_direct_message() -> None:
    item = Item("m", "complaint", "en", "text", channel="review_card")
    assert "direct_message" not in ideal_moves(item)


def test_wishes_that_can_be_inferred_are_known() -> None:
    assert set(table("wants")) <= set(WANTS)


def test_weights_follow_the_design() -> None:
    weights = {row.id: row.weight for row in CRITERIA.values() if row.weight}
    assert weights == {
        "U1": 25,
        "U2": 15,
        "U3": 10,
        "U4": 15,
        "U5": 15,
        "U6": 10,
        "U7": 10,
        "U13": 5,
        "U14": 5,
    }


@pytest.mark.parametrize(
    ("locale", "forms"),
    [
        ("en", ["delivery", "deliveries"]),
        ("en", ["refund", "refunds", "refunded"]),
        ("en", ["batch", "batches"]),
        ("pl", ["przesyłka", "przesyłki", "przesylkami"]),
        ("pl", ["kurier", "kurierem", "kurierami"]),
    ],
)
def test_forms_of_a_word_share_a_stem(locale: Locale, forms: list[str]) -> None:
    assert len({stem(fold(form), locale) for form in forms}) == 1


def test_silent_characters_do_not_hide_a_word() -> None:
    text = parse("so\u200brry \u202eabout it")
    assert text.words == ["sorry", "about", "it"]
    assert text.tokens[0].end == 6
