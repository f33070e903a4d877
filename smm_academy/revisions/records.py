"""Frozen dataclasses to plain mappings and back, so that a parsed text can be stored as JSON."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")

# Resolving a class's annotations costs more than reading a question: once per class.
_HINTS: dict[type, dict[str, Any]] = {}


def to_plain(value: Any) -> Any:  # noqa: ANN401 - a record holds any of several types
    """Return a record as mappings, lists and scalars that JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: to_plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    return value


def from_plain(kind: type[Record], plain: Mapping[str, Any]) -> Record:
    """Return the record of a class that `to_plain` turned into `plain`.

    Keys that the class does not have are passed over, so that an older release reads what a
    newer one wrote. Raises ``KeyError`` or ``TypeError`` where something else stands there.
    """
    values = {
        name: _value(hint, plain[name]) for name, hint in _hints_of(kind).items() if name in plain
    }
    return kind(**values)


def _hints_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    if kind not in _HINTS:
        hints = get_type_hints(kind)
        _HINTS[kind] = {part.name: hints[part.name] for part in fields(kind)}
    return _HINTS[kind]


def _value(hint: Any, plain: Any) -> Any:  # noqa: ANN401 - as above
    origin = get_origin(hint)
    if origin is tuple:
        parts = get_args(hint)
        if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 - tuple[x, ...]
            return tuple(_value(parts[0], part) for part in plain)
        return tuple(_value(part, value) for part, value in zip(parts, plain, strict=True))
    if origin in {Union, types.UnionType}:
        return _alternative(get_args(hint), plain)
    if isinstance(hint, type) and is_dataclass(hint):
        return from_plain(hint, plain)
    return plain


def _alternative(kinds: tuple[Any, ...], plain: Any) -> Any:  # noqa: ANN401 - as above
    if not isinstance(plain, Mapping):
        return plain
    records = [kind for kind in kinds if is_dataclass(kind)]
    if len(records) == 1:
        return _value(records[0], plain)
    for kind in records:
        if plain.get("type") in get_args(_hints_of(kind).get("type", Literal)):
            return _value(kind, plain)
    raise TypeError(f"no record is of the type {plain.get('type')!r}")
