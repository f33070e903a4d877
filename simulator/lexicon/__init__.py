"""Frozen tables about words: concepts, cues, topics, function words; our own, as package data."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> Any:  # noqa: ANN401 - tables differ in shape; readers annotate theirs
    """Return the frozen table ``name`` (a path without its ending, such as ``cues.en``).

    Raises ``FileNotFoundError`` where there is no such table.
    """
    source = files(__name__).joinpath(*f"{name}.json".split("/"))
    return json.loads(source.read_text(encoding="utf-8"))


@cache
def concept_tables() -> tuple[tuple[str, Any], ...]:
    """Return (sector, table) for every concept table, in the order of their names."""
    folder = files(__name__).joinpath("concepts")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return tuple((name[:-5], table(f"concepts/{name[:-5]}")) for name in names)
