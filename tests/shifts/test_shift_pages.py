"""Drills and shifts over HTTP: odd texts, stale tabs, repeated and simultaneous moves."""

from __future__ import annotations

import base64
import re

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select, update

from smm_academy.errors import Invalid
from smm_academy.shifts.forms import SEAL, SealedDrill, seal, unseal
from smm_academy.shifts.models import Retry, Shift, ShiftMove, ShiftSnapshot
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.people import Page, Visitor

ODD_TEXTS = {
    "control characters": "Sorry\x00 \x01\x02\x07about\x1b[31m this.\x7f We look into it today.",
    "right to left marks": "Sorry \u202eabout\u202c this.\u2066 We look into it today.\u2069",
    "another alphabet": "Просим прощения за задержку. Проверим сегодня. 我们很抱歉。 نأسف لذلك",
    "emoji and joiners": "Sorry 🙏👩‍👩‍👧‍👦 we look into it 🇵🇱 today" + "\u0301" * 50,
    "markup": '<script>alert(1)</script> We are <b>sorry</b> & look into it "today".',
    "zero width": "S\u200bo\u200cr\u200dr\ufeffy, we look into it today.",
}
NOISE = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def begins(visitor: Visitor) -> Page:
    """Begin a shift and open its first message."""
    visitor.opens("/practice")
    visitor.sends("/practice/shifts/lumo-monday")
    return visitor.moves("open")


def count(app: Academy, table: type) -> int:
    with app.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def moves_made(app: Academy) -> int:
    with app.database.reading() as session:
        return session.scalars(select(Shift.moves_made)).one()


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_an_odd_text_is_scored_or_explained(visitor: Visitor, text: str) -> None:
    visitor.opens("/try")

    page = visitor.sends("/try", text=text)

    assert page.status in {200, 422}
    assert "<script>alert" not in page.html
    assert not NOISE.search(page.html)


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS)
def test_an_odd_text_can_be_tried_again_and_disagreed_with(visitor: Visitor, text: str) -> None:
    visitor.opens("/try")
    debrief = visitor.sends("/try", text="Thank you for writing. We look into it today.")
    retry = next(link for link in debrief.links if link.endswith("/retry"))

    visitor.opens(retry)
    retried = visitor.sends(retry, text=text)
    visitor.opens(debrief.path)
    disagreed = visitor.sends("/disagree/U2", sentence=text)

    assert retried.status in {200, 422}
    assert disagreed.status == 200


@pytest.mark.parametrize("text", ["", "   \n\t "])
def test_an_empty_reply_is_asked_for_and_the_message_stays(sqlite_app: Academy, text: str) -> None:
    visitor = Visitor(sqlite_app)
    shown = visitor.opens("/try")

    page = visitor.sends("/try", text=text)

    assert page.status == 422
    assert "There is no text" in page.text
    assert page.form("/try").fields["drill"] == shown.form("/try").fields["drill"]
    assert count(sqlite_app, Shift) == 0


def test_a_reply_of_twenty_thousand_characters_is_explained_and_kept(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/try")
    long = "We are sorry. " * 1430

    page = visitor.sends("/try", text=long)

    assert page.status in {200, 422}
    assert "We are sorry. We are sorry." in page.text or "character" in page.text


def test_a_drill_that_was_tampered_with_is_refused(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    shown = visitor.opens("/try")
    seal = shown.form("/try").fields["drill"][0]

    page = visitor.sends("/try", drill=f"{seal[:-3]}abc", text="Sorry.")

    assert page.status == 422
    assert count(sqlite_app, Shift) == 0


def test_the_field_of_a_drill_does_not_say_what_kind_of_message_it_is() -> None:
    drill = SealedDrill("lumo", "safety_report", "en", 7)

    field = seal("a secret", drill)
    inside = URLSafeSerializer("a secret", SEAL).loads(field)

    assert unseal("a secret", field) == drill
    assert b"safety" not in base64.urlsafe_b64decode(inside)
    assert seal("another secret", drill).split(".")[0] != field.split(".")[0]
    with pytest.raises(Invalid):
        unseal("another secret", field)


def test_a_stale_tab_changes_nothing_explains_and_keeps_the_text(app: Academy) -> None:
    visitor = Visitor(app)
    stale = begins(visitor)
    visitor.moves("like")
    visitor.page = stale

    page = visitor.moves("reply", text="We are sorry and look into it today.")

    assert page.status == 409
    assert "has changed since this page was shown" in page.text
    assert "We are sorry and look into it today." in page.text
    assert moves_made(app) == 2


def test_after_a_stale_tab_the_page_at_hand_is_a_fresh_one(app: Academy) -> None:
    visitor = Visitor(app)
    stale = begins(visitor)
    visitor.moves("like")
    visitor.page = stale
    visitor.moves("reply", text="We are sorry and look into it today.")

    page = visitor.moves("reply", text="We are sorry and look into it today.")

    assert page.status == 200
    assert moves_made(app) == 3


def test_the_same_move_sent_twice_is_made_once(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)

    first = visitor.moves("like")
    visitor.page = desk
    second = visitor.moves("like")

    assert first.status == second.status == 200
    assert moves_made(app) == count(app, ShiftMove) == 2


def test_the_same_move_sent_twice_at_once_is_made_once(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    windows = [twin(visitor, desk) for _ in range(4)]

    pages = at_once([lambda one=one: one.moves("like") for one in windows])

    assert {page.status for page in pages} <= {200, 409}
    assert 200 in {page.status for page in pages}
    assert moves_made(app) == count(app, ShiftMove) == 2


def test_of_different_moves_at_once_one_is_made_and_the_others_are_told(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    kinds = ["like", "hide", "resolve", "pin"]

    pages = at_once([lambda kind=kind: twin(visitor, desk).moves(kind) for kind in kinds])

    assert sorted(page.status for page in pages) == [200, 409, 409, 409]
    assert moves_made(app) == count(app, ShiftMove) == 2
    assert {
        form.fields["seen"][0] for page in pages for form in page.forms if "seen" in form.fields
    } == {"2"}


def test_finishing_twice_at_once_ends_a_shift_once(app: Academy) -> None:
    visitor = Visitor(app)
    desk = begins(visitor)
    page = visitor.opens(f"{desk.path}/finish")

    pages = at_once([lambda: twin(visitor, page).sends("/finish") for _ in range(3)])

    assert {one.status for one in pages} <= {200, 409}
    assert visitor.opens(f"{desk.path}/debrief").status == 200


def test_eight_people_at_once_lose_nothing(app: Academy) -> None:
    people = [Visitor(app) for _ in range(8)]

    pages = at_once([lambda one=one: works(one) for one in people])

    with app.database.reading() as session:
        made = list(session.scalars(select(Shift.moves_made)))
    assert {page.status for page in pages} == {200}
    assert made == [3] * 8
    assert count(app, ShiftMove) == 24


def test_a_move_that_is_not_possible_says_why(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor)

    unknown = visitor.posts(desk.path, move="dance", seen="1")
    nowhere = visitor.posts(desk.path, move="open", message="nobody", seen="1")
    unsaid = visitor.posts(desk.path, move="wait", seen="many")

    assert (unknown.status, nowhere.status, unsaid.status) == (422, 409, 422)
    assert "There is no such move" in unknown.text
    assert moves_made(sqlite_app) == 1


@pytest.mark.parametrize("minutes", ["", "0", "-5", "999999", "9" * 5000, "many"])
def test_a_snooze_that_cannot_be_is_refused(sqlite_app: Academy, minutes: str) -> None:
    visitor = Visitor(sqlite_app)
    begins(visitor)

    page = visitor.moves("snooze", minutes=minutes)

    assert page.status == 409
    assert moves_made(sqlite_app) == 1


def test_a_reply_longer_than_the_channel_takes_is_refused_with_the_text(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app)
    begins(visitor)

    page = visitor.moves("reply", text="We are sorry. " * 1400)

    assert page.status == 409
    assert "We are sorry. We are sorry." in page.text
    assert moves_made(sqlite_app) == 1


def test_a_session_that_ended_while_typing_is_explained(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.registers("ola@example.com")
    desk = begins(visitor)
    visitor.client.delete_cookie("smm_account")
    visitor.page = desk

    page = visitor.moves("reply", text="We are sorry.")

    assert page.status == 404
    assert "what you typed is still there" in page.text
    assert moves_made(sqlite_app) == 1


def test_a_lost_snapshot_is_worked_out_anew(app: Academy) -> None:
    visitor = Visitor(app)
    begins(visitor)
    before = visitor.moves("like")
    with app.database.unit() as session:
        session.execute(update(ShiftSnapshot).values(state=b"not a snapshot"))

    after = visitor.opens(before.path + "?message=m01")

    assert after.status == 200
    assert after.text == before.text


def test_a_shift_of_an_earlier_engine_is_closed_with_a_reason(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor)
    with sqlite_app.database.unit() as session:
        session.execute(update(Shift).values(engine_version="0"))

    page = visitor.opens(desk.path)

    assert page.status == 409
    assert "earlier version of the simulator" in page.text


def test_a_finished_shift_takes_no_more_moves(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor)
    visitor.opens(f"{desk.path}/finish")
    visitor.sends("/finish")
    visitor.page = desk

    page = visitor.moves("like")

    assert page.status == 409
    assert "finished already" in page.text
    assert count(sqlite_app, ShiftMove) == 1


def test_hidden_truth_and_seeds_never_reach_the_browser(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    desk = begins(visitor)
    with sqlite_app.database.reading() as session:
        seed = session.scalars(select(Shift.seed)).one()

    shown = visitor.opens("/try").html + desk.html

    assert str(seed) not in shown
    assert not re.search(r"must_not|escalate_to|due_facts|severity|dm_without_answer", shown)


def test_a_distressing_message_comes_only_after_a_warning(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)

    asked = visitor.opens("/practice/drill?kind=abuse")

    assert "hard to read" in asked.text
    assert count(sqlite_app, Shift) == 0


def test_an_unknown_kind_or_scenario_or_brand_is_not_there(app: Academy) -> None:
    visitor = Visitor(app)

    kind = visitor.opens("/practice/drill?kind=dance")
    scenario = visitor.posts("/practice/shifts/nowhere")
    debrief = visitor.opens("/shifts/%00/debrief")

    assert (kind.status, scenario.status, debrief.status) == (404, 404, 404)


def test_retries_are_kept_beside_the_first_reply(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/try")
    debrief = visitor.sends("/try", text="Thank you for writing. We look into it today.")
    retry = next(link for link in debrief.links if link.endswith("/retry"))

    visitor.opens(retry)
    empty = visitor.sends(retry, text="")
    visitor.sends(retry, text="A second attempt, with a day: tomorrow.")
    page = visitor.sends(retry, text="A third attempt, with a day: Friday.")

    assert empty.status == 422
    assert page.status == 200
    assert count(sqlite_app, Retry) == 2


def test_a_further_try_is_no_longer_than_the_channel_takes(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/try")
    debrief = visitor.sends("/try", text="Thank you for writing. We look into it today.")
    retry = next(link for link in debrief.links if link.endswith("/retry"))
    visitor.opens(retry)

    page = visitor.sends(retry, text="We are sorry. " * 1430)

    assert page.status == 422
    assert "characters at most" in page.text
    assert "We are sorry. We are sorry." in page.text
    assert count(sqlite_app, Retry) == 0


def test_the_first_drill_stays_when_its_page_is_loaded_again(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    shown = visitor.opens("/try").form("/try").fields["drill"][0]

    again = visitor.opens(f"/try?drill={shown}").form("/try").fields["drill"][0]
    forged = visitor.opens(f"/?drill={shown}x").form("/try").fields["drill"][0]
    in_polish = visitor.opens(f"/try?lang=pl&drill={shown}").form("/try").fields["drill"][0]

    assert again == shown
    assert forged != shown
    assert in_polish != shown


def test_the_first_drill_tells_its_kind_in_no_plain_word(sqlite_app: Academy) -> None:
    shown = Visitor(sqlite_app).opens("/try").html

    assert not re.search(r"data-draft=\"[^\"]*(question|misguided|unfair|praise)", shown)


def twin(visitor: Visitor, page: Page) -> Visitor:
    """Return the same person in another window that shows a page."""
    other = Visitor(visitor.app)
    other.client._cookies = dict(visitor.client._cookies)
    other.page = page
    return other


def works(visitor: Visitor) -> Page:
    begins(visitor)
    visitor.moves("like")
    return visitor.moves("reply", text="Thank you for writing. We look into it today.")
