"""Content files are checked, taken into the database and written out again to the letter."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from smm_academy.accounts.models import HOUSE
from smm_academy.authoring.folders import SHIPPED, content_folders, root_of, shipped_folder
from smm_academy.authoring.operations import Side, SyncReport, sync
from smm_academy.authoring.queries import served_files
from smm_academy.authoring.reading import read_library
from smm_academy.cli import run
from smm_academy.config import demo_settings
from smm_academy.database.migrating import upgrade
from smm_academy.database.session import Database
from smm_academy.errors import Conflict, Misconfigured
from smm_academy.revisions.models import Chain, Revision
from smm_academy.revisions.operations import Draft, publish
from tests.cli.commands import run_command

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LESSON = Path("lessons/under-fire/the-angry-customer.en.md")
FIGURED = Path("lessons/a-day-at-work/anatomy-of-a-reply.en.md")
FIGURE = Path("lessons/a-day-at-work/figures/anatomy.en.svg")
QUIZ = Path("quizzes/empathy/basics.en.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder of a few files, line endings and a byte order mark among them."""
    content = tmp_path / "mine"
    for name in (LESSON, FIGURED, FIGURE, QUIZ):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped_folder() / name, content / name)
    windows = (content / LESSON).read_bytes().replace(b"\n", b"\r\n")
    (content / LESSON).write_bytes(b"\xef\xbb\xbf" + windows)
    return content


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database that holds no content."""
    opened = Database(f"sqlite:///{tmp_path / 'academy.sqlite'}")
    upgrade(opened.engine)
    yield opened
    opened.close()


def take(database: Database, *folders: Path, side: Side | None = None) -> SyncReport:
    library = read_library(*folders)
    return database.run(lambda session: sync(session, HOUSE, library, MOMENT, side))


def files(database: Database, *, private: bool = True) -> dict[str, bytes]:
    with database.reading() as session:
        return dict(served_files(session, HOUSE, private=private))


def edit_here(database: Database, key: str, change: tuple[str, str]) -> None:
    """Change a text in the database as an author in the browser does."""
    with database.unit() as session:
        chain = session.scalars(select(Chain).where(Chain.key == key)).one()
        serving = session.get_one(Revision, chain.published_id)
        source = serving.source.replace(*change)
        parsed = serving.parsed
        revision = publish(
            session,
            HOUSE,
            Draft(chain.kind, key, chain.locale, source, parsed),  # type: ignore[arg-type]
            MOMENT,
            chain=chain,
        )
        revision.origin, revision.origin_sha256 = serving.origin, serving.origin_sha256


def test_the_shipped_content_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["content", "check", "--json"]) == 0

    problems = json.loads(capsys.readouterr().out)
    assert not [problem for problem in problems if problem["severity"] == "error"]


def test_an_error_is_named_with_place_code_and_mend(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / QUIZ).read_text(encoding="utf-8")
    (folder / QUIZ).write_text(text.replace("- (x)", "- ( )", 1), encoding="utf-8")

    status = run(["content", "check", str(folder / QUIZ)])

    named = [line for line in capsys.readouterr().out.splitlines() if ": error " in line]
    assert status == 1
    assert len(named) == 1
    path, line, column = named[0].split(": ")[0].rsplit(":", 2)
    assert path == f"mine/{QUIZ.as_posix()}"
    assert int(line) > 1
    assert int(column) >= 1
    assert " Fix: " in named[0]


def test_problems_come_as_json_for_an_editor(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / LESSON).write_text("---\ntitle: [\n---\n", encoding="utf-8")

    status = run(["content", "check", "--json", str(folder)])

    problems = json.loads(capsys.readouterr().out)
    assert status == 1
    assert {"path", "line", "column", "severity", "code", "message", "fix"} <= set(problems[0])


def test_a_folder_of_ones_own_may_name_what_is_shipped(folder: Path) -> None:
    assert run(["content", "check", str(folder / LESSON)]) == 0


def test_a_scenario_of_ones_own_may_use_a_shipped_brand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = tmp_path / "own" / "scenarios" / "my-monday.yaml"
    scenario.parent.mkdir(parents=True)
    shipped = (shipped_folder() / "scenarios" / "lumo-monday.yaml").read_text(encoding="utf-8")
    scenario.write_text(shipped.replace("id: lumo-monday", "id: my-monday", 1), encoding="utf-8")

    status = run(["content", "check", str(scenario)])

    assert (status, capsys.readouterr().out) == (0, "")


def test_a_file_that_is_not_there_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["content", "check", "content/quizzes/empathy/nothing.en.md"])

    assert status == 1
    assert "error C120 there is no such file" in capsys.readouterr().out


def test_the_folder_of_a_file_is_found_from_within(folder: Path, tmp_path: Path) -> None:
    assert root_of(folder / LESSON) == folder
    assert root_of(folder / "quizzes") == folder
    assert root_of(folder) == folder
    assert root_of(tmp_path / "mine" / "quizzes" / "gone.en.md") == folder


def test_what_is_taken_comes_out_to_the_letter(database: Database, folder: Path) -> None:
    take(database, folder)

    assert files(database) == {
        f"mine/{name.as_posix()}": (folder / name).read_bytes()
        for name in (LESSON, FIGURED, FIGURE, QUIZ)
    }


def test_taking_the_same_files_again_changes_nothing(database: Database, folder: Path) -> None:
    first = take(database, folder)
    again = take(database, folder)

    assert len(first.taken) == 3
    assert (again.taken, again.withdrawn, again.unchanged) == ([], [], 3)


def test_a_file_that_was_moved_keeps_serving(database: Database, folder: Path) -> None:
    take(database, folder)
    there = folder / "quizzes" / "voice" / QUIZ.name
    there.parent.mkdir()
    (folder / QUIZ).rename(there)

    report = take(database, folder)

    assert (report.taken, report.withdrawn) == ([], [])
    assert f"mine/quizzes/voice/{QUIZ.name}" in files(database)
    assert f"mine/{QUIZ.as_posix()}" not in files(database)


def test_a_file_that_is_gone_is_taken_out_of_service(database: Database, folder: Path) -> None:
    take(database, folder)
    (folder / QUIZ).unlink()

    assert take(database, folder).withdrawn == [f"mine/{QUIZ.as_posix()}"]
    assert f"mine/{QUIZ.as_posix()}" not in files(database)


def test_the_last_good_text_of_a_broken_file_keeps_serving(
    database: Database, folder: Path
) -> None:
    take(database, folder)
    good = (folder / LESSON).read_bytes()
    (folder / LESSON).write_text("---\ntitle: [\n---\n", encoding="utf-8")

    report = take(database, folder)

    assert report.broken == [f"mine/{LESSON.as_posix()}"]
    assert files(database)[f"mine/{LESSON.as_posix()}"] == good


def test_where_both_changed_somebody_must_choose(database: Database, folder: Path) -> None:
    name = f"mine/{LESSON.as_posix()}"
    take(database, folder)
    edit_here(database, "the-angry-customer", ("heated thread", "hot thread"))
    ours = files(database)[name]
    theirs = (folder / LESSON).read_bytes().replace(b"heated thread", b"loud thread")
    (folder / LESSON).write_bytes(theirs)

    with pytest.raises(Conflict, match="the-angry-customer"):
        take(database, folder)
    assert files(database)[name] == ours

    assert take(database, folder, side=Side.OURS).kept == [name]
    assert files(database)[name] == ours
    assert take(database, folder).kept == [name]

    (folder / LESSON).write_bytes(theirs.replace(b"loud thread", b"wild thread"))
    assert take(database, folder, side=Side.THEIRS).taken == [name]
    assert b"wild thread" in files(database)[name]


def test_two_files_of_one_id_are_named_and_the_first_serves(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    (other / QUIZ).parent.mkdir(parents=True)
    shutil.copy(folder / QUIZ, other / QUIZ)

    library = read_library(folder, other)
    report = take(database, folder, other)

    assert [problem.code for problem in library.errors] == ["C112"]
    assert report.broken == [f"other/{QUIZ.as_posix()}"]
    assert f"mine/{QUIZ.as_posix()}" in files(database)


def test_two_folders_do_not_take_one_another_out_of_service(
    database: Database, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    lesson = other / "lessons" / "career" / "mine.en.md"
    lesson.parent.mkdir(parents=True)
    text = (shipped_folder() / LESSON).read_text(encoding="utf-8")
    lesson.write_text(text.replace("id: the-angry-customer", "id: mine"), encoding="utf-8")
    take(database, folder, other)

    again = take(database, folder, other)

    assert again.withdrawn == []
    assert {path.partition("/")[0] for path in files(database)} == {"mine", "other"}


def test_the_operator_s_own_content_is_never_exported_with_the_shipped_one(
    database: Database, folder: Path
) -> None:
    take(database, folder)

    assert files(database, private=False) == {}


def test_content_folders_must_be_there_and_go_by_different_names(tmp_path: Path) -> None:
    twice = [tmp_path / "a" / "own", tmp_path / "b" / "own"]
    for path in twice:
        path.mkdir(parents=True)
    place = {"SMM_ACADEMY_INSTANCE": str(tmp_path / "instance")}

    for paths, said in (
        (twice, "Two content folders are called own"),
        ([tmp_path / "none"], "is no folder"),
    ):
        listed = ":".join(map(str, paths))
        settings = demo_settings({**place, "SMM_ACADEMY_CONTENT_PATHS": listed})
        with pytest.raises(Misconfigured, match=said):
            content_folders(settings)


def test_shipped_content_goes_in_and_comes_out_by_command(tmp_path: Path) -> None:
    here = {"SMM_ACADEMY_DEMO": "1", "SMM_ACADEMY_INSTANCE": str(tmp_path / "instance")}
    target = tmp_path / "out"

    early = run_command("content", "sync", added=here)
    run_command("db", "upgrade", added=here)
    taken = run_command("content", "sync", added=here)
    written = run_command("content", "export", target, added=here)
    twice = run_command("content", "export", target, added=here)

    assert early.returncode == 2
    assert b"db upgrade" in early.stderr
    assert (taken.returncode, written.returncode, twice.returncode) == (0, 0, 2)
    assert b"is not empty" in twice.stderr
    exported = {path.relative_to(target) for path in target.rglob("*") if path.is_file()}
    folders = {"lessons", "quizzes", "brands", "scenarios"}
    assert {path.parts[0] for path in exported} >= folders | {"glossary.yaml", "skills.yaml"}
    assert SHIPPED not in {path.parts[0] for path in exported}
    for path in exported:
        assert (target / path).read_bytes() == (shipped_folder() / path).read_bytes()
