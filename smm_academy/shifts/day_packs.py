"""The rules of a scenario's block ``day``: news, queue, alarm and posts.

Campaign, requests and report are in `task_packs`.
"""

from dataclasses import dataclass

from simulator import DUTY_TABLES
from smm_academy.revisions.fields import Fields
from smm_academy.revisions.yaml_nodes import Node
from smm_academy.shifts.message_packs import Book
from smm_academy.shifts.pack_fields import (
    check_known,
    check_text,
    name_of,
    required_count,
    rows,
)
from smm_academy.shifts.task_packs import check_campaign, check_report, check_requests

FITS = ("fully", "partly", "not")
NEWS_USES = ("post", "pass_on", "leave")
RELATIONS = ("own", "paid", "gifted", "staff")
PLACES = ("start", "end", "platform")
GATES = ("U9", "U10")
CHOICES = {
    "audiences": "- {id: nearby, title: {en: …, pl: …}, fit: fully}",
    "pictures": "- {id: own, title: {en: …, pl: …}, right: true}",
    "alts": "- {id: plain, title: {en: …, pl: …}, right: true}",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a day's block is checked against: the brand, the length, minutes by message id."""

    book: Book
    length: int
    messages: dict[str, int]


def check_day(fields: Fields, frame: Frame, taken: set[str]) -> None:
    """Name every problem of the block ``day``, where a scenario has one.

    ``taken`` are the ids that other days of it use, to which those of this one are added.
    """
    node = fields.find("day")
    if node is None:
        return
    if not isinstance(node.content, dict):
        fields.findings.error(
            node.place, "P250", "day must be keys", "write day: {requests: [...]}, or leave it out"
        )
        return
    day = Fields(node.content, node.place, fields.findings)
    alarm = _check_alarm(day, frame)
    posts = _check_posts(day, frame, taken, alarm)
    _check_news(day, frame, taken, posts)
    _check_queue(day, frame, taken, alarm)
    if alarm is not None and not {"posts", "queue"} & set(day.nodes):
        day.findings.error(
            day.place("alarm"), "P269", "an alarm has nothing to pause",
            "add a queue or posts, or leave the alarm out",
        )  # fmt: skip
    check_campaign(day)
    check_requests(day, frame.book, frame.length, taken)
    check_report(day)
    day.finish()


def minute_within(row: Fields, name: str, length: int, *, required: bool = True) -> int | None:
    """Return a minute of the shift; one outside the day is named."""
    if required:
        return required_count(row, name, 0, max(0, length - 1))
    return row.count(name, 0, max(0, length - 1))


def _check_alarm(day: Fields, frame: Frame) -> tuple[int, int] | None:
    """Return the first minute of the alarm and the one it ends at, ``None`` without one."""
    node = day.find("alarm")
    if node is None:
        return None
    if not isinstance(node.content, dict):
        day.findings.error(
            node.place, "P251", "alarm must be keys", "write alarm: {minute: 90, …}"
        )
        return None
    part = Fields(node.content, node.place, day.findings)
    check_text(part, "title")
    minute = minute_within(part, "minute", frame.length)
    until = required_count(part, "until", 1, frame.length)
    required_count(part, "pause_within", 1, frame.length)
    part.count("escalate_within", 1, frame.length)
    part.count("statement_within", 1, frame.length)
    message = part.text("message")
    to = check_known(part, "escalate_to", frame.book.contacts, "a contact of the brand")
    _check_clock(part, message, to, frame, minute)
    part.finish()
    if minute is None or until is None:
        return None
    if until <= minute:
        part.findings.error(
            part.place("until"), "P252", "the alarm ends before it begins",
            f"write until: {minute + 60}, or later",
        )  # fmt: skip
        return None
    return minute, until


def _check_clock(
    part: Fields, message: str, to: tuple[str, ...], frame: Frame, minute: int | None
) -> None:
    """Check that what the alarm calls for can be done: there is a case, and a role to tell."""
    asked = [name for name in ("escalate_within", "statement_within") if name in part.nodes]
    if asked and not message:
        part.findings.error(
            part.place(asked[0]), "P253", f"{asked[0]} needs a message to be about",
            "add message: the id of the message that brings the bad news",
        )  # fmt: skip
    if message and message not in frame.messages:
        part.findings.error(
            part.place("message"), "P254", f"the scenario has no message {message}",
            f"write one of: {', '.join(sorted(frame.messages))}",
        )  # fmt: skip
    elif message and minute is not None and frame.messages[message] > minute:
        part.findings.error(
            part.place("message"), "P255", f"{message} arrives after the alarm",
            f"write minute: {frame.messages[message]} for the alarm, or later",
        )  # fmt: skip
    if "escalate_within" in asked and not to:
        part.findings.error(
            part.place("escalate_within"), "P256", "nobody is named to escalate to",
            "add escalate_to: [pr]",
        )  # fmt: skip


def _check_posts(
    day: Fields, frame: Frame, taken: set[str], alarm: tuple[int, int] | None
) -> frozenset[str]:
    """Check the ideas for posts; return their ids."""
    found = set()
    for row in rows(day, "posts", "- {id: garden, title: {en: …, pl: …}, variants: […]}"):
        found.add(name_of(row, taken, "items of the day"))
        check_text(row, "title")
        check_text(row, "goal")
        check_text(row, "why", required=False)
        relation = row.word("relation", RELATIONS, default="own")
        drop = row.claim("drop", default=False)
        gate = row.word("gate", GATES)
        if gate and not drop:
            row.findings.error(
                row.place("gate"), "P257", "a post that may go out crosses no red line",
                "add drop: true, or leave gate out",
            )  # fmt: skip
        _check_variants(row, drop=drop)
        _check_formats(row, drop=drop)
        for name, example in CHOICES.items():
            _check_choices(row, name, example, drop=drop)
        _check_labels(row, relation)
        _check_slots(row, frame.length, None if drop else alarm)
        row.finish()
    return frozenset(found - {""})


def _check_variants(row: Fields, *, drop: bool) -> None:
    taken: set[str] = set()
    best = False
    for part in rows(row, "variants", "- {id: a, text: {en: …, pl: …}, serves: fully}", least=2):
        name_of(part, taken, "wordings")
        check_text(part, "text")
        check_text(part, "why", required=False)
        part.claim("invites", default=False)
        best |= part.word("serves", FITS, required=True) == "fully"
        part.finish()
    _require_right(row, "variants", "serves: fully", is_met=best or drop)


def _check_formats(row: Fields, *, drop: bool) -> None:
    node = row.require("formats", "{carousel: fully, link: not}")
    if node is None:
        return
    if not isinstance(node.content, dict):
        row.findings.error(
            node.place, "P258", "formats must be keys", "write formats: {carousel: fully}"
        )
        return
    part = Fields(node.content, node.place, row.findings)
    known = DUTY_TABLES["formats"]
    found = [part.word(name, FITS, required=True) for name in known if name in part.nodes]
    part.known += list(known)
    part.finish()
    _require_right(row, "formats", "carousel: fully", is_met="fully" in found or drop)


def _check_choices(row: Fields, name: str, example: str, *, drop: bool) -> None:
    taken: set[str] = set()
    right = []
    for part in rows(row, name, example):
        name_of(part, taken, "choices")
        check_text(part, "title")
        check_text(part, "why", required=False)
        if name == "audiences":
            right.append(part.word("fit", FITS, required=True) == "fully")
        else:
            part.require("right", "true")
            right.append(part.claim("right", default=False))
        part.finish()
    if right:
        wanted = "fit: fully" if name == "audiences" else "right: true"
        _require_right(row, name, wanted, is_met=any(right) or drop)


def _check_labels(row: Fields, relation: str) -> None:
    taken: set[str] = set()
    count = 0
    for part in rows(
        row, "labels", "- {id: ad, text: {en: Advertisement, pl: Reklama}, at: start}"
    ):
        count += 1
        if name_of(part, taken, "labels") == "none":
            part.findings.error(
                part.place("id"), "P259", "none is always on offer", "give the label another id"
            )
        check_text(part, "text")
        part.word("at", PLACES, required=True)
        part.finish()
    if relation != "own" and not count:
        row.findings.error(
            row.place("relation"), "P260", f"a {relation} post has no label to choose",
            "add labels, one of them clear and at: start",
        )  # fmt: skip


def _check_slots(row: Fields, length: int, alarm: tuple[int, int] | None) -> None:
    node = row.require("slots", "[60, 240]")
    if node is None:
        return
    parts: tuple[Node, ...] = node.content if isinstance(node.content, tuple) else (node,)
    minutes = []
    for part in parts:
        minute = part.content
        if isinstance(minute, bool) or not isinstance(minute, int) or not 0 <= minute < length:
            row.findings.error(
                part.place, "P261", f"{part.text} is not a minute of this day",
                f"write a whole number from 0 to {length - 1}",
            )  # fmt: skip
        else:
            minutes.append(minute)
    if alarm and minutes and all(alarm[0] <= minute < alarm[1] for minute in minutes):
        row.findings.error(
            node.place, "P262", "every slot lies within the alarm, so no time can be right",
            f"add a slot before {alarm[0]} or from {alarm[1]} on",
        )  # fmt: skip


def _check_news(day: Fields, frame: Frame, taken: set[str], posts: frozenset[str]) -> None:
    for row in rows(day, "news", "- {id: n1, minute: 0, until: 120, title: {en: …, pl: …}}"):
        name_of(row, taken, "items of the day")
        for name in ("title", "source", "text", "why"):
            check_text(row, name)
        minute = minute_within(row, "minute", frame.length)
        until = required_count(row, "until", 1, frame.length)
        if minute is not None and until is not None and until <= minute:
            row.findings.error(
                row.place("until"), "P263", "the window closes before the item arrives",
                f"write until: {minute + 60}, or later",
            )  # fmt: skip
        minute_within(row, "members_from", frame.length, required=False)
        right = row.word("right", NEWS_USES, required=True)
        post = row.text("post")
        if post and post not in posts:
            row.findings.error(
                row.place("post"), "P264", f"the day has no post {post}",
                f"write one of: {', '.join(sorted(posts))}" if posts else "add the post first",
            )  # fmt: skip
        if right == "post" and not post:
            row.findings.error(
                row.place("right"),
                "P265",
                "no post is named that uses the news",
                "add post: its id",
            )
        to = check_known(row, "to", frame.book.contacts, "a contact of the brand")
        if right == "pass_on" and not to:
            row.findings.error(
                row.place("right"), "P266", "nobody is named to pass it on to", "add to: [legal]"
            )
        row.finish()


def _check_queue(
    day: Fields, frame: Frame, taken: set[str], alarm: tuple[int, int] | None
) -> None:
    soonest = 5
    for row in rows(day, "queue", "- {id: q1, minute: 180, title: {en: …, pl: …}, format: photo}"):
        name_of(row, taken, "items of the day")
        check_text(row, "title")
        check_text(row, "text")
        row.word("format", tuple(DUTY_TABLES["formats"]), required=True)
        minute = minute_within(row, "minute", frame.length)
        if minute is not None and alarm and alarm[0] <= minute <= alarm[0] + soonest:
            row.findings.error(
                row.place("minute"), "P267",
                "this post goes out before anybody could react to the alarm",
                f"write a minute from {alarm[0] + soonest + 1} on, or before {alarm[0]}",
            )  # fmt: skip
        row.finish()


def _require_right(row: Fields, name: str, wanted: str, *, is_met: bool) -> None:
    if not is_met and name in row.nodes:
        row.findings.error(
            row.place(name), "P268", f"none of the {name} is right", f"give one of them {wanted}"
        )
