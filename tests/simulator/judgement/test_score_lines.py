"""Lines in, results out: the engine of the score and evaluate commands."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from simulator.judgement import evaluate, score_lines
from simulator.judgement.agreement import agreement, weighted_kappa

LINE: dict[str, Any] = {
    "id": "a1",
    "locale": "en",
    "customer_text": "Where is my parcel?",
    "reply_text": "Sorry, the courier will bring it by 5 pm today.",
}


def results(*rows: Any) -> list[dict[str, Any]]:
    return list(score_lines(row if isinstance(row, str) else json.dumps(row) for row in rows))


def test_a_line_has_one_result_in_the_documented_shape() -> None:
    (result,) = results(LINE)
    assert list(result) == ["id", "score", "band", "criteria", "gates", "inferred"]
    assert result["id"] == "a1"
    assert result["band"] in ("weak", "fair", "strong")
    assert {"applies", "earned", "possible", "reason", "spans", "source", "strength", "advice"} < {
        *result["criteria"][0]
    }
    assert set(result["inferred"]["kind"]) == {"value", "confidence"}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "not JSON"),
        ("", "empty"),
        ("[1]", "no object"),
        ("[" * 100000, "nested too deep|not JSON"),
        ({"id": 1, "custmer_text": "x", "reply_text": "y"}, "Did you mean 'customer_text'"),
        (LINE | {"fact": ["x"]}, "Did you mean 'facts'"),
        ({"id": 1, "customer_text": "x"}, "'reply_text' is missing"),
        (LINE | {"reply_text": 5}, "must be a string"),
        (LINE | {"locale": "de"}, "no locale 'de'"),
        (LINE | {"kind": "complant"}, "Did you mean 'complaint'"),
        (LINE | {"action": ["replly"]}, "Did you mean 'reply'"),
        (LINE | {"facts": "x"}, "list of strings"),
        (LINE | {"id": True}, "whole number"),
    ],
)
def test_a_bad_line_is_a_numbered_error_at_its_place(line: Any, fault: str) -> None:
    first, bad, last = results(LINE, line, LINE)
    assert first == last
    assert bad["line"] == 2
    assert any(part in bad["error"] for part in fault.split("|"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en", "pl", None]))
def test_any_texts_give_a_result(customer: str, reply: str, locale: str | None) -> None:
    row = {"id": 1, "locale": locale, "customer_text": customer, "reply_text": reply}
    (result,) = results(row)
    assert 0 <= result["score"] <= 100
    spans = [span for row in result["criteria"] for span in row["spans"]]
    spans += [span for gate in result["gates"] for span in gate["spans"]]
    assert all(0 <= start <= end <= len(reply) for start, end in spans)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_line_gives_exactly_one_answer(line: str) -> None:
    assert len(list(score_lines([line]))) == 1


def test_an_enormous_text_is_read_to_its_limit() -> None:
    (result,) = results(LINE | {"reply_text": "Sorry about the parcel. " * 20000})
    assert result["score"] < 40


def test_given_moves_are_judged() -> None:
    (result,) = results(LINE | {"action": ["reply"], "kind": "question"})
    assert result["criteria"][0]["applies"]


def test_scores_are_the_same_every_time() -> None:
    assert results(LINE) == results(LINE)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("0" * 40 + "1" * 9 + "0" * 6 + "1" * 25, "0" * 49 + "1" * 31, 0.611901681759),
        (
            "030142122044110440044110303211333130030121141022320340034434",
            "020241033144120441134101404201244030131210141011311341044324",
            0.8759709346,
        ),
    ],
)
def test_kappa_agrees_with_psych(first: str, second: str, expected: float) -> None:
    one, other = (np.array([float(mark) for mark in marks]) for marks in (first, second))
    assert weighted_kappa(one, other) == pytest.approx(expected, abs=1e-9)


def test_perfect_agreement_is_one_and_has_an_interval() -> None:
    found = agreement([0, 0.5, 1, 1, 0], [0, 0.5, 1, 1, 0])
    assert (found.kappa, found.high) == (1, 1)


def test_evaluate_reports_raters_and_machine_by_language() -> None:
    rated = [
        LINE | {"id": n, "ratings": {"a": {"U2": n % 2}, "b": {"U2": n % 2}}} for n in range(6)
    ]
    report = evaluate([*map(json.dumps, rated), "{}"])
    assert report["replies"] == 6
    assert report["errors"][0]["line"] == 7
    assert report["languages"]["en"]["U2"]["raters"]["kappa"] == 1
    assert report["languages"]["en"]["U2"]["machine"]["pairs"] == 12


def test_pairs_of_one_reply_are_drawn_together() -> None:
    first, second = [0, 0.5, 1, 1, 0, 0.5, 1, 0] * 4, [0, 1, 1, 0.5, 0, 0.5, 1, 0.5] * 4
    alone = agreement(first, second)
    together = agreement(first, second, replies=[place // 4 for place in range(32)])

    assert alone.kappa == together.kappa
    assert (alone.low, alone.high) != (together.low, together.high)


@pytest.mark.parametrize(("replies", "enough"), [(19, False), (20, True)])
def test_twenty_pairs_are_enough_to_read_a_kappa(replies: int, *, enough: bool) -> None:
    marks = [{"U2": number % 2} for number in range(replies)]
    rated = [json.dumps(LINE | {"ratings": {"a": mark, "b": mark}}) for mark in marks]

    found = evaluate(rated)["languages"]["en"]["U2"]

    assert found["replies"] == replies
    assert found["raters"]["enough"] is enough
    assert found["machine"]["enough"] is True


def test_a_rating_off_the_scale_is_an_error() -> None:
    report = evaluate([json.dumps(LINE | {"ratings": {"a": {"U2": 3}}})])
    assert "must be 0, 0.5 or 1" in report["errors"][0]["error"]


def test_a_field_of_the_owner_s_own_is_passed_over() -> None:
    (result,) = score_lines([json.dumps(LINE | {"source_row": 17, "rated_by": "K."})])

    assert "score" in result
