"""What a person at the desk can do, and how many simulated minutes each move spends.

Minutes are amendment 1 of the rubric: only moves spend time; reading, typing and thinking do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MoveKind:
    """One kind of move: its cost in simulated minutes and the fields it needs.

    ``duty`` is the duty that it belongs to, empty for the moves of the inbox.
    """

    id: str
    minutes: int
    needs: frozenset[str]
    title: dict[str, str]
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A decision as it was taken; which of the fields matter is its kind's business.

    ``message`` is a message id, ``text`` what was written (reply, direct message, question, note
    or reason), ``to`` a role or label id, ``minutes`` how long to snooze or wait. ``item`` is what
    another duty's move is about (news, a post, a request), ``choices`` what was chosen for it.
    """

    kind: str
    message: str = ""
    text: str = ""
    to: str = ""
    minutes: int = field(default=0)
    item: str = ""
    choices: Mapping[str, str] = field(default_factory=dict, hash=False)


def _move(id: str, minutes: int, needs: str, en: str, pl: str, duty: str = "") -> MoveKind:  # noqa: A002
    return MoveKind(id, minutes, frozenset(needs.split()), {"en": en, "pl": pl}, duty)


_ROWS = (
    _move("open", 1, "message", "Open", "Otwórz"),
    _move("reply", 4, "message text", "Send reply", "Wyślij odpowiedź"),
    _move("direct_message", 3, "message text", "Send direct message", "Wyślij wiadomość prywatną"),
    _move("like", 1, "message", "Like", "Polub"),
    _move("ask", 1, "message to text", "Ask a colleague", "Zapytaj w zespole"),
    _move("hide", 1, "message", "Hide", "Ukryj"),
    _move("unhide", 1, "message", "Show again", "Pokaż ponownie"),
    _move("delete", 1, "message", "Delete", "Usuń"),
    _move("report", 1, "message", "Report", "Zgłoś"),
    _move("block", 1, "message", "Block", "Zablokuj"),
    _move("save_evidence", 1, "message", "Save evidence", "Zachowaj dowód"),
    _move("pin", 1, "message", "Pin", "Przypnij"),
    _move("escalate", 1, "message to", "Escalate", "Przekaż wyżej"),
    _move("assign", 1, "message to", "Assign", "Przydziel"),
    _move("label", 1, "message to", "Label", "Oznacz etykietą"),
    _move("note", 1, "message text", "Add a note", "Dodaj notatkę"),
    _move("snooze", 1, "message minutes", "Snooze", "Odłóż"),
    _move("resolve", 1, "message", "Resolve", "Zamknij sprawę"),
    _move("no_action", 1, "message", "No action", "Bez reakcji"),
    _move("look_up", 0, "to", "Look up a fact", "Sprawdź w księdze marki"),
    _move("wait", 0, "", "Wait for the next event", "Poczekaj na następne zdarzenie"),
    _move("end_day", 0, "", "End the day", "Zakończ dzień"),
    _move("open_news", 1, "item", "Read the item", "Przeczytaj wiadomość", "watch"),
    _move("pass_news", 1, "item to", "Pass it on", "Przekaż dalej", "watch"),
    _move("leave_news", 1, "item text", "Leave it, with a reason", "Pomiń i podaj powód", "watch"),
    _move("publish", 6, "item choices", "Publish now", "Opublikuj teraz", "calendar"),
    _move("schedule", 6, "item choices minutes", "Schedule", "Zaplanuj", "calendar"),
    _move("cancel_post", 1, "item", "Take out of the queue", "Wycofaj z kolejki", "calendar"),
    _move("pause_queue", 1, "", "Pause the whole queue", "Wstrzymaj całą kolejkę", "calendar"),
    _move("resume_queue", 1, "", "Let the queue run again", "Wznów kolejkę", "calendar"),
    _move("statement", 6, "text", "Publish a statement", "Opublikuj oświadczenie", "calendar"),
    _move("set_targeting", 5, "choices", "Set the targeting", "Ustaw targetowanie", "targeting"),
    _move("boost", 3, "item to choices", "Boost a post", "Wypromuj post", "targeting"),
    _move("take_request", 4, "item", "Take it on", "Weź na siebie", "requests"),
    _move("hand_over", 1, "item to", "Hand it over", "Przekaż właściwej osobie", "requests"),
    _move(
        "refuse_request",
        2,
        "item text",
        "Decline with a reason",
        "Odmów i podaj powód",
        "requests",
    ),
    _move("hand_in_report", 10, "choices", "Hand in the report", "Oddaj raport", "report"),
)

MOVES: dict[str, MoveKind] = {move.id: move for move in _ROWS}
"""Move kind by id."""
