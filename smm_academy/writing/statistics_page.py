"""The figures of a quiz's questions in an order, and as cells of a file."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from smm_academy.quizzes.item_statistics import Flaw, ItemStatistics, Use
from smm_academy.sittings.models import Purpose
from smm_academy.web.locale import gettext as _, ngettext

Weight: TypeAlias = Callable[[ItemStatistics], float | None]

ORDERS: dict[str, Weight] = {
    "number": lambda one: float(one.number),
    "answers": lambda one: float(one.answers),
    "easiness": lambda one: one.easiness,
    "discrimination": lambda one: one.discrimination,
    "exposure": lambda one: one.exposure.share,
    "time": lambda one: one.seconds,
    "flaws": lambda one: float(len(one.flaws)),
}
"""By what a page can be sorted."""


def in_order(items: Sequence[ItemStatistics], column: str, *, down: bool) -> list[ItemStatistics]:
    """Return questions sorted by a column; those without the figure come last."""
    weight = ORDERS.get(column, ORDERS["number"])

    def place(one: ItemStatistics) -> tuple[bool, float, int]:
        found = weight(one)
        sign = -1 if down else 1
        return found is None, sign * (found or 0.0), one.number

    return sorted(items, key=place)


def say_flaw(flaw: Flaw) -> str:
    """Return a warning as a sentence."""
    said = {
        "able avoid": _("The right answer is given less often by the able: check the key."),
        "wrong draws": _("A wrong option draws more able people than the right one:"),
        "easy": _("Nearly everybody is right: it tells nobody apart."),
        "hard": _("Hardly anybody is right: is it too hard, or unclear?"),
        "unchosen": _("Nobody chooses this option:"),
        "language": _("People of the same ability fare differently in English and in Polish."),
    }[flaw.kind]
    return f"{said} {flaw.option}".strip()


def say_answers(item: ItemStatistics, fewest: int) -> str:
    """Return how many answers there are, and how many it takes where they are too few."""
    if item.enough:
        return ngettext("%(num)d answer", "%(num)d answers", item.answers)
    return _("%(given)d of %(needed)d answers", given=item.answers, needed=fewest)


def say_outcome(outcome: str) -> str:
    """Return what became of an answer, in words."""
    return {
        "right": _("wholly right"),
        "partly": _("partly right"),
        "wrong": _("wrong"),
        "blank": _("nothing answered"),
    }[outcome]


def say_use(use: Use) -> str:
    """Return who met a question in practice, in checks or in assessments, as a sentence."""
    where = {
        Purpose.PRACTICE: _("in practice"),
        Purpose.CHECK: _("in skill checks"),
        Purpose.ASSESSMENT: _("in assessments"),
    }[use.purpose]
    return _(
        "%(where)s %(people)d of %(of)d people (%(percent)d %%)",
        where=where,
        people=use.people,
        of=use.of,
        percent=round(100 * use.share),
    )


def say_language(item: ItemStatistics) -> str:
    """Return the class of the comparison between languages, or that there are too few people."""
    found = item.language
    if found is None or not found.enough:
        return _("too few people")
    return {
        "A": _("A: none or slight"),
        "B": _("B: moderate"),
        "C": _("C: large"),
    }[found.ets_class]


def csv_rows(items: Sequence[ItemStatistics]) -> list[list[str]]:
    """Return the figures as cells, a row a question; empty where nothing can be said."""
    rows = [
        [
            _("Number"),
            "id",
            _("Question"),
            _("Answers"),
            _("Share right"),
            _("from"),
            _("to"),
            _("Discrimination"),
            _("Exposure"),
            *(_("People in practice"), _("People in checks"), _("People in assessments")),
            _("Median seconds"),
            _("Between languages"),
            _("Warnings"),
        ]
    ]
    for one in items:
        low, high = one.interval or (None, None)
        rows.append(
            [
                str(one.number),
                one.question.id,
                one.question.title,
                str(one.answers),
                *(
                    _figure(value)
                    for value in (one.easiness, low, high, one.discrimination, one.exposure.share)
                ),
                *(str(_met(one, purpose)) for purpose in Purpose),
                _figure(one.seconds),
                say_language(one) if one.enough else "",
                " ".join(say_flaw(flaw) for flaw in one.flaws),
            ]
        )
    return rows


def _met(item: ItemStatistics, purpose: Purpose) -> int:
    return sum(use.people for use in item.exposure.uses if use.purpose == purpose)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
