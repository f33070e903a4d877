"""When two names or addresses count as the same, and which are refused."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from smm_academy.errors import Invalid

NAME_CHARACTERS = 80
EMAIL_CHARACTERS = 254
ORGANISATION_CHARACTERS = 120


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


def display_name(text: str) -> str:
    """Return a name fit to be shown: composed, single spaces, nothing invisible.

    Raises `Invalid` when nothing is left or it is too long.
    """
    name = _visible(text)
    if not name:
        raise Invalid("name", "Say how we may call you; a first name is enough.")
    if len(name) > NAME_CHARACTERS:
        raise Invalid("name", "Use %(most)s characters at most.", most=NAME_CHARACTERS)
    return name


def organisation_name(text: str) -> str:
    """Return the name of an organisation fit to be shown, as `display_name` does."""
    name = _visible(text)
    if not any(c.isalnum() for c in name):
        raise Invalid("name", "Write the name that people know you by.")
    if len(name) > ORGANISATION_CHARACTERS:
        raise Invalid("name", "Use %(most)s characters at most.", most=ORGANISATION_CHARACTERS)
    return name


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    # Control, format (bidirectional marks among them), private and unassigned characters go.
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in composed)
    return " ".join(visible.split())
