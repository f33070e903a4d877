"""One behaviour a test, in both languages: what costs a reply points, and what must not."""

import pytest

from simulator.brands import Locale
from simulator.items import Reply
from simulator.judgement import Score, infer, phrase, read, score

MESSAGE: dict[Locale, str] = {
    "en": "The kettle I ordered arrived with a crack and leaks on the counter. - Anna",
    "pl": "Czajnik, który zamówiłam, przyszedł pęknięty i cieknie na blat. - Anna",
}
GOOD: dict[Locale, str] = {
    "en": (
        "Hi Anna, I'm sorry about the cracked kettle. Please unplug it. We are sending a new one "
        "today and the courier will take the leaking one back tomorrow."
    ),
    "pl": (
        "Pani Anno, przepraszam za pęknięty czajnik. Proszę go odłączyć. Nowy wysyłamy dziś, a "
        "kurier jutro odbierze ten, który cieknie."
    ),
}
LOCALES: list[Locale] = ["en", "pl"]


def judged(locale: Locale, reply: str, message: str = "") -> Score:
    item, _ = infer(message or MESSAGE[locale], locale)
    return score(item, read(item, Reply(reply)))


def codes(result: Score) -> set[str]:
    return {row.reason.code for row in result.criteria}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_good_reply_is_strong(locale: Locale) -> None:
    assert judged(locale, GOOD[locale]).band == "strong"


WORSE: list[tuple[Locale, str, str]] = [
    ("en", "negated", "We are not sorry about the kettle and we will not send a new one."),
    ("pl", "negated", "Nie przepraszamy za czajnik i nie wyślemy nowego."),
    ("en", "non-apology", "Hi Anna, we're sorry you feel that way about the kettle."),
    ("pl", "non-apology", "Pani Anno, przykro nam, że tak Pani odebrała ten czajnik."),
    ("en", "blame", "Hi Anna, you should have read how to use the kettle before complaining."),
    ("pl", "blame", "Pani Anno, trzeba było przeczytać instrukcję czajnika. To Pani wina."),
    ("en", "sarcasm", "Oh dear, what a tragedy. A kettle! Congratulations on noticing, genius."),
    ("pl", "sarcasm", "Ojej, jaka tragedia, czajnik. Brawo, gratulujemy spostrzegawczości."),
    (
        "en",
        "conditional",
        "If the kettle really is cracked, we might perhaps look at it sometime.",
    ),
    ("pl", "conditional", "Jeśli czajnik naprawdę pękł, może kiedyś ewentualnie na to zerkniemy."),
]


@pytest.mark.parametrize(("locale", "kind", "reply"), WORSE)
def test_hollow_and_hurtful_replies_are_well_under_a_good_one(
    locale: Locale, kind: str, reply: str
) -> None:
    assert judged(locale, reply).score < judged(locale, GOOD[locale]).score - 25, kind


@pytest.mark.parametrize("locale", LOCALES)
def test_shouting_costs_a_third(locale: Locale) -> None:
    loud = judged(locale, GOOD[locale].upper())
    assert "U6.shouting" in codes(loud)
    assert loud.score < 0.7 * judged(locale, GOOD[locale]).score


@pytest.mark.parametrize(
    ("locale", "mine", "other"),
    [("en", "Hi Anna", "Hi Gordon"), ("pl", "Pani Anno", "Pani Zofio")],
)
def test_anothers_name_costs_points(locale: Locale, mine: str, other: str) -> None:
    wrong = judged(locale, GOOD[locale].replace(mine, other))
    assert "U6.wrong_name" in codes(wrong)
    assert wrong.score < judged(locale, GOOD[locale]).score - 10


def test_a_name_is_no_fault_where_the_authors_is_unknown() -> None:
    result = judged("en", GOOD["en"], "The kettle arrived with a crack and leaks.")
    assert "U6.wrong_name" not in codes(result)


def test_a_woman_is_not_called_pan() -> None:
    reply = "Przepraszam Pana za pęknięty czajnik. Nowy wysyłamy Panu dziś, kurier odbierze stary."
    message = "Czajnik, który zamówiłam, przyszedł pęknięty i cieknie na blat."
    wrong = judged("pl", reply, message)
    right = judged("pl", reply.replace("Pana", "Panią").replace("Panu", "Pani"), message)
    assert "U6.wrong_gender" in codes(wrong)
    assert wrong.score < right.score


@pytest.mark.parametrize(
    ("locale", "gap"),
    [
        ("en", "[customer name]"),
        ("en", "{first_name}"),
        ("pl", "[imię]"),
        ("pl", "{imie_klienta}"),
    ],
)
def test_a_gap_left_in_a_saved_reply_costs_points(locale: Locale, gap: str) -> None:
    unfilled = judged(locale, GOOD[locale].replace("Anna", gap).replace("Anno", gap))
    assert {"U6.slot", "U12.slot"} <= codes(unfilled)
    assert unfilled.score < judged(locale, GOOD[locale]).score - 15


def test_another_brands_signature_costs_points() -> None:
    message = "@KettleCo the kettle I ordered arrived with a crack and leaks on the counter."
    right = judged("en", f"{GOOD['en']} Team KettleCo", message)
    wrong = judged("en", f"{GOOD['en']} Team Bluebird", message)
    assert "U6.wrong_brand" in codes(wrong)
    assert wrong.score < right.score


@pytest.mark.parametrize(("locale", "other"), [("en", "pl"), ("pl", "en")])
def test_the_other_language_earns_nothing(locale: Locale, other: Locale) -> None:
    assert judged(locale, GOOD[other]).score < 15


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\x07", "\ufeff"])
def test_signs_that_nobody_sees_change_nothing(locale: Locale, sign: str) -> None:
    hidden = sign.join(GOOD[locale])
    assert judged(locale, hidden).score == pytest.approx(judged(locale, GOOD[locale]).score, abs=3)
    insult = {"en": "You idiot.", "pl": "Ty idioto."}[locale]
    assert judged(locale, f"{GOOD[locale]} {sign.join(insult)}").gates


def test_lost_diacritics_cost_next_to_nothing() -> None:
    plain = GOOD["pl"].translate(str.maketrans("ąćęłńóśźż", "acelnoszz"))
    assert judged("pl", plain).score >= judged("pl", GOOD["pl"]).score - 3


@pytest.mark.parametrize(
    ("locale", "right", "typo"), [("en", "kettle", "kettel"), ("pl", "czajnik", "czajink")]
)
def test_a_typo_costs_little(locale: Locale, right: str, typo: str) -> None:
    slipped = GOOD[locale].replace(right, typo)
    assert judged(locale, slipped).score >= judged(locale, GOOD[locale]).score - 25


def test_what_is_well_done_and_loses_points_says_why() -> None:
    reply = "Hello, thank you for writing. We always try to be polite to all our customers."
    manner = next(row for row in judged("en", reply).criteria if row.id == "U6")
    assert manner.reason.code == "held.part"
    assert "only in part" in phrase(manner.reason, "en")


@pytest.mark.parametrize(
    ("locale", "message", "match", "other"),
    [
        ("en", "Soup was stone cold.", "The kitchen will make a fresh portion and serve it hot.",
         "The plumber will come and reset the boiler."),
        ("en", "Train an hour late again.", "You can claim Delay Repay, the signal failed.",
         "The upholsterer can visit and swap the panel."),
        ("pl", "Zimna zupa.", "Kuchnia wyda świeżą porcję, gorącą.",
         "Serwisant odłączy czajnik i sprawdzi model."),
        ("pl", "Pociąg opóźniony, zero komunikatów.",
         "Padł semafor, należy się zwrot części ceny.",
         "Tapicer obejrzy szew i wymieni element."),
    ],
)  # fmt: skip
def test_a_remedy_is_known_without_a_shared_word(
    locale: Locale, message: str, match: str, other: str
) -> None:
    assert judged(locale, match, message).score > judged(locale, other, message).score
