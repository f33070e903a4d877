"""The commands of the simulator, each in a process that has no web, database or settings."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

import simulator
from smm_academy.cli.community import map_over_cores, passes
from tests.cli.commands import (
    ROOT,
    clean_environment,
    json_lines_of,
    json_of,
    run_command,
)

MESSAGE = {"id", "kind", "locale", "sector", "channel", "text", "stars", "severity", "sentiment",
           "persona"}  # fmt: skip
FACT = {"id", "value", "target", "low", "high", "holds", "reason", "verified", "source"}
PARTS = {"inbox", "triage", "coverage", "content", "targeting", "requests", "report", "outcome"}
OUTCOME = {"sentiment_start", "sentiment_end", "sentiment_nothing", "sentiment_expert",
           "followers_change"}  # fmt: skip


def test_scenarios_are_listed_with_what_chooses_between_them() -> None:
    found = json_of(run_command("scenarios", "--json", without_site=True))

    assert [row["id"] for row in found] == list(simulator.scenario_ids())
    assert all(set(row) == {"id", "title", "level", "brand", "minutes"} for row in found)
    assert all(isinstance(row["title"], str) and row["title"] for row in found)


def test_titles_come_in_polish_too() -> None:
    english = json_of(run_command("scenarios", "--json"))
    polish = json_of(run_command("scenarios", "--json", "--locale", "pl"))

    assert all(one["title"] != other["title"] for one, other in zip(english, polish, strict=True))


def test_a_policy_plays_and_gets_its_scorecard() -> None:
    play = ("play", "--scenario", "lumo-monday", "--seed", "7", "--json", "--policy")

    card = json_of(run_command(*play, "expert", "--locale", "pl", without_site=True))
    again = json_of(run_command(*play, "expert", "--locale", "pl"))

    assert card == again
    assert 0 <= card["score"] <= 100
    assert set(card["parts"]) == PARTS
    assert set(card["outcome"]) == OUTCOME
    assert (card["locale"], card["seed"], card["policy"]) == ("pl", 7, "expert")


def test_a_scorecard_is_readable_without_json() -> None:
    done = run_command("play", "--scenario", "lumo-monday", "--seed", "7", "--policy", "nothing")

    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[0] == (
        "lumo-monday at lumo, en, seed 7, played by nothing"
    )


def test_messages_are_the_same_for_the_same_seed() -> None:
    command = ("generate", "--locale", "pl", "--seed", "3", "--count")

    few = json_lines_of(run_command(*command, "3", without_site=True).stdout)
    more = json_lines_of(run_command(*command, "5").stdout)

    assert more[:3] == few
    assert all(set(message) == MESSAGE and message["locale"] == "pl" for message in more)


def test_messages_of_one_sector_only() -> None:
    done = run_command("generate", "--count", "4", "--locale", "en", "--sector", "cafe")

    assert {message["sector"] for message in json_lines_of(done.stdout)} == {"cafe"}


def test_no_messages_are_no_lines() -> None:
    done = run_command("generate", "--count", "0", "--locale", "en")

    assert (done.returncode, done.stdout) == (0, b"")


def test_a_run_reports_what_it_cost_and_what_it_shows() -> None:
    command = ("simulate", "--members", "500", "--hours", "6", "--seed", "2", "--json")

    report = json_of(run_command(*command, without_site=True))
    again = json_of(run_command(*command))

    assert report["checksum"] == again["checksum"]
    for figure in ("cpu_seconds", "wall_seconds", "member_steps_per_second", "peak_memory_mb"):
        assert report[figure] > 0
    assert report["peak_memory_mb"] < 450
    assert all(set(fact) == FACT for fact in report["facts"])
    assert all(fact["reason"] for fact in report["facts"] if fact["holds"] is None)


def test_seeds_are_spread_over_the_cores_and_come_back_in_order() -> None:
    assert list(map_over_cores(float, range(5))) == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert list(map_over_cores(float, [])) == []


def test_the_gate_looks_at_facts_that_were_read_in_their_source() -> None:
    fact = next(one for one in simulator.simulate(300, 1, 1).facts if one.verified and one.holds)

    assert passes([fact])
    assert not passes([fact, fact.failing("too low")])
    assert not passes([replace(fact, holds=None)])
    assert passes([fact, replace(fact, verified=False, holds=False)])


def test_output_is_utf8_whatever_the_console_speaks() -> None:
    generate = ("generate", "--count", "30", "--locale", "pl")

    done = run_command(*generate, added={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})

    assert done.returncode == 0
    assert any(letter in done.stdout.decode("utf-8") for letter in "ąęłóś")


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    command = [sys.executable, "-m", "smm_academy", "generate", "--count", "1000000"]
    with subprocess.Popen(
        [*command, "--locale", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = list(islice(running.stdout, 2))
        running.stdout.close()
        said = running.stderr.read()

    assert len(first) == 2
    assert (running.returncode, said) == (0, b"")


def test_ctrl_c_ends_a_command_without_a_word() -> None:
    command = [sys.executable, "-m", "smm_academy", "generate", "--count", "1000000"]
    with subprocess.Popen(
        [*command, "--locale", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(),
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=30)

    assert (running.returncode, said) == (130, b"")


def test_ctrl_c_ends_the_processes_of_the_protocol_too() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "smm_academy", "simulate", "--facts"],
        stderr=theirs,
        env=clean_environment(),
        start_new_session=True,
    ) as running:
        os.close(theirs)
        # The bar is drawn just before the first seed is handed out.
        shown = os.read(ours, 1000)
        time.sleep(1)
        os.killpg(running.pid, signal.SIGINT)
        running.wait(30)
    os.close(ours)

    left = subprocess.run(
        ["ps", "-o", "stat=", "-s", str(running.pid)], capture_output=True, check=False
    )
    assert b"Living the seeds" in shown
    assert running.returncode == 130
    assert not [state for state in left.stdout.split() if not state.startswith(b"Z")]


def test_a_person_at_a_terminal_sees_how_far_it_is() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "smm_academy", "simulate", "--members", "300", "--hours", "48"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=clean_environment(),
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)

    assert "Living 48 hours [" in shown
    assert shown.endswith("\r")
    assert b"members" in done.stdout


PAIR = {
    "id": "a",
    "locale": "en",
    "customer_text": "My parcel is three days late and nobody answers!",
    "reply_text": "I'm sorry your parcel is late, Ann. I checked: it arrives tomorrow by noon.",
}


def as_lines(*rows: object) -> bytes:
    return "".join(f"{json.dumps(row)}\n" for row in rows).encode()


def test_replies_are_scored_in_order_and_bad_lines_named_at_their_place() -> None:
    given = as_lines(PAIR) + b'{"id": \n\xff\n\n' + as_lines({**PAIR, "id": "b"}) + b"\n\n"

    done = run_command("score", given=given, without_site=True)

    first, *wrong, last = json_lines_of(done.stdout)
    assert done.returncode == 1
    assert (first["id"], last["id"]) == ("a", "b")
    assert [row["line"] for row in wrong] == [2, 3, 4]
    assert all(row["error"] for row in wrong)
    assert 0 <= first["score"] <= 100
    assert first["band"] in {"weak", "fair", "strong"}
    assert {**first, "id": "b"} == last


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    done = run_command("score", given=b"\xef\xbb\xbf" + as_lines(PAIR))

    assert (done.returncode, done.stderr) == (0, b"")


def test_half_a_character_comes_back_as_it_came() -> None:
    done = run_command("score", given=as_lines({**PAIR, "id": "\ud800"}))

    assert json_lines_of(done.stdout)[0]["id"] == "\ud800"


def test_scores_go_from_file_to_file(tmp_path: Path) -> None:
    pairs, scores = tmp_path / "pairs.jsonl", tmp_path / "scores.jsonl"
    pairs.write_bytes(as_lines(PAIR, PAIR))

    done = run_command("score", "--in", pairs, "--out", scores)

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert len(json_lines_of(scores.read_bytes())) == 2


def test_a_brand_lends_its_facts_in_the_language_of_the_line() -> None:
    text = {"customer_text": "Gdzie jest moja paczka?", "reply_text": "Już sprawdzam, Aniu."}
    bare = {**PAIR, **text, "locale": "pl"}
    name = simulator.brand_pack("lumo")["name"]

    done = run_command(
        "score", given=as_lines(bare, {**bare, "brand": "lumo"}, {**bare, "brand": name})
    )

    without, by_id, by_name = (
        {row["id"]: row["applies"] for row in result["criteria"]}
        for result in json_lines_of(done.stdout)
    )
    assert by_id == by_name
    assert not without["U14"]
    assert by_id["U14"]


def test_ratings_are_compared_with_the_scores(tmp_path: Path) -> None:
    rated = tmp_path / "rated.jsonl"
    rows = [
        {**PAIR, "id": 1, "ratings": {"ann": {"U2": 1}, "ben": {"U2": 1}}},
        {**PAIR, "id": 2, "reply_text": "No.", "ratings": {"ann": {"U2": 0}, "ben": {"U2": 0.5}}},
    ]
    rated.write_bytes(as_lines(*rows))

    found = json_of(run_command("score", "--evaluate", rated, without_site=True))

    assert found["replies"] == 2
    assert found["languages"]["en"]["U2"]["raters"]["pairs"] == 2
    assert found["languages"]["en"]["U2"]["machine"]["pairs"] == 4


def test_items_are_calibrated_from_a_file(tmp_path: Path) -> None:
    answers = tmp_path / "answers.csv"
    rows = [f"{number % 2},{number // 3 % 2},{int(number % 5 > 1)}" for number in range(60)]
    answers.write_text("\n".join(["a,b,c", *rows]))
    command = ("calibrate", "items", "--responses", answers, "--model", "1pl", "--priors")

    found = json_of(run_command(*command, "--scores", "--json", without_site=True))
    words = run_command(*command, "--scores")

    assert [item["id"] for item in found["items"]] == ["a", "b", "c"]
    assert {"a", "b", "se"} <= set(found["items"][0])
    assert len(found["persons"]) == 60
    assert words.returncode == 0
    assert b"log likelihood" in words.stdout


def test_importing_the_command_line_loads_no_command() -> None:
    listed = (
        "import sys; import smm_academy.cli; "
        "print(*[name for name in sys.modules if name.partition('.')[0] in "
        "('numpy', 'simulator', 'sqlalchemy', 'flask')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", listed], capture_output=True, cwd=ROOT, check=True
    )

    assert done.stdout.strip() == b""


@pytest.mark.parametrize("policy", sorted(simulator.POLICIES))
def test_every_policy_finishes_a_shift(policy: str) -> None:
    done = run_command(
        "play", "--scenario", "zakwas-saturday", "--seed", "1", "--policy", policy, "--json"
    )

    assert json_of(done)["policy"] == policy
