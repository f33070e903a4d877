"""Shifts without the site: which scenarios there are, and policies that play them."""

from argparse import Namespace
from typing import Any

import simulator
from smm_academy.cli.terminal import print_json, print_line, table
from smm_academy.errors import NotFound

LISTED = ("id", "title", "level", "brand", "minutes")


def scenarios(options: Namespace) -> None:
    """List the shipped scenarios."""
    packs = [simulator.scenario_pack(name) for name in simulator.scenario_ids()]
    found = [
        {name: pack[name] for name in LISTED} | {"title": pack["title"][options.locale]}
        for pack in packs
    ]
    if options.json:
        print_json(found)
    else:
        print_line(table([LISTED, *(row.values() for row in found)]))


def play(options: Namespace) -> None:
    """Let a policy work a shift and print its scorecard."""
    known = simulator.scenario_ids()
    if options.scenario not in known:
        raise NotFound(
            "There is no scenario %(name)s. Choose one of %(known)s.",
            name=options.scenario,
            known=", ".join(known),
        )
    pack = simulator.scenario_pack(options.scenario)
    record = simulator.play(
        simulator.scenario(pack, options.locale),
        simulator.brand(simulator.brand_pack(pack["brand"]), options.locale),
        options.seed,
        options.policy,
    )
    card = scorecard(record, options.policy)
    if options.json:
        print_json(card)
    else:
        print_line(_in_words(card))


def scorecard(record: simulator.Record, policy: str) -> dict[str, Any]:
    """Return what a shift earned, with everything needed to play it again."""
    return {
        "scenario": record["scenario"]["id"],
        "brand": record["brand"]["id"],
        "locale": record["locale"],
        "seed": record["seed"],
        "policy": policy,
        "engine": record["engine"],
        "rubric": record["rubric"],
        "score": record["score"],
        "band": record["band"],
        "parts": record["parts"],
        "outcome": record["outcome"],
    }


def _in_words(card: dict[str, Any]) -> str:
    parts = {name: value for name, value in card["parts"].items() if value is not None}
    rows = [
        ("score", f"{card['score']:.1f}", card["band"]),
        *(("  " + name, f"{value:.1f}", "") for name, value in parts.items()),
        *(
            (name.replace("_", " "), f"{value:+.4g}", "")
            for name, value in card["outcome"].items()
        ),
    ]
    title = "{scenario} at {brand}, {locale}, seed {seed}, played by {policy}"
    return f"{title.format(**card)}\n{table(rows)}"
