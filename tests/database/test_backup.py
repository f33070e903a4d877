"""A database in use is copied as of one moment; a copy comes back whole or not at all."""

from __future__ import annotations

import secrets
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from smm_academy.accounts.models import Organisation
from smm_academy.database.backup import back_up, restore
from smm_academy.database.migrating import is_current, upgrade
from smm_academy.database.session import Database
from smm_academy.errors import Conflict, Invalid, Misconfigured, NotFound
from tests.postgres import Cluster

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
BATCH = 50


def add_organisations(url: str, *slugs: str) -> None:
    database = Database(url)
    with database.unit() as session:
        for slug in slugs:
            session.add(Organisation(name=slug, slug=slug, created_at=MOMENT))
    database.close()


def slugs_of(url: str) -> set[str]:
    database = Database(url)
    with database.reading() as session:
        found = {row.slug for row in session.query(Organisation) if row.id != 1}
    database.close()
    return found


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


def test_a_backup_comes_back_on_each_database(database_url: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    add_organisations(database_url, "before")
    back_up(database_url, backup)
    add_organisations(database_url, "after")

    restore(database_url, backup, force=True)

    assert slugs_of(database_url) == {"before"}


def test_a_backup_of_a_database_being_written_to_is_of_one_moment(
    sqlite_url: str, tmp_path: Path
) -> None:
    begun, enough = threading.Event(), threading.Event()

    def write() -> None:
        for number in range(2000):
            add_organisations(sqlite_url, *(f"{number}-{part}" for part in range(BATCH)))
            begun.set()
            if enough.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    copies = [tmp_path / f"{number}.sqlite" for number in range(4)]
    for copy in copies:
        back_up(sqlite_url, copy)
    enough.set()
    writer.join()

    counts = [len(slugs_of(url_of(copy))) for copy in copies]
    assert all(count and count % BATCH == 0 for count in counts)
    assert counts == sorted(counts)


def test_a_backup_is_one_file_for_its_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    back_up(sqlite_url, folder / "backup")

    assert [path.name for path in folder.iterdir()] == ["backup"]
    assert stat.S_IMODE((folder / "backup").stat().st_mode) == 0o600


def test_a_backup_replaces_a_file_only_when_told_to(sqlite_url: str, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    diary.write_text("Dear diary")

    with pytest.raises(Conflict, match="--force"):
        back_up(sqlite_url, diary)

    assert diary.read_text() == "Dear diary"
    back_up(sqlite_url, diary, force=True)
    restore(url_of(tmp_path / "new.sqlite"), diary)


def test_no_database_is_no_empty_backup(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no database"):
        back_up(url_of(tmp_path / "none.sqlite"), tmp_path / "backup")

    assert not any(tmp_path.iterdir())


def test_a_backup_goes_to_a_new_place(sqlite_url: str, tmp_path: Path) -> None:
    add_organisations(sqlite_url, "moved")
    back_up(sqlite_url, tmp_path / "backup")
    elsewhere = url_of(tmp_path / "new" / "academy.sqlite")

    restore(elsewhere, tmp_path / "backup")

    assert slugs_of(elsewhere) == {"moved"}
    database = Database(elsewhere)
    assert is_current(database.engine)
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that holds nothing but its tables, of each kind in turn."""
    if request.param == "sqlite":
        url = url_of(tmp_path / "empty.sqlite")
    else:
        cluster: Cluster = request.getfixturevalue("cluster")
        name = f"empty_{secrets.token_hex(6)}"
        cluster.create(name)
        url = cluster.url(name)
    database = Database(url)
    upgrade(database.engine)
    database.close()
    return url


def test_what_a_database_holds_is_given_up_only_when_told_to(
    empty_url: str, tmp_path: Path
) -> None:
    back_up(empty_url, tmp_path / "backup")
    restore(empty_url, tmp_path / "backup")
    add_organisations(empty_url, "dear")

    with pytest.raises(Conflict, match="not empty"):
        restore(empty_url, tmp_path / "backup")

    assert slugs_of(empty_url) == {"dear"}


def test_a_database_in_use_is_left_alone(sqlite_url: str, tmp_path: Path) -> None:
    back_up(sqlite_url, tmp_path / "backup")
    add_organisations(sqlite_url, "working")
    site = Database(sqlite_url)
    with site.reading() as session:
        session.get(Organisation, 1)

    with pytest.raises(Conflict, match="in use"):
        restore(sqlite_url, tmp_path / "backup", force=True)

    site.close()
    assert slugs_of(sqlite_url) == {"working"}


@pytest.mark.parametrize("content", [b"", b"Dear diary", b"SQLite format 3\x00 and more"])
def test_what_is_no_backup_is_refused(content: bytes, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)

    with pytest.raises(Invalid, match="no"):
        restore(database_url, file)


def test_a_stranger_s_database_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE song (title)")

    with pytest.raises(Invalid, match="not a backup of SMM Academy"):
        restore(sqlite_url, file)


def test_a_damaged_backup_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    add_organisations(sqlite_url, *(f"organisation-{number}" for number in range(500)))
    back_up(sqlite_url, backup)
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))

    with pytest.raises(Invalid, match=r"damaged|not a backup"):
        restore(sqlite_url, backup, force=True)

    assert len(slugs_of(sqlite_url)) == 500


def test_a_backup_of_a_newer_release_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(sqlite_url, backup)
    with closing(sqlite3.connect(backup)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '2999_01_01_future'")

    with pytest.raises(Invalid, match="newer release"):
        restore(sqlite_url, backup)


def test_migrations_leave_the_database_of_a_newer_release_alone(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '2999_01_01_future'")
    database = Database(sqlite_url)

    with pytest.raises(Misconfigured, match="newer release"):
        upgrade(database.engine)

    database.close()


def test_a_database_is_no_backup_of_itself(sqlite_url: str) -> None:
    with pytest.raises(Invalid, match="the database itself"):
        restore(sqlite_url, Path(sqlite_url.removeprefix("sqlite:///")), force=True)


def test_postgresql_without_its_programs_is_refused_by_name(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Misconfigured, match="pg_dump"):
        back_up(postgres_url, tmp_path / "backup")

    assert not any(tmp_path.iterdir())


def test_a_dump_of_something_else_is_refused(postgres_url: str, tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(b"PGDMP and then nothing")

    with pytest.raises(Conflict, match="pg_restore"):
        restore(postgres_url, file)
