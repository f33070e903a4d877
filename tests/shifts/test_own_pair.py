"""A message of one's own: two texts of real life, marked at once and kept nowhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from simulator import infer
from smm_academy.accounts.models import Person
from smm_academy.shifts.models import Shift
from smm_academy.shifts.pair import Pair, judge, nearest_arousal, sureness
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import Academy
from tests.people import Visitor

SOUP = "Third time in a row that I got cold soup at your place, and the waitress just shrugged."
GOOD = (
    "We are sorry that you got cold soup for the third time, and that nobody cared. "
    "I have told the kitchen; I will write to you here by 5 pm with what we change. Anna"
)
EMPTY = "Thank you for your opinion. We value every guest and wish you a nice day!"
LAMPA = "Zamówiłam lampę dwa tygodnie temu i dalej nic, infolinia nie odbiera!!"


def marked(visitor: Visitor, message: str, reply: str, **more: str | list[str]) -> str:
    """Return the page after two texts were sent."""
    visitor.opens("/practice/own")
    page = visitor.sends("/practice/own", message=message, reply=reply, **more)
    assert page.status == 200, page.text
    return page.text


def test_two_texts_are_marked_and_nothing_is_written(app: Academy) -> None:
    visitor = Visitor(app)
    text = marked(visitor, SOUP, GOOD)
    assert "How the message was read" in text
    assert "Read as: complaint" in text.replace("Complaint", "complaint")
    assert "cold soup" in text
    with app.database.reading() as session:
        for table in (Person, Sitting, Shift):
            assert session.scalar(select(func.count()).select_from(table)) == 0


def test_the_specific_reply_is_worth_more_than_the_general_one() -> None:
    scores = [
        judge(Pair(SOUP, reply, None, {})).message["score"]["score"] for reply in (GOOD, EMPTY)
    ]
    assert scores[0] >= 60
    assert scores[1] < 40


def test_what_is_set_right_is_no_longer_inferred(app: Academy) -> None:
    visitor = Visitor(app)
    text = marked(
        visitor, SOUP, GOOD, kind="question", arousal="furious", severity="5", wants=["refund"]
    )
    for gone in ("Read as: complaint", "Read as: upset", "Read as: 3"):
        assert gone not in text
    plain = judge(Pair(SOUP, GOOD, None, {}))
    told = judge(Pair(SOUP, GOOD, None, {"kind": "question"}))
    assert "kind" in plain.inferred
    assert "kind" not in told.inferred
    assert plain.message["score"]["score"] != told.message["score"]["score"]


def test_facts_bring_the_line_on_facts() -> None:
    fact = "The soup of the day is served from noon to 6 pm."
    right, false = "Our soup is served from noon to 6 pm.", "Our soup is served from noon to 9 pm."
    assert not line_on_facts(SOUP, right, {})["applies"]
    kept, broken = (line_on_facts(SOUP, said, {"facts": [fact]}) for said in (right, false))
    assert kept["applies"]
    assert broken["earned"] < kept["earned"]


def line_on_facts(message: str, reply: str, known: dict[str, object]) -> dict[str, Any]:
    """Return the scorecard's line on facts."""
    score = judge(Pair(message, reply, None, known)).message["score"]
    found: dict[str, Any] = next(row for row in score["criteria"] if row["id"] == "U5")
    return found


def test_polish_is_read_as_polish_in_an_english_page(app: Academy) -> None:
    text = marked(
        Visitor(app), LAMPA, "Przepraszamy za opóźnienie lampy. Odpiszemy dziś do 16. Ola"
    )
    assert "Read as: in Polish" in text
    assert "How the author is addressed" in text


def test_the_page_speaks_polish(app: Academy) -> None:
    text = marked(
        Visitor(app, "pl"), LAMPA, "Przepraszamy za opóźnienie lampy. Odpiszemy dziś do 16. Ola"
    )
    assert "Jak wiadomość została odczytana" in text
    assert "Odczytano:" in text


def test_a_brand_book_brings_its_form_of_address(app: Academy) -> None:
    text = marked(Visitor(app), LAMPA, "Przepraszamy, sprawdzimy paczkę dziś do 16.", brand="lumo")
    assert "How the message was read" in text


def test_what_is_missing_or_too_long_says_so_and_loses_nothing(app: Academy) -> None:
    visitor = Visitor(app)
    visitor.opens("/practice/own")
    page = visitor.sends("/practice/own", message="", reply=GOOD)
    assert page.status == 422
    assert "There is no message" in page.text
    assert GOOD[:40] in page.html
    page = visitor.sends("/practice/own", message="a" * 5_001, reply=GOOD)
    assert page.status == 422
    assert "5000 characters at most" in page.text
    page = visitor.sends("/practice/own", message=SOUP, reply=GOOD, kind="nonsense")
    assert page.status == 422


def test_what_it_is_about_is_said_in_the_customers_words() -> None:
    _item, guesses = infer(SOUP)
    assert any("soup" in words for words in guesses["about"].value)


def test_how_sure_and_how_upset_are_said_in_words() -> None:
    assert [sureness(value) for value in (0.9, 0.7, 0.5, 0.45, 0.2)] == [
        "quite", "quite", "fairly", "fairly", "guess",
    ]  # fmt: skip
    assert nearest_arousal(0.0) == "calm"
    assert nearest_arousal(0.55) == "upset"
    assert nearest_arousal(1.0) == "furious"
