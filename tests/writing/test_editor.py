"""The editor over HTTP: from a sound start to a published text, and what is refused on the way."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import select

from smm_academy.accounts.models import AuditEntry
from smm_academy.errors import Invalid
from smm_academy.revisions.models import ChainKind, Medium, Revision
from smm_academy.web.application import Academy
from smm_academy.writing.pictures import LARGEST_PICTURE, reencode
from tests.people import Visitor
from tests.writing.authors import Author, chain_id

pytestmark = pytest.mark.usefixtures("nothing_parsed")

LONG = "word " * 21_000


@pytest.fixture
def author(app: Academy) -> Author:
    found = Author(app)
    found.opens_school("ewa@example.com")
    return found


def audit(app: Academy) -> list[str]:
    with app.database.reading() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_teach_says_to_everyone_what_an_author_gets(app: Academy) -> None:
    page = Visitor(app).opens("/teach")

    assert page.status == 200
    assert "Q203" in page.text
    assert "What do you write first?" in page.text


def test_a_school_is_opened_by_whoever_signed_in_and_its_slug_is_its_own(app: Academy) -> None:
    one, other = Author(app), Author(app)

    one.opens_school("one@example.com")
    page = other.opens_school("two@example.com")

    assert page.status == 200
    assert page.path == "/teach/new"
    assert audit(app).count("organisation.opened") == 2


@pytest.mark.parametrize("name", ["", "   ", "!!!", "x" * 130])
def test_a_school_without_a_name_is_not_opened(app: Academy, name: str) -> None:
    author = Author(app)

    page = author.opens_school("ewa@example.com", name)

    assert page.status == 422
    assert "organisation.opened" not in audit(app)


def test_nobody_opens_schools_without_end(app: Academy) -> None:
    author = Author(app)
    author.registers("ewa@example.com")

    pages = [author.posts("/teach/schools", name=f"School {number}") for number in range(6)]

    assert [page.status for page in pages] == [200, 200, 200, 200, 200, 429]


def test_a_first_lesson_is_published_as_it_begins(author: Author) -> None:
    author.begins("lesson", 'A "kind": word')
    assert "No errors" in author.page.text  # type: ignore[union-attr]

    published = author.publishes()
    lesson = author.opens("/learn/a-kind-word")

    assert published.status == 200
    assert "Published" in published.text
    assert 'A "kind": word' in lesson.text
    assert "text.published" in audit(author.app)


@pytest.mark.parametrize("locale", ["en", "pl"])
@pytest.mark.parametrize("kind", ["lesson", "quiz", "brand"])
def test_every_start_is_sound_in_both_languages(author: Author, kind: str, locale: str) -> None:
    page = author.begins(kind, "Something new", locale)

    assert 'data-severity="' not in page.html
    assert author.publishes().status == 200


def test_errors_are_named_by_line_and_nothing_is_published(author: Author) -> None:
    author.begins()
    text = author.text().replace("- (x)", "- ( )").replace("minutes: 6", "minutes: six")

    page = author.publishes(text)

    assert page.status == 422
    assert "Q203" in page.text
    assert 'data-line="5"' in page.html
    assert author.text() == text
    assert author.opens("/learn/kind-words").status == 404
    author.opens("/teach")
    assert "only a draft" in author.page.text  # type: ignore[union-attr]


def test_what_was_typed_stays_with_the_draft_when_it_cannot_be_published(author: Author) -> None:
    author.begins()
    address, text = author.draft(), author.text().replace("- (x)", "- ( )")

    author.publishes(text)
    author.opens(address)

    assert author.text() == text


def test_a_check_shows_and_keeps_nothing(author: Author) -> None:
    author.begins()
    address, before = author.draft(), author.text()

    page = author.types(before.replace("A moment everybody knows", "Tuesday"), "/check")
    author.opens(address)

    assert "Tuesday" in page.text
    assert author.text() == before


def test_script_in_a_text_runs_neither_in_the_preview_nor_for_readers(author: Author) -> None:
    author.begins()
    evil = (
        '<script>alert(1)</script>\n\n<img src="/x" onerror="alert(2)">\n\n'
        '[a](javascript:alert(3)) <svg onload="alert(4)"></svg>\n\n## Your turn'
    )
    text = author.text().replace("## Your turn", evil)

    preview = author.types(text, "/check").html.partition("data-preview")[2]
    title = author.text().replace("title: ", 'title: "<script>alert(5)</script>" #')
    shown = author.types(title, "/check").html.partition("data-preview")[2]

    for told in ("<script>alert", "onerror=", "javascript:", "onload="):
        assert told not in preview
        assert told not in shown
    clean = text.replace("(javascript:alert(3))", "(/learn)").replace('src="/x"', 'src="x.png"')
    author.publishes(clean)
    lesson = author.opens("/learn/kind-words").html
    assert "<script>alert" not in lesson
    assert "onerror=" not in lesson


def test_a_text_that_is_too_long_is_refused_and_shown_again(author: Author) -> None:
    author.begins()

    page = author.types(LONG)
    huge = author.posts("/teach/drafts/1/check", source="x" * 1_100_000, version="1")

    assert page.status == 422
    assert "too long" in page.text
    assert page.form("/teach/drafts/1").fields["source"][0].strip() == LONG.strip()
    assert huge.status == 413


@pytest.mark.parametrize("version", ["", "one", "-1", "99999999999999999999", "²"])
def test_a_version_that_is_none_is_refused(author: Author, version: str) -> None:
    author.begins()

    assert author.types(author.text(), version=version).status == 422


def test_two_windows_are_told_of_each_other_and_both_texts_stay(app: Academy) -> None:
    one, other = Author(app), Author(app)
    one.opens_school("ewa@example.com")
    one.begins()
    other.signs_in("ewa@example.com")
    other.opens(one.draft())
    address, start = one.draft(), one.text()
    mine, theirs = start + "\nMine.\n", start + "\nTheirs.\n"

    other.types(theirs)
    clash = one.types(mine)
    again = one.types(mine + "Both.\n", version=clash.form(address).fields["version"][0])

    assert clash.status == 409
    assert "Mine." in clash.form(address).fields["source"][0]
    assert "Theirs." in clash.text
    assert "removed" in clash.text
    assert again.status == 200
    assert "Both." in one.text()


def test_a_script_gets_a_version_or_the_news_of_another_window(author: Author) -> None:
    author.begins()
    address, text = author.draft(), author.text()
    headers = {"Accept": "application/json"}

    def sends(source: str, version: str) -> tuple[int, dict[str, object]]:
        data = {"csrf_token": author.token(), "source": source, "version": version}
        response = author.client.post(address, data=data, headers=headers)
        return response.status_code, response.get_json()

    assert sends(text + "1", "1") == (200, {"version": 2})
    assert sends(text + "1", "1") == (200, {"version": 2})
    status, answer = sends(text + "2", "1")
    assert status == 409
    assert answer["version"] == 2
    assert "Ola" in str(answer["error"])


def test_an_id_never_changes_once_it_is_published(author: Author) -> None:
    author.begins()
    author.publishes()
    author.edits("kind-words")

    page = author.publishes(author.text().replace("id: kind-words", "id: kinder-words"))

    assert page.status == 422
    assert "C130" in page.text
    assert "never changes" in page.text


def test_a_new_text_may_not_take_the_id_of_another_of_the_school(author: Author) -> None:
    author.begins()
    author.publishes()
    author.begins("lesson", "Other words")

    page = author.publishes(author.text().replace("id: other-words", "id: kind-words"))

    assert page.status == 422
    assert "C131" in page.text


def test_two_drafts_of_one_id_do_not_both_become_it(author: Author) -> None:
    author.begins()
    first = author.draft()
    author.begins()
    author.publishes()

    author.opens(first)

    assert author.publishes().status == 422


def test_advice_is_shown_and_stops_nothing(author: Author) -> None:
    author.begins()
    text = author.text().replace("level: beginner", "level: beginner\nstatus: draft")

    checked = author.types(text, "/check")

    assert "C134" in checked.text
    assert author.publishes(text).status == 200


def test_a_text_for_machines_is_read_by_its_name_only(author: Author) -> None:
    author.begins()

    page = author.types("x" * 100_001, "/check")

    assert page.status == 200
    assert "C132" in page.text


def test_a_question_of_another_type_needs_another_id(author: Author) -> None:
    author.begins("quiz", "Quick one")
    author.publishes()
    author.edits("quick-one", ChainKind.QUIZ)

    page = author.publishes(author.text().replace("= 85 %", "- (x) 85\n- ( ) 34"))

    assert page.status == 422
    assert "C135" in page.text


def test_only_wording_says_so_and_a_new_key_is_no_wording(author: Author) -> None:
    author.begins("quiz", "Quick one")
    author.publishes()
    author.edits("quick-one", ChainKind.QUIZ)
    address, text = author.draft(), author.text()
    reworded = text.replace("By when", "Until when")
    rekeyed = text.replace("= 85 %", "= 86 %")

    refused = author.publishes(rekeyed, wording_only="y")
    author.opens(address)
    author.publishes(reworded, wording_only="y")

    assert refused.status == 422
    assert "quick-one-share" in refused.text
    with author.app.database.reading() as session:
        changed = session.scalars(select(Revision).where(Revision.wording_only)).all()
    assert len(changed) == 2


def test_a_picture_is_reencoded_shown_and_kept_for_export(author: Author) -> None:
    author.begins()
    picture = io.BytesIO()
    noted = Image.Exif()
    noted[0x010E] = "taken at home"
    Image.new("RGB", (2000, 10), "red").save(picture, "JPEG", exif=noted)

    page = author.uploads("picture", "Moje zdjęcie.jpg", picture.getvalue())
    line = ":::figure src=figures/moje-zdjecie-"
    assert line in page.text
    shown = page.text.partition(line)[2].split(" ")[0]
    text = author.text().replace("## Your turn", f'{line}{shown} alt="Red"\n:::\n\n## Your turn')
    published = author.publishes(text)
    lesson = author.opens("/learn/kind-words")

    assert published.status == 200, published.text
    with author.app.database.reading() as session:
        medium = session.scalars(select(Medium).where(Medium.media_type == "image/jpeg")).one()
    assert f"/media/{medium.sha256}" in lesson.html
    assert b"taken at home" not in medium.content
    assert Image.open(io.BytesIO(medium.content)).width == 1600


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"not a picture"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.gif", b"GIF89a" + b"\0" * 40),
    ],
)
def test_what_is_no_picture_is_refused_and_the_text_stays(
    author: Author, name: str, content: bytes
) -> None:
    author.begins()
    before = author.text()

    page = author.uploads("picture", name, content)

    assert page.status == 422
    assert author.text() == before


def test_a_picture_beyond_five_megabytes_is_refused() -> None:
    with pytest.raises(Invalid, match="5 MB"):
        reencode(b"x" * (LARGEST_PICTURE + 1))


def test_copies_of_the_house_win_in_ones_own_school_only(app: Academy) -> None:
    author, learner = Author(app), Visitor(app)
    author.opens_school("ewa@example.com")
    house = chain_id(app, "the-angry-customer")
    author.opens("/teach/library")
    school = author.page.form(f"/{house}/copy").buttons[0][1]  # type: ignore[union-attr]

    author.posts(f"/teach/texts/{house}/copy", organisation=school)
    author.publishes(author.text().replace("title: ", "title: Ours, ", 1))

    assert "Ours," in author.opens("/learn/the-angry-customer").text
    assert "Ours," not in learner.opens("/learn/the-angry-customer").text
    assert author.posts(f"/teach/texts/{house}/edit").status == 404
    again = author.posts(f"/teach/texts/{house}/copy", organisation=school)
    assert again.status == 409
