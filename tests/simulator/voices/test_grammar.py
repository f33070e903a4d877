from collections.abc import Mapping

import pytest

from simulator.voices.dice import Dice
from simulator.voices.grammar import Expansion, fix_articles, fix_prepositions, tidy
from simulator.voices.lists import PhraseList
from simulator.voices.phrases import PhraseError, parse_phrase, read_listings, ways


def expansion(text: str, **overrides: object) -> Expansion:
    lists = {
        row.name: PhraseList(row.name, row.flags, row.lines) for row in read_listings(text, "test")
    }
    fields: dict[str, object] = {
        "lists": lists,
        "dice": Dice(1, "test", "one"),
        "slots": {},
        "tags": frozenset(),
        "aliases": {},
        "feminine": True,
        "polite": False,
    }
    return Expansion(**(fields | overrides))


def variants(text: str, **overrides: object) -> set[str]:
    return {
        ". ".join(expansion(text, dice=Dice(seed, "test", "one"), **overrides).expand("start"))
        for seed in range(60)
    }


def test_every_branch_of_a_choice_is_taken_and_an_empty_one_leaves_no_gap() -> None:
    assert variants("# start\nso [very |]good[, really|]") == {
        "so very good",
        "so good",
        "so very good, really",
        "so good, really",
    }


def test_a_phrase_whose_slot_has_no_value_is_never_chosen() -> None:
    text = "# start\npaid {price}\nno idea"
    assert variants(text) == {"no idea"}
    assert variants(text, slots={"price": "£3"}) == {"paid £3", "no idea"}


def test_a_branch_whose_slot_has_no_value_is_never_chosen() -> None:
    assert variants("# start\nbought [for {price}|cheaply]") == {"bought cheaply"}


def test_a_phrase_waits_for_its_tags_and_shuns_others() -> None:
    text = "# start\n(hot) fury\n(-hot) calm"
    assert variants(text) == {"calm"}
    assert variants(text, tags=frozenset({"hot"})) == {"fury"}


def test_a_role_reference_follows_its_alias_and_a_slot_comes_before_it() -> None:
    text = "# start\n<*bad>\n# late.bad\nit is late"
    assert variants(text, aliases={"*bad": "late.bad"}) == {"it is late"}
    given: Mapping[str, str] = {"*bad": "told in my own words"}
    assert variants(text, aliases={"*bad": "late.bad"}, slots=given) == {"told in my own words"}


def test_a_sticky_list_keeps_its_first_choice() -> None:
    text = "# start\n<day> // <day>\n# day (sticky)\nMonday\nTuesday\nFriday"
    for said in variants(text):
        first, second = said.split(". ")
        assert first == second


def test_words_follow_the_authors_gender_and_form_of_address() -> None:
    text = "# start\nkupił% u ^was/państwa^, ~zła/zły~, wolał%bym nie"
    assert variants(text) == {"kupiłam u was, zła, wolałabym nie"}
    assert variants(text, feminine=False, polite=True) == {"kupiłem u państwa, zły, wolałbym nie"}


def test_words_agree_with_the_noun_before_them() -> None:
    text = "# start\n<thing:nom> <!przyjść> <!cały:nom> w rysach\n# thing (noun)\nlampa\nkinkiet"
    assert variants(text) == {"lampa przyszła cała w rysach", "kinkiet przyszedł cały w rysach"}


def test_an_adjective_before_a_noun_takes_its_case() -> None:
    text = "# start\ndla <mine+who:gen>\n# mine (adj)\nmój\n# who (noun)\nmama\nbrat"
    assert variants(text) == {"dla mojej mamy", "dla mojego brata"}


def test_a_list_with_nothing_to_say_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="start"):
        expansion("# start\n{missing}").expand("start")


@pytest.mark.parametrize("line", ["a [b|c", "a b]", "a | b"])
def test_an_unmatched_bracket_is_named_with_its_place(line: str) -> None:
    with pytest.raises(PhraseError, match=r"file\.txt:3"):
        parse_phrase(line, 0, "file.txt:3")


@pytest.mark.parametrize("text", ["a phrase without a header", "# Bad Header!\nx"])
def test_a_malformed_file_is_refused(text: str) -> None:
    with pytest.raises(PhraseError, match=r"file\.txt:1"):
        read_listings(text, "file.txt")


def test_small_words_fit_the_sound_that_follows() -> None:
    assert fix_articles("a old lamp, a hour, a used one") == "an old lamp, an hour, a used one"
    assert fix_articles("a urine test, a urn") == "a urine test, an urn"
    assert fix_prepositions("w Wrocławiu z spółdzielnią") == "we Wrocławiu ze spółdzielnią"
    assert fix_prepositions("w Gdańsku z siostrą") == "w Gdańsku z siostrą"


def test_tidying_leaves_single_spaces_and_none_before_a_mark() -> None:
    assert tidy("  so ,  yes  ! ") == "so, yes!"


def test_the_ways_of_a_phrase_are_counted_through_its_choices_and_slots() -> None:
    assert ways(parse_phrase("as it stands", 0, "test").body) == 1
    assert ways(parse_phrase("[a|b] and [c|d [e|f]]", 0, "test").body) == 6
    assert ways(parse_phrase("on <weekday> at {clock}", 0, "test").body) == 100


def test_in_a_list_of_told_things_an_anecdote_is_rarer_than_a_common_trouble() -> None:
    lines = (("the goose bit me", "test:1"), ("[late|early] [again|today]", "test:2"))
    told = PhraseList("x.bad", frozenset({"told"}), lines)
    anecdote, trouble = told.phrases
    plain = PhraseList("x.bad", frozenset(), lines)
    assert told.weight(trouble) > told.weight(anecdote) == 1
    assert plain.weight(trouble) == plain.weight(anecdote)
