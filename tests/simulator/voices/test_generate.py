"""A long run of messages, as the command `generate` writes them."""

import json

import pytest

from simulator.voices import SECTORS, generate


def test_generated_rows_have_the_promised_keys_and_can_be_written_as_json() -> None:
    rows = list(generate(30, "pl", 1))
    assert {row["sector"] for row in rows} == set(SECTORS)
    keys = "id kind locale sector channel text stars severity sentiment persona"
    for row in rows:
        assert set(row) == set(keys.split())
        assert json.loads(json.dumps(row)) == row
        assert -1 <= float(str(row["sentiment"])) <= 1
        assert (row["stars"] is not None) == (row["channel"] == "review_card")


def test_a_longer_run_begins_with_the_shorter_one() -> None:
    short = list(generate(20, "en", 9, "cafe"))
    assert short == list(generate(60, "en", 9, "cafe"))[:20]


@pytest.mark.parametrize(
    ("count", "locale", "sector", "word"),
    [(-1, "en", None, "negative"), (1, "de", None, "locale"), (1, "en", "moon", "homeware")],
)
def test_bad_requests_are_refused_clearly(
    count: int, locale: str, sector: str | None, word: str
) -> None:
    with pytest.raises(ValueError, match=word):
        generate(count, locale, 1, sector)


def test_messages_are_varied() -> None:
    texts = [str(row["text"]) for row in generate(1500, "en", 2, "homeware")]
    long = [text for text in texts if len(text.split()) >= 4]
    assert len(long) - len(set(long)) <= 0.005 * len(long)
