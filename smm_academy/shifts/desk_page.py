"""The desk as a page shows it: rows, the open thread, the moves on offer, the brand book."""

from dataclasses import dataclass
from typing import Any

from simulator import LABELS, MOVES, Brand, Desk, Locale
from smm_academy.shifts import week_page, words
from smm_academy.shifts.queries import Setting
from smm_academy.shifts.week_page import DONE
from smm_academy.web.locale import gettext as _, ngettext

WRITTEN = ("reply", "direct_message", "ask", "note")
KEYS = {"like": "l", "hide": "h", "save_evidence": "v", "resolve": "d"}
SIMPLE = (
    "like", "hide", "unhide", "delete", "report", "block", "save_evidence", "pin", "resolve",
)  # fmt: skip
SNOOZES = (15, 30, 60, 120, 240)
QUIET = frozenset({"open", "look_up", "wait"})
SAID = frozenset({"reply", "direct_message", "statement"})


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything the desk's template shows, in the reader's language and the shift's."""

    rows: list[dict[str, Any]]
    thread: dict[str, Any] | None
    person: dict[str, Any] | None
    book: dict[str, Any]
    team: dict[str, Any]
    ribbon: dict[str, Any]
    handled: int
    today: dict[str, Any] | None
    promises: list[dict[str, Any]]


def desk_page(setting: Setting, desk: Desk, current: str, locale: Locale, url: str) -> DeskPage:
    """Return the page of a desk with one message open, or none."""
    opened = next((m for m in desk.messages if m.id == current and m.status != "new"), None)
    listed = [one for one in week_page.shown_messages(desk) if one is not opened]
    listed += [opened] if opened else []
    messages = sorted(listed, key=lambda message: -message.minute)
    return DeskPage(
        rows=[_row(one, desk, opened, locale, url) for one in messages],
        thread=_thread(setting.brand, opened, locale, url) if opened else None,
        person=_person(desk, opened, locale) if opened else None,
        book=_book(setting, desk),
        team=_team(setting.brand, desk, locale),
        ribbon=_ribbon(setting, desk),
        handled=sum(one.status in DONE for one in messages),
        today=week_page.today(desk),
        promises=week_page.promises(desk, url),
    )


def first_post(message: Any, locale: Locale) -> dict[str, Any]:  # noqa: ANN401 - a DeskMessage of the simulator
    """Return the message of a drill as a post."""
    return {
        "author": message.name,
        "tint": words.tint_of(message.name),
        "side": "",
        "private": not message.is_public,
        "hidden": False,
        "channel": message.channel,
        "channel_title": words.channel_title(message.channel, locale),
        "when": message.clock,
        "text": ("★" * message.stars + "☆" * (5 - message.stars) + "\n" if message.stars else "")
        + message.text,
        "sent": "",
    }


def facts_for(setting: Setting, most: int = 4) -> list[str]:
    """Return what is true and bears on the message of a drill, the facts that are due first."""
    plan = setting.scenario.messages[0]
    brand = setting.brand
    every = (*brand.facts, *brand.policy, *brand.may_promise)
    wanted = {name: rank for rank, name in enumerate((*plan.due_facts, *plan.facts))}
    ranked = sorted(
        (fact for fact in every if fact.id in wanted), key=lambda fact: wanted[fact.id]
    )
    return [fact.text for fact in ranked[:most]] or [fact.text for fact in brand.facts[:most]]


def last_done(desk: Desk, message_id: str) -> str:
    """Return what the last move on a message did: "Sent · 10:42 · 4 min"."""
    for message in desk.messages:
        if message.id == message_id and message.moves:
            made = message.moves[-1]
            if made.kind == "open":
                return ""
            sent = {"reply": _("Sent"), "direct_message": _("Sent in private"), "ask": _("Asked")}
            title = sent.get(made.kind) or words.move_done(made.kind)
            return f"{title} · {made.clock} · {words.span_of_minutes(made.minutes)}"
    return ""


def _row(
    message: Any,  # noqa: ANN401 - a DeskMessage of the simulator
    desk: Desk,
    opened: Any,  # noqa: ANN401 - likewise
    locale: Locale,
    url: str,
) -> dict[str, Any]:
    last = message.thread[-1].text
    stars = "★" * message.stars + "☆" * (5 - message.stars) + " " if message.stars else ""
    tone = "done" if message.status in DONE else message.status
    return {
        "id": message.id,
        "author": message.name,
        "tint": words.tint_of(message.name),
        "channel": message.channel,
        "channel_title": words.channel_title(message.channel, locale),
        "first_line": stars + last,
        "age": words.span_of_minutes(max(0, desk.minute - message.minute)),
        "status": "waiting" if message.status in {"snoozed", "returned"} else tone,
        "status_title": words.status_title(message.status, locale),
        "opened": message.status != "new",
        "current": opened is not None and opened.id == message.id,
        "url": f"{url}?message={message.id}",
    }


def _thread(
    brand: Brand,
    message: Any,  # noqa: ANN401 - a DeskMessage of the simulator
    locale: Locale,
    url: str,
) -> dict[str, Any]:
    can = set(message.available)
    titles = {
        "reply": _("Public reply") if message.is_public else _("Reply"),
        "direct_message": _("Direct message"),
        "ask": _("Ask a colleague"),
        "note": _("Note"),
    }
    return {
        "id": message.id,
        "title": message.name,
        "channel_title": words.channel_title(message.channel, locale),
        "labels": [LABELS[label][locale] for label in message.labels],
        "entries": _entries(message, locale, brand, url),
        "draft": f"{url} {message.id} {_own(message.thread)}",
        "limit": message.reply_limit,
        "placeholder": _("Everybody who follows %(brand)s can read this.", brand=brand.name)
        if message.is_public
        else _("Only %(name)s reads this.", name=message.name),
        "modes": [(name, titles[name]) for name in WRITTEN if name in can],
        "simple": [
            (name, MOVES[name].title[locale], KEYS.get(name, "")) for name in SIMPLE if name in can
        ],
        "can": can,
        "roles": [(contact.id, contact.title) for contact in brand.contacts],
        "colleagues": [(one.id, f"{one.name}, {one.role}") for one in brand.colleagues],
        "labels_on_offer": [
            (name, title[locale]) for name, title in LABELS.items() if name not in message.labels
        ],
        "snoozes": [(minutes, words.span_of_minutes(minutes)) for minutes in SNOOZES],
    }


def _entries(
    message: Any,  # noqa: ANN401 - a DeskMessage of the simulator
    locale: Locale,
    brand: Brand,
    url: str,
) -> list[dict[str, Any]]:
    """Return what was written, done and answered about a message, in the order of the day."""
    posts = [
        (
            turn.minute,
            0,
            {
                "event": "",
                "author": turn.name,
                "tint": words.tint_of(turn.name),
                "side": "brand" if turn.who == "brand" else "",
                "private": not turn.public,
                "hidden": False,
                "channel": message.channel,
                "channel_title": words.channel_title(message.channel, locale),
                "when": turn.clock,
                "text": turn.text,
                "sent": f"{url} {message.id} {_own(message.thread[:number])}"
                if turn.who == "brand"
                else "",
            },
        )
        for number, turn in enumerate(message.thread)
    ]
    done = [
        (made.minute, 1, _event(made.clock, made.kind, _move_words(made, locale, brand)))
        for made in message.moves
        if made.kind not in QUIET and made.kind not in SAID
    ]
    told = [
        (
            answer.minute,
            2,
            _event(
                answer.clock,
                "team",
                f"{answer.name}: „{answer.text}”"
                if locale == "pl"
                else f"{answer.name}: “{answer.text}”",
            ),
        )
        for answer in message.answers
        if answer.text
    ]
    return [
        entry for _minute, _rank, entry in sorted([*posts, *done, *told], key=lambda row: row[:2])
    ]


def _own(turns: Any) -> int:  # noqa: ANN401 - DeskTurns of the simulator
    """Return how many of the turns are the brand's: what a draft is named by."""
    return sum(turn.who == "brand" for turn in turns)


def _event(clock: str, icon: str, text: str) -> dict[str, Any]:
    return {"event": text, "when": clock, "icon": icon}


def _move_words(made: Any, locale: Locale, brand: Brand) -> str:  # noqa: ANN401 - a DeskMove of the simulator
    people = {one.id: one.name for one in brand.colleagues}
    people |= {contact.id: contact.title for contact in brand.contacts}
    people |= {name: title[locale] for name, title in LABELS.items()}
    parts = [words.move_done(made.kind), people.get(made.to, ""), made.text]
    return " · ".join(part for part in parts if part)


def _person(desk: Desk, message: Any, locale: Locale) -> dict[str, Any]:  # noqa: ANN401 - a DeskMessage of the simulator
    facts = [(_("Followers"), str(message.followers))] if message.is_public else []
    if message.likes:
        facts.append((_("Likes on this"), str(message.likes)))
    facts.append((_("Came in"), message.clock))
    if message.waited is not None:
        facts.append((_("Waiting for"), words.span_of_minutes(message.waited)))
    earlier = [
        f"{turn.clock} · {turn.text}"
        for other in desk.messages
        if other.name == message.name and other.id != message.id
        for turn in other.thread
        if turn.who != "brand"
    ]
    return {
        "name": message.name,
        "tint": words.tint_of(message.name),
        "handle": message.handle,
        "facts": facts,
        "earlier": earlier,
        "channel": words.channel_title(message.channel, locale),
    }


def _book(setting: Setting, desk: Desk) -> dict[str, Any]:
    brand = setting.brand
    address = {
        "ty": _("Informal address."),
        "pan": _("Formal address: Pan, Pani."),
        "panstwo": _("Formal address: Państwo."),
        "impersonal": _("No direct address."),
    }
    seen = set(desk.looked_up)
    day = desk.days[desk.day - 1]
    return {
        "goal": day.goal or setting.scenario.goal,
        "facts": [(fact.id, fact.text, fact.id in seen) for fact in (*brand.facts, *brand.policy)],
        "told": [
            f"{answer.name} ({answer.role}): {answer.text}"
            for answer in desk.briefing
            if answer.text and answer.minute >= day.begins
        ],
        "voice": [(pair.do, pair.dont) for pair in brand.voice],
        "address": address[brand.address] if brand.locale == "pl" else "",
        "may": [(fact.id, fact.text, fact.id in seen) for fact in brand.may_promise],
        "must_not": [(fact.id, fact.text, fact.id in seen) for fact in brand.must_not_promise],
        "hours": _(
            "Open %(opens)s to %(closes)s",
            opens=_clock(brand.opens),
            closes=_clock(brand.closes),
        ),
        "contact": brand.published_contact,
        "saved_replies": list(brand.saved_replies),
    }


def _team(brand: Brand, desk: Desk, locale: Locale) -> dict[str, Any]:
    contacts = {contact.id: contact.title for contact in brand.contacts}
    contacts["desk"] = _("This desk")
    waiting = {
        answer.colleague
        for message in desk.messages
        for answer in message.answers
        if not answer.text
    }
    return {
        "role_card": [
            (duty.task, contacts.get(duty.owner, duty.owner)) for duty in brand.role_card
        ],
        "colleagues": [
            {
                "name": one.name,
                "tint": words.tint_of(one.name),
                "role": one.role,
                "minutes": one.minutes,
                "asked": one.id in waiting,
            }
            for one in brand.colleagues
        ],
        "contacts": [(contact.title, contact.reach) for contact in brand.contacts],
        "locale": locale,
    }


def _ribbon(setting: Setting, desk: Desk) -> dict[str, Any]:
    begins = setting.scenario.begins
    points = [(begins + point.minute, point.sentiment) for point in desk.timeline]
    opened = begins + desk.days[desk.day - 1].begins
    morning = [mood for minute, mood in points if minute <= opened][-1]
    change = round(100 * (points[-1][1] - morning))
    said = (
        _("Mood of the community: as in the morning")
        if change == 0
        else ngettext(
            "Mood of the community: %(change)+d point since the morning",
            "Mood of the community: %(change)+d points since the morning",
            abs(change),
            change=change,
        )
    )
    return {
        "points": [*points, (begins + desk.minute, points[-1][1])],
        "start": begins,
        "end": setting.scenario.ends,
        "words": said,
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
