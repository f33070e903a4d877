"""The gates of validity on pairs that the lexicon was not grown from (the held-out part)."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.brands import Locale
from simulator.items import Reply
from simulator.judgement import infer, read, score
from simulator.keyed import draw

DATA = Path(__file__).parent / "data"
LOCALES: list[Locale] = ["en", "pl"]


def held_out(locale: Locale) -> list[dict[str, Any]]:
    lines = (DATA / f"pairs.{locale}.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["part"] == "held_out"]


def points(row: dict[str, Any], reply: str) -> float:
    item, _ = infer(row["customer_text"], row["locale"])
    return score(item, read(item, Reply(reply))).score


def attacks(locale: Locale) -> dict[str, list[str]]:
    text = (DATA / f"attacks.{locale}.json").read_text(encoding="utf-8")
    rows: dict[str, list[str]] = json.loads(text)
    return rows


@pytest.mark.parametrize("locale", LOCALES)
def test_a_real_reply_beats_one_from_another_conversation(locale: Locale) -> None:
    rows = held_out(locale)
    wins, tries = 0, 0
    for row in rows:
        real = points(row, row["reply_text"])
        others = [other for other in rows if other["sector"] != row["sector"]]
        for turn in range(3):
            other = others[int(draw(11, "pair", row["id"], turn) * len(others))]
            wins += real > points(row, other["reply_text"])
            tries += 1
    assert wins / tries >= 0.8


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["canned", "injection", "stuffing", "emoji", "wrong_language"])
def test_attempts_to_game_the_score_stay_in_the_lowest_band(locale: Locale, kind: str) -> None:
    rows, texts = held_out(locale)[:12], attacks(locale)[kind]
    scores = [points(row, text) for row in rows for text in texts]
    assert sum(value < 40 for value in scores) / len(scores) >= 0.95


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", ["insult", "threat", "ask_data", "show_data", "blame"])
def test_harm_added_to_a_real_reply_lowers_it(locale: Locale, kind: str) -> None:
    rows, texts = held_out(locale)[:16], attacks(locale)[kind]
    lowered = [
        points(row, f"{row['reply_text']} {texts[index % len(texts)]}")
        < points(row, row["reply_text"])
        for index, row in enumerate(rows)
    ]
    assert sum(lowered) / len(lowered) >= 0.9


@pytest.mark.parametrize("locale", LOCALES)
def test_padding_gains_next_to_nothing(locale: Locale) -> None:
    rows, texts = held_out(locale)[:20], attacks(locale)["padding"]
    gains = [
        points(row, f"{row['reply_text']} {texts[index % len(texts)]}")
        - points(row, row["reply_text"])
        for index, row in enumerate(rows)
    ]
    assert sum(gain <= 2 for gain in gains) / len(gains) >= 0.9
