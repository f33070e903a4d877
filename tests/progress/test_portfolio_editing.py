"""A published portfolio changes in place: words, replies, order; for its author alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from smm_academy.progress.portfolio_page import reordered
from smm_academy.progress.queries import SHOWN_SITTINGS
from smm_academy.web.application import Academy
from tests.people import Page, Visitor
from tests.progress.test_portfolio import answer, publish

names = st.lists(st.text("abcdef:/", min_size=1, max_size=4), unique=True, max_size=6)


@pytest.fixture
def author(app: Academy) -> Visitor:
    visitor = Visitor(app)
    visitor.registers("ola@example.com", name="Ola")
    for seed in (5, 6, 7):
        answer(app, visitor.email, seed=seed)
    return visitor


def edits(author: Visitor, published: Page) -> str:
    """Open the page on which a portfolio is edited; return its address."""
    path = f"/progress{published.path}/edit"
    author.opens(path)
    return path


def kept(author: Visitor, path: str) -> list[str]:
    return author.opens(path).form("/edit").fields["replies"]


def test_title_name_and_introduction_change_and_the_address_stays(author: Visitor) -> None:
    published = publish(author)
    path = edits(author, published)

    shown = author.sends(
        path, title="Five complaints", name="", introduction="  Calm,\n and exact. "
    )
    stranger = Visitor(author.app).opens(published.path)

    assert shown.path == published.path
    assert "Five complaints" in stranger.text
    assert "Calm, and exact." in stranger.text
    assert "My best" not in stranger.text
    assert "O. Nowak" not in stranger.text
    assert "noindex" in stranger.response.headers["X-Robots-Tag"]
    assert "/edit" not in stranger.html


def test_a_reply_is_taken_out_and_added_again(author: Visitor) -> None:
    published = publish(author)
    path = edits(author, published)
    first, second, third = kept(author, path)

    author.sends(path, replies=[first, third])
    fewer = kept(author, path)
    page = Visitor(author.app).opens(published.path)
    offered = author.opens(path).form("/edit").choices["replies"]
    author.sends(path, replies=[first, third, second])

    assert fewer == [first, third]
    assert len(re.findall(r'id="reply-\d+"', page.html)) == 2
    assert second in offered
    assert kept(author, path) == [first, third, second]


def test_moving_a_reply_keeps_it_there_and_saves_what_was_typed(author: Visitor) -> None:
    published = publish(author)
    path = edits(author, published)
    first, second, third = kept(author, path)

    author.sends(path, title="Typed before moving", move=f"up:{third}")
    after_up = kept(author, path)
    author.sends(path, move=f"down:{first}")

    assert after_up == [first, third, second]
    assert kept(author, path) == [third, first, second]
    page = Visitor(author.app).opens(published.path)
    assert "Typed before moving" in page.text


def test_enter_in_a_field_saves_and_moves_nothing(author: Visitor) -> None:
    path = edits(author, publish(author))

    form = author.opens(path).form("/edit")

    assert form.first_button() == {}
    assert ("move", f"down:{form.fields['replies'][0]}") in form.buttons


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Give the portfolio a title."),
        ({"title": "x" * 81}, "Keep it under 80 characters."),
        ({"introduction": "x" * 201}, "Keep it under 200 characters."),
        ({"replies": []}, "Choose at least one reply from the list."),
        ({"replies": ["nowhere/m1"]}, "Choose at least one reply from the list."),
        ({"replies": ["\x00"], "move": "up:\x00"}, "Choose at least one reply from the list."),
    ],
)
def test_what_is_wrong_is_said_and_what_is_published_stays(
    author: Visitor, changes: dict[str, object], sentence: str
) -> None:
    published = publish(author)
    path = edits(author, published)

    refused = author.sends(path, **{"introduction": "Kept on the page", **changes})

    assert refused.status == 422
    assert sentence in refused.text
    assert "Kept on the page" in refused.html or "introduction" in changes
    assert "My best" in Visitor(author.app).opens(published.path).text


def test_somebody_elses_reply_cannot_be_slipped_in(app: Academy, author: Visitor) -> None:
    other = Visitor(app)
    other.registers("eve@example.com")
    answer(app, other.email, seed=9)
    theirs = other.opens("/progress/portfolio").form("/progress/portfolio").choices["replies"]
    path = edits(author, publish(author))
    own = kept(author, path)

    refused = author.sends(path, replies=[*own, *theirs])

    assert refused.status == 422
    assert kept(author, path) == own


def test_nobody_else_edits_it_and_a_taken_back_one_is_gone(author: Visitor) -> None:
    published = publish(author)
    path = edits(author, published)
    other = Visitor(author.app)
    other.registers("eve@example.com")

    seen, sent = other.opens(path), other.posts(path, title="Mine now", replies="a/b")
    author.posts(f"/progress{published.path}/take-back")

    assert (seen.status, sent.status) == (404, 404)
    gone = author.opens(path)
    assert gone.status == 404
    assert "it was taken back" in gone.text


def test_the_page_is_polish_too(author: Visitor) -> None:
    path = edits(author, publish(author))

    page = author.opens(f"{path}?lang=pl")

    assert "Edytuj portfolio" in page.text
    assert "Dodaj odpowiedź" not in page.text, "all three are shown already"


def test_a_reply_stays_that_is_too_old_to_be_offered(author: Visitor) -> None:
    published = publish(author)
    path = edits(author, published)
    own = kept(author, path)
    for seed in range(SHOWN_SITTINGS):
        answer(author.app, author.email, seed=100 + seed)

    page = author.opens(path)
    assert not set(own) & set(page.form("/edit").choices["replies"][len(own) :])
    saved = author.sends(path, title="Still all three")

    assert saved.path == published.path
    assert kept(author, path) == own


@given(names, st.sampled_from(["up", "down", "aside", ""]), st.text("abcdef:/", max_size=4))
def test_moving_loses_nothing_and_invents_nothing(order: list[str], way: str, which: str) -> None:
    moved = reordered(order, f"{way}:{which}")

    assert sorted(moved) == sorted(order)
    if which not in order or way not in {"up", "down"}:
        assert moved == order


@given(names.filter(lambda found: len(found) > 1), st.data())
def test_up_and_then_down_is_where_it_was(order: list[str], data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(order[1:]))

    assert reordered(reordered(order, f"up:{which}"), f"down:{which}") == order
