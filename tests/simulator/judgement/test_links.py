"""What tells that a reply answers a message: fitted weights that keep to their meaning."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.brands import Locale
from simulator.judgement import turn
from simulator.judgement.annotation import annotate
from simulator.judgement.relevance import Signs, meet
from simulator.judgement.text import parse
from simulator.lexicon import table

DATA = Path(__file__).parent / "data"
LOCALES: list[Locale] = ["en", "pl"]
AGAINST = {"foreign", "length", "told"}


def pairs(locale: Locale, part: str) -> list[dict[str, Any]]:
    lines = (DATA / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["part"] == part]


def test_every_sign_is_weighed_and_none_against_its_meaning() -> None:
    weights = table("link")["weights"]
    assert list(weights) == list(Signs._fields)
    assert all(weight <= 0 for name, weight in weights.items() if name in AGAINST)
    assert all(weight >= 0 for name, weight in weights.items() if name not in AGAINST)


def test_every_deed_has_a_weight_for_all_that_a_message_does() -> None:
    rows = table("link")["turns"]
    text = annotate(parse("?"), "en")
    assert len(rows) == len(turn.does(text, text, ""))
    assert {len(row) for row in rows} == {len(turn.calls(text))}


def test_leaving_amends_out_never_makes_a_reply_fit_better_but_under_praise() -> None:
    for deed in turn.AMENDS:
        row = table("link")["turns"][turn.ACTS.index(deed)]
        assert all(weight >= 0 for at, weight in enumerate(row) if at != turn.PRAISING), deed


@pytest.mark.parametrize("locale", LOCALES)
def test_a_turn_only_ever_contradicts(locale: Locale) -> None:
    for row in pairs(locale, "develop"):
        message = annotate(parse(row["customer_text"]), locale)
        reply = annotate(parse(row["reply_text"]), locale)
        assert turn.clash(message, reply, reply, row["reply_text"]) <= 0


@pytest.mark.parametrize(
    ("locale", "message", "fitting", "odd"),
    [
        (
            "en",
            "Lovely stay, everybody was so kind, thank you!",
            "Thank you, we are so glad you enjoyed it.",
            "We apologise for the delay. Please send us a private message with your details.",
        ),
        (
            "pl",
            "Cudowny pobyt, wszyscy byli bardzo mili, dziękuję!",
            "Dziękujemy, bardzo się cieszymy, że się podobało.",
            "Przepraszamy za opóźnienie. Prosimy o wiadomość prywatną z danymi.",
        ),
    ],
)
def test_a_reply_to_a_complaint_contradicts_praise(
    locale: Locale, message: str, fitting: str, odd: str
) -> None:
    def clash(reply: str) -> float:
        read = annotate(parse(reply), locale)
        return turn.clash(annotate(parse(message), locale), read, read, reply)

    assert clash(odd) < clash(fitting)


@pytest.mark.parametrize(
    ("locale", "message", "reply", "foreign"),
    [
        ("en", "My soup was cold.", "The kitchen will warm it.", "The pilot will board it."),
        ("pl", "Zupa była zimna.", "Kuchnia ją podgrzeje.", "Pilot wpuści na pokład."),
    ],
)
def test_what_is_foreign_to_the_message_weakens_a_link(
    locale: Locale, message: str, reply: str, foreign: str
) -> None:
    asked = annotate(parse(message), locale)
    _, near = meet(asked, annotate(parse(reply), locale))
    signs, far = meet(asked, annotate(parse(foreign), locale))
    assert signs.foreign > 0
    assert far.value < near.value
