"""When two names or addresses count as the same, and which are refused."""

import re
import unicodedata
from collections.abc import Collection
from itertools import chain, count

from email_validator import EmailNotValidError, validate_email

from smm_academy.errors import Invalid

NAME_CHARACTERS = 80
EMAIL_CHARACTERS = 254
ORGANISATION_CHARACTERS = 120
SLUG_CHARACTERS = 50
_NO_PLAIN_FORM = str.maketrans("łŁøØđĐ", "lLoOdD")
"""Letters that keep their stroke when accents are taken off."""


def email_key(text: str) -> str:
    """Return what an e-mail address is compared by.

    Compatibility forms, case and spaces are folded (NFKC, casefold) and the domain is brought to
    its ASCII form, so that a look-alike in full-width letters or another case is the same
    address and not a second account. Raises `Invalid` for what is no address.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    try:
        found = validate_email(folded, check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid(
            "email", "This is not an e-mail address. Write it like name@example.com."
        ) from error
    domain = found.ascii_domain or found.domain
    local = unicodedata.normalize("NFKC", found.local_part.casefold())
    if not local.isascii() or len(local) + len(domain) >= EMAIL_CHARACTERS:
        raise Invalid("email", "Use an address of Latin letters, digits and the usual signs.")
    return f"{local}@{domain.lower()}"


def key_or_nothing(text: str) -> str:
    """Return what an address is compared by, empty for what is no address."""
    try:
        return email_key(text)
    except Invalid:
        return ""


def display_name(text: str) -> str:
    """Return a name fit to be shown. Raises `Invalid` when nothing is left or it is too long."""
    name = _visible(text)
    if not name:
        raise Invalid("name", "Say how we may call you; a first name is enough.")
    if len(name) > NAME_CHARACTERS:
        raise Invalid("name", "Use %(most)s characters at most.", most=NAME_CHARACTERS)
    return name


def organisation_name(text: str) -> str:
    """Return an organisation's name fit to be shown. Raises `Invalid` as `display_name` does."""
    name = _visible(text)
    if not any(c.isalnum() for c in name):
        raise Invalid("name", "Write the organisation's name, as others know it.")
    if len(name) > ORGANISATION_CHARACTERS:
        raise Invalid("name", "Use %(most)s characters at most.", most=ORGANISATION_CHARACTERS)
    return name


def organisation_slug(name: str, taken: Collection[str]) -> str:
    """Return what an organisation's address is made of: plain letters, told from those taken."""
    plain = unicodedata.normalize("NFKD", name.translate(_NO_PLAIN_FORM)).casefold()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))
    base = slug[:SLUG_CHARACTERS].strip("-") or "organisation"
    numbered = (f"{base}-{number}" for number in count(2))
    return next(one for one in chain([base], numbered) if one not in taken)


def _visible(text: str) -> str:
    """Return a text composed, with single spaces and nothing invisible."""
    composed = unicodedata.normalize("NFC", text)
    # Control, format (bidirectional marks among them), private and unassigned characters go.
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed)
    return " ".join(visible.split())
