import json
import re
from importlib import resources

import pytest

from simulator.kinds import KINDS
from simulator.voices import ROLES, SECTORS, aspects
from simulator.voices.lists import file_listings, lists, sectors
from simulator.voices.phrases import Choice, Node, Reference, Slot
from simulator.voices.polish import agree, known_noun, noun

LOCALES = ("en", "pl")
FILES = sorted({name for names in sectors().values() for name in names})
TIME = {"dur", "since", "after", "ago"}
HEARD = {"quote", "promise", "waited", "asked_line"}
PEOPLE = {
    *("friend", "friend_b", "person", "fullname", "phone", "mail", "address", "number"),
    *("clock", "minutes", "percent", "year", "ownname"),
}
PLANNED = {"brand", "claim"}
ROLE_NAMES = {
    "bad",
    "bad2",
    "more",
    "ask",
    "order",
    "good",
    "myth",
    "rumour",
    "hazard",
    "bias",
    "unfair",
} | {"crisis"}


def nodes(body: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    for node in body:
        found.append(node)
        if isinstance(node, Choice):
            for option in node.options:
                found.extend(nodes(option))
    return found


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sector", SECTORS)
def test_every_phrase_can_be_read_and_names_only_what_exists(sector: str, locale: str) -> None:
    known = lists(locale, sector)
    wrong = []
    for listing in known.values():
        for phrase in listing.phrases:
            for node in nodes(phrase.body):
                if isinstance(node, Reference):
                    names = [name for name in (node.name, node.adjectives) if name]
                    wrong += [
                        (listing.name, name)
                        for name in names
                        if name not in known
                        and name not in TIME
                        and name.removeprefix("*") not in ROLE_NAMES
                    ]
                elif isinstance(node, Slot) and node.name not in (HEARD | PEOPLE | PLANNED):
                    wrong.append((listing.name, node.name))
    assert not wrong


@pytest.mark.parametrize("name", FILES)
def test_every_polish_noun_and_agreeing_word_has_its_forms(name: str) -> None:
    missing = []
    for listing in file_listings("pl", name):
        for line, _ in listing.lines:
            source = re.sub(r"^\([a-z0-9 -]+\) ", "", line)
            if "noun" in listing.flags and not known_noun(source):
                missing.append(source)
            for lemma, case in re.findall(r"<!([^:<>]+)(?::(\w+))?>", line):
                genders = ("m1", "m3", "f", "n", "p")
                missing += [lemma for gender in genders if not agree(lemma, case or "nom", gender)]
    assert not missing


def test_nouns_have_all_cases_and_towns_keep_their_capital() -> None:
    for town in ("Łódź", "Lublin", "Opole", "Nysa"):
        assert noun(town).form("loc")[0].isupper()
    assert noun("Bytom").form("loc") == "Bytomiu"
    assert noun("lampa+ stojąca+").form("acc") == "lampę stojącą"
    assert noun("mama").form("inst") == "mamą"


def test_the_frozen_forms_keep_their_notice() -> None:
    notice = resources.files("simulator.voices") / "words" / "pl" / "forms.notice.txt"
    assert "Redistribution and use" in notice.read_text(encoding="utf-8")


@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_has_the_same_aspects_and_roles_in_both_languages(sector: str) -> None:
    for aspect in aspects(sector).values():
        assert set(aspect.title) == set(LOCALES), aspect.id
        for role in aspect.roles:
            for locale in LOCALES:
                assert f"{aspect.id}.{role}" in lists(locale, sector), (aspect.id, role, locale)


@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_can_carry_every_kind(sector: str) -> None:
    carried = {role for aspect in aspects(sector).values() for role in aspect.roles}
    assert set(ROLES.values()) <= carried
    for locale in LOCALES:
        assert {f"kind.{kind}" for kind in KINDS} <= set(lists(locale, sector))


def test_there_are_eight_sectors_or_more() -> None:
    assert len(SECTORS) >= 8


def test_an_unknown_sector_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match="homeware"):
        aspects("submarines")


def test_sectors_name_files_that_exist_in_both_languages() -> None:
    root = resources.files("simulator.voices") / "words"
    table = json.loads((root / "sectors.json").read_text(encoding="utf-8"))
    for names in table.values():
        for name in names:
            assert all((root / locale / f"{name}.txt").is_file() for locale in LOCALES)


@pytest.mark.parametrize("sector", ["gym", "clinic", "lender", "brewery", "transport"])
def test_no_english_line_names_two_times_or_sums_that_would_come_out_alike(sector: str) -> None:
    same = []
    for listing in file_listings("en", sector):
        for line, where in listing.lines:
            outside = re.sub(r"\[[^\[\]]*\]", "", line)
            same += [
                where
                for slot in ("{clock}", "<sum>", "<month>", "<weekday>", "{year}")
                if outside.count(slot) > 1
            ]
    assert not same
