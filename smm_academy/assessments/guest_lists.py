"""A list of people to invite, one a line: name, address, language, extra time."""

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from smm_academy.accounts.identifiers import display_name, email_key
from smm_academy.assessments.operations import MULTIPLIERS, Guest
from smm_academy.errors import Invalid

MOST_LINES = 200
SEPARATORS = ";\t,"
LANGUAGES = {"en": "en", "english": "en", "pl": "pl", "polish": "pl", "polski": "pl"}
_HEADS = frozenset({"name", "imię", "imie", "imię i nazwisko", "email", "e-mail", "nazwa"})
_PERCENT = re.compile(r"^\+?(\d{1,3})\s*%$")


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that names nobody who could be invited: its number from 1, and why."""

    number: int
    text: str
    refusal: Invalid


def decode_list(content: bytes) -> str:
    """Return the text of a file as spreadsheets save it: UTF-8, UTF-16 or Central European.

    Raises `Invalid` for a file that is none of these, such as a workbook.
    """
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Invalid("file", "This is a workbook. Save it as CSV and send that file.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def read_guests(
    text: str, locale: str, invited: Collection[str] = ()
) -> tuple[list[Guest], list[BrokenLine]]:
    """Return the people of a list, and the lines that cannot be read.

    ``invited`` are addresses, as keys, that hold an invitation already; ``locale`` is the
    language where a line names none. A first line of headings is passed over. Raises `Invalid`
    for a list that is too long.
    """
    taken = set(invited)
    guests: list[Guest] = []
    broken: list[BrokenLine] = []
    for count, (number, line, cells) in enumerate(_rows(text), start=1):
        if count > MOST_LINES:
            raise Invalid("people", "Send %(most)d lines at a time at most.", most=MOST_LINES)
        try:
            guest = _guest(cells, locale, taken)
        except Invalid as refusal:
            broken.append(BrokenLine(number, line, refusal))
            continue
        taken.add(email_key(guest.email))
        guests.append(guest)
    return guests, broken


def _rows(text: str) -> Iterator[tuple[int, str, list[str]]]:
    lines = text.removeprefix("\ufeff").splitlines()
    separator = max(SEPARATORS, key=lambda sign: sum(line.count(sign) for line in lines))
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        cells = _cells(line, separator)
        if number == 1 and {cell.casefold() for cell in cells} & _HEADS:
            continue
        yield number, line, cells


def _cells(line: str, separator: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        # A cell of more characters than any name has.
        return [line]


def _guest(cells: list[str], locale: str, taken: Collection[str]) -> Guest:
    name, address, language, extra, *_rest = [*cells, "", "", ""]
    if not address:
        raise Invalid("people", "A line needs a name and an address: Anna, anna@firm.example")
    if email_key(address) in taken:
        raise Invalid("people", "This address is invited already.")
    spoken = LANGUAGES.get(language.casefold(), "") if language else locale
    if not spoken:
        raise Invalid("people", "The language is en or pl, not %(said)s.", said=language)
    return Guest(display_name(name), address, spoken, _multiplier(extra))


def _multiplier(extra: str) -> float:
    if not extra:
        return 1.0
    found = _PERCENT.match(extra)
    factor = 1 + int(found[1]) / 100 if found else 0.0
    if factor not in MULTIPLIERS:
        raise Invalid("people", "Extra time is 25%%, 50%% or 100%%, not %(said)s.", said=extra)
    return factor
