"""Which replies are drawn, in which order, on which lines: rules without a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from simulator import Move, brand, brand_pack, drill, start
from smm_academy.shifts.rating import lines_to_rate, machine_of, order_for, sample

REPLIES = [(f"shift{number}", f"m{part}") for number in range(40) for part in range(3)]
POLITE = "We are sorry that it arrived broken. A new one leaves today."
BREACH = "Adam, we know you live at 14 Mill Road, Leeds; call 0113 496 0123, order 48213."


def message_with(text: str) -> Mapping[str, Any]:
    book = brand(brand_pack("lumo"), "en")
    play = start(drill(brand_pack("lumo"), "complaint", "en", 5), book, 5)
    name = play.desk().messages[0].id
    play.apply(Move("open", name))
    play.apply(Move("reply", name, text=text))
    found: Mapping[str, Any] = play.finish()["messages"][0]
    return found


def test_a_rater_s_order_is_random_their_own_and_always_the_same() -> None:
    one, other = order_for(1, REPLIES), order_for(2, REPLIES)

    assert one == order_for(1, list(reversed(REPLIES)))
    assert sorted(one) == sorted(other) == sorted(REPLIES)
    assert one != other
    assert one != sorted(REPLIES)


def test_a_sample_holds_one_reply_of_a_shift_and_does_not_depend_on_the_order() -> None:
    drawn = sample(REPLIES, 20)

    assert len(drawn) == 20
    assert len({shift for shift, _ in drawn}) == 20
    assert drawn == sample(list(reversed(REPLIES)), 20)


def test_a_sample_keeps_its_replies_when_others_come() -> None:
    before = sample(REPLIES[:90], 20)
    after = sample(REPLIES, 20)

    assert len(before & after) >= 10


def test_the_lines_do_not_tell_what_the_machine_found() -> None:
    clean, crossed = message_with(POLITE), message_with(BREACH)

    assert lines_to_rate(clean) == lines_to_rate(crossed)
    assert {"U8", "U9", "U10", "U11", "U12"} <= set(lines_to_rate(clean))
    assert machine_of(clean)["U8"] == 1
    assert machine_of(crossed)["U8"] == 0


@pytest.mark.parametrize("text", [POLITE, BREACH])
def test_the_machine_marks_every_line_on_the_raters_scale(text: str) -> None:
    message = message_with(text)

    marks = machine_of(message)

    assert set(lines_to_rate(message)) <= set(marks)
    assert set(marks.values()) <= {0, 0.5, 1}
