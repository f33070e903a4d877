"""A what-if as a page shows it: the two days as lines, and what would have happened in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator import Locale, WhatIf
from smm_academy.shifts import words
from smm_academy.shifts.branching import HIDE, LEAVE, MODEL, SAME, Decision, Wish
from smm_academy.shifts.week_page import clock_of
from smm_academy.web.locale import gettext as _, ngettext

SCALE_ROOM = 0.04
SMALLEST = 0.0005
"""A twentieth of a point of mood: below it the days feel alike."""

MOVED = 0.05
Json = Mapping[str, Any]


def page(
    record: Json, decision: Decision, wish: Wish, found: WhatIf | None, locale: Locale
) -> dict[str, Any]:
    """Return what the page shows; without a ``found`` nothing but the decision itself."""
    clock = clock_of(record, wish.minute)
    shown: dict[str, Any] = {
        "done": _done(record, decision),
        "instead": _instead(wish, decision, clock),
        "found": found is not None,
        "words": decision.words if found and wish.choice == MODEL else "",
    }
    if found is None:
        return shown
    name = next(row for row in record["messages"] if row["id"] == decision.message)["author"][
        "name"
    ]
    return shown | {
        "verdict": _verdict(found, locale),
        "repeats": found.repeats,
        "lines": _lines(record, found, wish.minute, locale),
        "table": _table(record, found),
        "consequences": [_author(name, found), *_bystanders(found), _followers(found)],
        "scores": _scores(found),
        "followed": _followed(found),
        "thread": _thread(record, found, name),
        "left_out": len(found.left_out),
    }


def points(value: float, locale: Locale) -> str:
    """Return a difference of mood in points, a hundredth each, without its sign."""
    shown = f"{abs(100 * value):.1f}" if abs(value) < 0.095 else f"{abs(100 * value):.0f}"  # noqa: PLR2004 - two figures
    return shown.replace(".", ",") if locale == "pl" else shown


def _done(record: Json, decision: Decision) -> str:
    if decision.move is None:
        return str(_("not touched"))
    clock = clock_of(record, decision.begun)
    return f"{words.move_done(decision.move.kind)} · {clock}"


def _instead(wish: Wish, decision: Decision, clock: str) -> str:
    if wish.choice == LEAVE:
        return str(_("left alone"))
    if wish.choice == HIDE:
        return str(_("hidden at %(clock)s", clock=clock))
    if wish.choice == MODEL:
        return str(_("the model answer at %(clock)s", clock=clock))
    if wish.choice == SAME:
        if wish.minute == decision.begun:
            return str(_("the same at the same time"))
        return str(_("the same at %(clock)s", clock=clock))
    return str(_("other words at %(clock)s", clock=clock))


def _verdict(found: WhatIf, locale: Locale) -> str:
    mood = found.sentiment
    if max(abs(mood.low), abs(mood.high)) < SMALLEST:
        return str(_("The community would have felt the same at the end."))
    spread = {
        "points": points(mood.mean, locale),
        "least": points(min(mood.low, mood.high, key=abs), locale),
        "most": points(max(mood.low, mood.high, key=abs), locale),
    }
    if mood.low >= 0:
        return str(
            _(
                "The community would have ended the day warmer by %(points)s points "
                "(%(least)s to %(most)s).",
                **spread,
            )
        )
    if mood.high <= 0:
        return str(
            _(
                "The community would have ended the day colder by %(points)s points "
                "(%(least)s to %(most)s).",
                **spread,
            )
        )
    return str(
        _(
            "Luck decides more than this decision: warmer in %(warmer)d of %(all)d repeats.",
            warmer=mood.above,
            all=found.repeats,
        )
    )


def _lines(record: Json, found: WhatIf, minute: int, locale: Locale) -> dict[str, Any]:
    begins, ends = record["begins"], record["ends"]
    told = record["timeline"]
    lines = {
        "own": [(begins + one.minute, one.lived) for one in found.points],
        "branched": [(begins + one.minute, one.branched) for one in found.points],
        "low": [(begins + one.minute, one.low) for one in found.points],
        "high": [(begins + one.minute, one.high) for one in found.points],
        "nothing": [(begins + one["minute"], one["sentiment_nothing"]) for one in told],
        "expert": [(begins + one["minute"], one["sentiment_expert"]) for one in told],
    }
    values = [value for line in lines.values() for _minute, value in line]
    titles = {
        "own": _("as it was: %(value)s", value=_signed(lines["own"], locale)),
        "branched": _("the other way: %(value)s", value=_signed(lines["branched"], locale)),
        "expert": _("an expert: %(value)s", value=_signed(lines["expert"], locale)),
        "nothing": _("nobody at the desk: %(value)s", value=_signed(lines["nothing"], locale)),
    }
    return {
        **lines,
        "start": begins,
        "end": ends,
        "at": begins + minute,
        "low_bound": min(values) - SCALE_ROOM,
        "high_bound": max(values) + SCALE_ROOM,
        "hours": [row["weekday"] for row in record.get("days", ())]
        or [f"{hour}:00" for hour in range(-(-begins // 60), ends // 60 + 1)],
        "titles": titles,
        "words": ", ".join(str(title) for title in titles.values()),
    }


def _table(record: Json, found: WhatIf) -> tuple[list[str], list[list[str]]]:
    head = [
        _("Time"),
        _("Mood, as it was"),
        _("Mood, the other way"),
        _("least"),
        _("most"),
        _("Followers, as it was"),
        _("Followers, the other way"),
        _("least"),
        _("most"),
    ]
    rows = [
        [
            clock_of(record, one.minute),
            *(f"{100 * mood:+.1f}" for mood in (one.lived, one.branched, one.low, one.high)),
            *(
                str(number)
                for number in (
                    one.followers_lived,
                    one.followers_branched,
                    one.followers_low,
                    one.followers_high,
                )
            ),
        ]
        for one in found.points
    ]
    return head, rows


def _author(name: str, found: WhatIf) -> str:
    content = _sign(found.branched.satisfaction - found.lived.satisfaction)
    trust = _sign(found.branched.trust - found.lived.trust)
    said = {
        (1, 1): _("%(name)s would have ended more content, with more trust."),
        (1, 0): _("%(name)s would have ended more content."),
        (0, 1): _("%(name)s would have felt much the same, with more trust."),
        (0, 0): _("%(name)s would have felt much the same."),
        (0, -1): _("%(name)s would have felt much the same, with less trust."),
        (-1, 0): _("%(name)s would have ended less content."),
        (-1, -1): _("%(name)s would have ended less content, with less trust."),
    }
    return said.get((content, trust), said[content, 0]) % {"name": name}


def _sign(change: float) -> int:
    return 0 if abs(change) < MOVED else 1 if change > 0 else -1


def _bystanders(found: WhatIf) -> list[str]:
    liked = found.branched.likes - found.lived.likes
    if liked > 0:
        more = ngettext(
            "The message would have drawn %(num)d like more.",
            "The message would have drawn %(num)d likes more.",
            liked,
        )
        return [more]
    if liked < 0:
        fewer = ngettext(
            "The message would have drawn %(num)d like fewer.",
            "The message would have drawn %(num)d likes fewer.",
            -liked,
        )
        return [fewer]
    return []


def _followers(found: WhatIf) -> str:
    spread = found.followers
    if spread.low == 0 == spread.high:
        return str(_("The brand would have kept as many followers."))
    mean = round(spread.mean)
    return ngettext(
        "On average %(mean)+d follower (%(least)+d to %(most)+d).",
        "On average %(mean)+d followers (%(least)+d to %(most)+d).",
        abs(mean),
        mean=mean,
        least=round(spread.low),
        most=round(spread.high),
    )


def _scores(found: WhatIf) -> list[tuple[str, int, int]]:
    return [
        (
            str(_("This message")),
            round(found.lived.score),
            round(found.branched.score),
        ),
        (
            str(_("The whole shift")),
            round(found.lived.shift_score),
            round(found.branched.shift_score),
        ),
    ]


def _followed(found: WhatIf) -> list[tuple[str, int, int]]:
    """Return what would have followed: words for it, and in how many repeats on each day."""
    titles = words.follow_up_titles()
    rows = [
        (title, found.lived.followed.get(kind, 0), found.branched.followed.get(kind, 0))
        for kind, title in titles.items()
    ]
    rows.append((str(_("Others join in")), found.lived.joined, found.branched.joined))
    return [row for row in rows if row[1] or row[2]]


def _thread(record: Json, found: WhatIf, name: str) -> list[dict[str, Any]]:
    message = found.branched.thread[1:]
    return [
        {
            "author": record["brand"]["name"] if turn.who == "brand" else turn.name or name,
            "brand": turn.who == "brand",
            "private": not turn.public,
            "when": clock_of(record, turn.minute),
            "text": turn.text,
        }
        for turn in message
    ]


def _signed(line: Sequence[tuple[int, float]], locale: Locale) -> str:
    shown = f"{100 * line[-1][1]:+.1f}"
    return shown.replace(".", ",") if locale == "pl" else shown
