"""The site's commands: what they refuse to start with, and the demonstration as a whole."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from smm_academy.cli import run
from smm_academy.errors import Misconfigured
from smm_academy.serving import check_address, free_port
from tests.cli.commands import clean_environment, run_command

SECURE = {
    "SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
    "BASE_URL": "https://academy.example",
    "MAIL_FROM": "academy@academy.example",
    "SMTP_URL": "smtp://user:unsaid@mail.example:587",
}
INSECURE = [
    ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
    ({"SECRET_KEY": "a" * 64}, "too regular"),
    ({"BASE_URL": ""}, "BASE_URL is not set"),
    ({"BASE_URL": "http://academy.example"}, "Use https"),
    ({"BASE_URL": "academy.example"}, "BASE_URL is no address"),
    ({"BASE_URL": "https://"}, "names no host"),
    ({"BASE_URL": "https://academy.example:99999"}, "BASE_URL is no address"),
    ({"BASE_URL": "https://[academy"}, "BASE_URL is no address"),
    ({"MAIL_FROM": ""}, "MAIL_FROM is not set"),
    ({"MAIL_FROM": "academy"}, "no e-mail address"),
    ({"SMTP_URL": ""}, "SMTP_URL is not set"),
    ({"SMTP_URL": "mail.example:587"}, "SMTP_URL is no address"),
    ({"DATABASE_URL": "mysql://root@localhost/academy"}, "DATABASE_URL is no address"),
    ({"DATABASE_URL": "sqlite://"}, "names no file"),
    ({"REDIS_URL": "localhost:6379"}, "REDIS_URL is no address"),
    ({}, "lacks migrations"),
    ({"DATABASE_URL": "postgresql://a:unsaid@localhost:1/none"}, "The database refuses"),
]


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize(("changed", "said"), INSECURE)
def test_what_is_missing_or_insecure_stops_the_start_in_one_line(
    command: str,
    changed: Mapping[str, str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for name in [name for name in os.environ if name.startswith("SMM_ACADEMY_")]:
        monkeypatch.delenv(name)
    for name, value in {**SECURE, "INSTANCE": str(tmp_path), **changed}.items():
        monkeypatch.setenv(f"SMM_ACADEMY_{name}", value)

    status = run([command])

    refusal = capsys.readouterr().err
    assert status == 2
    assert said in refusal
    assert refusal.count("\n") == 1
    assert "unsaid" not in refusal


def test_a_demonstration_s_settings_never_serve_the_world(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMM_ACADEMY_DEMO", "1")
    monkeypatch.setenv("SMM_ACADEMY_INSTANCE", str(tmp_path))
    for name in SECURE:
        monkeypatch.delenv(f"SMM_ACADEMY_{name}", raising=False)

    assert run(["serve", "--host", "0.0.0.0"]) == 2  # noqa: S104 - what is to be refused
    assert "SECRET_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["127.0.0.1", "no such host", "203.0.113.9", "a" * 70])
def test_an_address_that_cannot_be_listened_on_is_named(host: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(Misconfigured, match=f"Cannot listen on {host}"):
            check_address(host, taken.getsockname()[1])


def test_the_next_free_port_is_found_up_to_the_last() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65_535))
        taken.listen()

        with pytest.raises(Misconfigured, match="No free port from 65535 to 65535"):
            free_port("127.0.0.1", 65_535)


@contextmanager
def demonstration(
    instance: Path, *arguments: str, **settings: str
) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any], Path]]:
    """A running demonstration: its process, the first line it printed, the file of its notes."""
    notes = instance.with_name(f"{instance.name}-{time.monotonic_ns()}.txt")
    with (
        notes.open("wb") as said,
        subprocess.Popen(
            [sys.executable, "-m", "smm_academy", "demo", "--json", *arguments],
            stdout=subprocess.PIPE,
            stderr=said,
            env=clean_environment(SMM_ACADEMY_INSTANCE=str(instance), **settings),
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            assert first, notes.read_text()
            yield process, json.loads(first), notes
        finally:
            if process.poll() is None:
                process.kill()


def until(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except OSError:
        return False


def session_members(leader: int) -> set[int]:
    """The processes that a demonstration started, itself included."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "-s", str(leader)], capture_output=True, check=False
    )
    return {int(word) for word in listed.stdout.split()}


def sign_in(url: str, email: str, password: str) -> str:
    """Sign in as a browser does; return the page that it ends on."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    form = browser.open(f"{url}/sign-in", timeout=30).read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token
    fields = {"csrf_token": token[1], "email": email, "password": password}
    body = urllib.parse.urlencode(fields).encode()
    request = urllib.request.Request(f"{url}/sign-in", body, {"Referer": f"{url}/sign-in"})  # noqa: S310
    with browser.open(request, timeout=30) as page:
        return f"{page.url}\n{page.read().decode()}"


def check_first_line(first: dict[str, Any]) -> None:
    people = first["people"]
    assert set(first) == {"url", "people"}
    assert {one["role"] for one in people} == {"learner", "employer", "instructor", "admin"}
    assert all(set(one) == {"role", "email", "password"} for one in people)
    assert len({one["password"] for one in people}) == len(people)


@pytest.mark.xdist_group("demonstration")
def test_the_demonstration_runs_whole_and_leaves_nothing_behind(tmp_path: Path) -> None:
    instance, own = tmp_path / "instance", tmp_path / "own"
    broken = own / "quizzes" / "empathy" / "broken.en.md"
    broken.parent.mkdir(parents=True)
    broken.write_text("---\ntitle: Broken\n")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        asked = ("--port", str(port))

        with demonstration(instance, *asked, SMM_ACADEMY_CONTENT_PATHS=str(own)) as (
            process,
            first,
            notes,
        ):
            check_first_line(first)
            assert first["url"] != f"http://127.0.0.1:{port}"
            assert f"Port {port} is taken" in notes.read_text()
            assert "own/quizzes/empathy/broken.en.md" in notes.read_text()
            assert until(lambda: answers(first["url"]))
            learner = next(one for one in first["people"] if one["role"] == "learner")
            page = sign_in(first["url"], learner["email"], learner["password"])
            assert "/sign-in" not in page.partition("\n")[0]
            assert len(session_members(process.pid)) >= 3

            process.send_signal(signal.SIGTERM)
            process.wait(30)

            assert until(lambda: not session_members(process.pid))
            assert "Traceback" not in notes.read_text()

    with demonstration(instance, *asked) as (process, second, notes):
        assert second["people"] == first["people"]

        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)

        assert until(lambda: not session_members(process.pid))
        assert notes.read_text() == ""
        assert process.returncode in {0, 130}


def test_migrations_backup_and_restore_by_command(tmp_path: Path) -> None:
    here = {"SMM_ACADEMY_DEMO": "1", "SMM_ACADEMY_INSTANCE": str(tmp_path / "here")}
    there = {**here, "SMM_ACADEMY_INSTANCE": str(tmp_path / "there")}
    backup = tmp_path / "backup"

    steps = [
        run_command("db", "upgrade", added=here),
        run_command("db", "backup", backup, added=here),
        run_command("db", "restore", backup, added=there),
        run_command("db", "upgrade", added=there),
    ]

    assert [step.returncode for step in steps] == [0, 0, 0, 0]
    assert b"Wrote" in steps[1].stderr
    assert (tmp_path / "there" / "academy.sqlite").is_file()
