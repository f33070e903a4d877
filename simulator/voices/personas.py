"""Who writes: a member of the community with a name, a form of address and habits of writing."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from simulator.brands import Locale
from simulator.scenarios import Plan
from simulator.voices.dice import Dice
from simulator.voices.lists import file_listings

Register = Literal["casual", "plain", "formal"]
Form = Literal["ty", "pan", "panstwo", ""]
_CLAUSES = {"casual": (2, 2.5, 1.5, 4), "plain": (3, 4, 1.5, 2.5), "formal": (5, 4, 0, 0)}
"""Shares of those who part clauses with commas, full stops, dashes, or hardly at all (Polish)."""
_BARE = {"casual": 0.34, "plain": 0.1, "formal": 0.02}
"""Shares of those who type Polish without its diacritics."""
_SOBER = frozenset(["press", "formal_complaint", "disclosure", "queue_in_crisis"])


@dataclass(frozen=True, slots=True)
class Persona:
    """A member as the desk sees them, and the style that their texts keep.

    ``form`` is how they address the brand (as `Author.form`). Rates are probabilities per place
    where the habit could show; ``verbosity`` runs from 0 (a few words) to 1 (paragraphs).
    """

    name: str
    handle: str
    gender: Literal["f", "m"]
    form: Form
    followers: int
    locale: Locale
    age: Literal["young", "adult", "older"]
    register: Register
    verbosity: float
    typos: float
    emoji: float
    slang: float
    sarcasm: float
    casing: Literal["usual", "lower", "upper"]
    ending: Literal["usual", "none", "dots", "shout"]
    diacritics: bool
    run_on: float
    american: bool
    clauses: Literal["commas", "stops", "dashes", "loose"]


def persona(seed: int, entity: str, locale: Locale, plan: Plan | None = None) -> Persona:
    """Return the member behind an entity, the same at every call.

    A plan sets the form of address and the reach it names; sober kinds (a journalist, a formal
    complaint) get a sober style.
    """
    dice = Dice(seed, "persona", f"{locale}/{entity}")
    age: Literal["young", "adult", "older"] = dice.weigh(("young", "adult", "older"), (3, 5, 2))
    register = _register(dice, age)
    sober = plan is not None and plan.kind in _SOBER
    if sober:
        register = "formal"
    casual = register == "casual"
    gender: Literal["f", "m"] = "f" if dice.chance(0.56) else "m"
    first, last = _names(dice, locale, gender)
    name = _displayed(dice, first, last)
    followers = (
        plan.reach if plan and plan.reach else int(40 * (1 / (1.0001 - dice.unit())) ** 0.9)
    )
    return Persona(
        name=name,
        handle=_handle(dice, first, last),
        gender=gender,
        form=_form(dice, locale, plan, register),
        followers=followers,
        locale=locale,
        age=age,
        register=register,
        verbosity=dice.unit(),
        typos=dice.weigh((0.0, 0.003, 0.008), (5, 3, 1.5)) if not sober else 0.0,
        emoji=dice.weigh((0.0, 0.35, 0.8), (5, 3, 2) if casual else (8, 2, 0.4)),
        slang=(0.75 if casual else 0.1) * (register != "formal"),
        sarcasm=dice.unit() * 0.5,
        casing=dice.weigh(("usual", "lower", "upper"), (5, 4.4, 0.1) if casual else (40, 1, 0.2)),
        ending=dice.weigh(
            ("usual", "none", "dots", "shout"), (4, 4, 1, 1) if casual else (12, 1, 0.7, 0.5)
        ),
        diacritics=not dice.chance(_BARE[register]),
        run_on=dice.weigh((0.0, 0.25, 0.6), (3, 3, 2) if casual else (8, 2, 0.3)),
        american=dice.chance(0.25),
        clauses=dice.weigh(("commas", "stops", "dashes", "loose"), _CLAUSES[register]),
    )


def _register(dice: Dice, age: str) -> Register:
    weights = {"young": (7, 3, 0.3), "adult": (4, 5, 1.2), "older": (2, 5, 3)}[age]
    register: Register = dice.weigh(("casual", "plain", "formal"), weights)
    return register


def _form(dice: Dice, locale: Locale, plan: Plan | None, register: Register) -> Form:
    share = dice.unit()
    if plan and plan.form:
        return plan.form
    if locale == "en":
        return ""
    polite = {"casual": 0.06, "plain": 0.45, "formal": 0.95}[register]
    return "panstwo" if share < polite else "ty"


def _names(dice: Dice, locale: Locale, gender: str) -> tuple[str, str]:
    names = {row.name: row for row in file_listings(locale, "names")}

    def one(name: str) -> str:
        lines = names[name].lines
        weights = [1 / (rank + 6) for rank in range(len(lines))]
        return dice.weigh([line for line, _ in lines], weights)

    first = one(f"first_{gender}")
    last = one("last")
    if gender == "f" and locale == "pl":
        last = re.sub(r"(sk|ck|dzk)i$", r"\1a", last)
    return first, last


def _displayed(dice: Dice, first: str, last: str) -> str:
    return dice.weigh((f"{first} {last}", f"{first} {last[0]}.", first), (7, 2, 1))


def _handle(dice: Dice, first: str, last: str) -> str:
    plain_first, plain_last = _plain(first), _plain(last)
    number = str(dice.below(98) + 1)
    shape = dice.choose(
        (
            f"{plain_first}.{plain_last}",
            f"{plain_first}_{plain_last[:3]}",
            f"{plain_first}{number}",
            f"{plain_last}{plain_first[0]}{number}",
            f"_{plain_first}_{number}",
            f"{plain_first}{plain_last}",
        )
    )
    return "@" + shape


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFD", name.lower().replace("ł", "l"))
    return re.sub(r"[^a-z]", "", folded)
