"""Whatever is wrong with a command line is said in one line, with status 2 and no traceback."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from smm_academy.cli import run
from tests.cli.commands import clean_environment, run_command

SIMULATE = ("simulate", "--seed", "1")
PLAY = ("play", "--seed", "1", "--policy", "expert")
GENERATE = ("generate", "--locale", "en")
ITEMS = ("calibrate", "items", "--model", "1pl")

REFUSED = [
    ((), "required: COMMAND"),
    (("dance",), "dance"),
    (("db",), "required: ACTION"),
    (("demo", "--port", "0"), "0"),
    (("demo", "--port", "70000"), "65,535"),
    (("serve", "--processes", "none"), "none"),
    ((*SIMULATE, "--members", "-5"), "100 to 1,000,000"),
    ((*SIMULATE, "--members", "1000001"), "100 to 1,000,000"),
    ((*SIMULATE, "--members", "many"), "many"),
    ((*SIMULATE, "--members", "9" * 5000), "whole number"),
    ((*SIMULATE, "--hours", "0"), "1 to 8,784"),
    ((*SIMULATE, "--hours", "8785"), "1 to 8,784"),
    ((*SIMULATE, "--hours", "1.5"), "1.5"),
    (("simulate", "--seed", "-1"), "seed"),
    (("simulate", "--facts", "--hours", "24"), "leave out --hours"),
    ((*SIMULATE, "--member", "500"), "--member"),
    ((*PLAY, "--scenario", "nowhere"), "lumo-monday"),
    (("play", "--scenario", "lumo-monday", "--seed", "1", "--policy", "hero"), "hero"),
    ((*PLAY, "--scenario", "lumo-monday", "--locale", "de"), "de"),
    ((*GENERATE, "--count", "-1"), "-1"),
    ((*GENERATE, "--count", "3", "--sector", "mining"), "homeware"),
    (("generate", "--count", "3", "--locale", "fr"), "fr"),
    (("score", "--in", "nothing.jsonl"), "nothing.jsonl: No such file"),
    (("score", "--in", "."), "directory"),
    (("score", "--evaluate", "nothing.jsonl"), "nothing.jsonl: No such file"),
    ((*ITEMS, "--responses", "nothing.csv"), "nothing.csv"),
    (("calibrate", "items", "--model", "5pl", "--responses", "a.csv"), "5pl"),
    (("calibrate", "shifts", "--scenario", "nowhere"), "lumo-monday"),
    (("calibrate", "shifts", "--seeds", "0"), "2 to 1,000"),
    (("calibrate", "shifts", "--persons", "2"), "6 to 1,000"),
    (("calibrate", "shifts", "--scheduler", "tcp://127.0.0.1:1"), "does not answer"),
    (("calibrate", "community", "--seeds", "0"), "1 to 1,000"),
    (("calibrate", "community", "--constant", "mood.joy"), "activity.posters"),
    (("calibrate", "community", "--scheduler", "nowhere"), "does not answer"),
    (("content", "sync", "--ours", "--theirs"), "not allowed with"),
]


def refusal(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    try:
        status = run(arguments)
    except SystemExit as left:
        status = int(str(left.code))
    captured = capsys.readouterr()
    assert captured.out == ""
    return status, captured.err


@pytest.mark.parametrize(("arguments", "named"), REFUSED)
def test_a_wrong_command_line_is_refused_in_one_line(
    arguments: tuple[str, ...],
    named: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)

    status, said = refusal(arguments, capsys)

    assert status == 2
    assert named in said
    assert said.startswith("smm-academy")
    assert said.count("\n") == 1


def test_parameters_that_are_no_json_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers, parameters = tmp_path / "answers.csv", tmp_path / "items.json"
    answers.write_text("person,a,b\n1,0,1\n2,1,0\n")
    parameters.write_text('{"items": [')

    status, said = refusal(
        [*ITEMS, "--responses", str(answers), "--parameters", str(parameters)], capsys
    )

    assert status == 2
    assert "not valid JSON" in said


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a,b,c\n1,1,1\n1,1,1\n", "all answers alike"),
        ("a,b,c\n1,0,1\n", "at least 2 people"),
        ("a,b,c\n1,yes,1\n0,1,0\n", '"yes" is not a score'),
        ("a,b,c\n1,1,0\n1,1,1\n", "at least"),
        ("", "The file is empty"),
    ],
)
def test_answers_that_cannot_be_fitted_are_refused_in_one_line(
    text: str, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(text)

    status, said = refusal([*ITEMS, "--responses", str(answers)], capsys)

    assert status == 2
    assert named in said
    assert said.count("\n") == 1


def test_reading_and_writing_one_file_is_refused_and_harms_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("{}\n")

    status, said = refusal(["score", "--in", str(pairs), "--out", str(pairs)], capsys)

    assert status == 2
    assert "same file" in said
    assert pairs.read_text() == "{}\n"


@pytest.mark.parametrize("target", ["output", "file"])
def test_a_full_disk_is_said_in_one_line(target: str, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"id": 1, "customer_text": "Hi?", "reply_text": "Hello."}\n')
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "smm_academy", "score", "--in", pairs]
            + (["--out", "/dev/full"] if target == "file" else []),
            stdout=full if target == "output" else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=clean_environment(),
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == b"smm-academy: No space left on device.\n"


def test_a_folder_that_may_not_be_written_to_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    done = run_command("db", "upgrade", added={
        "SMM_ACADEMY_DEMO": "1", "SMM_ACADEMY_INSTANCE": str(file / "instance"),
    })  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"Not a directory" in done.stderr
