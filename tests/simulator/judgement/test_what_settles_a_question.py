"""A question is settled by its fact: naming the matter and saying something else is no answer."""

import pytest

from simulator.brands import Fact, Locale
from simulator.items import Item, Reply
from simulator.judgement import Score, read, score

HOURS = (
    "All four houses are open every day from 7 a.m. to 7 p.m., on Sundays from 8 a.m. to 4 p.m."
)
VACCINE = "The flu vaccine holds no live virus and cannot cause the flu."
RETURNS = "Nieużywaną lampę można zwrócić w ciągu 30 dni. Etykieta zwrotna jest bezpłatna."


def judged(kind: str, locale: Locale, asked: str, fact: str, reply: str) -> Score:
    """Return the score of a reply to a question that one fact settles."""
    item = Item(
        "m", kind, locale, asked, facts=(Fact("f", fact),), due_facts=("f",), must=("answer",)
    )
    return score(item, read(item, Reply(reply, moves=("open", "reply"), minutes=5)))


@pytest.mark.parametrize(
    ("kind", "locale", "asked", "fact", "reply"),
    [
        ("question", "en", "What time do you open on Sunday?", HOURS, "We are closed on Sundays."),
        (
            "misguided",
            "en",
            "Someone told me that the flu jab gives you the flu.",
            VACCINE,
            "The flu vaccine can cause the flu, that is right. It holds a live virus.",
        ),
        (
            "misguided",
            "pl",
            "Powszechnie wiadomo, że na zwrot lampy macie tylko 7 dni.",
            RETURNS,
            "Tak, na zwrot lampy jest tylko 7 dni.",
        ),
    ],
)
def test_a_falsehood_about_the_matter_is_weak(
    kind: str, locale: Locale, asked: str, fact: str, reply: str
) -> None:
    found = judged(kind, locale, asked, fact, reply)

    accuracy = next(row for row in found.criteria if row.id == "U5")
    assert found.band == "weak"
    assert accuracy.reason.code == "U5.unsettled"


@pytest.mark.parametrize(
    ("kind", "locale", "asked", "fact", "reply"),
    [
        (
            "question",
            "en",
            "What time do you open on Sunday?",
            HOURS,
            "On Sundays all four houses are open from 8 a.m. to 4 p.m. See you then!",
        ),
        (
            "misguided",
            "en",
            "Someone told me that the flu jab gives you the flu.",
            VACCINE,
            "The flu vaccine cannot give you the flu: it holds no live virus.",
        ),
        (
            "misguided",
            "pl",
            "Powszechnie wiadomo, że na zwrot lampy macie tylko 7 dni.",
            RETURNS,
            "Na zwrot lampy jest 30 dni, a etykieta jest bezpłatna.",
        ),
    ],
)
def test_the_fact_in_other_words_is_strong(
    kind: str, locale: Locale, asked: str, fact: str, reply: str
) -> None:
    assert judged(kind, locale, asked, fact, reply).band == "strong"


def test_promising_to_find_out_is_no_falsehood() -> None:
    reply = (
        "Good question about Sunday, I will check with the house now and tell you here by 5 pm."
    )

    found = judged("question", "en", "What time do you open on Sunday?", HOURS, reply)

    assert "U5.unsettled" not in {row.reason.code for row in found.criteria}
