"""What migrations build is what the models describe, and every person's row can be taken along."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Table

import smm_academy
from smm_academy.app import HOLDINGS
from smm_academy.database.migrating import is_current
from smm_academy.database.session import Database
from smm_academy.database.types import Base

ROOT = Path(__file__).parents[2]


def models() -> dict[str, str]:
    """Import every model; return the slice of each table."""
    found = {}
    for package in pkgutil.iter_modules(smm_academy.__path__):
        if not package.ispkg:
            continue
        folder = Path(next(iter(smm_academy.__path__))) / package.name
        if (folder / "models.py").exists():
            importlib.import_module(f"smm_academy.{package.name}.models")
    for mapper in Base.registry.mappers:
        found[str(mapper.local_table)] = mapper.class_.__module__.split(".")[1]
    return found


def points_to(table: Table, target: str) -> bool:
    return any(key.column.table.name == target for key in table.foreign_keys)


def test_migrations_build_exactly_what_the_models_describe(empty_database: Database) -> None:
    models()

    with empty_database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, Base.metadata)

    assert differences == []
    assert is_current(empty_database.engine)


def test_every_slice_that_knows_persons_can_export_and_erase_them() -> None:
    slices = models()
    knowing = {
        slices[table.name]
        for table in Base.metadata.sorted_tables
        if points_to(table, "person") or points_to(table, "sitting")
    }

    # The account itself comes first in every export and goes last; authors stay unnamed.
    assert knowing - {"accounts", "revisions"} == set(HOLDINGS)


def test_the_author_of_a_revision_is_forgotten_with_the_person() -> None:
    models()
    author = Base.metadata.tables["revision"].c.author_id

    assert {key.ondelete for key in author.foreign_keys} == {"SET NULL"}


def test_the_highest_slice_is_erased_first() -> None:
    tiers = [
        "admin", "classes", "credentials", "assessments", "writing", "authoring", "progress",
        "lessons", "quizzes", "shifts", "measurement", "sittings", "revisions",
    ]  # fmt: skip
    rank = {name: number for number, name in enumerate(tiers)}
    # Quizzes and shifts stand beside each other: neither points to the other.
    rank["shifts"] = rank["quizzes"]

    assert [rank[name] for name in HOLDINGS] == sorted(rank[name] for name in HOLDINGS)


def test_keys_point_downward_only() -> None:
    tiers = [
        "admin", "classes", "credentials", "assessments", "writing", "authoring", "progress",
        "lessons", "quizzes", "shifts", "measurement", "sittings",
        "revisions", "accounts", "jobs",
    ]  # fmt: skip
    slices = models()
    upward = [
        f"{table.name} -> {key.column.table.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if tiers.index(slices[table.name]) > tiers.index(slices[key.column.table.name])
    ]

    assert upward == []


def test_migrations_are_named_by_their_date() -> None:
    names = [path.name for path in (ROOT / "migrations" / "versions").glob("*.py")]

    assert names
    assert [name for name in names if not name[:10].replace("_", "").isdecimal()] == []
