"""The desk holds no hidden truth: not the kind, the fault, the duties, nor what is to come."""

import json
from dataclasses import asdict, fields
from typing import Any

from simulator import KINDS, Move, scenario_pack
from simulator.shift import Desk, DeskMessage

# Messages of the shipped Monday at Lumo.
BULB = "m01"

SECRET = {
    *("kind", "severity", "arousal", "fault", "wants", "must", "must_not", "facts", "due_facts"),
    *("about", "escalate_to", "ask", "feeling", "satcom", "impact", "heat", "follow_up", "seed"),
    *("pending", "patience", "trust", "anger", "details"),
}


def worked(begin: Any) -> Any:
    shift = begin()
    shift.apply(Move("reply", BULB, "E27, up to 15 W."))
    shift.apply(Move("ask", BULB, "Which?", "marta"))
    for _ in range(12):
        shift.apply(Move("wait"))
    return shift


def names(tree: Any) -> set[str]:
    if isinstance(tree, dict):
        return set(tree) | {name for value in tree.values() for name in names(value)}
    if isinstance(tree, list | tuple):
        return {name for value in tree for name in names(value)}
    return set()


def test_no_field_of_the_desk_is_a_hidden_one(begin: Any) -> None:
    desk = asdict(worked(begin).desk())

    for message in desk["messages"]:
        moves = message.pop("moves")
        assert {name for move in moves for name in move} == (
            {"kind", "minute", "clock", "minutes", "to", "text"} if moves else set()
        )
        assert not names(message) & SECRET
    assert not {field.name for field in fields(Desk)} & SECRET
    assert not {field.name for field in fields(DeskMessage)} & SECRET


def test_no_kind_and_no_duty_is_written_anywhere_on_the_desk(begin: Any) -> None:
    shift = worked(begin)
    desk = asdict(shift.desk())
    for message in desk["messages"]:
        message["id"] = message["consequence_of"] = ""
        message["text"], message["thread"] = "", []
        message["moves"], message["available"], message["answers"] = [], [], []
    shown = json.dumps(desk)

    for kind in KINDS:
        assert f'"{kind}"' not in shown


def test_messages_to_come_and_answers_under_way_are_not_shown(begin: Any) -> None:
    shift = begin()
    shift.apply(Move("ask", BULB, "Which?", "marta"))

    desk = shift.desk()

    assert [message.id for message in desk.messages] == [BULB]
    (answer,) = desk.messages[0].answers
    assert (answer.text, answer.fact) == ("", "")
    coming = {row["id"] for row in scenario_pack("lumo-monday")["messages"]} - {BULB}
    assert not [name for name in coming if f'"{name}"' in json.dumps(asdict(desk))]


def test_the_desk_is_json(begin: Any) -> None:
    assert json.loads(json.dumps(asdict(worked(begin).desk())))["clock"]


def test_the_desk_tells_the_status_of_each_message(begin: Any) -> None:
    shift = begin()
    statuses = []
    for move in (
        Move("open", BULB),
        Move("escalate", BULB, to="care"),
        Move("reply", BULB, "E27."),
        Move("resolve", BULB),
    ):
        statuses.append(shift.desk().messages[0].status)
        shift.apply(move)
    statuses.append(shift.desk().messages[0].status)

    assert statuses == ["new", "open", "passed_on", "answered", "resolved"]
