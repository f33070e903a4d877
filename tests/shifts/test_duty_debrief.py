"""The debrief of a full day: a section for each duty, in words, from the record alone."""

from __future__ import annotations

import pytest

from simulator import POLICIES, brand, brand_pack, play, scenario, scenario_pack
from smm_academy.shifts.duties_debrief_page import duty_sections
from smm_academy.shifts.moments_page import moments
from smm_academy.shifts.typed_figures import plain_figure, written
from smm_academy.web.application import Academy
from tests.people import Visitor

SECTIONS = ["news", "calendar", "audience", "requests", "report"]


@pytest.mark.parametrize(
    ("typed", "locale", "figure"),
    [
        ("6.2", "en", "6.2"),
        ("6,2", "en", "6.2"),
        ("1,250", "en", "1250"),
        ("1,250", "pl", "1.250"),
        ("1 250,5 zł", "pl", "1250.5"),
        ("1.250,50", "pl", "1250.50"),
        ("PLN 300", "en", "300"),
        ("6,2 %", "pl", "6.2"),
        ("-3,5", "pl", "-3.5"),
        ("–", "pl", "-"),
        ("n/a", "en", "-"),
        ("six", "en", None),
        ("1,2,3", "en", None),
        ("", "en", None),
        ("1e9", "en", None),
        ("nan", "en", None),
    ],
)
def test_a_figure_is_read_as_people_write_it(typed: str, locale: str, figure: str | None) -> None:
    assert plain_figure(typed, "pl" if locale == "pl" else "en") == figure


def test_a_figure_is_written_as_the_language_has_it() -> None:
    assert written(12345.5, "en", 2) == "12,345.50"
    assert written(12345.5, "pl", 2) == "12\u202f345,50"


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("key", ["zakwas-evening", "nitka-outage"])
@pytest.mark.parametrize("policy", ["nothing", "industry", "expert"])
def test_every_duty_has_its_section_in_words(
    sqlite_app: Academy, language: str, key: str, policy: str
) -> None:
    locale = "pl" if language == "pl" else "en"
    pack = scenario_pack(key)
    assert policy in POLICIES
    record = play(scenario(pack, locale), brand(brand_pack(pack["brand"]), locale), 7, policy)

    with sqlite_app.test_request_context(f"/?lang={language}"):
        sections = duty_sections(record, locale)

    assert [section["id"] for section in sections] == SECTIONS
    for section in sections:
        for card in section["cards"]:
            assert card["title"]
            assert all(
                line["title"] and line["reason"] and line["source"] for line in card["lines"]
            )
            said = [*card["chosen"], *card["ideal"]]
            assert all(head and "None" not in f"{head}{text}" for head, text in said)


def test_the_expert_scores_better_than_nobody_and_chose_something(sqlite_app: Academy) -> None:
    pack = scenario_pack("nitka-outage")
    setting = scenario(pack, "en"), brand(brand_pack(pack["brand"]), "en")

    with sqlite_app.test_request_context("/?lang=en"):
        best = duty_sections(play(*setting, 7, "expert"), "en")
        none = duty_sections(play(*setting, 7, "nothing"), "en")

    for own, other in zip(best, none, strict=True):
        assert sum(card["score"] for card in own["cards"]) >= sum(
            card["score"] for card in other["cards"][: len(own["cards"])]
        )
    report = best[-1]
    assert report["kpis"]
    assert all(row["own"] == row["right"] for row in report["kpis"])
    assert all(row["own"] == "–" for row in none[-1]["kpis"])


@pytest.mark.parametrize("language", ["en", "pl"])
def test_a_decision_beside_the_inbox_is_among_the_moments_and_leads_to_its_marks(
    sqlite_app: Academy, language: str
) -> None:
    locale = "pl" if language == "pl" else "en"
    pack = scenario_pack("nitka-outage")
    record = play(scenario(pack, locale), brand(brand_pack(pack["brand"]), locale), 4, "novice")

    with sqlite_app.test_request_context(f"/?lang={language}"):
        told = moments(record, locale, "/shifts/x/debrief")
        cards = {
            card["id"] for section in duty_sections(record, locale) for card in section["cards"]
        }

    beside = [one for one in told if one["url"].partition("#")[2] in cards]
    assert len(told) == 3
    assert beside
    assert all(one["title"] and one["text"].endswith(".") and one["channel"] for one in beside)


def test_a_shift_of_inbox_alone_has_no_sections(sqlite_app: Academy) -> None:
    pack = scenario_pack("lumo-monday")
    record = play(scenario(pack, "en"), brand(brand_pack(pack["brand"]), "en"), 7, "nothing")

    with sqlite_app.test_request_context("/?lang=en"):
        assert duty_sections(record, "en") == []
        assert duty_sections({**record, "duties": []}, "en") == []


def test_the_debrief_shows_what_was_chosen_and_what_the_expert_did(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.opens("/practice")
    desk = visitor.sends("/practice/shifts/zakwas-evening").path
    visitor.opens(f"{desk}?room=news")
    visitor.moves("open_news")
    visitor.moves("leave_news", text="Nothing of ours belongs here.")
    finish = visitor.opens(f"{desk}/finish")

    debrief = visitor.sends("/finish")
    figures = visitor.opens(f"{desk}/figures.csv")

    assert "The report has not been handed in." in finish.text
    assert debrief.status == 200
    assert "Nothing of ours belongs here." in debrief.text
    assert "Show what the expert did" in debrief.text
    assert "Right figure" in debrief.text
    assert "How it is computed" in debrief.text
    assert figures.response.mimetype == "text/csv"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "full day"), ("pl", "cały dzień")],
)
def test_a_card_says_how_much_a_full_day_holds(
    sqlite_app: Academy, language: str, words: str
) -> None:
    page = Visitor(sqlite_app, language).opens("/practice")

    assert words in page.text
    assert {"en": "4 items of news", "pl": "4 wiadomości z prasówki"}[language] in page.text


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_first_page_of_a_full_day_tells_its_goal(sqlite_app: Academy, language: str) -> None:
    visitor = Visitor(sqlite_app, language)
    visitor.opens("/practice")

    page = visitor.sends("/practice/shifts/zakwas-evening")

    assert page.html.count({"en": "Fill the sourdough", "pl": "zakwas"}[language]) >= 1
    assert "day-goal" in page.html
