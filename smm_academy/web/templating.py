"""What every template may use, and its words: put in when a template is compiled."""

from collections.abc import Callable, Iterator
from pathlib import Path

from flask import request
from flask_babel import format_date, format_datetime
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from smm_academy.clock import now
from smm_academy.web.application import Academy, academy
from smm_academy.web.locale import catalogue, interface_locale, words

THEMES = ("light", "dark")


class WordsAhead(Extension):
    """Puts the words of one language in the place of ``_("…")`` while a template is compiled.

    A page has a hundred such words; looked up one by one at each request they cost as much as
    its queries. What has gaps or plural forms is left to the request.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template with its plain words translated."""
        found = catalogue(self.environment.globals["language"])
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            if _is_plain_word(tokens[place : place + 4]):
                said = found.gettext(tokens[place + 2].value)
                # A message with a per cent sign is written as a format, like those with gaps.
                shown = said % {} if "%" in said else said
                yield Token(tokens[place].lineno, "string", shown)
                place += 4
            else:
                yield tokens[place]
                place += 1


def set_up_templates(app: Academy, asset: Callable[[str], str]) -> None:
    """Let an application's templates find each other and what they share."""
    shared = app.jinja_env
    shared.undefined = StrictUndefined
    shared.trim_blocks = True
    shared.lstrip_blocks = True
    own = FileSystemLoader(Path(__file__).parent / "templates")
    shared.loader = ChoiceLoader([own, *([shared.loader] if shared.loader else [])])
    # Straight to the catalogue: the extension's own functions look the language up at each word.
    shared.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: words().gettext(message),
        lambda one, many, num: words().ngettext(one, many, num),
        newstyle=True,
    )
    shared.globals.update(asset=asset, clock=now, get_locale=interface_locale)
    # In the reader's language and zone.
    shared.filters.update(
        moment=lambda value: format_datetime(value, "d MMM y, HH:mm"),
        day=lambda value: format_date(value, "d MMM y"),
    )
    app.environment_of = _environments(shared)
    app.context_processor(_shared_context)


def _shared_context() -> dict[str, object]:
    theme = request.cookies.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
        "active": "",
        "confined": False,
        "demo": academy().settings.demo,
    }


def _environments(shared: Environment) -> Callable[[], Environment]:
    """Return what chooses the environment of a request: one a language, made when first used."""
    made: dict[str, Environment] = {}

    def choose() -> Environment:
        language = interface_locale()
        if language not in made:
            made[language] = _environment(shared, language)
        return made[language]

    return choose


def _environment(shared: Environment, language: str) -> Environment:
    own = shared.overlay(extensions=[WordsAhead])
    own.globals = {**shared.globals, "language": language}
    if isinstance(shared.bytecode_cache, FileSystemBytecodeCache):
        # The same template compiles to other code in each language.
        own.bytecode_cache = FileSystemBytecodeCache(
            shared.bytecode_cache.directory, pattern=f"__jinja2_{language}_%s.cache"
        )
    return own


def _is_plain_word(tokens: list[Token]) -> bool:
    kinds = [token.type for token in tokens]
    return kinds == ["name", "lparen", "string", "rparen"] and tokens[0].value == "_"
