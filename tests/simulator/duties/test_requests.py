"""Requests: by the role card, in time, and never over a red line."""

import pytest

from simulator.duties import requests
from tests.simulator.duties.plans import BUY, OWN, SEO, Done


@pytest.mark.parametrize(
    ("request_", "deed", "score"),
    [
        (OWN, Done("take_request", 30, "own"), 100),
        (OWN, Done("hand_over", 30, "own", "web"), 25),
        (OWN, Done("refuse_request", 30, "own", text="No."), 25),
        (SEO, Done("hand_over", 30, "seo", "web"), 100),
        (SEO, Done("hand_over", 30, "seo", "legal"), 25),
        (SEO, Done("take_request", 30, "seo"), 0),
        (SEO, Done("refuse_request", 30, "seo", text="No."), 25),
        (BUY, Done("refuse_request", 30, "buy", text="No."), 100),
        (BUY, Done("hand_over", 30, "buy", "pr"), 25),
        (BUY, Done("take_request", 30, "buy"), 0),
        (SEO, Done("hand_over", 90, "seo", "web"), 50),
    ],
)
def test_a_request_ends_where_the_role_card_says(
    request_: requests.Request, deed: Done, score: float
) -> None:
    assert requests.judge(request_, (deed,), "en").score == pytest.approx(score)


def test_buying_followers_crosses_a_red_line() -> None:
    sheet = requests.judge(BUY, (Done("take_request", 30, "buy"),), "en")

    assert [gate.id for gate in sheet.gates] == ["U10"]


def test_a_colleague_without_an_answer_is_nobody_s_success() -> None:
    assert requests.judge(SEO, (), "en").score == 0


def test_the_topic_says_which_skill_was_shown() -> None:
    assert requests.judge(SEO, (), "en").context == "seo"


def test_a_refusal_that_insults_crosses_a_red_line() -> None:
    polite = Done("refuse_request", 30, "buy", text="Thank you, but they mislead people.")
    rude = Done("refuse_request", 30, "buy", text="No, you idiot, that is forbidden.")

    assert requests.judge(BUY, (polite,), "en").gates == ()
    sheet = requests.judge(BUY, (rude,), "en")
    assert [gate.id for gate in sheet.gates] == ["U9"]
    assert sheet.score <= 10
