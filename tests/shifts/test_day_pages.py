"""A full day over HTTP: its rooms, the moves made there, what is refused, what is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from smm_academy.shifts.models import Shift, ShiftMove
from smm_academy.web.application import Academy
from tests.people import Page, Visitor

ROOMS = ("news", "calendar", "audience", "requests", "report")
TITLES = {
    "en": ("Inbox", "News", "Calendar", "Audience", "Requests", "Report"),
    "pl": ("Skrzynka", "Prasówka", "Kalendarz", "Odbiorcy", "Prośby", "Raport"),
}
POST = {
    "choice.variant": "question",
    "choice.format": "event",
    "choice.audience": "south",
    "choice.picture": "irena",
    "choice.alt": "describes",
}


def begins(visitor: Visitor, key: str = "zakwas-evening") -> str:
    """Begin a full day; return the address of its desk."""
    visitor.opens("/practice")
    return visitor.sends(f"/practice/shifts/{key}").path


def moves_made(app: Academy) -> int:
    with app.database.reading() as session:
        return session.scalars(select(Shift.moves_made)).one()


def kept_moves(app: Academy) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ShiftMove)) or 0


def waits_until(visitor: Visitor, desk: str, room: str, words: str) -> Page:
    """Let time pass until a room says something."""
    page = visitor.opens(f"{desk}?room={room}")
    for _ in range(60):
        if words in page.html:
            return page
        page = visitor.moves("wait")
    raise AssertionError(words)


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_room_is_a_page_with_the_brand_book_at_hand(app: Academy, language: str) -> None:
    visitor = Visitor(app, language)
    desk = begins(visitor)

    pages = {room: visitor.opens(f"{desk}?room={room}") for room in ROOMS}

    for page in pages.values():
        assert page.status == 200
        assert all(title in page.text for title in TITLES[language])
        assert {"en": "Facts and policy", "pl": "Fakty i zasady"}[language] in page.text
    assert f"{desk}?room=report" in pages["news"].links


def test_a_day_of_inbox_alone_has_no_rooms(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor, "lumo-monday")

    page = visitor.opens(f"{desk}?room=calendar")

    assert page.status == 404
    assert "room-tabs" not in visitor.opens(desk).html


@pytest.mark.parametrize("room", ["cellar", "report'--"])
def test_there_are_no_other_rooms(sqlite_app: Academy, room: str) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor)

    assert visitor.opens(f"{desk}?room={room}").status == 404


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_nobody_elses(app: Academy, room: str) -> None:
    desk = begins(Visitor(app))
    stranger = Visitor(app)

    assert stranger.opens(f"{desk}?room={room}").status == 404
    assert stranger.opens(f"{desk}/figures.csv").status == 404
    assert stranger.posts(desk, room=room, move="pause_queue", seen="0").status == 404


def test_an_item_of_news_is_read_and_left_with_a_reason(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=news")

    read = visitor.moves("open_news")
    left = visitor.moves("leave_news", text="Two people have died; nothing of ours belongs here.")

    assert "Leave it" in read.text
    assert "Left aside" in left.text
    assert moves_made(app) == 2


def test_an_item_passed_on_to_nobody_is_refused_and_the_reason_kept(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=news")
    visitor.moves("open_news")

    page = visitor.moves("pass_news", to="", text="Half a sentence")

    assert page.status == 409
    assert "Half a sentence" in page.text
    assert moves_made(app) == 1


def test_a_decision_without_a_choice_says_so_and_keeps_the_words(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=news")
    visitor.moves("open_news")

    form = next(form for form in visitor.page.forms if form.offers("move", "leave_news"))
    page = visitor.posts(
        desk, room="news", item=form.fields["item"][0], seen="1", text="Half a sentence"
    )

    assert page.status == 422
    assert "Nothing was chosen" in page.text
    assert "Half a sentence" in page.text


def test_a_post_is_scheduled_and_stands_in_the_calendar(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=calendar&item=sign_up")

    page = visitor.moves("schedule", minutes="215", **POST)

    assert page.status == 200
    assert "12:05 · queued" in page.text
    assert "Thursday at six at Krzyki" in page.text


def test_a_post_with_a_choice_missing_is_refused_and_the_rest_kept(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=calendar&item=sign_up")

    chosen = {name: value for name, value in POST.items() if name != "choice.alt"}
    page = visitor.moves("publish", **chosen)

    assert page.status == 409
    form = next(form for form in page.forms if form.offers("move", "publish"))
    assert {name: form.fields[name] for name in chosen} == {
        name: [value] for name, value in chosen.items()
    }
    assert moves_made(app) == 0


def test_the_queue_is_paused_runs_again_and_a_post_taken_out(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    visitor.opens(f"{desk}?room=calendar&item=half_price")

    paused = visitor.moves("pause_queue")
    visitor.moves("resume_queue")
    cancelled = visitor.moves("cancel_post")

    assert "The queue stands still" in paused.text
    assert "taken out" in cancelled.text


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "1,00.5 PLN"), ("pl", "sto"), ("en", "a hundred")]
)
def test_an_amount_that_is_none_is_said_and_kept(
    sqlite_app: Academy, language: str, typed: str
) -> None:
    visitor = Visitor(sqlite_app, language)
    desk = begins(visitor)
    page = visitor.opens(f"{desk}?room=audience")
    form = next(form for form in page.forms if form.offers("move", "set_targeting"))
    field = next(name for name in form.fields if "spend" in name)

    page = visitor.moves("set_targeting", **{field: typed})

    assert page.status == 422
    assert typed in page.html
    assert moves_made(sqlite_app) == 0


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "12.50"), ("pl", "12,50"), ("pl", "12,50 zł"), ("en", "PLN 12.5")],
)
def test_an_amount_is_read_in_either_notation(app: Academy, language: str, typed: str) -> None:
    visitor = Visitor(app, language)
    desk = begins(visitor)
    page = visitor.opens(f"{desk}?room=audience")
    form = next(form for form in page.forms if form.offers("move", "set_targeting"))
    field = next(name for name in form.fields if "spend" in name)

    page = visitor.moves("set_targeting", **{field: typed})

    assert page.status == 200
    assert {"en": "12.50", "pl": "12,50"}[language] in page.html


def test_more_than_the_budget_is_refused_and_kept(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    page = visitor.opens(f"{desk}?room=audience")
    form = next(form for form in page.forms if form.offers("move", "set_targeting"))
    field = next(name for name in form.fields if "spend" in name)

    page = visitor.moves("set_targeting", **{field: "99,999"})

    assert page.status == 409
    assert 'value="99,999"' in page.html


def test_a_request_is_handed_over_once_however_often_it_is_sent(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    page = waits_until(visitor, desk, "requests", "room=requests&amp;item=")
    row = next(link for link in page.links if "room=requests&item=" in link)
    opened = visitor.opens(row)
    form = next(form for form in opened.forms if form.offers("move", "hand_over"))
    role = next(value for value in form.choices["to"] if value)
    before = kept_moves(app)

    first = visitor.moves("hand_over", to=role)
    visitor.page = opened
    second = visitor.moves("hand_over", to=role)

    assert first.status == second.status == 200
    assert "Handed over" in first.text
    assert kept_moves(app) == before + 1


def test_declining_needs_a_reason(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    page = waits_until(visitor, desk, "requests", "room=requests&amp;item=")
    visitor.opens(next(link for link in page.links if "room=requests&item=" in link))

    page = visitor.moves("refuse_request", text="  ")

    assert page.status == 409
    assert "why" in page.text.lower()


def test_a_report_is_handed_in_with_figures_as_people_write_them(app: Academy) -> None:
    visitor = Visitor(app, "pl")
    desk = begins(visitor)
    early = visitor.opens(f"{desk}?room=report")
    assert not [form for form in early.forms if form.offers("move", "hand_in_report")]
    page = waits_until(visitor, desk, "report", "Oddaj raport")
    form = next(form for form in page.forms if form.offers("move", "hand_in_report"))
    values = [name for name in form.fields if name.startswith("choice.value.")]

    wrong = visitor.moves("hand_in_report", **{values[0]: "około sześciu"})
    right = visitor.moves("hand_in_report", **{values[0]: "6,2 %", values[1]: "–"})

    assert wrong.status == 422
    assert "około sześciu" in wrong.html
    assert right.status == 200
    assert "oddany" in right.text


@pytest.mark.parametrize(("language", "separator"), [("en", ","), ("pl", ";")])
def test_the_days_figures_are_a_spreadsheet(app: Academy, language: str, separator: str) -> None:
    visitor = Visitor(app, language)
    desk = begins(visitor)

    answer = visitor.opens(f"{desk}/figures.csv")

    lines = answer.html.lstrip("\ufeff").splitlines()
    assert answer.response.mimetype == "text/csv"
    assert len(lines) > 10
    assert all(line.count(separator) >= 2 for line in lines)


def test_an_alarm_shows_its_clock_in_every_room_and_takes_a_statement(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor, "nitka-outage")
    page = waits_until(visitor, desk, "news", "min left")
    visitor.moves("wait")
    assert "The shop is down" in page.text

    visitor.opens(f"{desk}?room=calendar&item=statement")
    said = visitor.moves("statement", text="The shop is down. We are on it; more at 11:00.")
    inbox = visitor.opens(desk)

    assert "done at" in said.text
    assert "done at" in inbox.text
