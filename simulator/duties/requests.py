"""Colleagues' requests: taken, handed over by the brand's role card, or refused (R1)."""

from collections.abc import Sequence

from simulator.brands import Locale
from simulator.duties.sheets import Ideal, Line, Sheet, line, red_line
from simulator.duties.work import REQUEST_ENDS, Decision, Deed, decision
from simulator.judgement.annotation import annotate_message
from simulator.judgement.reading import Gate, Reason
from simulator.workday import Request

_LATE, _WRONG_ROLE, _NEARLY = 0.5, 0.25, 0.25
_MOVES = {"take": "take_request", "hand_over": "hand_over", "refuse": "refuse_request"}


def ideal(request: Request) -> Ideal:
    """Return what an expert does with a request."""
    to = request.to[0] if request.right == "hand_over" and request.to else ""
    by = request.minute + request.within
    return Ideal(_MOVES[request.right], request.why, to, by=by)


def judge(request: Request, made: Sequence[Deed], locale: Locale) -> Sheet:
    """Return the sheet of a request: R1, halved after its time; an insult crosses a red line."""
    done = decision(made, request.id, REQUEST_ENDS)
    value, code = _worth(request, done)
    if done is not None and value > 0 and done.minute > request.minute + request.within:
        value, code = value * _LATE, "R1.late"
    gates: list[Gate] = []
    if done is not None and done.kind == "take_request" and request.gate:
        gates.append(red_line(request.gate, f"{request.gate}.request"))
    if done is not None and done.text and annotate_message(done.text, locale).has("insult"):
        gates.append(red_line("U9", "U9.colleague"))
    found: Line = line("R1", value, Reason(code))
    return Sheet(
        "requests", "request", request.id, request.text, 1.0, (found,), tuple(gates),
        ideal(request), why=request.why, context=request.topic,
        minute=done.minute if done else None,
    )  # fmt: skip


def _worth(request: Request, done: Decision | None) -> tuple[float, str]:
    if done is None:
        return 0.0, "R1.unanswered"
    if done.kind == _MOVES[request.right]:
        if request.right == "hand_over" and done.to not in request.to:
            return _WRONG_ROLE, "R1.wrong_role"
        return 1.0, f"R1.{request.right}"
    if done.kind == "take_request":
        return 0.0, "R1.not_yours"
    if request.right == "take":
        return _NEARLY, "R1.was_yours"
    return _NEARLY, "R1.elsewhere" if done.kind == "hand_over" else "R1.owner"
