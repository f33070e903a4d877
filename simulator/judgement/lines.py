"""Scoring JSON lines: one result or one numbered error for each line, in order."""

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, TypeAlias

from simulator.brands import Brand, Fact, Locale
from simulator.items import Reply
from simulator.judgement.infer import Inferred, infer
from simulator.judgement.phrasing import phrase
from simulator.judgement.reader import read
from simulator.judgement.rubric import RUBRIC, Rubric, Score, score
from simulator.kinds import KINDS
from simulator.moves import MOVES

_TEXTS = ("customer_text", "reply_text")
_STRINGS = ("locale", "kind", "policy", "brand")
_LISTS = ("facts", "action", "earlier_replies")
FIELDS = ("id", *_TEXTS, *_STRINGS, *_LISTS)
"""The fields that a line may have; ``id`` and the two texts are required."""

Brands: TypeAlias = Mapping[Locale, Mapping[str, Brand]]
"""The brands that lines may name, by language and id."""

NO_BRANDS: Brands = MappingProxyType({})
_DIGITS = 4
_SLIP = 0.8


class LineError(ValueError):
    """What is wrong with a line, and how to mend it."""


def parse_line(line: str | bytes, fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """Return the fields of a line; bytes are read as UTF-8.

    Fields that nobody asks for are passed over. Raises `LineError` where it is no JSON object,
    lacks a field, or has one that is almost, but not quite, named like a field it lacks.
    """
    if not line.strip():
        raise LineError("The line is empty. Each line is one JSON object.")
    try:
        row = json.loads(line if isinstance(line, str) else line.decode())
    except UnicodeDecodeError:
        raise LineError("The line is not in UTF-8. Save the file with that encoding.") from None
    except json.JSONDecodeError as error:
        raise LineError(
            f"This is not JSON: {error.msg} at column {error.colno}. Each line is one JSON object."
        ) from None
    except (ValueError, RecursionError):
        raise LineError("This JSON is nested too deep or holds a number too long.") from None
    if not isinstance(row, dict):
        raise LineError("This is JSON but no object. Write the fields between { and }.")
    for name in row:
        # What the line's owner keeps there for themselves does no harm; a slip of the pen does.
        meant = get_close_matches(name, [one for one in fields if one not in row], 1, _SLIP)
        if name not in fields and meant:
            raise LineError(f"There is no field {name[:60]!r}. Did you mean {meant[0]!r}?")
    _check_types(row)
    return row


def _check_types(row: dict[str, Any]) -> None:
    for name in ("id", *_TEXTS):
        if name not in row:
            raise LineError(f"The field {name!r} is missing. Add it.")
    if isinstance(row["id"], bool) or not isinstance(row["id"], str | int):
        raise LineError("The field 'id' must be a string or a whole number.")
    for name in (*_TEXTS, *_STRINGS):
        if not isinstance(row.get(name, ""), str | (type(None) if name in _STRINGS else str)):
            raise LineError(f"The field {name!r} must be a string.")
    for name in _LISTS:
        if not _is_list_of_strings(row.get(name)):
            raise LineError(f"The field {name!r} must be a list of strings.")
    _check_known(row.get("locale"), "locale", ("en", "pl"))
    _check_known(row.get("kind"), "kind", tuple(KINDS))
    for move in row.get("action") or ():
        _check_known(move, "move", tuple(MOVES))


def _is_list_of_strings(values: object) -> bool:
    return values is None or (
        isinstance(values, list) and all(isinstance(value, str) for value in values)
    )


def _check_known(value: str | None, noun: str, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        near = get_close_matches(value, known, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(known)}."
        raise LineError(f"There is no {noun} {value[:40]!r}. {hint}")


def _brand(name: str | None, locale: str | None, brands: Brands) -> Brand | None:
    known = brands.get("pl" if locale == "pl" else "en", {})
    if not name:
        return None
    if name in known:
        return known[name]
    named = [brand for brand in known.values() if brand.name.casefold() == name.casefold()]
    return named[0] if named else None


def known_fields(row: dict[str, Any], brands: Brands) -> dict[str, Any]:
    """Return what a line says about its item, as `infer` takes it."""
    known: dict[str, Any] = {}
    if row.get("kind"):
        known["kind"] = row["kind"]
    facts = [Fact(f"fact{index}", text) for index, text in enumerate(row.get("facts") or ())]
    if row.get("policy"):
        facts.append(Fact("policy", row["policy"]))
    if facts or row.get("facts") is not None:
        known["facts"] = tuple(facts)
    brand = _brand(row.get("brand"), row.get("locale"), brands)
    if brand is not None:
        known["brand"] = brand
        known.setdefault("facts", brand.facts)
    return known


def score_row(
    row: dict[str, Any], brands: Brands = NO_BRANDS, rubric: Rubric = RUBRIC
) -> dict[str, Any]:
    """Return the result of one line's fields, in the shape that ``smm-academy score`` writes."""
    item, guesses = infer(row["customer_text"], row.get("locale"), **known_fields(row, brands))
    reply = Reply(
        row["reply_text"],
        moves=tuple(row["action"]) if row.get("action") is not None else None,
        earlier_replies=tuple(row.get("earlier_replies") or ()),
    )
    return {
        "id": row["id"],
        **_result(score(item, read(item, reply), rubric), item.locale, guesses),
    }


def _result(result: Score, locale: Locale, guesses: Mapping[str, Inferred]) -> dict[str, Any]:
    return {
        "score": round(result.score, _DIGITS),
        "band": result.band,
        "criteria": [
            {
                "id": row.id,
                "applies": row.applies,
                "earned": round(row.earned, _DIGITS),
                "possible": row.possible,
                "reason": phrase(row.reason, locale),
                "spans": [list(span) for span in sorted({*row.earned_spans, *row.lost_spans})],
                "source": row.source,
                "strength": row.strength,
                "advice": phrase(row.advice, locale) if row.advice else None,
            }
            for row in result.criteria
        ],
        "gates": [
            {
                "id": gate.id,
                "cap": gate.cap,
                "reason": phrase(gate.reason, locale),
                "spans": [list(span) for span in gate.spans],
            }
            for gate in result.gates
        ],
        "inferred": {
            name: {"value": guess.value, "confidence": round(guess.confidence, 2)}
            for name, guess in guesses.items()
        },
    }


def score_lines(
    lines: Iterable[str | bytes], brands: Brands = NO_BRANDS, rubric: Rubric = RUBRIC
) -> Iterator[dict[str, Any]]:
    """Yield one result for each line, or ``{"line": n, "error": ...}`` at its place, from 1."""
    for number, line in enumerate(lines, start=1):
        try:
            yield score_row(parse_line(line), brands, rubric)
        except LineError as error:
            yield {"line": number, "error": str(error)}
