"""What was published: compared, restored, withdrawn; files and sittings keep what they had."""

from __future__ import annotations

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from smm_academy.accounts.models import HOUSE
from smm_academy.authoring.operations import Side, SyncReport, sync
from smm_academy.authoring.queries import served_files
from smm_academy.authoring.reading import read_library
from smm_academy.errors import Conflict
from smm_academy.revisions.models import Chain, ChainKind
from smm_academy.web.application import Academy
from tests.conftest import CONTENT
from tests.people import Visitor
from tests.writing.authors import Author, chain_id

pytestmark = pytest.mark.usefixtures("nothing_parsed")

LESSON = "lessons/under-fire/the-angry-customer.en.md"


@pytest.fixture
def author(app: Academy) -> Author:
    """An instructor of the house, whose texts came from files."""
    found = Author(app)
    found.joins_house("ewa@example.com")
    return found


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The shipped content where it may be changed, under its own name."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    return folder


def exported(app: Academy) -> dict[str, bytes]:
    with app.database.reading() as session:
        return dict(served_files(session, HOUSE))


def bring(app: Academy, folder: Path, at: datetime, side: Side | None = None) -> SyncReport:
    library = read_library(folder)
    return app.database.run(lambda session: sync(session, HOUSE, library, at, side))


def retitle(author: Author, title: str) -> None:
    author.edits("the-angry-customer")
    author.publishes(re.sub(r"(?m)^title: .*$", f"title: {title}", author.text(), count=1))


def test_a_published_edit_leaves_as_it_was_typed_and_comes_back_as_no_change(
    author: Author, content: Path, noon: datetime
) -> None:
    bring(author.app, content, noon)
    retitle(author, "Ours")

    files = exported(author.app)
    for name, raw in files.items():
        (content / name).write_bytes(raw)
    report = bring(author.app, content, noon)
    again = exported(author.app)

    assert b"title: Ours" in files[LESSON]
    assert files[LESSON].replace(b"title: Ours", b"") == re.sub(
        rb"(?m)^title: .*$", b"", (CONTENT / LESSON).read_bytes(), count=1
    )
    assert report.taken == []
    assert again == files


def test_an_edit_in_the_browser_is_kept_and_a_change_of_both_is_named(
    author: Author, content: Path, noon: datetime
) -> None:
    bring(author.app, content, noon)
    retitle(author, "Ours")
    path = content / LESSON

    assert bring(author.app, content, noon).kept == [f"content/{LESSON}"]
    path.write_text(path.read_text("utf-8") + "\nTheirs.\n", encoding="utf-8")
    with pytest.raises(Conflict, match=r"the-angry-customer\.en\.md"):
        bring(author.app, content, noon)
    bring(author.app, content, noon, Side.THEIRS)

    assert exported(author.app)[LESSON] == path.read_bytes()


def test_what_was_withdrawn_here_stays_so_until_its_file_changes(
    author: Author, content: Path, noon: datetime
) -> None:
    bring(author.app, content, noon)
    text = chain_id(author.app, "the-angry-customer")
    author.posts(f"/teach/texts/{text}/withdraw")

    kept = bring(author.app, content, noon)
    assert kept.kept == [f"content/{LESSON}"]
    assert LESSON not in exported(author.app)

    path = content / LESSON
    path.write_text(path.read_text("utf-8") + "\nTheirs.\n", encoding="utf-8")
    with pytest.raises(Conflict):
        bring(author.app, content, noon)
    bring(author.app, content, noon, Side.OURS)
    author.posts(f"/teach/texts/{text}/serve")
    bring(author.app, content, noon)

    assert exported(author.app)[LESSON] == (CONTENT / LESSON).read_bytes()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_file_is_taken_to_the_letter_and_typing_keeps_its_form(
    author: Author, mark: bytes, line_end: bytes
) -> None:
    author.begins()
    raw = mark + author.text().encode().replace(b"\n", line_end)

    author.uploads("file", "kind-words.en.md", raw)
    assert author.client.get(f"{author.draft()}/source").data == raw
    assert not author.text().startswith("\ufeff")
    author.publishes(author.text().replace("Monday", "Tuesday"))

    name = "lessons/what-smm-is/kind-words.en.md"
    assert exported(author.app)[name] == raw.replace(b"Monday", b"Tuesday")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("a.md", b"\xff\x00\xff not text"),
        ("a.md", b"a\x00b"),
        ("a.md", b" \n"),
        ("a.docx", b"PK"),
        ("a.md", b"x" * 400_001),
    ],
)
def test_a_file_that_is_no_text_is_refused_and_the_draft_stays(
    author: Author, name: str, raw: bytes
) -> None:
    author.begins()
    before = author.text()

    page = author.uploads("file", name, raw)

    assert page.status == 422
    assert author.text() == before


def test_two_states_are_compared_in_words_and_an_earlier_one_is_restored(author: Author) -> None:
    author.begins()
    author.publishes()
    author.edits("kind-words")
    author.publishes(author.text().replace("two hundred", "300").replace("Monday", "Tuesday"))
    address = f"/teach/texts/{chain_id(author.app, 'kind-words')}"

    compared = author.opens(f"{address}?from=1&to=2")
    restored = author.posts(f"{address}/restore", number=1)

    assert "− removed" in compared.text
    assert "+ added" in compared.text
    assert "Restore 2" in restored.text
    assert "Monday" in author.opens("/learn/kind-words").text
    assert author.opens(f"{address}?from=1&to=3").text.count("Nothing differs.") == 1


@pytest.mark.parametrize("query", ["?from=9&to=1", "?from=0&to=1", "?from=1&to=99999999999"])
def test_a_revision_that_is_none_is_not_there(author: Author, query: str) -> None:
    author.begins()
    author.publishes()
    address = f"/teach/texts/{chain_id(author.app, 'kind-words')}"

    assert author.opens(f"{address}{query}").status == 404
    assert author.posts(f"{address}/restore", number="99999999999999999999").status == 404


def test_what_is_withdrawn_is_gone_for_readers_and_comes_back(author: Author) -> None:
    author.begins()
    author.publishes()
    address = f"/teach/texts/{chain_id(author.app, 'kind-words')}"

    withdrawn = author.posts(f"{address}/withdraw")
    gone = author.opens("/learn/kind-words").status
    author.posts(f"{address}/serve")

    assert "Withdrawn" in withdrawn.text
    assert gone == 404
    assert author.opens("/learn/kind-words").status == 200


def test_a_quiz_in_progress_keeps_its_questions_and_its_key(app: Academy) -> None:
    author, learner = Author(app), Visitor(app)
    author.joins_house("ewa@example.com")
    author.begins("quiz", "Quick one")
    author.publishes()
    learner.registers("ola@example.com")
    learner.opens("/quizzes/quick-one")
    first = learner.sends("/quizzes/quick-one").path

    author.edits("quick-one", ChainKind.QUIZ)
    text = author.text().replace("= 85 %", "= 12 %").replace("Of 40 questions", "Of 400 questions")
    author.publishes(text)
    base = first.rpartition("/")[0]
    pages = [learner.opens(f"{base}/{number}").text for number in range(1, 5)]
    shown = " ".join(pages)
    learner.opens("/quizzes/quick-one")

    assert "Of 40 questions" in shown
    assert "Of 400 questions" not in shown


def test_a_shift_in_progress_keeps_its_brand_book(app: Academy) -> None:
    author, learner = Author(app), Visitor(app)
    author.joins_house("ewa@example.com")
    learner.registers("ola@example.com")
    learner.opens("/practice")
    desk = learner.sends("/practice/shifts/lumo-monday").path
    author.edits("lumo", ChainKind.BRAND, "")
    name = re.search(r"(?m)^name: (.*)$", author.text())
    assert name
    page = author.publishes(author.text().replace(name[0], "name: Lumo Nova", 1))

    assert page.status == 200, page.text
    assert "Lumo Nova" not in learner.opens(desk).text
    assert "Lumo Nova" in learner.opens("/practice").text


def test_a_translation_follows_its_original_and_says_when_that_has_moved_on(
    author: Author,
) -> None:
    author.begins()
    author.publishes()
    text = chain_id(author.app, "kind-words")
    author.posts(f"/teach/texts/{text}/translate")
    assert "C133" in author.types(author.text(), "/check").text
    polish = author.text().replace("A moment everybody knows", "Chwila, którą każdy zna")
    author.publishes(polish)
    author.edits("kind-words")
    author.publishes(author.text().replace("Monday", "Tuesday"))

    shelf = author.opens("/teach?q=kind words")
    author.edits("kind-words", locale="pl")
    editor = author.page
    author.publishes(author.text().replace("knows", "zna") + "\n<!-- ok -->\n", caught_up="y")

    assert "original changed" in shelf.text
    assert editor is not None
    assert "The original has changed since" in editor.text
    assert "original changed" not in author.opens("/teach?q=kind words").text
    with author.app.database.reading() as session:
        chains = session.scalars(select(Chain).where(Chain.key == "kind-words"))
        locales = {chain.locale: chain.published for chain in chains}
    assert locales["pl"] is not None
    assert locales["en"] is not None
    assert locales["pl"].follows_id == locales["en"].id


def test_a_draft_thrown_away_leaves_what_was_published(author: Author) -> None:
    author.begins()
    author.publishes()
    author.edits("kind-words")
    address = author.draft()

    author.posts(f"{address}/discard")

    assert author.opens(address).status == 404
    assert author.opens("/learn/kind-words").status == 200
