"""Fitting the simulator: its free constants to the facts, the forms of its shifts to one scale."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import simulator
from smm_academy.calibration.shifts import FormPlan, as_text, calibrate_forms
from smm_academy.calibration.spreading import Mapper, spread
from smm_academy.cli.terminal import Progress, print_json, print_line, table, to_json
from smm_academy.clock import now
from smm_academy.errors import Invalid

Task = TypeVar("Task")
Found = TypeVar("Found")


def community(options: Namespace) -> None:
    """Print the constants that come nearest to the facts, and how near they come."""
    known = simulator.free_constants()
    for name in options.constants:
        if name not in known:
            raise Invalid(
                "constant",
                "There is no free constant %(name)s. Choose from %(known)s.",
                name=name,
                known=", ".join(known),
            )
    plan = simulator.FitPlan(
        names=tuple(options.constants),
        generations=options.generations,
        candidates=options.candidates,
        seeds=options.seeds,
        members=options.members,
        days=options.days,
    )
    runs = plan.seeds * (1 + plan.generations * plan.candidates)
    with _followed("Fitting", runs, options.scheduler) as mapper:
        fit = simulator.fit_community(plan, mapper)
    if options.out:
        _write(options.out, f"{to_json(fit.as_json())}\n")
    if options.json:
        print_json(fit.as_json())
        return
    print_line(f"distance {fit.distance_before:.4f} before, {fit.distance:.4f} after")
    rows = ((name, f"{value:.6g}") for name, value in fit.theta.items())
    print_line(table([("constant", "value"), *rows]))


def shifts(options: Namespace) -> None:
    """Print how the forms of the shipped shifts compare, as simulated candidates play them."""
    plan = FormPlan(tuple(options.scenarios), options.persons, options.seeds)
    with _followed("Playing", len(plan.sittings()), options.scheduler) as mapper:
        found = calibrate_forms(plan, mapper, now().date())
    if options.out:
        _write(options.out, as_text(found))
    if options.json:
        print_json(found)
        return
    print_line(f"version {found['version']}, reference {found['reference']}")
    head = ("form", "", "intercept", "slope", "error", "messages", "difficulty", "error")
    rows = (
        (
            form["scenario"],
            form["locale"],
            f"{form['intercept']:+.3f}",
            f"{form['slope']:.3f}",
            f"{form['error']:.2f}",
            f"{form['messages']:.1f}",
            f"{form['difficulty']:+.3f}",
            f"{form['difficulty_error']:.3f}",
        )
        for form in found["forms"]
    )
    print_line(table([head, *rows]))


@contextmanager
def _followed(title: str, runs: int, scheduler: str) -> Iterator[Mapper]:
    """Give a mapper whose tasks are counted on a bar."""
    with spread(scheduler) as mapper, Progress(title, runs) as progress:

        def followed(
            function: Callable[[Task], Found], tasks: Iterable[Task], /
        ) -> Iterator[Found]:
            return progress.follow(mapper(function, tasks))

        yield followed


def _write(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
