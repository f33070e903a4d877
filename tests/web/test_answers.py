"""What every answer carries, what logs hold, what watchers see, when enough is enough."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from smm_academy.web.application import Academy
from smm_academy.web.headers import HEADERS
from tests.conftest import MakeSettings
from tests.people import PASSWORD, Visitor
from tests.redis import Redis
from tests.web.matrix import MATRIX
from tests.web.rows import Who

PAGES = sorted(
    row.path
    for (_, method), row in MATRIX.items()
    if method == "GET" and row.who is Who.EVERYONE and "{" not in row.path
)
OpenSite = Callable[..., Academy]
BREAKING = "CREATE TRIGGER broken BEFORE INSERT ON retry BEGIN SELECT RAISE(ABORT, 'broken'); END"
SECURE = "https://academy.example"


@pytest.mark.parametrize("path", [*PAGES, "/nothing/here", "/account"])
def test_every_answer_carries_the_headers(sqlite_app: Academy, path: str) -> None:
    response = sqlite_app.test_client().get(path)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Strict-Transport-Security" not in response.headers


def test_the_policy_lets_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "://" not in policy


@pytest.fixture
def secure_site(sqlite_url: str, make_settings: MakeSettings, open_site: OpenSite) -> Academy:
    return open_site(make_settings(sqlite_url, base_url=SECURE, demo=False))


def test_over_https_cookies_are_guarded_by_the_browser(secure_site: Academy) -> None:
    client = secure_site.test_client()
    page = client.get("/register", base_url=SECURE)
    form = page.get_data(as_text=True).partition('name="csrf_token"')[2].split('"')
    token = next(part for part in form if len(part) > 40)
    fields = {"name": "Ola", "email": "ola@example.com", "password": PASSWORD}

    response = client.post(
        "/register",
        base_url=SECURE,
        data={"csrf_token": token, **fields},
        headers={"Referer": f"{SECURE}/register"},
    )

    cookies = [*page.headers.getlist("Set-Cookie"), *response.headers.getlist("Set-Cookie")]
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert response.status_code == 302
    assert names == {"__Host-smm_form", "__Host-smm_account"}
    assert [c for c in cookies if not {"Secure", "HttpOnly", "Path=/"} <= set(c.split("; "))] == []


def test_over_https_browsers_are_told_to_stay_there(secure_site: Academy) -> None:
    response = secure_site.test_client().get("/", base_url=SECURE)

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_proxy_is_believed_only_where_there_is_one(
    secure_site: Academy, sqlite_app: Academy
) -> None:
    assert isinstance(secure_site.wsgi_app, ProxyFix)
    assert not isinstance(sqlite_app.wsgi_app, ProxyFix)


def test_a_request_keeps_the_id_it_came_with(sqlite_app: Academy) -> None:
    client = sqlite_app.test_client()

    given = client.get("/healthz", headers={"X-Request-Id": "proxy-42"}).headers["X-Request-Id"]
    odd = client.get("/healthz", headers={"X-Request-Id": "a b\u00e9;"}).headers["X-Request-Id"]

    assert given == "proxy-42"
    assert odd.isalnum()


def test_a_log_line_names_the_route_and_nothing_that_people_wrote(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    with structlog.testing.capture_logs() as lines:
        visitor.registers("secret-address@example.com", "Secretname")
        visitor.opens("/reset/secret-token")
        visitor.opens("/learn/smm-smo-seo?lang=pl&q=secret-query")
        visitor.opens("/try")
        visitor.sends("/try", text="secret-words of a reply that nobody else may read")

    written = json.dumps(lines, default=str).lower()
    assert "secret" not in written
    assert {line["route"] for line in lines} >= {"/register", "/reset/<token>", "/try"}


def test_a_failure_is_logged_without_what_people_wrote(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/try")
    debrief = visitor.sends("/try", text="Thank you for writing. We look into it today.")
    retry = next(link for link in debrief.links if link.endswith("/retry"))
    visitor.opens(retry)
    with sqlite_app.database.unit() as session:
        session.execute(text(BREAKING))

    with structlog.testing.capture_logs(
        processors=[structlog.processors.format_exc_info]
    ) as lines:
        page = visitor.sends(retry, text="secret-words of another reply")

    assert page.status == 500
    assert "Something went wrong on our side" in page.text
    assert "broken" in json.dumps(lines, default=str)
    assert "secret-words" not in json.dumps(lines, default=str)


def test_a_refusal_is_json_where_a_script_asked(sqlite_app: Academy) -> None:
    response = sqlite_app.test_client().get("/nothing", headers={"Accept": "application/json"})

    assert response.status_code == 404
    assert set(response.get_json()) == {"error"}


def test_what_is_too_large_is_refused_with_a_sentence(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app)
    visitor.opens("/try")

    page = visitor.sends("/try", text="x" * 1_100_000)

    assert page.status == 413


def test_watchers_see_a_site_that_is_alive_and_ready(app: Academy) -> None:
    client = app.test_client()

    assert client.get("/healthz").get_json() == {"status": "alive"}
    assert client.get("/readyz").get_json() == {"status": "ready"}


def test_before_migrations_a_site_is_alive_and_not_ready(
    tmp_path: Path, make_settings: MakeSettings, open_site: OpenSite
) -> None:
    client = open_site(make_settings(f"sqlite:///{tmp_path / 'bare.sqlite'}")).test_client()

    alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (alive.status_code, ready.status_code) == (200, 503)
    assert "db upgrade" in ready.get_json()["status"]


def test_without_its_database_a_site_is_alive_and_not_ready(
    make_settings: MakeSettings, open_site: OpenSite
) -> None:
    nowhere = "postgresql://academy@127.0.0.1:1/none"
    client = open_site(make_settings(nowhere)).test_client()

    alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (alive.status_code, ready.status_code) == (200, 503)
    assert "does not answer" in ready.get_json()["status"]


def test_limits_are_shared_by_all_processes_of_a_site(
    sqlite_url: str, make_settings: MakeSettings, open_site: OpenSite, redis: Redis
) -> None:
    settings = make_settings(sqlite_url, limits=True, redis_url=redis.url)
    first, second = (open_site(settings).test_client() for _ in range(2))

    counted = [client.post("/language").status_code for client in (first, second) * 120]
    refused = [
        client.post("/language", headers={"Accept": "text/html"}) for client in (first, second)
    ]
    read = first.get("/licence")

    assert 429 not in counted
    assert read.status_code == 200
    assert [response.status_code for response in refused] == [429, 429]
    assert "Wait a minute" in refused[0].get_data(as_text=True)


def test_a_class_behind_one_address_is_not_counted_as_one(
    sqlite_url: str, make_settings: MakeSettings, open_site: OpenSite
) -> None:
    site = open_site(make_settings(sqlite_url, limits=True))
    learner, stranger = Visitor(site), site.test_client()
    learner.registers("ola@example.com")
    last = [stranger.post("/language").status_code for _ in range(241)][-1]

    page = learner.opens("/account") and learner.posts("/language", locale="pl")

    assert last == 429
    assert page.status == 200


def test_the_language_is_asked_for_in_this_order(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app, "pl")
    by_browser = visitor.opens("/licence").html
    visitor.client.set_cookie("lang", "en")
    by_cookie = visitor.opens("/licence").html
    by_address = visitor.opens("/licence?lang=pl").html

    assert [spoken(html) for html in (by_browser, by_cookie, by_address)] == ["pl", "en", "pl"]


@pytest.mark.parametrize("path", PAGES)
def test_a_polish_page_has_no_english_left_behind(sqlite_app: Academy, path: str) -> None:
    page = Visitor(sqlite_app, "pl").opens(path)

    assert page.status == 200
    assert "Skip to the content" not in page.text


def spoken(html: str) -> str:
    """Return the language that a page says it is in."""
    return html.partition('<html lang="')[2][:2]
