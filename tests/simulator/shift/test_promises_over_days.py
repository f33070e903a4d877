"""A promise outlives the night: kept it is thanked for, broken it is quoted back."""

import pytest

from simulator import Locale, Move, Shift
from simulator.shift.deadlines import deadlines
from tests.simulator.shift import two_days
from tests.simulator.shift.test_campaign import TUESDAY_BEGINS, until

DEED = {
    "en": "We are sorry about the queue. Your money will be back by Tuesday.",
    "pl": "Przepraszamy za kolejkę. Pieniądze wrócą na konto do wtorku.",
}
WORD = {
    "en": "We are sorry about the queue. I will write to you tomorrow by 10 a.m.",
    "pl": "Przepraszamy za kolejkę. Napiszę jutro do godziny 10.",
}
DONE = {
    "en": "As promised: the queue and the long wait for coffee were our mistake, the money has "
    "left our account today. "
    "We have hired two people so that nobody waits like that again.",
    "pl": "Zgodnie z obietnicą: kolejka i czekanie na kawę to był nasz błąd, pieniądze wyszły "
    "dziś z naszego konta. "
    "Zatrudniliśmy dwie osoby, żeby nikt już tak nie czekał.",
}
LOCALES: tuple[Locale, ...] = ("en", "pl")


def promised(words: dict[str, str], locale: Locale, seed: int = 3) -> Shift:
    shift = until(two_days.shift(seed, locale), 10)
    shift.apply(Move("reply", "a1", words[locale]))
    return shift


def said(shift: Shift, kind: str) -> list[tuple[int, str]]:
    return [(t.minute, t.text) for t in shift.state.cases["a1"].turns if t.follow_up == kind]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_promise_of_an_hour_tomorrow_is_quoted_when_it_passes(locale: Locale) -> None:
    shift = promised(WORD, locale)
    shift.run_out()

    [(minute, text)] = said(shift, "promise_broken")
    assert minute == TUESDAY_BEGINS + 120
    assert ("tomorrow" if locale == "en" else "jutro") in text.lower()
    assert [row.status for row in shift.desk().promises] == ["broken"]


@pytest.mark.parametrize(("locale", "seed"), [("en", 3), ("pl", 5)])
def test_a_promise_by_a_day_is_kept_by_telling_somebody_and_writing(
    locale: Locale, seed: int
) -> None:
    shift = promised(DEED, locale, seed)
    [promise] = shift.desk().promises
    assert (promise.of_deed, promise.told, promise.status) == (True, False, "open")
    shift.apply(Move("end_day"))
    shift.apply(Move("ask", "a1", "Has it gone out?", shift.brand.colleagues[0].id))
    assert [row.told for row in shift.desk().promises] == [False]
    until(shift, shift.state.minute + 30)
    shift.apply(Move("reply", "a1", DONE[locale]))

    assert [row.status for row in shift.desk().promises] == ["kept"]
    shift.run_out()
    assert said(shift, "promise_kept")
    assert not said(shift, "promise_broken")


def test_writing_alone_does_not_bring_the_money() -> None:
    shift = promised(DEED, "en")
    shift.apply(Move("end_day"))
    shift.apply(Move("reply", "a1", DONE["en"]))

    assert [row.status for row in shift.desk().promises] == ["open"]


@pytest.mark.parametrize(
    "text", ["Hello.", "Hello. I will write to you tomorrow by noon.", "Thank you for waiting."]
)
def test_empty_words_and_putting_off_keep_nothing(text: str) -> None:
    shift = promised(WORD, "en")
    shift.apply(Move("reply", "a1", text))

    assert "kept" not in {row.status for row in shift.desk().promises}


def test_a_promise_by_the_last_day_is_broken_at_its_end() -> None:
    shift = promised(DEED, "en")
    shift.run_out()

    assert [row.status for row in shift.desk().promises] == ["broken"]


def test_a_day_is_quoted_on_the_morning_after() -> None:
    pack_days = two_days.pack()["days"]
    wednesday = {**pack_days[1], "weekday": "wednesday", "messages": [two_days.message("c1", 5)]}
    shift = two_days.shift(days=[*pack_days, wednesday])
    until(shift, 10)
    shift.apply(Move("reply", "a1", DEED["en"]))
    shift.apply(Move("end_day"))
    until(shift, TUESDAY_BEGINS + 360)
    assert [row.status for row in shift.desk().promises] == ["open"]
    assert not said(shift, "promise_broken")
    shift.apply(Move("end_day"))
    until(shift, shift.state.minute + 90)

    [(minute, text)] = said(shift, "promise_broken")
    assert minute > TUESDAY_BEGINS + two_days.DAY
    assert "by tuesday" in text.lower()


def test_what_falls_due_after_the_shift_is_nobodys_to_keep() -> None:
    shift = until(two_days.shift(), 10)
    shift.apply(Move("reply", "a1", "Your money will be back by Friday. I will write next week."))

    assert not shift.desk().promises


def test_an_author_with_a_promise_waits_quietly() -> None:
    shift = promised(WORD, "en")
    shift.apply(Move("end_day"))

    assert not said(shift, "still_waiting")


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("You will have an answer from us by 5 pm tomorrow.", "en", (1, 1020, False)),
        ("We will write by noon on Wednesday.", "en", (2, 720, False)),
        ("Your parcel will be there by the end of the day after tomorrow.", "en", (2, None, True)),
        ("You will get it within 2 working days.", "en", (2, None, True)),
        ("I'll write to you within two hours.", "en", (0, 660, False)),
        ("If you write by Wednesday, we will send it.", "en", None),
        ("The sale ended on Wednesday.", "en", None),
        ("Odpowiedź wyślemy do Pani jutro do godziny 17.", "pl", (1, 1020, False)),
        ("Przelew dotrze najpóźniej w środę.", "pl", (2, None, True)),
        ("Odezwiemy się w ciągu dwóch dni roboczych.", "pl", (2, None, False)),
        ("Odpiszę dzisiaj do 14.", "pl", (0, 840, False)),
        ("Paczka dotarła w środę.", "pl", None),
        ("Nie dotrze przed środą.", "pl", None),
        ("If it has not come by Thursday, write to us and we will answer.", "en", None),
        ("Jeśli płytka nie dotrze do czwartku, odpiszę tego samego dnia.", "pl", None),
        ("Odpiszę do 14.30.", "pl", (0, 870, False)),
        ("We will write to you by 2.30 p.m. today.", "en", (0, 870, False)),
        ("It was sent today and will be there on Wednesday.", "en", (2, None, True)),
        ("Wyślemy płytkę jutro, a w środę napiszę.", "pl", (2, None, False)),
        ("Jutro do 12 dam Ci znać.", "pl", (1, 720, False)),
        ("Odpowiedź dostaniesz jutro do 12.", "pl", (1, 720, False)),
        ("I will reply in ten minutes.", "en", (0, 550, False)),
        ("We will write to you by 7 October.", "en", None),
        ("Write to us by Wednesday and we will answer.", "en", None),
        ("Please send a photo by noon, and I'll reply by 5 pm tomorrow.", "en", (1, 1020, False)),
        ("Thank you for writing; we will answer by noon on Wednesday.", "en", (2, 720, False)),
        ("Napisz do nas do środy, a odpowiemy.", "pl", None),
        ("Prosimy wysłać zdjęcie do południa, a odpiszemy jutro do 12.", "pl", (1, 720, False)),
    ],
)
def test_a_time_is_read_from_its_words(
    text: str, locale: Locale, found: tuple[int, int | None, bool] | None
) -> None:
    read = next(deadlines(text, locale, 9 * 60, weekday=0), None)

    assert (read and (read.days, read.minute, read.of_deed)) == found


def test_working_days_leave_out_the_weekend() -> None:
    read = next(deadlines("We will reply within 2 working days.", "en", 540, weekday=4))

    assert read.days == 4
