"""What tests of the site share: databases that are real, sites that are whole, people who act."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smm_academy.app import create_app
from smm_academy.config import Settings
from smm_academy.database.migrating import upgrade
from smm_academy.database.session import Database
from smm_academy.web.application import Academy
from tests.people import Visitor
from tests.postgres import Cluster

TEMPLATE = "academy_template"


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A PostgreSQL of our own, with a migrated template database in it."""
    with Cluster(tmp_path_factory.mktemp("postgres")) as running:
        running.create(TEMPLATE)
        _migrate(running.url(TEMPLATE))
        yield running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    _migrate(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "academy.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(cluster: Cluster) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    name = f"academy_{secrets.token_hex(6)}"
    cluster.create(name, template=TEMPLATE)
    yield cluster.url(name)
    cluster.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, of each kind in turn."""
    kind = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    found: str = request.getfixturevalue(kind)
    return found


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[[str], Settings]:
    """Settings of a site on this machine, for a database address."""

    def make(url: str) -> Settings:
        return Settings(
            secret_key="a-secret-for-tests-of-forty-characters-1",
            base_url="http://localhost",
            database_url=url,
            instance=tmp_path / "instance",
            mail_from="academy@smm-academy.example",
            demo=True,
            limits=False,
        )

    return make


@pytest.fixture
def app(database_url: str, make_settings: Callable[[str], Settings]) -> Iterator[Academy]:
    """The site on a fresh database."""
    yield from _site(make_settings(database_url))


@pytest.fixture
def sqlite_app(sqlite_url: str, make_settings: Callable[[str], Settings]) -> Iterator[Academy]:
    """The site on a fresh SQLite database, for what does not depend on the database."""
    yield from _site(make_settings(sqlite_url))


@pytest.fixture
def visitor(app: Academy) -> Visitor:
    """Somebody who has just arrived."""
    return Visitor(app)


@pytest.fixture
def noon() -> datetime:
    """A moment."""
    return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def _site(settings: Settings) -> Iterator[Academy]:
    site = create_app(settings)
    site.testing = True
    yield site
    site.database.close()


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade(database.engine)
    database.close()
