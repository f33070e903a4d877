"""Posts: how far one fits goal, format, time and audience, what it brings, and its criteria."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator import keyed
from simulator.brands import Locale
from simulator.days import Week
from simulator.duties.constants import number
from simulator.duties.disclosure import is_clear, needs_label
from simulator.duties.sheets import Ideal, Line, Sheet, line, red_line
from simulator.duties.work import Outing
from simulator.judgement.reading import Gate, Reason
from simulator.population.activity import rhythm
from simulator.population.parameters import parameters
from simulator.workday import Alarm, Brief, Choice, Label, Queued, Variant

HOUR = 60
NO_LABEL = "none"
WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How far a post fits, each in [0, 1]: the goal, the format, the time, the audience."""

    goal: float
    format: float
    time: float
    audience: float

    @property
    def setting(self) -> float:
        """The mean of format, time and audience: criterion C3."""
        return (self.format + self.time + self.audience) / 3.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a post has brought so far: whole numbers, as an export shows them."""

    reach: int = 0
    impressions: int = 0
    reactions: int = 0
    comments: int = 0
    shares: int = 0
    clicks: int = 0
    actions: int = 0
    follows: int = 0

    @property
    def engagements(self) -> int:
        """Reactions, comments and shares together."""
        return self.reactions + self.comments + self.shares


@dataclass(frozen=True, slots=True)
class Page:
    """The page that posts go out on: its followers in the morning, its seed, its days."""

    followers: int
    seed: int
    sector: str
    begins: int
    locale: Locale = "en"
    alarm: Alarm | None = None
    week: Week | None = None


def activity(page: Page, minute: int) -> float:
    """Return how active members are at a minute of the shift, 1 at the best hour of the day."""
    return _rhythm(page.sector)[(page.begins + minute) // HOUR % 24]


@lru_cache(maxsize=32)
def _rhythm(sector: str) -> tuple[float, ...]:
    shape = parameters(sector, None).activity
    hours = [rhythm(hour, shape) for hour in range(24)]
    return tuple(hour / max(hours) for hour in hours)


def time_fit(page: Page, slots: Sequence[int], minute: int) -> float:
    """Return how far a minute fits: its activity against the best of the slots on offer.

    While something bad is going on no minute fits.
    """
    if page.alarm is not None and page.alarm.minute <= minute < page.alarm.until:
        return 0.0
    best = max((activity(page, slot) for slot in slots), default=1.0)
    share = activity(page, minute) / best
    poor, good = number("posts.poor_time"), number("posts.best_time")
    return min(1.0, max(0.0, (share - poor) / (good - poor)))


def fit_of(page: Page, brief: Brief, outing: Outing) -> Fit:
    """Return how far a brief fits as it was sent out."""
    return Fit(
        variant_of(brief, outing.choices).serves,
        brief.formats.get(outing.choices.get("format", ""), 0.0),
        time_fit(page, brief.slots, outing.minute),
        _worth(brief.audiences, outing.choices.get("audience", "")),
    )


def queued_fit(page: Page, post: Queued) -> Fit:
    """Return how far a post of the queue fits; a colleague chose all but its day."""
    goal, form = number("posts.queued_goal"), number("posts.queued_format")
    return Fit(goal, form, activity(page, post.minute), 1.0)


def variant_of(brief: Brief, choices: Mapping[str, str]) -> Variant:
    """Return the wording that was chosen. Raises ``KeyError`` for one that the brief lacks."""
    for variant in brief.variants:
        if variant.id == choices.get("variant"):
            return variant
    raise KeyError(choices.get("variant"))


def figures(page: Page, fit: Fit, outing: Outing, now: int, *, invites: bool) -> Figures:
    """Return what a post has brought by a minute; most of it comes within the first hours."""
    elapsed = max(0, now - outing.minute) / HOUR
    share = -math.expm1(-elapsed / number("posts.hours"))
    luck = 1.0 + number("posts.noise") * (2.0 * keyed.draw(page.seed, "post", outing.item) - 1.0)
    reach = (
        page.followers
        * number("posts.organic")
        * _between("posts.worst_format", fit.format)
        * _between("posts.worst_audience", fit.audience)
        * _between("posts.worst_time", fit.time)
        * luck
        * share
    )
    talk = number("posts.comments") * (number("posts.invited") if invites else 1.0)
    clicks = reach * number("posts.clicks") * _between("posts.aside", fit.goal)
    return Figures(
        reach=round(reach),
        impressions=round(reach * number("posts.seen_again")),
        reactions=round(
            reach * number("posts.reactions") * _between("posts.liked_anyway", fit.goal)
        ),
        comments=round(reach * talk),
        shares=round(reach * number("posts.shares") * _between("posts.aside", fit.goal)),
        clicks=round(clicks),
        actions=round(clicks * number("posts.actions") * fit.goal * fit.audience),
        follows=round(reach * number("posts.joins") * fit.goal),
    )


def _between(worst: str, value: float) -> float:
    least = number(worst)
    return least + (1.0 - least) * value


def breaches(brief: Brief, outing: Outing, locale: Locale) -> tuple[Gate, ...]:
    """Return the red lines that a published post crosses."""
    found = []
    if brief.drop and brief.gate:
        found.append(red_line(brief.gate, f"{brief.gate}.post"))
    label = label_of(brief, outing.choices)
    if needs_label(brief) and (label is None or not is_clear(label, locale)):
        found.append(red_line("U10", "U10.hidden_ad"))
    return tuple(found)


def label_of(brief: Brief, choices: Mapping[str, str]) -> Label | None:
    """Return the label that was put on a post, ``None`` for none."""
    return next((row for row in brief.labels if row.id == choices.get("label")), None)


def best_choices(brief: Brief, locale: Locale) -> dict[str, str]:
    """Return what an expert chooses for a post."""
    best = {
        "variant": max(brief.variants, key=lambda row: (row.serves, row.invites)).id,
        "format": max(brief.formats, key=lambda name: brief.formats[name]),
    }
    rows = {"audience": brief.audiences, "picture": brief.pictures, "alt": brief.alts}
    best |= {name: max(row, key=lambda one: one.worth).id for name, row in rows.items() if row}
    if brief.labels:
        clear = [row.id for row in brief.labels if is_clear(row, locale)]
        best["label"] = clear[0] if needs_label(brief) and clear else NO_LABEL
    return best


def ideal(page: Page, brief: Brief) -> Ideal:
    """Return how an expert sends a post out; ``by`` is the best slot. No move drops an idea."""
    if brief.drop:
        return Ideal("")
    slots = [slot for slot in brief.slots if time_fit(page, brief.slots, slot) > 0]
    best = max(slots, key=lambda slot: (activity(page, slot), -slot), default=None)
    choices = best_choices(brief, page.locale)
    return Ideal("schedule", variant_of(brief, choices).text, choices=choices, by=best)


def judge(page: Page, brief: Brief, outing: Outing | None) -> Sheet | None:
    """Return the sheet of a brief; ``None`` where an idea to be dropped was left alone."""
    out = outing is not None and outing.fate == "out"
    if brief.drop and not out:
        return None
    lines: tuple[Line, ...]
    gates: tuple[Gate, ...] = ()
    if outing is None or not out:
        lines = tuple(
            line(name, 0.0, Reason("C.unpublished")) for name in ("C1", "C3", "C4", "C5")
        )
    elif brief.drop:
        lines = (line("C1", 0.0, Reason("C1.drop")),)
        gates = breaches(brief, outing, page.locale)
    else:
        lines = _lines(page, brief, outing)
        gates = breaches(brief, outing, page.locale)
    return Sheet(
        "content", "post", brief.id, brief.title, WEIGHT, lines, gates, ideal(page, brief),
        why=brief.why, minute=outing.minute if outing is not None and out else None,
    )  # fmt: skip


def _lines(page: Page, brief: Brief, outing: Outing) -> tuple[Line, ...]:
    variant, fit = variant_of(brief, outing.choices), fit_of(page, brief, outing)
    degree = "fully" if fit.goal >= 1.0 else "partly" if fit.goal > 0.0 else "not"
    return (
        line("C1", fit.goal, Reason(f"C1.{degree}")),
        _setting(fit),
        _form(brief, outing, page.locale),
        line("C5", float(variant.invites), Reason("C5.yes" if variant.invites else "C5.no")),
    )


def _setting(fit: Fit) -> Line:
    values = {"format": fit.format, "time": fit.time, "audience": fit.audience}
    weak = [f"fit.{name}" for name, value in values.items() if value < 1.0]
    reason = Reason("C3.part", {"weak": f"@{','.join(weak)}"}) if weak else Reason("C3.fits")
    return line("C3", fit.setting, reason)


def _form(brief: Brief, outing: Outing, locale: Locale) -> Line:
    """Return C4: the mean of those of label, rights and alternative text that apply."""
    checks: dict[str, bool] = {}
    if needs_label(brief):
        checks["label"] = is_clear(label_of(brief, outing.choices), locale)
    if brief.pictures:
        checks["rights"] = _worth(brief.pictures, outing.choices.get("picture", "")) > 0
    if brief.alts:
        checks["alt"] = _worth(brief.alts, outing.choices.get("alt", "")) > 0
    if not checks:
        return line("C4", None, Reason("C4.none"))
    wrong = [f"form.{name}" for name, right in checks.items() if not right]
    value = 0.0 if "form.rights" in wrong else 1.0 - len(wrong) / len(checks)
    reason = Reason("C4.lacks", {"lacks": f"@{','.join(wrong)}"}) if wrong else Reason("C4.right")
    return line("C4", value, reason)


def _worth(options: Sequence[Choice], id: str) -> float:  # noqa: A002 - an id is what it is
    return next((option.worth for option in options if option.id == id), 0.0)
