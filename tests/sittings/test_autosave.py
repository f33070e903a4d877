"""Saving while somebody types: the newest version wins, and nobody else's is touched."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from smm_academy.sittings.models import Draft, Sitting
from smm_academy.web.application import Academy
from tests.crowd import at_once
from tests.people import Visitor


def sits(visitor: Visitor) -> str:
    """Start a quiz; return the address at which its first answer is saved."""
    visitor.opens("/quizzes/exam-submit")
    page = visitor.sends("/quizzes/exam-submit")
    return f"/sittings/{page.path.split('/')[3]}/drafts/1"


def typed(version: int, text: str) -> dict[str, object]:
    return {"version": version, "answers": {"concepts-submit": [text]}}


def kept(app: Academy) -> list[tuple[int, object]]:
    with app.database.reading() as session:
        return [(draft.version, draft.value) for draft in session.scalars(select(Draft))]


def test_the_newer_version_wins(app: Academy) -> None:
    visitor = Visitor(app)
    address = sits(visitor)

    first = visitor.posts_json(address, typed(1, "a"))
    second = visitor.posts_json(address, typed(2, "b"))

    assert (first.status_code, second.status_code) == (200, 200)
    assert kept(app) == [(2, {"concepts-submit": ["b"]})]


def test_an_older_version_is_told_the_newer_answers(app: Academy) -> None:
    visitor = Visitor(app)
    address = sits(visitor)
    visitor.posts_json(address, typed(5, "newer"))

    late = visitor.posts_json(address, typed(2, "older"))

    assert late.status_code == 409
    assert late.get_json() == {"version": 5, "answers": {"concepts-submit": ["newer"]}}
    assert kept(app) == [(5, {"concepts-submit": ["newer"]})]


def test_of_eight_versions_at_once_the_newest_is_kept(app: Academy) -> None:
    visitor = Visitor(app)
    address = sits(visitor)
    token = visitor.token()
    headers = {"X-CSRFToken": token, "Accept": "application/json"}

    def save(version: int) -> int:
        client = app.test_client()
        client._cookies = dict(visitor.client._cookies)
        body = typed(version, f"version {version}")
        return client.post(address, json=body, headers=headers).status_code

    statuses = at_once([lambda version=version: save(version) for version in range(1, 9)])

    assert set(statuses) <= {200, 409}
    assert kept(app) == [(8, {"concepts-submit": ["version 8"]})]


def test_a_closed_sitting_takes_no_more(app: Academy) -> None:
    visitor = Visitor(app)
    address = sits(visitor)
    visitor.posts_json(address, typed(1, "in time"))
    with app.database.reading() as session:
        sitting = session.scalars(select(Sitting.id)).one()
    visitor.opens(f"/quizzes/sittings/{sitting}/overview")
    visitor.sends("/submit")

    late = visitor.posts_json(address, typed(2, "too late"))

    assert late.status_code == 409
    assert "finished already" in late.get_json()["error"]


def test_somebody_elses_sitting_is_not_there(app: Academy) -> None:
    address = sits(Visitor(app))
    stranger = Visitor(app)
    stranger.registers("eve@example.com")

    response = stranger.posts_json(address, typed(9, "stolen"))

    assert response.status_code == 404
    assert kept(app) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"version": "1", "answers": {}},
        {"version": True, "answers": {}},
        {"version": -1, "answers": {}},
        {"version": 2**40, "answers": {}},
        {"version": 1, "answers": []},
        {"version": 1, "answers": {"x": "not a list"}},
        {"version": 1, "answers": {"x": [1]}},
        {"version": 1, "answers": {"x": ["long" * 10_000]}},
    ],
)
def test_what_is_no_draft_is_refused_with_a_sentence(app: Academy, body: object) -> None:
    visitor = Visitor(app)
    address = sits(visitor)

    response = visitor.posts_json(address, body)

    assert response.status_code == 422
    assert response.get_json()["error"].endswith(".")
    assert kept(app) == []


def test_a_field_that_could_not_be_is_refused(app: Academy) -> None:
    visitor = Visitor(app)
    address = sits(visitor)

    response = visitor.posts_json(f"{address}{'x' * 200}", typed(1, "a"))

    assert response.status_code == 422


def test_odd_characters_are_kept_as_they_were_typed(app: Academy) -> None:
    visitor = Visitor(app)
    text = "\u202eżółć 🙏 \x00\x07 \ud83d\ude4f"

    response = visitor.posts_json(sits(visitor), typed(1, text))

    assert response.status_code in {200, 422}
