"""A model answer is written from hidden truth and itself scores strong."""

import pytest

from simulator.brands import Brand, Fact, Locale
from simulator.channels import CHANNELS
from simulator.items import Author, Item, Reply
from simulator.judgement import model_answer, read, score

COMPLAINTS: list[tuple[Locale, str]] = [
    ("en", "My parcel is two weeks late and nobody answers."),
    ("pl", "Paczka spóźnia się dwa tygodnie i nikt nie odpowiada."),
    ("en", "The lamp arrived broken, the shade is in pieces."),
    ("pl", "Lampa przyszła zepsuta, klosz w kawałkach."),
]


@pytest.mark.parametrize(("locale", "text"), COMPLAINTS)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_model_answer_to_a_complaint_is_strong(locale: Locale, text: str, seed: int) -> None:
    item = Item("m", "complaint", locale, text, must=("acknowledge", "apology", "when"))
    answer = model_answer(item, seed)
    assert score(item, read(item, Reply(answer))).band == "strong"


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_model_answer_states_the_due_fact(locale: Locale) -> None:
    text = {
        "en": ("Can I return a lamp?", "Lamps can be returned within 30 days of delivery."),
        "pl": ("Czy mogę zwrócić lampę?", "Lampę można zwrócić w ciągu 30 dni od dostawy."),
    }[locale]
    facts = (Fact("returns", text[1]),)
    item = Item("m", "question", locale, text[0], facts=facts, due_facts=("returns",))
    answer = model_answer(item)
    assert text[1] in answer
    assert score(item, read(item, Reply(answer))).band == "strong"


def test_a_model_answer_is_the_same_for_the_same_seed() -> None:
    item = Item("m", "complaint", "en", COMPLAINTS[0][1])
    assert model_answer(item, 3) == model_answer(item, 3)


def test_there_is_no_model_answer_where_silence_is_right() -> None:
    assert model_answer(Item("m", "troll", "en", "You are all sheep")) == ""


@pytest.mark.parametrize(
    ("author", "words"),
    [
        (Author(form="ty"), "Ciebie"),
        (Author(form="pan", gender="m"), "Pana"),
        (Author(form="pan", gender="f"), "Pani"),
        (Author(), "Państwa"),
    ],
)
def test_a_polish_model_answer_keeps_the_authors_form(author: Author, words: str) -> None:
    item = Item("m", "complaint", "pl", COMPLAINTS[1][1], author=author)
    assert any(words in model_answer(item, seed) for seed in range(4))


def test_a_model_answer_fits_the_brands_form_of_address(lumo_pl: Brand) -> None:
    item = Item(
        "m", "complaint", "pl", COMPLAINTS[1][1], author=Author(form="ty"), brand=lumo_pl, facts=()
    )
    reading = read(item, Reply(model_answer(item)))
    assert reading.facets["U14"].value == 1


def test_what_the_plan_says_names_the_subject_and_who_sees_to_it() -> None:
    item = Item("m", "complaint", "pl", "Puszka w lodówce, cała kuchnia!", about=("Zepsute piwo",))
    answer = model_answer(item)
    assert "piwa i warki" in answer
    texts = [model_answer(item, seed) for seed in range(6)]
    assert any("główna piwowarka" in text for text in texts)


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Before I forget, my grandfather used to sit here on Sundays with a newspaper."),
        ("pl", "Zanim zapomnę, mój dziadek opowiadał tu w każdy czwartek o młodości."),
    ],
)
def test_praise_that_names_nothing_is_thanked_for_without_a_quotation(
    locale: Locale, text: str
) -> None:
    for seed in range(4):
        answer = model_answer(Item("m", "praise", locale, text), seed)
        assert "“" not in answer
        assert "„" not in answer
        assert "what you describe" not in answer
        assert "tej sprawy" not in answer


def test_praise_is_quoted_where_it_praises() -> None:
    text = "My uncle drove us there in the rain, and the waiter was wonderful."
    answers = [model_answer(Item("m", "praise", "en", text), seed) for seed in range(4)]
    assert all("wonderful" in answer for answer in answers)


def test_a_narrow_channel_gets_the_due_fact_first() -> None:
    fact = (
        "Classes for beginners are on Tuesdays and Thursdays at 6 p.m., in every one of our clubs."
    )
    item = Item(
        "m",
        "question",
        "en",
        "When are the classes for beginners?",
        channel="short_video",
        facts=(Fact("classes", fact),),
        due_facts=("classes",),
    )
    for seed in range(4):
        answer = model_answer(item, seed)
        assert answer.startswith(fact)
        assert len(answer) <= CHANNELS["short_video"].reply_limit


def test_a_rumour_is_answered_without_an_apology() -> None:
    item = Item("m", "rumour", "en", "Is it true that the shop is closing?", fault="nobody")
    for seed in range(4):
        answer = model_answer(item, seed).lower()
        assert "sorry" not in answer
        assert "apologise" not in answer
