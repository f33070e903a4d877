"""Reasons in words: one sentence each, in either language, from frozen package data."""

from collections.abc import Mapping

from simulator.brands import Locale
from simulator.judgement.reading import Reason
from simulator.judgement.wordbook import wordbook
from simulator.lexicon import table
from simulator.moves import MOVES
from simulator.obligations import MUST


def _word(name: str, locale: Locale) -> str:
    """Return the words for an id: an obligation, a move, a topic, or a kind of data."""
    if name in MUST:
        return MUST[name][locale]
    if name in MOVES:
        return MOVES[name].title[locale]
    topic = wordbook(locale).topics.get(name)
    if topic is not None:
        return topic.title
    rows: Mapping[str, Mapping[str, str]] = table("phrases")["words"]
    return rows[name][locale] if name in rows else name


def _value(value: str, locale: Locale) -> str:
    """Return a gap's words; ``@`` begins a list of ids, ``=`` the code of another sentence."""
    if value.startswith("="):
        return phrase(Reason(value[1:]), locale)
    if not value.startswith("@"):
        return value
    return ", ".join(_word(name, locale) for name in value[1:].split(",") if name)


def phrase(reason: Reason, locale: Locale) -> str:
    """Return a reason as one sentence in a language.

    Raises ``KeyError`` for a reason that has no sentence, which a test rules out.
    """
    sentence: str = table("phrases")["sentences"][reason.code][locale]
    return sentence.format_map(
        {name: _value(value, locale) for name, value in reason.values.items()}
    )
