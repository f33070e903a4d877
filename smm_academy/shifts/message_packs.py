"""The rules of a planned message, in a scenario and in a brand's drills."""

from dataclasses import dataclass

from simulator import CHANNELS, KINDS, MUST, MUST_NOT, SECTORS, WANTS, aspects
from smm_academy.revisions.fields import Fields
from smm_academy.shifts.pack_fields import check_both, check_known, check_number

FAULTS = ("brand", "partner", "author", "nobody", "unknown")
SEVERITIES = (1, 2, 3, 5, 8)
FORMS = ("ty", "pan", "panstwo")
DETAILS = (
    *("price", "day", "town", "branch", "order", "reason", "amount", "hour", "person"),
    *("claim", "question", "problem", "text"),
)
REVIEWS = ("fair_review", "unfair_review", "fake_review")
# What a reply may not be asked to do on a channel without a private way to the author.
NEEDS_DIRECT_MESSAGE = "private_channel"


@dataclass(frozen=True, slots=True)
class Book:
    """What a message may name: the ids of a brand pack; ``answers`` only colleagues know."""

    sector: str
    facts: frozenset[str]
    answers: frozenset[str]
    contacts: frozenset[str]
    products: frozenset[str]


def check_message(row: Fields, book: Book, told: frozenset[str]) -> None:
    """Name every problem of one planned message.

    ``told`` are the ids of facts that the desk hears without asking.
    """
    row.word("kind", tuple(KINDS), required=True)
    row.word("channel", tuple(CHANNELS), required=True)
    row.word("fault", FAULTS)
    check_number(row, "arousal", 0, 1)
    row.count("days", 0, 365)
    row.count("reach", 0, 10_000_000)
    _check_severity(row)
    _check_stars(row)
    if book.sector in SECTORS:
        check_known(row, "about", set(aspects(book.sector)), f"an aspect of {book.sector}")
    else:
        row.words("about")
    check_known(row, "product", book.products, "a product of the brand")
    _check_facts(row, book, told)
    check_known(row, "confirms", book.answers, "something that a colleague knows")
    check_known(row, "wants", set(WANTS), "something that an author can want")
    must = check_known(row, "must", set(MUST), "something that a reply can be asked for")
    check_known(row, "must_not", set(MUST_NOT), "something that a reply can be forbidden")
    check_known(row, "escalate_to", book.contacts, "a contact of the brand")
    _check_channel(row, must)
    _check_by_locale(row, "form", FORMS)
    _check_details(row)


def _check_severity(row: Fields) -> None:
    number = row.count("severity", 1, 8)
    if number is not None and number not in SEVERITIES:
        row.findings.error(
            row.place("severity"), "P231", f"severity cannot be {number}",
            "write 1, 2, 3, 5 or 8; or leave it out, the kind has one",
        )  # fmt: skip


def _check_stars(row: Fields) -> None:
    stars = row.count("stars", 1, 5)
    channel = row.nodes.get("channel")
    kind = row.nodes.get("kind")
    on_card = channel is not None and channel.text == "review_card"
    if stars is not None and not on_card:
        row.findings.error(
            row.place("stars"), "P232", "only a review has stars",
            "leave stars out, or write channel: review_card",
        )  # fmt: skip
    if on_card and stars is None and "stars" not in row.nodes:
        row.findings.error(row.start, "P233", "a review needs its stars", "add stars: 1, up to 5")
    if kind is not None and kind.text in REVIEWS and not on_card:
        row.findings.error(
            kind.place, "P234", "a review stands on a review card", "write channel: review_card"
        )


def _check_facts(row: Fields, book: Book, told: frozenset[str]) -> None:
    known = book.facts | book.answers
    facts = check_known(row, "facts", known, "a fact of the brand")
    due = check_known(row, "due_facts", known, "a fact of the brand")
    ask = check_known(row, "ask", book.answers, "something that a colleague knows")
    for fact in due:
        if fact not in facts:
            row.findings.error(
                row.place("due_facts"), "P235", f"{fact} is due but not among the facts",
                f"add {fact} to facts",
            )  # fmt: skip
        if fact not in book.facts | told | set(ask):
            row.findings.error(
                row.place("due_facts"), "P236", f"nobody at the desk can know {fact}",
                f"add {fact} to ask, to the scenario's briefing or to the brand's facts",
            )  # fmt: skip


def _check_channel(row: Fields, must: tuple[str, ...]) -> None:
    channel = row.nodes.get("channel")
    if channel is None or channel.text not in CHANNELS or NEEDS_DIRECT_MESSAGE not in must:
        return
    rules = CHANNELS[channel.text]
    if rules.public and "direct_message" not in rules.moves:
        row.findings.error(
            row.place("must"), "P237", f"{channel.text} has no private messages",
            "ask for published_contact instead of private_channel",
        )  # fmt: skip


def _check_by_locale(row: Fields, name: str, known: tuple[str, ...]) -> None:
    node = row.find(name)
    if node is None:
        return
    if not isinstance(node.content, dict):
        row.findings.error(node.place, "P238", f"{name} is given by language", "write {pl: pan}")
        return
    part = Fields(node.content, node.place, row.findings)
    part.word("en", known)
    part.word("pl", known)
    part.finish()


def _check_details(row: Fields) -> None:
    node = row.find("details")
    if node is None:
        return
    if not isinstance(node.content, dict):
        row.findings.error(
            node.place, "P239", "details must be keys", "write {price: {en: £24, pl: 89 zł}}"
        )
        return
    details = Fields(node.content, node.place, row.findings)
    for name in DETAILS:
        part = details.find(name)
        if part is not None:
            check_both(row, part, name)
    details.finish()
