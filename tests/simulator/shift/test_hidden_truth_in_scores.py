"""The judge is told what the plan knows, and the gravest messages need more than kindness."""

import pytest

from simulator import KINDS, Locale, Move, Record, brand, brand_pack, drill, start

COLD = {
    "en": ("Cheer up, it can't be that bad! Have a coffee on us.", "Sorry you feel that way."),
    "pl": ("Głowa do góry, będzie dobrze! Zapraszamy na kawę.", "Dziękujemy za komentarz!"),
}


def answered(kind: str, locale: Locale, text: str | None, seed: int = 1) -> Record:
    """Return the record of a drill at Lumo with one reply; without one, the model answer."""
    pack = brand_pack("lumo")
    shift = start(drill(pack, kind, locale, seed), brand(pack, locale), seed)
    message = shift.desk().messages[0].id
    reply = text or shift.fork().finish()["messages"][0]["model_answer"]
    shift.apply(Move("open", message))
    shift.apply(Move("reply", message, text=reply))
    return shift.finish()


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_a_signal_of_self_harm_is_met_by_a_helpline_or_not_at_all(locale: Locale) -> None:
    caring = answered("self_harm", locale, None)["messages"][0]["score"]
    cold = [answered("self_harm", locale, text)["messages"][0]["score"] for text in COLD[locale]]

    assert caring["score"] > 60
    assert [score["band"] for score in cold] == ["weak", "weak"]


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("kind", [kind for kind, rule in KINDS.items() if rule.reply == "due"])
def test_no_model_answer_is_weak(kind: str, locale: Locale) -> None:
    message = answered(kind, locale, None)["messages"][0]

    assert message["score"]["band"] != "weak"
    assert message["score"]["gates"] == []


def test_a_reason_names_what_the_message_is_about_as_its_plan_knows_it() -> None:
    message = answered("complaint", "en", "Thank you for your message, have a nice day.")

    attention = next(
        row for row in message["messages"][0]["score"]["criteria"] if row["id"] == "U2"
    )
    about = message["messages"][0]["truth"]["about"][0]
    assert about.casefold() in attention["reason"]["values"]["topics"].casefold()
