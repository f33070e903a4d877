import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from simulator.brands import Brand
from simulator.kinds import KINDS
from simulator.scenarios import Plan
from simulator.voices import (
    ROLES,
    SECTORS,
    FollowUp,
    aspects,
    follow_up,
    generate,
    persona,
    write,
)
from simulator.voices.dice import Dice
from simulator.voices.follow_ups import heard_slots
from simulator.voices.generate import stand_in
from simulator.voices.lists import lists
from simulator.voices.spans_of_time import takes_few, time_slots
from simulator.voices.surface import in_full, strip_diacritics, writes_in_full
from simulator.voices.writing import open_expansion

LEFTOVER = re.compile(r"[{}<>\[\]|~^%]|\bNone\b|//")
POLISH_ONLY = re.compile(r"[ąćęłńśźż]|\b(?:nie|jest|czy|się|sie)\b", re.IGNORECASE)
ENGLISH_ONLY = re.compile(r"\b(?:the|and|with|this|you|have)\b", re.IGNORECASE)


def house(locale: str = "en", sector: str = "homeware") -> Brand:
    return stand_in(locale, sector, Dice(1, "test", "house"))


def plan(kind: str = "complaint", **changes: object) -> Plan:
    base = Plan(
        id="m1",
        kind=kind,
        minute=0,
        channel="page_post",
        severity=KINDS[kind].severity,
        arousal=KINDS[kind].arousal,
        fault="unknown",
        about=(),
        product="",
        days=0,
        stars=None,
        reach=0,
        form="",
        facts=(),
        due_facts=(),
        wants=(),
        must=(),
        must_not=(),
        escalate_to=(),
        ask=(),
        details={},
    )
    return replace(base, **changes)


def said(planned: Plan, locale: str = "en", seed: int = 1, sector: str = "homeware") -> str:
    who = persona(seed, planned.id, locale, planned)
    return write(planned, house(locale, sector), who, seed)


def sample(planned: Plan, locale: str = "en", count: int = 40) -> list[str]:
    return [said(planned, locale, seed) for seed in range(count)]


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("sector", SECTORS)
def test_no_message_keeps_a_slot_or_a_sign_of_the_grammar(sector: str, locale: str) -> None:
    texts = [str(row["text"]) for row in generate(250, locale, 3, sector)]
    assert all(texts)
    assert not [
        text for text in texts if LEFTOVER.search(text.replace("100%", "").replace("%", ""))
    ]


@pytest.mark.parametrize("sector", SECTORS)
def test_messages_stay_in_their_language(sector: str) -> None:
    english = [str(row["text"]) for row in generate(250, "en", 4, sector)]
    polish = [str(row["text"]) for row in generate(250, "pl", 4, sector)]
    assert not [text for text in english if re.search(r"[ąęłńśżź]", text)]
    assert not [text for text in polish if len(ENGLISH_ONLY.findall(text)) > 1]
    assert sum(bool(POLISH_ONLY.search(text)) for text in polish) > 150


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_said_in_every_sector(kind: str, locale: str) -> None:
    for sector in SECTORS:
        assert said(plan(kind), locale, sector=sector)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**31), number=st.integers(0, 10**6))
def test_a_text_is_a_pure_function_of_seed_and_message(seed: int, number: int) -> None:
    planned = plan(id=f"m{number}")
    assert said(planned, "pl", seed) == said(planned, "pl", seed)


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("sector", SECTORS)
def test_every_aspect_can_be_said_in_every_kind_it_carries(sector: str, locale: str) -> None:
    brand = house(locale, sector)
    for aspect in aspects(sector).values():
        for kind in (kind for kind, role in ROLES.items() if role in aspect.roles):
            for seed in range(3):
                channel = "review_card" if kind.endswith("review") else "page_post"
                planned = plan(kind, id=aspect.id, about=(aspect.id,), channel=channel, stars=1)
                assert write(planned, brand, persona(seed, "m1", locale, planned), seed)


def test_a_problem_that_the_plan_gives_is_told_in_those_words() -> None:
    problem = "the third step of the ladder gave way under me"
    for kind in ("complaint", "fair_review", "heated_complaint", "safety_report"):
        for text in sample(plan(kind, details={"problem": problem})):
            assert "step of the" in text.lower()


def test_another_seed_or_another_message_says_something_else() -> None:
    first = said(plan(), seed=1)
    assert first != said(plan(), seed=2)
    assert first != said(plan(id="m2"), seed=1)


def test_a_message_speaks_of_the_aspect_it_was_planned_for() -> None:
    texts = sample(plan("safety_report", about=("electric_shock",)))
    assert all(re.search("shock|jolt|live|tingl", text, re.IGNORECASE) for text in texts)


def test_a_question_that_the_plan_gives_is_asked_once_and_in_those_words() -> None:
    given_question = "How long is the cord of the Fala?"
    for text in sample(
        plan("question", about=("size_fit",), details={"question": given_question})
    ):
        assert text.lower().count("cord of the fala") == 1


def test_a_claim_that_the_plan_gives_is_told() -> None:
    claim = "że lampy zużywają prąd po wyłączeniu"
    for text in sample(plan("rumour", details={"claim": claim}), "pl"):
        assert strip_diacritics("zużywają prąd") in strip_diacritics(text.lower())


def test_a_text_that_the_plan_gives_is_taken_word_for_word() -> None:
    assert said(plan(details={"text": "Word for word."})) == "Word for word."


def test_the_time_a_trouble_has_lasted_is_the_plans() -> None:
    counted = re.compile(r"\b(\w+) (?:days?|weeks?)(?= ago| and counting| (?:back )?I'm| now)")
    texts = sample(plan("order_question", about=("late_parcel",), days=21), count=120)
    found = Counter(count for text in texts for count in counted.findall(text))
    # A slip of the finger may make "there" of "three".
    assert {count for count in found if count != "there"} == {"three", "3"}
    assert found["there"] <= found.total() / 20


def test_the_product_of_the_plan_is_named_with_its_polish_cases() -> None:
    brand = house("pl")
    product = next(row for row in brand.products if row.name.startswith("kinkiet"))
    planned = plan("complaint", about=("damaged_on_arrival",), product=product.id)
    texts = [
        write(planned, brand, persona(seed, "m1", "pl", planned), seed).lower()
        for seed in range(200)
    ]
    named = [text for text in texts if "kinkiet" in text]
    assert named
    assert not [text for text in named if "kinkiet łuk przyszła" in text]


def test_a_woman_and_a_man_speak_of_themselves_in_their_own_forms() -> None:
    endings = {"f": r"\w+łem\b(?!at)", "m": r"\w+łam\b"}
    planned = plan("complaint", about=("late_parcel",))
    slips = Counter()
    for seed in range(300):
        who = persona(seed, "m1", "pl", planned)
        text = write(planned, house("pl"), who, seed)
        slips[who.gender] += len(re.findall(endings[who.gender], text))
    assert slips["m"] == 0
    assert slips["f"] == 0


def test_a_plan_sets_the_form_of_address_and_the_reach() -> None:
    who = persona(1, "m1", "pl", plan(form="panstwo", reach=4200))
    assert who.form == "panstwo"
    assert who.followers == 4200
    assert persona(1, "m1", "en").form == ""


def test_about_a_third_of_casual_poles_drop_their_diacritics() -> None:
    casual = [
        who
        for who in (persona(5, f"m{number}", "pl") for number in range(2000))
        if who.register == "casual"
    ]
    share = sum(not who.diacritics for who in casual) / len(casual)
    assert 0.28 < share < 0.40


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("I don't care, it's late", "I do not care, it is late"),
        ("we're told they've left", "we are told they have left"),
        ("it's been a week, isn't it", "it's been a week, isn't it"),
        ("why don't the drivers wait", "why don't the drivers wait"),
    ],
)
def test_contractions_are_undone_where_they_can_be(short: str, whole: str) -> None:
    assert in_full(short) == whole


def test_formal_writers_write_in_full() -> None:
    planned = plan("formal_complaint", about=("late_parcel",))
    for seed in range(60):
        who = persona(seed, planned.id, "en", planned)
        assert writes_in_full(who)
        assert not re.search(r"\b(?:I'm|I've|I'll|we're|they've)\b", said(planned, seed=seed))


def test_sober_kinds_carry_no_emoji_and_no_shouting() -> None:
    for kind in ("self_harm", "safety_report", "press", "formal_complaint"):
        for text in sample(plan(kind)):
            assert not re.search(r"[\U0001F300-\U0001FAFF]|!!", text), text


def test_personal_data_is_invented_and_unreachable() -> None:
    for locale in ("en", "pl"):
        text = " ".join(sample(plan("personal_data"), locale, 120))
        for mail in re.findall(r"\S+@\S+", text):
            assert ".example" in mail.lower() or mail.startswith("@")
        phones = re.findall(r"\b07700 900\d{3}\b|\b499 0\d{2} \d{3}\b", text)
        assert phones


def test_short_video_comments_are_short() -> None:
    for text in sample(plan("complaint", channel="short_video")):
        assert len(text) < 320


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("turn", list(FollowUp))
def test_every_turn_of_a_conversation_has_words(turn: FollowUp, locale: str) -> None:
    planned = plan("complaint", about=("late_parcel",))
    for seed in range(25):
        who = persona(seed, "m1", locale, planned)
        text = follow_up(planned, house(locale), who, turn, "", seed)
        assert text
        assert not LEFTOVER.search(text.replace("%", ""))


def test_a_promise_is_quoted_back() -> None:
    heard = "Sorry about that. It leaves today and will be with you by Friday."
    assert heard_slots(heard, "en")["promise"] == "by Friday"
    planned = plan("complaint", about=("late_parcel",))
    texts = [
        follow_up(
            planned,
            house(),
            persona(seed, "m1", "en", planned),
            FollowUp.STILL_WAITING,
            heard,
            seed,
        )
        for seed in range(60)
    ]
    assert any("by friday" in text.lower() for text in texts)


def test_a_polish_promise_is_recognised() -> None:
    heard = "Przepraszamy, paczka wychodzi dziś i dotrze do piątku."
    assert heard_slots(heard, "pl")["promise"] == "do piątku"


def test_what_was_asked_for_is_given() -> None:
    heard = "Please send us your order number by direct message."
    planned = plan("order_question", about=("late_parcel",), details={"order": "LM-48213"})
    who = persona(1, "m1", "en", planned)
    assert "LM-48213" in follow_up(planned, house(), who, FollowUp.DETAILS, heard, 1).upper()


def test_a_follow_up_reacts_to_what_was_heard() -> None:
    planned = plan("complaint", about=("late_parcel",))
    who = persona(1, "m1", "en", planned)
    answers = {
        follow_up(planned, house(), who, FollowUp.CANNED, heard, 1)
        for heard in ("", "We are sorry for the inconvenience.", "Your comfort is our priority.")
    }
    assert len(answers) == 3


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_next_question_is_not_the_one_that_was_answered(locale: str) -> None:
    asked = "Does the Nori come with a bulb?"
    planned = plan("question", about=("bulb_type",), details={"question": asked})
    for seed in range(40):
        who = persona(seed, "m1", locale, planned)
        text = follow_up(planned, house(locale), who, FollowUp.NEXT_QUESTION, "Yes.", seed)
        assert "nori come" not in text.lower()


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize(
    ("sector", "about"),
    [
        ("homeware", "late_parcel"),
        ("fashion", "return_rules"),
        ("cafe", "cake_order"),
        ("transport", "fine"),
        ("clinic", "fees"),
    ],
)
def test_an_unfair_review_gives_its_author_away(sector: str, about: str, locale: str) -> None:
    planned = plan("unfair_review", about=(about,), stars=1, channel="review_card")
    who = persona(1, "m1", locale, planned)
    told = open_expansion(planned, house(locale, sector), who, Dice(1, "test", "unfair"))
    assert told.aliases["*unfair"] == f"{about}.unfair"
    assert len(lists(locale, sector)[f"{about}.unfair"].lines) >= 4


def test_an_unfair_review_of_anything_else_speaks_of_it_too() -> None:
    planned = plan("unfair_review", about=("flicker",), stars=1, channel="review_card")
    text = " ".join(sample(planned, count=30)).lower()
    assert "flicker" in text or "buzz" in text


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_an_author_signs_with_the_name_that_the_page_shows(locale: str) -> None:
    planned = plan("personal_data", about=("order_change",))
    signed = 0
    for seed in range(200):
        who = persona(seed, "m1", locale, planned)
        text = said(planned, locale, seed)
        if found := re.search(r"(?:my name is|nazywam się) (\w+)", text, re.IGNORECASE):
            assert strip_diacritics(found[1].lower()) == strip_diacritics(
                who.name.split()[0].lower()
            )
            signed += 1
    assert signed


def test_nobody_repeats_that_nobody_answered_after_an_answer() -> None:
    planned = plan("question", about=("bulb_type",))
    for seed in range(60):
        who = persona(seed, "m1", "pl", planned)
        text = follow_up(planned, house("pl"), who, FollowUp.STILL_WAITING, "Sprawdzamy.", seed)
        assert "nikt nie odpisał" not in text.lower()


@given(number=st.integers(0, 10_000))
def test_polish_numbers_take_few_or_many(number: int) -> None:
    few = str(number)[-1] in "234" and (len(str(number)) < 2 or str(number)[-2] != "1")
    assert takes_few(number) == few


@pytest.mark.parametrize(
    ("days", "dur", "since", "after"),
    [
        (1, "dzień", "wczoraj", "jednym dniu"),
        (7, "tydzień", "tygodnia", "tygodniu"),
        (13, "13 dni", "13 dni", "13 dniach"),
        (28, "(4|cztery) tygodnie", "(4|czterech) tygodni", "(4|czterech) tygodniach"),
    ],
)
def test_polish_spans_of_time_are_inflected(days: int, dur: str, since: str, after: str) -> None:
    slots = time_slots(days, "pl", Dice(1, "test", "time"))
    for name, pattern in (("dur", dur), ("since", since), ("after", after)):
        assert re.fullmatch(pattern, slots[name])
