"""Requests a second and slowest answers of signed-in pages, beside a minimal page.

    python -m benchmarks.pages [--requests 400]

The yardstick is a Flask + SQLAlchemy page that reads the user and three rows, on the same server
(Granian, one process, one blocking thread) with the same number of connections in the same run.
Bars: at least half the yardstick's requests a second, p99 at most 2.5 times its p99.
"""

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, render_template_string, request
from sqlalchemy import create_engine, text

PAGES = ("/learn/the-angry-customer", "/progress", "DESK")
YARDSTICK = (
    "<!doctype html><title>{{ user }}</title>"
    "<ul>{% for row in rows %}<li>{{ row }}</li>{% endfor %}</ul>"
)


def yardstick() -> Flask:
    """Return the minimal page."""
    app = Flask(__name__)
    engine = create_engine(f"sqlite:///{os.environ['YARDSTICK']}")

    @app.get("/")
    def page() -> str:
        with engine.connect() as connection:
            token = request.cookies.get("token", "t1")
            user = connection.execute(
                text("SELECT name FROM person WHERE token = :token"), {"token": token}
            ).scalar_one()
            rows = connection.execute(text("SELECT title FROM thing LIMIT 3")).scalars().all()
        return render_template_string(YARDSTICK, user=user, rows=rows)

    return app


@contextmanager
def serving(target: str, port: int, environment: dict[str, str]) -> Iterator[None]:
    """Serve a factory by Granian until the block ends."""
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"),
        *("--blocking-threads", "1", "--port", str(port), "--factory", "--no-log", target),
    ]
    process = subprocess.Popen(
        command, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def measure(port: int, path: str, cookie: str, requests: int) -> tuple[float, float]:
    """Return requests a second and the 99th percentile in milliseconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Cookie": cookie, "Accept": "text/html"}
    times = []
    for number in range(requests + 20):
        began = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:  # noqa: PLR2004 - anything else measures something else
            message = f"{path} answered {answer.status}"
            raise RuntimeError(message)
        if number >= 20:  # noqa: PLR2004 - warm-up
            times.append(time.perf_counter() - began)
    return len(times) / sum(times), 1000 * statistics.quantiles(times, n=100)[98]


class Browser:
    """Just enough of a browser to sign in and open a shift."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """What is sent with each request."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, **fields: str) -> tuple[str, str]:
        """Return the page and where it redirects."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(fields) or None, headers)
        answer = connection.getresponse()
        for line in answer.msg.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer.read().decode(), answer.getheader("Location", "")

    def token(self, path: str) -> str:
        """Return the token of a page's form."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", path)[0])
        return found[1] if found else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(run(Path(folder), options.requests), indent=1))


def run(folder: Path, requests: int) -> dict[str, object]:
    """Return each page's figures as ratios to the yardstick's."""
    database = folder / "yardstick.sqlite"
    engine = create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE person (token TEXT PRIMARY KEY, name TEXT)"))
        connection.execute(text("CREATE TABLE thing (title TEXT)"))
        connection.execute(text("INSERT INTO person VALUES ('t1', 'Ola')"))
        connection.execute(text("INSERT INTO thing VALUES ('a'), ('b'), ('c')"))
    instance = {"SMM_ACADEMY_INSTANCE": str(folder / "instance"), "SMM_ACADEMY_DEMO": "1"}
    people = prepare(instance)
    rows: dict[str, object] = {}
    with (
        serving("benchmarks.pages:yardstick", 8461, {"YARDSTICK": str(database)}),
        serving("smm_academy.serving:application", 8462, instance),
    ):
        browser = Browser(8462)
        token = browser.token("/sign-in")
        browser.ask("POST", "/sign-in", csrf_token=token, **people)
        desk = browser.ask(
            "POST", "/practice/shifts/lumo-monday", csrf_token=browser.token("/practice")
        )[1]
        for page in PAGES:
            path = desk if page == "DESK" else page
            base = measure(8461, "/", "token=t1", requests)
            own = measure(8462, path, browser.cookie, requests)
            rows[page] = {
                "requests_per_second": round(own[0]),
                "yardstick_requests_per_second": round(base[0]),
                "ratio": round(own[0] / base[0], 2),
                "p99_ms": round(own[1], 1),
                "p99_ratio": round(own[1] / base[1], 2),
            }
    return rows


def prepare(instance: dict[str, str]) -> dict[str, str]:
    """Fill a demonstration's database; return how its learner signs in."""
    from smm_academy.config import demo_settings  # noqa: PLC0415 - after the environment is known
    from smm_academy.demo import fill  # noqa: PLC0415

    people = fill(demo_settings(instance))
    learner = next(person for person in people if person.role == "learner")
    return {"email": learner.email, "password": learner.password}


if __name__ == "__main__":
    main()
