"""Which moves are possible now, and why the others are not."""

from collections.abc import Mapping

from simulator import duties
from simulator.brands import Brand, Locale
from simulator.channels import CHANNELS, Channel
from simulator.days import Week
from simulator.moves import MOVES, Move
from simulator.scenarios import Plan
from simulator.shift.constants import phrases
from simulator.shift.state import Case, State

SHORTEST_SNOOZE, LONGEST_SNOOZE = 5, 480
# Moves that are not about one message of the list.
DESK_WIDE = ("wait", "look_up", "end_day")
_ONCE = ("open", "like", "report", "block", "save_evidence", "pin")
_GONE = frozenset({"reply", "like", "hide", "unhide", "delete", "pin", "report"})
_WRITTEN = ("reply", "direct_message")
_UNKNOWN = {
    "ask": "no_such_colleague",
    "escalate": "no_such_contact",
    "assign": "no_such_contact",
    "label": "no_such_label",
}


class MoveRefused(ValueError):
    """A move that is not possible now: ``code`` and ``values`` say why; nothing has changed.

    A value named ``channel``, ``move`` or ``what`` is an id, which `sentence` puts into words.
    """

    def __init__(self, code: str, values: Mapping[str, str] | None = None) -> None:
        self.code = code
        self.values = dict(values or {})
        super().__init__(self.sentence("en"))

    def sentence(self, locale: Locale) -> str:
        """Return the reason as one sentence."""
        words = dict(self.values)
        if "channel" in words:
            words["channel"] = CHANNELS[words["channel"]].title[locale]
        if "move" in words and words["move"] in MOVES:
            words["move"] = MOVES[words["move"]].title[locale]
        if "what" in words:
            words["what"] = phrases("choices").get(words["what"], {}).get(locale, words["what"])
        return phrases("refusals")[self.code][locale].format(**words)


def check_hours(move: Move, week: Week, minute: int) -> None:
    """Raise `MoveRefused` when the desk is closed for the night, or has no other day."""
    if move.kind == "end_day" and not week.is_campaign:
        raise MoveRefused("one_day")
    if week.is_closed(minute) and move.kind not in {"end_day", "look_up"}:
        raise MoveRefused("closed", {"clock": week.clock(week.day(minute).ends)})


def check_message(move: Move, case: Case, plan: Plan, state: State) -> None:
    """Raise `MoveRefused` when the move's kind is not possible on a message now."""
    _check_kind(move, case, plan, {made.kind for made in state.moves_on(case.id)})


def _check_kind(move: Move, case: Case, plan: Plan, done: set[str]) -> None:
    channel = CHANNELS[plan.channel]
    if move.kind not in channel.moves:
        raise MoveRefused("channel_lacks", {"channel": channel.id, "move": move.kind})
    if move.kind in _ONCE and move.kind in done:
        raise MoveRefused("already", {"move": move.kind})
    if case.deleted and move.kind in _GONE:
        raise MoveRefused("removed")
    if move.kind in _WRITTEN:
        _check_writing(move, case, channel, done)
    _check_status(move, case)


def check_words(
    move: Move, case: Case, plan: Plan, brand: Brand, state: State, morning: int = 0
) -> None:
    """Raise `MoveRefused` when what the move says or names is not possible.

    ``morning`` is when today began: a colleague is asked about a case once a day.
    """
    needs = MOVES[move.kind].needs
    if "text" in needs and not move.text.strip():
        raise MoveRefused("needs_text")
    if "to" in needs and not move.to:
        raise MoveRefused("needs_to")
    if move.kind in _WRITTEN:
        _check_length(move, CHANNELS[plan.channel])
        sent = {made.text for made in state.moves_on(case.id) if made.kind == move.kind}
        if move.text in sent:
            raise MoveRefused("same_text")
    if move.kind == "snooze" and not SHORTEST_SNOOZE <= move.minutes <= LONGEST_SNOOZE:
        raise MoveRefused("minutes", {"least": str(SHORTEST_SNOOZE), "most": str(LONGEST_SNOOZE)})
    _check_address(move, case, brand, state, morning)


def check_duty(move: Move, standing: duties.Standing, brand: Brand, state: State) -> None:
    """Raise `MoveRefused` when a move of another duty than the inbox is not possible now."""
    contacts = {contact.id for contact in brand.contacts}
    refused = duties.refusal(move, standing, contacts)
    if refused is not None:
        raise MoveRefused(*refused)
    alarm = standing.day.alarm
    if move.kind == "statement" and (alarm is None or alarm.message not in state.cases):
        raise MoveRefused("no_alarm")


def check_fact(move: Move, brand: Brand) -> None:
    """Raise `MoveRefused` when there is no such entry in the brand book."""
    if not move.to:
        raise MoveRefused("needs_to")
    known = (*brand.facts, *brand.policy, *brand.may_promise, *brand.must_not_promise)
    if move.to not in {fact.id for fact in known}:
        raise MoveRefused("no_such_fact", {"to": move.to})


def possible(case: Case, plan: Plan, state: State) -> tuple[str, ...]:
    """Return the ids of the moves that the desk offers for a message now."""
    offered = []
    done = {made.kind for made in state.moves_on(case.id)}
    for kind in MOVES:
        if kind not in CHANNELS[plan.channel].moves or kind in DESK_WIDE or MOVES[kind].duty:
            continue
        try:
            _check_kind(Move(kind, case.id), case, plan, done)
        except MoveRefused:
            continue
        offered.append(kind)
    return tuple(offered)


def _check_writing(move: Move, case: Case, channel: Channel, done: set[str]) -> None:
    if "block" in done:
        raise MoveRefused("blocked")
    if move.kind != "reply":
        return
    if channel.replies is not None and len(case.replies(public=True)) >= channel.replies:
        raise MoveRefused("replies_used", {"count": str(channel.replies)})
    if case.hidden:
        raise MoveRefused("hidden_reply")


def _check_status(move: Move, case: Case) -> None:
    if move.kind == "hide" and case.hidden:
        raise MoveRefused("already", {"move": move.kind})
    if move.kind == "unhide" and not case.hidden:
        raise MoveRefused("not_hidden")
    if move.kind in {"resolve", "no_action", "snooze"} and case.resolved:
        raise MoveRefused("resolved")


def _check_length(move: Move, channel: Channel) -> None:
    if len(move.text) > channel.reply_limit:
        raise MoveRefused(
            "too_long",
            {
                "length": str(len(move.text)),
                "channel": channel.id,
                "limit": str(channel.reply_limit),
            },
        )


def _check_address(move: Move, case: Case, brand: Brand, state: State, morning: int) -> None:
    contacts = {contact.id for contact in brand.contacts}
    colleagues = {colleague.id for colleague in brand.colleagues}
    known = {
        "ask": colleagues,
        "escalate": contacts,
        "assign": contacts | colleagues,
        "label": set(phrases("labels")),
    }
    if move.kind in known and move.to not in known[move.kind]:
        raise MoveRefused(_UNKNOWN[move.kind], {"to": move.to[:60]})
    made = [row for row in state.moves_on(case.id) if row.kind == move.kind and row.to == move.to]
    if move.kind == "ask" and any(row.minute >= morning for row in made):
        raise MoveRefused("already_asked", {"to": move.to})
    repeated = (
        (move.kind == "escalate" and bool(made))
        or (move.kind == "label" and move.to in case.labels)
        or (move.kind == "assign" and move.to == case.assigned)
        or (move.kind == "note" and any(row.text == move.text for row in made))
    )
    if repeated:
        raise MoveRefused("already", {"move": move.kind})
