"""The record of a shift: JSON for ever, complete, and good for trying a message again."""

import json
from typing import Any

import pytest

import simulator
from simulator import Move, moment_text, reweigh, try_again
from simulator.shift.record import Record
from simulator.shift.scoring import PARTS

# Messages of the shipped Monday at Lumo.
BULB = "m01"
PARCEL = "m02"
THANKS = "m03"
NINE_DAYS = "m04"
BROKEN_SHADE = "m12"


@pytest.fixture(scope="module")
def worked(begin: Any, answer: Any) -> simulator.Shift:
    shift: simulator.Shift = begin()
    shift.apply(Move("look_up", BULB, to="bulbs"))
    shift.apply(Move("reply", BULB, answer(shift, BULB)))
    shift.apply(Move("ask", PARCEL, "Where is it?", "hania"))
    shift.apply(Move("like", THANKS)) if THANKS in shift.state.cases else None
    while NINE_DAYS not in shift.state.cases:
        shift.apply(Move("wait"))
    shift.apply(Move("reply", NINE_DAYS, "Sorry for the inconvenience, be patient."))
    shift.apply(Move("hide", NINE_DAYS))
    return shift


@pytest.fixture(scope="module")
def record(worked: simulator.Shift) -> Record:
    return worked.finish()


def find(record: Record, message_id: str) -> Any:
    return next(row for row in record["messages"] if row["id"] == message_id)


def test_a_record_survives_json(record: Record) -> None:
    assert json.loads(json.dumps(record)) == record


def test_a_record_names_its_scenario_brand_engine_and_rubric(record: Record) -> None:
    assert record["scenario"]["id"] == "lumo-monday"
    assert record["brand"] == {"id": "lumo", "name": "Lumo"}
    assert (record["engine"], record["rubric"], record["version"]) == (
        simulator.ENGINE_VERSION, simulator.RUBRIC_VERSION, 2,
    )  # fmt: skip
    assert (record["locale"], record["seed"], record["timezone"]) == ("en", 7, "Europe/Warsaw")


def test_a_record_has_all_parts_and_the_score_between_them(record: Record) -> None:
    assert tuple(record["parts"]) == PARTS
    present = [value for value in record["parts"].values() if value is not None]
    assert min(present) <= record["score"] <= max(present)  # type: ignore[type-var]
    assert record["band"] in {"weak", "fair", "strong"}


def test_the_timeline_runs_from_beginning_to_end_beside_the_baselines(record: Record) -> None:
    minutes = [point["minute"] for point in record["timeline"]]

    assert minutes == [0, 60, 120, 180, 240, 300, 360, 420]
    first, last = record["timeline"][0], record["timeline"][-1]
    assert first["sentiment"] == first["sentiment_nothing"] == first["sentiment_expert"]
    assert last["sentiment"] == record["outcome"]["sentiment_end"]
    assert last["sentiment_nothing"] < last["sentiment_expert"]


def test_messages_are_kept_as_shown_with_replies_and_spans(
    record: Record, worked: simulator.Shift
) -> None:
    shown = {row.id: row.text for row in worked.desk().messages}
    bulb = find(record, BULB)

    assert {name: find(record, name)["text"] for name in shown} == shown
    assert bulb["thread"][1]["text"] == bulb["read_text"]
    spans = [span for row in bulb["score"]["criteria"] for span in row["earned_spans"]]
    assert spans
    assert all(0 <= start < end <= len(bulb["read_text"]) for start, end in spans)


def test_a_record_tells_which_fact_was_met_before_replying(record: Record) -> None:
    (seen,) = find(record, BULB)["seen"]
    told = [row for row in find(record, PARCEL)["seen"] if row["from"] == "hania"]

    assert (seen["fact"], seen["from"], seen["before_reply"]) == ("bulbs", "book", True)
    assert "case_parcel" in {row["fact"] for row in told}


def test_time_is_counted_per_message(record: Record) -> None:
    assert find(record, BULB)["minutes_spent"] == 4
    assert find(record, NINE_DAYS)["minutes_spent"] == 5
    assert find(record, BULB)["first_action"] == 4
    assert find(record, BROKEN_SHADE)["first_action"] is None


def test_red_lines_are_listed_with_their_message(record: Record) -> None:
    assert [(row["message"], row["gate"]) for row in record["red_lines"]] == [(NINE_DAYS, "U10")]


@pytest.mark.parametrize("locale", ["en", "pl"])
def test_three_moments_that_mattered_are_told_in_order(record: Record, locale: str) -> None:
    moments = record["moments"]

    assert len(moments) == 3
    assert [row["minute"] for row in moments] == sorted(row["minute"] for row in moments)
    assert NINE_DAYS in {row["message"] for row in moments}
    for moment in moments:
        sentence = moment_text(moment, locale)  # type: ignore[arg-type]
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_every_message_has_a_model_answer_that_earns_more_than_a_pasted_one(
    record: Record, worked: simulator.Shift
) -> None:
    pasted = worked.brand.saved_replies[0]
    for message in record["messages"]:
        if simulator.KINDS[message["kind"]].reply == "due":
            model = try_again(record, message["id"], message["model_answer"], worked.brand)
            canned = try_again(record, message["id"], pasted, worked.brand)
            assert model.score.score > canned.score.score


def test_trying_again_scores_the_new_words_in_the_old_state(
    record: Record, worked: simulator.Shift
) -> None:
    bulb = find(record, BULB)

    same = try_again(record, BULB, bulb["read_text"], worked.brand)
    worse = try_again(record, BULB, "No idea.", worked.brand)

    assert same.score.score == pytest.approx(bulb["score"]["score"])
    assert same.as_json()["score"] == bulb["score"]
    assert worse.score.score < same.score.score


def test_trying_again_changes_nothing_in_the_record(
    record: Record, worked: simulator.Shift
) -> None:
    before = json.dumps(record)

    try_again(record, NINE_DAYS, "I am sorry; it arrives tomorrow by 4 p.m.", worked.brand)

    assert json.dumps(record) == before


def test_trying_an_unknown_message_or_another_brand_is_refused(record: Record) -> None:
    lumo = simulator.brand(simulator.brand_pack("lumo"), "en")
    polish = simulator.brand(simulator.brand_pack("lumo"), "pl")

    with pytest.raises(ValueError, match="no message 'ghost'"):
        try_again(record, "ghost", "Hello.", lumo)
    with pytest.raises(ValueError, match="give the brand it names"):
        try_again(record, BULB, "Hello.", polish)


def test_another_rubric_reweighs_a_message_without_replay(record: Record) -> None:
    bulb = find(record, BULB)
    lenient = simulator.Rubric(off=frozenset({"U2", "U13"}))

    same = reweigh(bulb, simulator.RUBRIC)
    other = reweigh(bulb, lenient)

    assert same.score == pytest.approx(bulb["score"]["score"])
    assert other.score != same.score


def test_advice_turned_round_rewards_its_opposite_with_three_points_at_most(
    record: Record,
) -> None:
    turned = simulator.Rubric(reversed_criteria=simulator.CONTESTED)
    asked = 0
    for message in record["messages"]:
        pairs = zip(
            reweigh(message, simulator.RUBRIC).criteria,
            reweigh(message, turned).criteria,
            strict=True,
        )
        for usual, opposite in pairs:
            if usual.id not in simulator.CONTESTED or not usual.applies:
                assert opposite == usual
                continue
            asked += 1
            facet = message["reading"]["facets"][usual.id]["value"]
            share = usual.earned / (usual.possible * facet)
            assert opposite.possible == simulator.CONTESTED_POINTS
            assert opposite.earned == pytest.approx(3 * (1 - facet) * share)
    assert asked


def test_a_record_under_its_own_rubric_is_the_same_record(record: Record) -> None:
    again = simulator.reweigh_record(record, simulator.RUBRIC)

    assert again["score"] == pytest.approx(record["score"])
    assert again["parts"] == pytest.approx(record["parts"])
    for before, after in zip(record["messages"], again["messages"], strict=True):
        assert after["score"]["score"] == pytest.approx(before["score"]["score"])
        assert after["score"]["gates"] == before["score"]["gates"]


def test_another_rubric_moves_the_inbox_and_nothing_of_the_world(record: Record) -> None:
    again = simulator.reweigh_record(record, simulator.Rubric(off=frozenset({"U1", "U7"})))

    assert again["parts"]["inbox"] != record["parts"]["inbox"]
    assert again["score"] != record["score"]
    assert again["weighting"]["off"] == ["U1", "U7"]
    for part in ("triage", "coverage", "outcome"):
        assert again["parts"][part] == record["parts"][part]
    assert again["timeline"] == record["timeline"]


def test_a_shift_finished_early_lives_on_to_its_end(begin: Any) -> None:
    record = begin().finish()

    assert len([row for row in record["messages"] if row["counts"]]) == 12
    assert record["parts"]["coverage"] == 0
    assert record["outcome"]["sentiment_end"] == record["outcome"]["sentiment_nothing"]
    assert record["parts"]["outcome"] == 0
