"""News used in its window, a queue that stops, and the clock of an alarm."""

from dataclasses import replace

import pytest

from simulator.duties import watch
from simulator.duties.sheets import Sheet
from simulator.duties.work import outings
from simulator.workday import News
from tests.simulator.duties.plans import (
    ALARM,
    BEST,
    DAY,
    LENGTH,
    NEWS,
    QUEUED,
    RULES,
    TRAGEDY,
    Done,
)


def judged(news: News, *made: Done) -> Sheet:
    return watch.judge_news(news, made, outings(DAY, made, LENGTH))


def published(minute: int, item: str = "evening") -> Done:
    return Done("publish", minute, item, choices=BEST)


@pytest.mark.parametrize(("minute", "score"), [(50, 100), (240, 100), (241, 25)])
def test_news_is_worth_its_points_inside_its_window(minute: int, score: float) -> None:
    assert judged(NEWS, published(minute)).score == pytest.approx(score)


def test_news_used_before_members_speak_of_it_shows_monitoring() -> None:
    assert judged(NEWS, published(60)).context == "before_members"
    assert judged(NEWS, published(91)).context == ""


def test_news_left_unused_earns_nothing() -> None:
    assert judged(NEWS).score == 0


def test_what_a_colleague_needs_goes_to_the_right_one() -> None:
    assert judged(RULES, Done("pass_news", 30, "rules", "safety")).score == 100
    assert judged(RULES, Done("pass_news", 30, "rules", "pr")).score == 25
    assert judged(RULES, Done("leave_news", 30, "rules", text="Not for us.")).score == 0
    assert judged(RULES).score == 0


def test_what_is_best_left_alone_is_worth_half_in_silence_and_all_with_a_reason() -> None:
    assert judged(TRAGEDY).score == 50
    assert judged(TRAGEDY, Done("leave_news", 9, "fire")).score == 50
    assert judged(TRAGEDY, Done("leave_news", 9, "fire", text="x")).score == 50
    assert judged(TRAGEDY, Done("leave_news", 9, "fire", text="It is not ours.")).score == 100
    assert judged(TRAGEDY, published(60, "trap")).score == 0


def stopped(*made: Done) -> Sheet | None:
    day = replace(DAY, alarm=ALARM)
    return watch.judge_queued(QUEUED, day, made, outings(day, made, LENGTH))


def test_a_queue_is_stopped_in_time_late_or_not_at_all() -> None:
    late = replace(ALARM, pause_within=5)
    day = replace(DAY, alarm=late)
    slow = (Done("pause_queue", 140),)

    assert stopped(Done("pause_queue", 130)).score == 100  # type: ignore[union-attr]
    assert stopped(Done("cancel_post", 130, "cheerful")).score == 100  # type: ignore[union-attr]
    found = watch.judge_queued(QUEUED, day, slow, outings(day, slow, LENGTH))
    assert found is not None
    assert found.score == 50
    assert stopped().score == 0  # type: ignore[union-attr]


def test_a_queue_that_runs_as_it_should_is_nobody_s_merit() -> None:
    assert watch.judge_queued(QUEUED, DAY, (), outings(DAY, (), LENGTH)) is None


def test_a_queue_stopped_for_nothing_costs() -> None:
    made = (Done("pause_queue", 30),)
    found = watch.judge_queued(QUEUED, DAY, made, outings(DAY, made, LENGTH))

    assert found is not None
    assert found.score == 0


def test_the_alarm_wants_a_pause_an_escalation_and_a_statement() -> None:
    pause = Done("pause_queue", 125)
    tell = Done("escalate", 130, to="pr", message="m01")
    state = Done("statement", 170, message="m01")

    assert watch.judge_alarm(ALARM, (pause, tell, state)).score == 100
    assert watch.judge_alarm(ALARM, (pause, tell)).score == pytest.approx(200 / 3)
    assert watch.judge_alarm(ALARM, ()).score == 0
    wrong = replace(tell, to="hr")
    assert watch.judge_alarm(ALARM, (pause, wrong, state)).score == pytest.approx(200 / 3)


def test_the_clock_of_an_alarm_takes_points_minute_by_minute() -> None:
    scores = [
        watch.judge_alarm(ALARM, (Done("pause_queue", ALARM.minute + wait),)).score
        for wait in (15, 30, 60, 90)
    ]

    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(100 / 3)
    assert scores[-1] == 0


def test_a_queue_that_stood_still_already_was_paused_in_time() -> None:
    times = watch.alarm_times(ALARM, (Done("pause_queue", 40),))

    assert times["pause"] == ALARM.minute


def test_an_alarm_without_a_message_wants_nothing_but_a_pause() -> None:
    bare = replace(ALARM, message="", escalate_to=())

    assert bare.limits == {"pause": 15}
    assert watch.judge_alarm(bare, (Done("pause_queue", 125),)).score == 100
