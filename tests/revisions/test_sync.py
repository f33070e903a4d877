"""Files and database brought together: what changed where, and what a broken file does not do."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from smm_academy.accounts.models import HOUSE
from smm_academy.authoring.operations import Side, SyncReport, sync
from smm_academy.authoring.reading import Library, read_library
from smm_academy.database.session import Database
from smm_academy.errors import Conflict
from smm_academy.revisions.models import Chain, ChainKind, Revision
from smm_academy.revisions.operations import Draft, publish
from smm_academy.web.application import Academy
from tests.conftest import CONTENT, EXAMS
from tests.people import Visitor

pytestmark = pytest.mark.usefixtures("nothing_parsed")

QUIZ = "exams/quizzes/concepts/exam-once.en.md"
FILES = 7


@pytest.fixture
def exams(tmp_path: Path) -> Path:
    """A content folder of a few quizzes that may be changed."""
    folder = tmp_path / "exams"
    shutil.copytree(EXAMS, folder)
    return folder


def bring(database: Database, folder: Path, at: datetime, side: Side | None = None) -> SyncReport:
    library = read_library(folder)
    return database.run(lambda session: sync(session, HOUSE, library, at, side))


def write(folder: Path, old: str, new: str) -> None:
    path = folder.parent / QUIZ
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def serving(session: Session, key: str = "exam-once") -> Revision:
    chain = session.scalars(
        select(Chain).where(Chain.kind == ChainKind.QUIZ, Chain.key == key, Chain.locale == "en")
    ).one()
    assert chain.published is not None
    return chain.published


def source(database: Database) -> str:
    with database.reading() as session:
        return serving(session).source


def edit(database: Database, old: str, new: str, at: datetime) -> None:
    """Change the quiz in the database, as an author would on a page."""
    with database.unit() as session:
        now_served = serving(session)
        chain = session.get_one(Chain, now_served.chain_id)
        text = now_served.source.replace(old, new)
        draft = Draft(ChainKind.QUIZ, "exam-once", "en", text, now_served.parsed)
        publish(session, HOUSE, draft, at, chain=chain)


def revisions(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Revision)) or 0


def test_an_untouched_database_takes_every_file(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    report = bring(empty_database, exams, noon)

    assert (len(report.taken), report.kept, report.broken) == (FILES, [], [])
    assert source(empty_database) == (exams.parent / QUIZ).read_text("utf-8")


def test_a_second_sync_changes_nothing(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    before = revisions(empty_database)

    report = bring(empty_database, exams, noon)

    assert (report.unchanged, report.taken) == (FILES, [])
    assert revisions(empty_database) == before


def test_what_changed_in_the_file_alone_is_taken(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    write(exams, "One attempt", "Only one attempt")

    report = bring(empty_database, exams, noon)

    assert report.taken == [QUIZ]
    assert "Only one attempt" in source(empty_database)


def test_what_changed_in_the_database_alone_is_kept(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    edit(empty_database, "One attempt", "Ours", noon)

    report = bring(empty_database, exams, noon)

    assert report.kept == [QUIZ]
    assert "title: Ours" in source(empty_database)


def test_what_changed_in_both_is_named_and_nothing_is_written(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    edit(empty_database, "One attempt", "Ours", noon)
    write(exams, "One attempt", "Theirs")
    (exams / "quizzes/concepts/exam-never.en.md").unlink()
    before = revisions(empty_database)

    with pytest.raises(Conflict, match=r"exam-once\.en\.md"):
        bring(empty_database, exams, noon)

    assert revisions(empty_database) == before
    with empty_database.reading() as session:
        assert serving(session, "exam-never").source


@pytest.mark.parametrize(("side", "title"), [(Side.OURS, "Ours"), (Side.THEIRS, "Theirs")])
def test_a_side_settles_what_changed_in_both(
    empty_database: Database, exams: Path, noon: datetime, side: Side, title: str
) -> None:
    bring(empty_database, exams, noon)
    edit(empty_database, "One attempt", "Ours", noon)
    write(exams, "One attempt", "Theirs")

    bring(empty_database, exams, noon, side)
    bring(empty_database, exams, noon)

    assert f"title: {title}" in source(empty_database)


def test_the_same_change_in_both_is_no_clash(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    edit(empty_database, "One attempt", "The same", noon)
    write(exams, "One attempt", "The same")
    bring(empty_database, exams, noon)
    write(exams, "The same", "Later")

    report = bring(empty_database, exams, noon)

    assert report.taken == [QUIZ]


def test_a_file_that_is_gone_is_withdrawn_and_its_answers_stay(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    before = revisions(empty_database)
    (exams.parent / QUIZ).unlink()

    report = bring(empty_database, exams, noon)

    assert report.withdrawn == [QUIZ]
    assert revisions(empty_database) == before


def test_what_was_edited_here_outlives_its_file(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    edit(empty_database, "One attempt", "Ours", noon)
    (exams.parent / QUIZ).unlink()

    report = bring(empty_database, exams, noon)

    assert report.withdrawn == []
    assert "title: Ours" in source(empty_database)


def test_a_broken_file_keeps_its_last_good_version(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    before = source(empty_database)
    (exams.parent / QUIZ).write_bytes(b"---\ntitle: [\n\xff\xfe")

    report = bring(empty_database, exams, noon)

    assert (report.broken, report.withdrawn) == ([QUIZ], [])
    assert source(empty_database) == before


def test_a_broken_question_keeps_its_last_good_version_in_its_quiz(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    with empty_database.reading() as session:
        before = serving(session).parsed["items"]
    write(exams, "- (x) Social media marketing", "- ( ) Social media marketing")

    bring(empty_database, exams, noon)

    with empty_database.reading() as session:
        assert serving(session).parsed["items"] == before


def test_a_question_that_only_moved_is_the_same_revision(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    bring(empty_database, exams, noon)
    with empty_database.reading() as session:
        before = serving(session).parsed["items"]
    write(exams, "## Letters once", "\n\n\n## Letters once")

    bring(empty_database, exams, noon)

    with empty_database.reading() as session:
        assert serving(session).parsed["items"] == before


def test_a_source_is_kept_to_the_letter(
    empty_database: Database, exams: Path, noon: datetime
) -> None:
    write(exams, "Nobody says that.", "Nobody says “that” – żółć 🙏\u00a0.")

    bring(empty_database, exams, noon)

    assert "żółć 🙏\u00a0." in source(empty_database)


@pytest.mark.parametrize(
    ("files", "page"),
    [
        ("skills.yaml", "/learn"),
        ("glossary.yaml", "/learn/glossary"),
        ("lessons/*/smm-smo-seo.*.md", "/learn/smm-smo-seo"),
        ("quizzes/concepts/*.md", "/quizzes/concepts-basics"),
        ("brands/*.yaml", "/try"),
        ("scenarios/*.yaml", "/practice"),
    ],
)
def test_broken_content_never_takes_a_page_down(
    sqlite_app: Academy, broken_library: Library, files: str, page: str, noon: datetime
) -> None:
    before = Visitor(sqlite_app).opens(page)

    report = sqlite_app.database.run(lambda session: sync(session, HOUSE, broken_library, noon))
    after = Visitor(sqlite_app).opens(page)

    named = {path for path in report.broken if Path(path).match(files)}
    assert named
    assert before.status == after.status == 200


@pytest.fixture(scope="module")
def broken_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped content after an accident with every file in it."""
    folder = tmp_path_factory.mktemp("accident") / "content"
    shutil.copytree(CONTENT, folder)
    for path in [*folder.rglob("*.yaml"), *folder.rglob("*.md")]:
        path.write_bytes(b"---\ntitle: [\n\xff\xfe" + path.read_bytes()[:40])
    return read_library(folder)
