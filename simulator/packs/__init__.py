"""The shipped brands and scenarios: frozen copies of ``content``, as plain mappings.

The site plays the revision in its database; these serve the commands and whoever uses the
simulator alone.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any


def brand_ids() -> tuple[str, ...]:
    """Return the ids of the shipped brands, in alphabetical order."""
    return _ids("brands")


def scenario_ids() -> tuple[str, ...]:
    """Return the ids of the shipped scenarios, in alphabetical order."""
    return _ids("scenarios")


def brand_pack(brand_id: str) -> dict[str, Any]:
    """Return a shipped brand pack.

    Raises ``ValueError`` when there is no such brand.
    """
    return _pack("brands", brand_id)


def scenario_pack(scenario_id: str) -> dict[str, Any]:
    """Return a shipped scenario pack.

    Raises ``ValueError`` when there is no such scenario.
    """
    return _pack("scenarios", scenario_id)


@cache
def _ids(folder: str) -> tuple[str, ...]:
    found = files("simulator.packs").joinpath(folder)
    names = (entry.name for entry in found.iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


@cache
def _pack(folder: str, name: str) -> dict[str, Any]:
    if name not in _ids(folder):
        raise ValueError(
            f"there is no {folder[:-1]} {name!r}: choose one of {', '.join(_ids(folder))}"
        )
    text = files("simulator.packs").joinpath(folder, f"{name}.json").read_text(encoding="utf-8")
    pack: dict[str, Any] = json.loads(text)
    return pack
