"""Commands are complete: each can be called, explains itself, offers what there is."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

import simulator
from simulator.population.community import FEWEST, MOST
from simulator.population.record import check_hours
from smm_academy.cli import load, run
from smm_academy.cli.parser import (
    FEWEST_MEMBERS,
    LOCALES,
    LONGEST_HOURS,
    MODELS,
    MOST_MEMBERS,
    POLICIES,
    CommandParser,
    build_parser,
)
from smm_academy.measurement.calibration import MODELS as KNOWN_MODELS

NAMED = {
    "demo", "serve", "worker", "db upgrade", "db backup", "db restore", "content check",
    "content sync", "content export", "simulate", "generate", "score", "scenarios", "play",
    "calibrate items", "calibrate community", "calibrate shifts",
}  # fmt: skip


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, CommandParser]]:
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for group in groups:
        for word, found in group.choices.items():
            yield from leaves(found, f"{name} {word}".strip())
    if not groups:
        assert isinstance(parser, CommandParser)
        yield name, parser


COMMANDS = dict(leaves(build_parser()))


def test_every_command_of_the_table_is_there() -> None:
    assert set(COMMANDS) >= NAMED


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_code_behind_it(name: str) -> None:
    assert callable(load(COMMANDS[name].get_default("command")))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_in_one_line(name: str) -> None:
    for action in COMMANDS[name]._actions:
        assert action.help
        assert "\n" not in action.help
        assert len(action.help) < 80


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_printed_and_is_no_failure(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run([*name.split(), "--help"])

    assert left.value.code == 0
    assert f"usage: smm-academy {name}" in capsys.readouterr().out


def test_options_offer_what_the_simulator_and_the_measurement_know() -> None:
    assert set(POLICIES) == set(simulator.POLICIES)
    assert set(MODELS) == set(KNOWN_MODELS)
    assert LOCALES == ("en", "pl")
    assert (FEWEST_MEMBERS, MOST_MEMBERS) == (FEWEST, MOST)


def test_the_longest_run_is_the_simulators_own() -> None:
    check_hours(LONGEST_HOURS)

    with pytest.raises(ValueError, match="hours"):
        check_hours(LONGEST_HOURS + 1)
