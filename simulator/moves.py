"""What a person at the desk can do, and how many simulated minutes each move spends.

Minutes are amendment 1 of the rubric: only moves spend time; reading, typing and thinking do not.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MoveKind:
    """One kind of move: its cost in simulated minutes and the fields it needs."""

    id: str
    minutes: int
    needs: frozenset[str]
    title: dict[str, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A decision as it was taken; which of the fields matter is its kind's business.

    ``message`` is a message id, ``text`` what was written (reply, direct message, question, note
    or reason), ``to`` a role or label id, ``minutes`` how long to snooze or wait.
    """

    kind: str
    message: str = ""
    text: str = ""
    to: str = ""
    minutes: int = field(default=0)


def _move(id: str, minutes: int, needs: str, en: str, pl: str) -> MoveKind:  # noqa: A002
    return MoveKind(id, minutes, frozenset(needs.split()), {"en": en, "pl": pl})


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
)

MOVES: dict[str, MoveKind] = {move.id: move for move in _ROWS}
"""Move kind by id."""
