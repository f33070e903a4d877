"""What tests of the site share: databases that are real, sites that are whole, people who act."""

from __future__ import annotations

import secrets
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemBytecodeCache

from smm_academy.accounts.models import HOUSE
from smm_academy.app import create_app
from smm_academy.authoring.operations import sync
from smm_academy.authoring.reading import Library, read_library
from smm_academy.config import Settings
from smm_academy.database.migrating import upgrade
from smm_academy.database.session import Database
from smm_academy.lessons import queries as lesson_queries
from smm_academy.measurement import queries as measurement_queries
from smm_academy.quizzes import queries as quiz_queries
from smm_academy.shifts import queries as shift_queries
from smm_academy.web.application import Academy
from smm_academy.web.logs import set_up_logs
from tests.people import Visitor
from tests.postgres import Cluster
from tests.redis import Redis

TEMPLATE = "academy_template"
STOCKED = "academy_stocked"
ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
EXAMS = Path(__file__).parent / "exams"
"""Quizzes that only tests take: one for each time of feedback, one against the clock."""

OPENED = datetime(2026, 11, 1, tzinfo=UTC)
SECRET = "a-secret-for-tests-of-forty-characters-1"

MakeSettings = Callable[..., Settings]


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Ctrl-C works for the commands that tests start.

    A suite in the background of a shell ignores it, and every command would inherit that.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Logs as the site writes them, instead of drawings of every traceback."""
    set_up_logs()


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped content and the tests' own quizzes."""
    shipped, exams = read_library(CONTENT), read_library(EXAMS)
    assert not [*shipped.errors, *exams.errors]
    shipped.drafts += exams.drafts
    shipped.items.update(exams.items)
    return shipped


@pytest.fixture(scope="session")
def cluster(library: Library) -> Iterator[Cluster]:
    """A PostgreSQL of our own, with an empty and a stocked database to copy."""
    with Cluster() as running:
        running.create(TEMPLATE)
        _migrate(running.url(TEMPLATE))
        running.create(STOCKED, template=TEMPLATE)
        _stock(running.url(STOCKED), library)
        yield running


@pytest.fixture(scope="session")
def sqlite_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database without content, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    settle_file(path)
    return path


@pytest.fixture(scope="session")
def sqlite_template(sqlite_empty: Path, library: Library) -> Path:
    """A SQLite database with all content, to copy."""
    path = sqlite_empty.with_name("stocked.sqlite")
    shutil.copy(sqlite_empty, path)
    _stock(f"sqlite:///{path}", library)
    settle_file(path)
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database with all content."""
    path = tmp_path / "academy.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The address of a fresh PostgreSQL database with all content."""
    yield from _copy(cluster, STOCKED)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database with all content, of each kind in turn."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    found: str = request.getfixturevalue(kind)
    return found


@pytest.fixture
def empty_sqlite_url(sqlite_empty: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database that has its tables and nothing in them."""
    path = tmp_path / "empty.sqlite"
    shutil.copy(sqlite_empty, path)
    return f"sqlite:///{path}"


@pytest.fixture
def empty_postgres_url(cluster: Cluster) -> Iterator[str]:
    """The address of a fresh PostgreSQL database that has its tables and nothing in them."""
    yield from _copy(cluster, TEMPLATE)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database without content, of each kind in turn."""
    kind = "empty_sqlite_url" if request.param == "sqlite" else "empty_postgres_url"
    opened = Database(request.getfixturevalue(kind))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    """A Redis of our own."""
    with Redis(tmp_path_factory.mktemp("redis")) as running:
        yield running


@pytest.fixture
def make_settings(tmp_path: Path) -> MakeSettings:
    """Settings of a site on this machine, for a database address."""

    def make(url: str, **changes: Any) -> Settings:
        usual = Settings(
            secret_key=SECRET,
            base_url="http://localhost",
            database_url=url,
            instance=tmp_path / "instance",
            mail_from="academy@smm-academy.example",
            demo=True,
            limits=False,
        )
        return replace(usual, **changes)

    return make


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once for all sites of a run."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def open_site(compiled_templates: FileSystemBytecodeCache) -> Iterator[Callable[..., Academy]]:
    """Open sites, which are closed when the test ends."""
    opened: list[Academy] = []

    def open_one(settings: Settings) -> Academy:
        site = create_app(settings)
        site.testing = True
        site.jinja_env.bytecode_cache = compiled_templates
        opened.append(site)
        return site

    yield open_one
    for site in opened:
        site.database.close()


@pytest.fixture
def app(
    database_url: str, make_settings: MakeSettings, open_site: Callable[..., Academy]
) -> Academy:
    """The site on a fresh database."""
    return open_site(make_settings(database_url))


@pytest.fixture
def sqlite_app(
    sqlite_url: str, make_settings: MakeSettings, open_site: Callable[..., Academy]
) -> Academy:
    """The site on a fresh SQLite database, for what does not depend on the database."""
    return open_site(make_settings(sqlite_url))


@pytest.fixture
def visitor(app: Academy) -> Visitor:
    """Somebody who has just arrived."""
    return Visitor(app)


@pytest.fixture
def noon() -> datetime:
    """A moment."""
    return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def nothing_parsed() -> Iterator[None]:
    """Forget what this process parsed of revisions, for tests that publish some of their own."""
    _forget_parsed()
    yield
    _forget_parsed()


def _forget_parsed() -> None:
    for kept in (
        lesson_queries._courses,
        lesson_queries._glossaries,
        lesson_queries._lessons,
        lesson_queries._linked,
        measurement_queries._curricula,
        quiz_queries._quizzes,
        quiz_queries._questions,
        shift_queries._packs,
    ):
        kept.clear()  # type: ignore[attr-defined]


def _copy(cluster: Cluster, template: str) -> Iterator[str]:
    name = f"academy_{secrets.token_hex(6)}"
    cluster.create(name, template=template)
    yield cluster.url(name)
    cluster.drop(name)


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database.engine)
    database.close()


def _stock(url: str, library: Library) -> None:
    database = Database(url)
    with database.unit() as session:
        sync(session, HOUSE, library, OPENED)
    database.close()


def settle_file(path: Path) -> None:
    """Bring everything into the one file that is copied."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
