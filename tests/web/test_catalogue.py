"""The interface in Polish: every message there, whole, and Polish all through."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from html import unescape

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from smm_academy import errors
from smm_academy.accounts import letters
from smm_academy.accounts.models import Person
from smm_academy.admin.letters import ADMIN
from smm_academy.organisations.letters import INVITATION
from smm_academy.progress.letters import DIGEST
from smm_academy.web.application import Academy
from smm_academy.web.locale import CATALOGUES
from tests.conftest import ROOT
from tests.people import Visitor

FORMS = 3
SAME_IN_BOTH = {"Menu", "Portfolio"}
LETTERS = (letters.CONFIRM, letters.RESET, DIGEST)
DATA = {"new", "open"}
"""Words of the interface that are also values of data attributes."""

GAP = re.compile(r"%\(\w+\)[+\d.]*[a-z]|\{\w+\}|%%")
GENDERED = re.compile(
    r"\w(?:łeś|łaś|łbyś|łabyś)\b|\b(?:jesteś|będziesz) \w+(?:ny|na|ty|ta)\b", re.IGNORECASE
)
ENGLISH = re.compile(
    r"\b(?:the|an|and|your|you|of|this|with|is|are|message|reply|shift|drill|skill)\b",
    re.IGNORECASE,
)
SEEN = re.compile(r">([^<>]+)<|(?:aria-label|placeholder|alt|content|data-[a-z-]+)=\"([^\"]+)\"")
"""What a reader sees or hears of a page: its texts, and attributes that hold words."""
MARKED_ENGLISH = re.compile(r'<div lang="en">.*?</div>', re.DOTALL)

OPEN_PAGES = (
    "/", "/try", "/learn", "/quizzes", "/practice", "/practice/drill", "/practice/own",
    "/sign-in", "/register",
    "/learn/glossary", "/learn/modules/career/sheet",
    "/reset", "/scoring", "/privacy", "/licence", "/outbox", "/no-such-page", "/no/such/page",
)  # fmt: skip
OWN_PAGES = (
    "/progress/start", "/progress", "/progress/empathy", "/progress/portfolio", "/review",
    "/account",
)  # fmt: skip
LETTERS = (letters.CONFIRM, letters.RESET, ADMIN, INVITATION)
ADMIN_PAGES = (
    "/admin", "/admin/people", "/admin/people/1", "/admin/organisations", "/admin/jobs",
    "/admin/content", "/admin/audit", "/organisations", "/organisations/house",
)  # fmt: skip


def test_the_catalogue_holds_exactly_the_messages_of_the_code() -> None:
    written = {_id(message) for message in _messages()}

    assert not _extracted() - written, "run `python3 dev.py words`, then translate"
    assert not written - _extracted(), "run `python3 dev.py words`"


def test_no_message_is_obsolete_fuzzy_or_empty() -> None:
    assert not _catalogue().obsolete
    assert not [message.id for message in _messages() if message.fuzzy]
    assert not [message.id for message in _messages() if not all(_polish(message))]


def test_every_count_has_its_three_forms() -> None:
    counted = [message for message in _messages() if message.pluralizable]

    assert counted
    assert not [message.id for message in counted if len(_polish(message)) != FORMS]


def test_gaps_are_the_same_on_both_sides() -> None:
    for message in _messages():
        one, *many = [message.id] if isinstance(message.id, str) else message.id
        for number, text in enumerate(_polish(message)):
            fitting = [_gaps(one)] if not many else [_gaps(many[0])]
            if number == 0:
                fitting.append(_gaps(one))
            assert _gaps(text) in fitting, (message.id, text)


def test_no_english_is_left() -> None:
    for message in _messages():
        source = message.id if isinstance(message.id, str) else message.id[0]
        for text in _polish(message):
            assert text != source or text in SAME_IN_BOTH or not re.search(r"[a-z]{4}", text)
            assert not ENGLISH.search(GAP.sub("", text)), text


def test_nothing_says_of_which_gender_the_reader_is() -> None:
    said = [text for message in _messages() for text in _polish(message)]
    said += [text for letter in LETTERS for text in letter["pl"]]

    assert not [text for text in said if GENDERED.search(text)]


def test_texts_are_set_as_polish_is_set() -> None:
    for message in _messages():
        for text in _polish(message):
            assert not re.search(r"[“\"'’]|--(?=\s)| - |—|\.\.\.", text), text
            assert text.count("„") == text.count("”"), text
            assert text == text.strip(), text


def test_the_header_names_the_project_and_nobody_s_address() -> None:
    head = (CATALOGUES / "pl.po").read_text("utf-8").split("\n\n", 1)[0]

    assert "SMM Academy" in head
    assert "nplurals=3" in head
    assert not re.search(r"EMAIL|FULL NAME|YEAR|PROJECT|LL@li|/work|/tmp", head)


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_in_polish_says_nothing_in_english(sqlite_app: Academy, path: str) -> None:
    _is_polish(Visitor(sqlite_app, "pl").opens(path).html, path)


def test_the_pages_of_an_account_in_polish_say_nothing_in_english(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app, "pl")
    visitor.registers("ola@example.com")

    for path in OWN_PAGES:
        _is_polish(visitor.opens(path).html, path)


def test_the_pages_of_administration_in_polish_say_nothing_in_english(
    sqlite_app: Academy,
) -> None:
    visitor = Visitor(sqlite_app, "pl")
    visitor.registers("ola@example.com")
    with sqlite_app.database.unit() as session:
        session.get_one(Person, 1).is_admin = True

    for path in ADMIN_PAGES:
        page = visitor.opens(path)
        assert page.status == 200, path
        _is_polish(page.html, path)


def test_a_shift_in_polish_says_nothing_in_english(sqlite_app: Academy) -> None:
    visitor = Visitor(sqlite_app, "pl")
    visitor.opens("/practice")

    pages = {"desk": visitor.sends("/practice/shifts/lumo-monday")}
    address = visitor.page.path if visitor.page else ""
    pages["open message"] = visitor.moves("open")
    pages["snoozed"] = visitor.moves("snooze")
    pages["finish"] = visitor.opens(f"{address}/finish")
    pages["debrief"] = visitor.sends("/finish")

    for name, page in pages.items():
        assert page.status < 400, (name, page.text[:200])
        _is_polish(page.html, name)


def _is_polish(html: str, name: str) -> None:
    """Assert that no message of the catalogue stands on a page in English.

    A part that is marked as English, as in the glossary, may be.
    """
    own = MARKED_ENGLISH.sub("", html)
    shown = {" ".join(unescape(one).split()) for pair in SEEN.findall(own) for one in pair}
    left = shown & _telling()
    assert 'lang="pl"' in html, name
    assert not left, (name, left)


@cache
def _telling() -> set[str]:
    """Return the English messages that stand on a page as they are: those without gaps."""
    sources = (
        source
        for message in _messages()
        for source in ([message.id] if isinstance(message.id, str) else message.id)
    )
    return {one for one in sources if not GAP.search(one)} - SAME_IN_BOTH - DATA


@cache
def _catalogue() -> Catalog:
    with (CATALOGUES / "pl.po").open("rb") as source:
        return read_po(source, locale="pl")


@cache
def _messages() -> tuple[Message, ...]:
    return tuple(message for message in _catalogue() if message.id)


@cache
def _extracted() -> set[str | tuple[str, ...]]:
    """Return the message ids in the code, found as `python3 dev.py words` finds them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    mappings = settings["tool"]["babel"]["mappings"]
    refusals = {
        name: (2,) if kind is errors.Invalid else (1,)
        for name, kind in vars(errors).items()
        if isinstance(kind, type)
        and issubclass(kind, errors.AcademyError)
        and kind not in {errors.AcademyError, errors.Misconfigured}
    }
    found = extract_from_dir(
        ROOT,
        method_map=[(one["pattern"], one["method"]) for one in mappings],
        keywords={**DEFAULT_KEYWORDS, "lazy_gettext": None, **refusals},
    )
    return {text for _file, _line, text, _comments, _context in found}


def _id(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _polish(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _gaps(text: str) -> list[str]:
    return sorted(GAP.findall(text))
