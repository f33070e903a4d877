"""Calibration: from a file of answers to item parameters and scores, as plain values for JSON."""

import math
from collections.abc import Iterator
from typing import TypeAlias, get_args

import numpy as np

from smm_academy.measurement.ability import (
    MISSING,
    NODE_WEIGHTS,
    NODES,
    estimate_eap,
    estimate_map,
    log_chances,
    mark_scores,
)
from smm_academy.measurement.curves import Curves, FloatArray, IntArray
from smm_academy.measurement.expectation_maximisation import STEEPEST, Fit, fit_items
from smm_academy.measurement.marginal_likelihood import Model, Priors
from smm_academy.measurement.observed_information import StandardErrors, standard_errors
from smm_academy.measurement.parameter_file import (
    ItemParameters,
    match_parameters,
    read_parameters,
)
from smm_academy.measurement.responses import (
    BadResponses,
    CodedResponses,
    Source,
    code_responses,
    read_responses,
)

JsonObject: TypeAlias = dict[str, object]

MODELS: tuple[str, ...] = get_args(Model)
FEWEST_PEOPLE = 2
FEWEST_ITEMS = {"1pl": 2, "2pl": 3, "3pl": 3, "grm": 2}
PEOPLE_FOR = {"1pl": 50, "2pl": 200, "3pl": 1000, "grm": 200}
_BLOCK = 4000


def calibrate_items(
    responses: Source,
    model: Model,
    *,
    priors: bool = False,
    parameters: Source | None = None,
    scores: bool = False,
) -> JsonObject:
    """Return what ``calibrate items`` prints: ``model log_likelihood items`` and ``persons``.

    ``responses`` and ``parameters`` are files (``Path``) or texts (``str``). Without
    ``parameters`` the items are fitted by marginal maximum likelihood, with ``priors`` by the
    posterior mode under a ~ logN(0, .35), d ~ N(0, 2.5). With them nothing is fitted: the log
    likelihood is that of the given values. ``scores`` adds EAP and MAP of each person.

    Each item has ``id a b d n se`` (graded: ``thresholds`` and lists; three-parameter: ``c``);
    ``se`` holds a number beside each of them, ``None`` where there is none. ``left_out`` lists the
    items without variance, ``warnings`` what a reader of the figures must know.

    Raises ``BadResponses`` with a sentence for people when the files cannot be used.
    """
    if model not in MODELS:
        raise BadResponses(f'There is no model "{model}". Choose one of {", ".join(MODELS)}.')
    table = read_responses(responses)
    if parameters is not None:
        curves, codes, known = match_parameters(table, read_parameters(parameters))
        result = _describe_given(model, curves, codes, known)
    else:
        coded = code_responses(table, graded=model == "grm")
        answered = (coded.codes != MISSING).any(axis=1)
        _check_enough(coded, model, int((~np.isnan(table.scores)).any(axis=1).sum()))
        fit = fit_items(coded.codes[answered], model, Priors() if priors else None)
        errors = standard_errors(fit)
        curves, codes = fit.curves, coded.codes
        result = _describe_fit(coded, fit, errors)
    if scores:
        result["persons"] = list(_score_people(curves, codes, table.people))
    return result


def _describe_given(
    model: Model, curves: Curves, codes: IntArray, known: tuple[ItemParameters, ...]
) -> JsonObject:
    items = []
    for place, parameters in enumerate(known):
        graded = model == "grm" or len(parameters.thresholds) > 1
        categories = parameters.categories if graded else None
        items.append(_describe(parameters.id, curves, place, categories, None))
    return {
        "model": model,
        "log_likelihood": _log_likelihood(curves, codes),
        "people": len(codes),
        "items": items,
        "left_out": [],
        "warnings": [],
    }


def _check_enough(coded: CodedResponses, model: Model, people: int) -> None:
    if people < FEWEST_PEOPLE:
        raise BadResponses(
            f"A calibration needs the answers of at least {FEWEST_PEOPLE} people, better of "
            f"{PEOPLE_FOR[model]}; here is {people}. To score one person give --parameters."
        )
    if len(coded.items) < FEWEST_ITEMS[model]:
        alike = f" ({len(coded.left_out)} left out: all answers alike)" if coded.left_out else ""
        raise BadResponses(
            f"The model {model} needs at least {FEWEST_ITEMS[model]} items whose answers differ; "
            f"here are {len(coded.items)}{alike}."
        )


def _describe_fit(coded: CodedResponses, fit: Fit, errors: StandardErrors) -> JsonObject:
    model = fit.problem.model
    counts = (coded.codes != MISSING).sum(axis=0)
    items = []
    for place, name in enumerate(coded.items):
        item = _describe(
            name, fit.curves, place, coded.categories[place] if model == "grm" else None, errors
        )
        item["n"] = int(counts[place])
        items.append(item)
    result: JsonObject = {
        "model": model,
        "log_likelihood": fit.log_likelihood,
        "people": fit.problem.sample.people,
        "rounds": fit.rounds,
        "converged": fit.converged,
        "items": items,
        "left_out": [{"id": name, "reason": reason} for name, reason in coded.left_out],
        "warnings": [*coded.warnings, *_warn(coded, fit, errors)],
    }
    if fit.problem.priors is not None:
        result["log_prior"] = fit.log_prior
    return result


def _describe(
    name: str,
    curves: Curves,
    place: int,
    categories: tuple[float, ...] | None,
    errors: StandardErrors | None,
) -> JsonObject:
    """Return an item's entry; with ``categories`` it is graded and lists its thresholds."""
    steps = int(curves.steps[place])
    graded = categories is not None
    item: JsonObject = {"id": name, "a": float(curves.slopes[place])}
    doubt: JsonObject = {"a": _known(errors.slopes[place]) if errors else None}
    parts = (
        ("b", curves.thresholds, errors.thresholds if errors else None),
        ("d", curves.intercepts, errors.intercepts if errors else None),
    )
    for letter, values, spreads in parts:
        found = [float(value) for value in values[place, :steps]]
        width = [None] * steps if spreads is None else [_known(s) for s in spreads[place, :steps]]
        if graded:
            key = "thresholds" if letter == "b" else letter
            item[key], doubt[key] = found, width
        else:
            item[letter], doubt[letter] = found[0], width[0]
    if categories is not None:
        item["categories"] = list(categories)
    if curves.floors[place]:
        item["c"] = float(curves.floors[place])
        doubt["c"] = _known(errors.floors[place]) if errors else None
    return {**item, "se": doubt}


def _known(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def _warn(coded: CodedResponses, fit: Fit, errors: StandardErrors) -> Iterator[str]:
    model, people = fit.problem.model, fit.problem.sample.people
    if not fit.converged:
        yield f"The fit had not settled after {fit.rounds} rounds: use the figures with care."
    if people < PEOPLE_FOR[model] and fit.problem.priors is None:
        yield (
            f"{people} people are few for the model {model} without priors (better "
            f"{PEOPLE_FOR[model]}): use --priors or a simpler model."
        )
    for place, name in enumerate(coded.items):
        if fit.curves.slopes[place] < 0:
            yield f'Item "{name}" runs against the others (a below 0): check its key.'
        elif fit.curves.slopes[place] >= STEEPEST:
            yield f'Item "{name}" splits people without error: its a stands at the limit.'
    if not np.isfinite(errors.slopes).any():
        yield "The answers do not determine the parameters: no standard errors can be given."
    absent = int((~(coded.codes != MISSING).any(axis=1)).sum())
    if absent:
        yield f"{absent} of {len(coded.codes)} people answered no fitted item: not in the fit."


def _log_likelihood(curves: Curves, codes: IntArray) -> float:
    table = log_chances(curves, NODES)
    items, categories, nodes = table.shape
    total = 0.0
    for first in range(0, len(codes), _BLOCK):
        marks = mark_scores(codes[first : first + _BLOCK], categories)
        joint: FloatArray = marks @ table.reshape(items * categories, nodes) + np.log(NODE_WEIGHTS)
        total += float(np.logaddexp.reduce(joint, axis=1).sum())
    return total


def _score_people(
    curves: Curves, codes: IntArray, people: tuple[str, ...]
) -> Iterator[JsonObject]:
    eap, mode = estimate_eap(curves, codes), estimate_map(curves, codes)
    given = (codes != MISSING).sum(axis=1)
    for place, person in enumerate(people):
        yield {
            "id": person,
            "eap": float(eap.mean[place]),
            "se": float(eap.se[place]),
            "map": float(mode.mean[place]),
            "map_se": float(mode.se[place]),
            "n": int(given[place]),
        }
