"""Problems of a text as sentences in the reader's language.

Parsers speak English, as the commands do. For a Polish reader each sentence is found again by
its code and pattern in ``sentences.pl.json`` and said in Polish; one that is not there is said in
English rather than not at all.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from smm_academy.revisions.sources import Problem


@dataclass(frozen=True, slots=True)
class Said:
    """A problem as an editor shows it: where, what is wrong, how to mend it."""

    line: int
    column: int
    severity: str
    code: str
    what: str
    fix: str


def say(problem: Problem, language: str) -> Said:
    """Return a problem in words that begin and end as sentences do."""
    what, fix = problem.message, problem.fix
    if language == "pl":
        what, fix = _polish(problem.code, what), _polish("fix", fix)
    return Said(
        problem.line,
        problem.column,
        problem.severity,
        problem.code,
        _sentence(what),
        _sentence(fix),
    )


def is_translated(code: str, text: str) -> bool:
    """Tell whether a sentence of a code, or a fix (``fix``), has its Polish words."""
    return any(pattern.fullmatch(text) for pattern, _ in _table().get(code, ()))


def _polish(code: str, text: str) -> str:
    for pattern, polish in _table().get(code, ()):
        found = pattern.fullmatch(text)
        if found:
            return polish.format(*found.groups())
    return text


def _sentence(text: str) -> str:
    begun = text[:1].upper() + text[1:] if not text.startswith(("http", "id:")) else text
    return begun if begun.endswith((".", "?", "!", ":", "…")) else f"{begun}."


@cache
def _table() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return Polish sentences by code; in a pattern ``*`` stands for words that are kept."""
    text = files("smm_academy.writing").joinpath("sentences.pl.json").read_text("utf-8")
    return {
        code: [(_pattern(english), polish) for english, polish in pairs.items()]
        for code, pairs in json.loads(text).items()
    }


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.*)".join(map(re.escape, english.split("*"))), re.DOTALL)
