"""The rules of a brand pack: what a brand book must hold so that a desk can work with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from simulator import SECTORS
from smm_academy.revisions.fields import Fields
from smm_academy.revisions.sources import LOCALES
from smm_academy.shifts.message_packs import Book, check_message
from smm_academy.shifts.pack_fields import (
    check_both,
    check_id,
    check_known,
    check_order,
    check_text,
    name_of,
    required_count,
    rows,
    suggest,
)

ADDRESSES = ("ty", "pan", "panstwo", "impersonal")
CASES = ("nom", "gen", "dat", "acc", "inst", "loc")
GENDERS = ("m", "f", "n", "pl")
CONTACTS = ("legal", "pr", "safety", "support")
MOST_FOLLOWERS = 50_000_000
EXAMPLE_FACT = "- {id: returns, text: {en: …, pl: …}}"


@dataclass(slots=True)
class _Found:
    """Ids met so far in a brand pack."""

    facts: set[str]
    answers: set[str]
    contacts: set[str]
    colleagues: set[str]
    products: set[str]


def check_brand(fields: Fields, stem: str) -> None:
    """Name every problem of a brand pack; ``stem`` is its file's name without the ending."""
    check_id(fields, stem, "brand")
    fields.text("name", "Lumo", required=True)
    sector = fields.word("sector", sorted(SECTORS), required=True)
    _check_timezone(fields)
    required_count(fields, "followers", 0, MOST_FOLLOWERS)
    _check_hours(fields)
    _check_address(fields)
    for name in ("tagline", "goal", "published_contact"):
        check_text(fields, name)
    found = _Found(set(), set(), set(), set(), set())
    _check_book(fields, found)
    _check_people(fields, found)
    _check_products(fields, found)
    book = Book(
        sector=sector,
        facts=frozenset(found.facts),
        answers=frozenset(found.answers),
        contacts=frozenset(found.contacts),
        products=frozenset(found.products),
    )
    for row in rows(fields, "drills", "- {kind: praise, channel: page_post}"):
        check_message(row, book, told=frozenset(found.answers))
        row.finish()
    fields.finish()


def book_of(pack: Mapping[str, Any]) -> Book:
    """Return the ids that a scenario may name, from a brand pack that has been checked."""
    return Book(
        sector=pack["sector"],
        facts=frozenset(
            row["id"]
            for name in ("facts", "policy", "may_promise", "must_not_promise")
            for row in pack[name]
        ),
        answers=frozenset(fact for row in pack["colleagues"] for fact in row["answers"]),
        contacts=frozenset(row["id"] for row in pack["contacts"]),
        products=frozenset(row["id"] for row in pack["products"]),
    )


def _check_timezone(fields: Fields) -> None:
    written = fields.text("timezone", "Europe/Warsaw", required=True)
    if not written:
        return
    try:
        ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        fields.findings.error(
            fields.place("timezone"), "P221", f"{written} is not a time zone",
            "write a name such as Europe/Warsaw",
        )  # fmt: skip


def _check_hours(fields: Fields) -> None:
    node = fields.require("hours", '{opens: "08:00", closes: "16:00"}')
    if node is None:
        return
    if not isinstance(node.content, dict):
        fields.findings.error(
            node.place, "P222", "hours must have opens and closes",
            'write hours: {opens: "08:00", closes: "16:00"}',
        )  # fmt: skip
        return
    hours = Fields(node.content, node.place, fields.findings)
    check_order(hours, "opens", "closes")
    hours.finish()


def _check_address(fields: Fields) -> None:
    node = fields.require("address", "{en: ty, pl: ty}")
    if node is None:
        return
    check_both(fields, node, "address")
    if isinstance(node.content, dict):
        for locale in LOCALES:
            part = node.content.get(locale)
            if part is not None and part.text and part.text not in ADDRESSES:
                fields.findings.error(
                    part.place, "P223", f"{part.text} is not a form of address",
                    suggest(part.text, ADDRESSES),
                )  # fmt: skip


def _check_book(fields: Fields, found: _Found) -> None:
    for row in rows(fields, "voice", "- {do: {en: …, pl: …}, dont: {en: …, pl: …}}", least=4):
        check_text(row, "do")
        check_text(row, "dont")
        row.finish()
    for name, least in (("facts", 15), ("policy", 1), ("may_promise", 1), ("must_not_promise", 1)):
        for row in rows(fields, name, EXAMPLE_FACT, least=least):
            name_of(row, found.facts, "facts")
            check_text(row, "text")
            row.finish()
    node = fields.require("saved_replies", "- {en: …, pl: …}")
    if node is not None:
        replies = node.content if isinstance(node.content, tuple) else (node,)
        for reply in replies:
            check_both(fields, reply, "a saved reply")


def _check_people(fields: Fields, found: _Found) -> None:
    for row in rows(fields, "contacts", "- {id: pr, title: {en: …, pl: …}, reach: …}", least=4):
        name_of(row, found.contacts, "contacts")
        check_text(row, "title")
        row.text("reach", "media@brand.example", required=True)
        row.finish()
    for missing in sorted(set(CONTACTS) - found.contacts):
        fields.findings.warn(
            fields.place("contacts"), "P224", f"nobody is named for {missing}",
            f"add a contact with the id {missing}",
        )  # fmt: skip
    for row in rows(fields, "role_card", "- {task: {en: …, pl: …}, owner: desk}", least=10):
        check_text(row, "task")
        row.require("owner", "desk")
        check_known(row, "owner", {"desk", *found.contacts}, "the desk nor a contact")
        row.finish()
    example = "- {id: ola, name: Ola, role: {en: …, pl: …}, minutes: 10, answers: …}"
    for row in rows(fields, "colleagues", example, least=3):
        _check_colleague(row, found)
        row.finish()


def _check_colleague(row: Fields, found: _Found) -> None:
    name_of(row, found.colleagues, "colleagues")
    row.text("name", "Ola", required=True)
    check_text(row, "role")
    check_text(row, "fallback")
    required_count(row, "minutes", 5, 20)
    node = row.require("answers", "{returns: {en: …, pl: …}}")
    if node is None:
        return
    if not isinstance(node.content, dict):
        row.findings.error(
            node.place, "P225", "answers must name facts",
            "write answers: {returns: {en: …, pl: …}}",
        )  # fmt: skip
        return
    for fact, text in node.content.items():
        found.answers.add(fact)
        check_both(row, text, f"the answer on {fact}")


def _check_products(fields: Fields, found: _Found) -> None:
    for row in rows(fields, "products", "- {id: lamp, name: {en: …, pl: …}}", least=5):
        name_of(row, found.products, "products")
        check_text(row, "name")
        forms = row.find("forms")
        if forms is not None and isinstance(forms.content, dict):
            polish = forms.content.get("pl")
            if polish is not None and isinstance(polish.content, dict):
                _check_forms(Fields(polish.content, polish.place, fields.findings))
        elif forms is not None:
            fields.findings.error(
                forms.place, "P226", "forms must be keys", "write forms: {pl: {nom: …}}"
            )
        row.finish()


def _check_forms(forms: Fields) -> None:
    for case in CASES:
        forms.text(case, "…", required=True)
    forms.word("gender", GENDERS, required=True)
    forms.text("noun", "lampa", required=True)
    forms.text("list")
    forms.finish()
