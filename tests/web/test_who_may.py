"""The authorisation matrix: every rule of the site times everybody who may knock."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse

from smm_academy.app import BLUEPRINTS, create_app
from smm_academy.config import OpinionSettings, Settings
from smm_academy.web.application import Academy
from tests.conftest import SECRET, STOCKED, settle_file
from tests.people import Page
from tests.web.matrix import MATRIX
from tests.web.rows import EVERYBODY, OTHERS, Row, Who
from tests.web.world import World, settle

READING = frozenset({"HEAD", "OPTIONS"})


def endpoints(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - READING
    }


def routes() -> list[tuple[str, str]]:
    """Return every endpoint with every method that changes what it does."""
    bare = Flask("bare", static_folder=None)
    for blueprint in BLUEPRINTS:
        bare.register_blueprint(blueprint)
    return sorted(endpoints(bare))


ROUTES = routes()
KEPT = [route for route in ROUTES if route in MATRIX and MATRIX[route].who is Who.SOME]
OPEN = [route for route in ROUTES if route in MATRIX and MATRIX[route].who is Who.EVERYONE]
PERSONAL = [route for route in ROUTES if route in MATRIX and MATRIX[route].who is Who.SIGNED_IN]
FORMS = [
    route
    for route in ROUTES
    if route[1] != "GET" and not (route in MATRIX and MATRIX[route].signed)
]
LINKED = [route for route in ROUTES if route in MATRIX and MATRIX[route].who is Who.LINK]
UNKNOWN = ("nobody", "guest", "candidate")
ACCOUNTS = ("owner", "learner", "instructor", "employer", "admin")
INTRUSIONS = [
    (route, role) for route in KEPT for role in EVERYBODY if role not in MATRIX[route].may
]
ERRANDS = [(route, role) for route in KEPT for role in MATRIX[route].may]


def settings_at(url: str, folder: Path) -> Settings:
    return Settings(
        secret_key=SECRET,
        base_url="http://localhost",
        database_url=url,
        instance=folder,
        mail_from="academy@smm-academy.example",
        demo=True,
        limits=False,
        # Nobody answers there: asking alone is what the matrix looks at.
        opinion=OpinionSettings("http://127.0.0.1:9/v1", "nobody", ""),
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    compiled_templates: FileSystemBytecodeCache,
) -> Iterator[Academy]:
    """One site for all requests that are to change nothing, on each kind of database."""
    folder = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "academy.sqlite")
        url = f"sqlite:///{folder / 'academy.sqlite'}"
    else:
        cluster = request.getfixturevalue("cluster")
        name = f"academy_{secrets.token_hex(6)}"
        cluster.create(name, template=STOCKED)
        url = cluster.url(name)
    app = create_app(settings_at(url, folder))
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_templates
    yield app
    app.database.close()


@pytest.fixture(scope="module")
def world(site: Academy) -> World:
    return settle(site)


@pytest.fixture(scope="module")
def settled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """A database with everybody and their work, to copy: settling takes longer than a test."""
    folder = tmp_path_factory.mktemp("settled")
    path = folder / "academy.sqlite"
    shutil.copy(sqlite_template, path)
    app = create_app(settings_at(f"sqlite:///{path}", folder))
    app.testing = True
    found = settle(app)
    app.database.close()
    settle_file(path)
    return path, found


@pytest.fixture
def fresh_world(
    settled: tuple[Path, World], tmp_path: Path, open_site: Callable[[Settings], Academy]
) -> World:
    path, found = settled
    own = tmp_path / "academy.sqlite"
    shutil.copy(path, own)
    return replace(found, app=open_site(settings_at(f"sqlite:///{own}", tmp_path)))


def ask(world: World, role: str, route: tuple[str, str]) -> TestResponse:
    row: Row = MATRIX[route]
    return world.acts(role, route[1], row.path, row.fields, row.json)


def named(value: object) -> str:
    return " ".join(value) if isinstance(value, tuple) else str(value)


def is_sent_to_sign_in(response: TestResponse) -> bool:
    return response.status_code == 302 and response.location.startswith("/sign-in")


def test_every_endpoint_has_a_row_and_every_row_an_endpoint(world: World) -> None:
    assert endpoints(world.app) == set(MATRIX)
    assert set(ROUTES) == set(MATRIX)


@pytest.mark.parametrize(("route", "role"), INTRUSIONS, ids=named)
def test_what_is_somebody_elses_is_not_there_and_stays_as_it_is(
    world: World, route: tuple[str, str], role: str
) -> None:
    before = world.rows()

    response = ask(world, role, route)

    assert response.status_code == 404 or (
        # Where a whole part of the site is closed to somebody, it may say so.
        (role in UNKNOWN and is_sent_to_sign_in(response))
        or (MATRIX[route].may != ("owner",) and response.status_code == 403)
    )
    assert world.rows() == before


@pytest.mark.parametrize("role", OTHERS)
def test_what_is_somebody_elses_looks_like_what_never_was(world: World, role: str) -> None:
    taken = world.acts(role, "GET", "/shifts/{shift}", {})
    invented = world.acts(role, "GET", "/shifts/AAAAAAAAAAAAAAAA", {})

    assert taken.status_code == invented.status_code == 404
    assert Page(taken, "").text == Page(invented, "").text


@pytest.mark.parametrize(("route", "role"), ERRANDS, ids=named)
def test_whoever_may_gets_what_is_theirs(
    fresh_world: World, route: tuple[str, str], role: str
) -> None:
    response = ask(fresh_world, role, route)

    assert response.status_code in {200, 204, 302, 303}
    assert not is_sent_to_sign_in(response)


@pytest.mark.parametrize("role", ["nobody", "guest"])
@pytest.mark.parametrize("route", PERSONAL, ids=" ".join)
def test_without_an_account_one_is_sent_to_sign_in(
    world: World, route: tuple[str, str], role: str
) -> None:
    before = world.rows()

    response = ask(world, role, route)

    assert is_sent_to_sign_in(response)
    assert world.rows() == before


@pytest.mark.parametrize("role", ACCOUNTS)
@pytest.mark.parametrize("route", PERSONAL, ids=" ".join)
def test_whoever_signed_in_gets_their_own_pages(
    world: World, route: tuple[str, str], role: str
) -> None:
    response = ask(world, role, route)

    assert response.status_code in {200, 302, 303, 422, 429}
    assert not is_sent_to_sign_in(response)


@pytest.mark.parametrize("role", ["nobody", "guest", *ACCOUNTS])
@pytest.mark.parametrize("route", OPEN, ids=" ".join)
def test_what_is_for_everyone_is_for_everyone(
    world: World, route: tuple[str, str], role: str
) -> None:
    response = ask(world, role, route)

    assert response.status_code in {200, 204, 302, 422}
    assert not is_sent_to_sign_in(response)


@pytest.mark.parametrize("role", ["nobody", "guest", *ACCOUNTS])
@pytest.mark.parametrize("route", LINKED, ids=" ".join)
def test_a_link_that_was_not_mailed_opens_nothing(
    world: World, route: tuple[str, str], role: str
) -> None:
    before = world.rows()

    response = ask(world, role, route)

    assert response.status_code in {404, 409}
    assert world.rows() == before


def test_letters_are_shown_in_a_demonstration_only(sqlite_url: str, tmp_path: Path) -> None:
    settings = settings_at(sqlite_url, tmp_path)
    app = create_app(replace(settings, demo=False))

    response = app.test_client().get("/outbox")
    app.database.close()

    assert response.status_code == 404


@pytest.mark.parametrize("route", FORMS, ids=" ".join)
def test_nothing_is_accepted_without_a_token_against_forgery(
    world: World, route: tuple[str, str]
) -> None:
    row = MATRIX[route]
    before = world.rows()

    response = world.app.test_client().open(row.path.format_map(world.gaps), method=route[1])

    assert response.status_code == 400
    assert world.rows() == before


@pytest.mark.parametrize("route", [route for route in ROUTES if route[1] == "GET"], ids=" ".join)
def test_reading_writes_nothing(world: World, route: tuple[str, str]) -> None:
    row = MATRIX[route]
    before = world.rows()

    ask(world, next(iter(row.may), "owner"), route)

    after = world.rows()
    seen = after.pop("audit_entry") - before.pop("audit_entry")
    assert seen == int(row.records)
    assert after == before
