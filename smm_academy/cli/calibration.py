"""Calibration of quiz items and criteria from a file of answers."""

from argparse import Namespace
from collections.abc import Iterator
from typing import Any, cast

from smm_academy.cli.terminal import print_json, print_line, print_note, table
from smm_academy.measurement.calibration import calibrate_items


def items(options: Namespace) -> None:
    """Print item parameters with standard errors, and people's estimates where asked for."""
    found = cast(
        "dict[str, Any]",
        calibrate_items(
            options.responses,
            options.model,
            priors=options.priors,
            parameters=options.parameters,
            scores=options.scores,
        ),
    )
    if options.json:
        print_json(found)
        return
    for warning in found["warnings"]:
        print_note(warning)
    for item in found["left_out"]:
        print_note(f"Left out {item['id']}: {item['reason']}.")
    print_line(f"model {found['model']}, log likelihood {found['log_likelihood']:.3f}")
    print_line(table([("item", "a", "b", "c"), *_item_rows(found["items"])]))
    if options.scores:
        people = ((one["id"], f"{one['eap']:.3f}", f"{one['se']:.3f}") for one in found["persons"])
        print_line(table([("person", "eap", "se"), *people]))


def _item_rows(entries: list[dict[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """Yield id, a, b and c of each item, standard errors in brackets."""
    for entry in entries:
        doubt = entry["se"]
        key = "thresholds" if "thresholds" in entry else "b"
        values, widths = entry[key], doubt[key]
        if key == "b":
            values, widths = [values], [widths]
        steps = ", ".join(map(_with_error, values, widths))
        floor = _with_error(entry["c"], doubt["c"]) if "c" in entry else ""
        yield entry["id"], _with_error(entry["a"], doubt["a"]), steps, floor


def _with_error(value: float, error: float | None) -> str:
    return f"{value:.3f}" if error is None else f"{value:.3f} ({error:.3f})"
