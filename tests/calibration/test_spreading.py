"""Local processes and a real Dask cluster of two workers give the same numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import clean_environment, json_of, run_command
from tests.ports import free_port

COMMUNITY = (
    *("calibrate", "community", "--json", "--constant", "activity.posters"),
    *("--constant", "activity.voice_mean", "--generations", "2", "--candidates", "4"),
    *("--seeds", "1", "--members", "1000", "--days", "6"),
)
SHIFTS = (
    *("calibrate", "shifts", "--json", "--scenario", "zakwas-saturday"),
    *("--seeds", "2", "--persons", "6"),
)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers, each a process of its own; give the address."""
    folder = tmp_path_factory.mktemp("cluster")
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    started = [
        _start(folder, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    ]
    started += [
        _start(folder, "worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny")
        for _ in range(2)
    ]
    yield address
    # Killed, not asked to leave: they hold nothing, and leaving in order can take a minute.
    for process in started:
        process.kill()
    for process in started:
        process.wait()


def _start(folder: Path, kind: str, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + kind, *options],
        cwd=folder,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("command", [COMMUNITY, SHIFTS], ids=["community", "shifts"])
def test_a_cluster_of_two_workers_finds_the_same_numbers(
    command: tuple[str, ...], scheduler: str
) -> None:
    here = json_of(run_command(*command))
    there = run_command(*command, "--scheduler", scheduler)

    assert there.returncode == 0, there.stderr.decode()
    assert json.loads(there.stdout) == here


def test_an_address_without_a_scheduler_is_one_clear_line() -> None:
    done = run_command(*COMMUNITY, "--scheduler", f"tcp://127.0.0.1:{free_port()}")

    assert done.returncode == 2
    assert "does not answer" in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_an_address_that_is_none_is_one_clear_line() -> None:
    done = run_command(*SHIFTS, "--scheduler", "nowhere at all")

    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_result_is_written_and_named(tmp_path: Path) -> None:
    file = tmp_path / "fit.json"
    done = run_command(*COMMUNITY[:5], *COMMUNITY[7:], "--out", file)

    assert json.loads(file.read_text()) == json_of(done)
    assert set(json_of(done)["theta"]) == {"activity.posters"}
