"""Which language the interface speaks, and its words."""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain

from smm_academy.web.viewer import viewer

LOCALES = ("en", "pl")
COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
CATALOGUES = Path(__file__).parent / "catalogues"


@cache
def catalogue(locale: str) -> NullTranslations:
    """Return the words of a language, read from its source file once in a process."""
    path = CATALOGUES / f"{locale}.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as source:
        messages = read_po(source, locale=locale)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled, domain="messages")


class PoDomain(Domain):
    """Translations straight from the .po files: no compiled copy that could be stale."""

    def get_translations(self) -> NullTranslations:
        """Return the words of the language of this request."""
        return words()


def gettext(message: str, **values: object) -> str:
    """Return a message in the reader's language, its gaps filled."""
    found = words().gettext(message)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Return the form of a message that fits a number, its gaps filled; ``num`` is one of them."""
    return words().ngettext(one, many, num) % {"num": num, **values}


def words() -> NullTranslations:
    """Return the words of the language of this request, looked up once."""
    found: NullTranslations | None = g.get("words")
    if found is None:
        found = g.words = catalogue(select_locale())
    return found


def set_up_locale(app: Flask) -> None:
    """Let an application speak the reader's language."""
    babel = Babel(app, locale_selector=format_locale, timezone_selector=lambda: viewer().timezone)
    babel.domain_instance = PoDomain()


def select_locale() -> str:
    """Choose by ``?lang``, then the account, the cookie, what the browser asks for."""
    if "locale" not in g:
        for wanted in (request.args.get("lang"), viewer().locale, request.cookies.get(COOKIE)):
            if wanted in LOCALES:
                g.locale = wanted
                break
        else:
            g.locale = request.accept_languages.best_match(LOCALES, default="en")
    chosen: str = g.locale
    return chosen


def format_locale() -> str:
    """Return the locale of dates and numbers: our English is British."""
    return {"en": "en_GB"}.get(select_locale(), select_locale())


def interface_locale() -> str:
    """Return the language of the interface, ``en`` or ``pl``."""
    return select_locale()
