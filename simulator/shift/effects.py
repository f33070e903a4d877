"""What each move does to the message that it is made on."""

from collections.abc import Callable, Mapping

from simulator.channels import CHANNELS
from simulator.shift import events, promises, reactions
from simulator.shift.scene import Scene
from simulator.shift.state import Case, Made, Pending, Turn

Effect = Callable[[Scene, Case, Made], None]

# A like shows that somebody read it; under a complaint it says nothing.
_LIKED = 0.1


def take_effect(scene: Scene, case: Case, made: Made) -> None:
    """Let a move that has just been made do what it does."""
    case.opened = True
    effect = _EFFECTS.get(made.kind)
    if effect is not None:
        effect(scene, case, made)


def _reply(scene: Scene, case: Case, made: Made) -> None:
    public = CHANNELS[scene.plan(case).channel].public
    case.turns.append(Turn(made.minute, "brand", made.text, public))
    reactions.hear(scene, case, public=True)
    promises.keep(scene, case)
    promises.note(scene, case)


def _direct_message(scene: Scene, case: Case, made: Made) -> None:
    case.turns.append(Turn(made.minute, "brand", made.text, public=False))
    reactions.hear(scene, case, public=False)
    promises.keep(scene, case)
    promises.note(scene, case)


def _like(scene: Scene, case: Case, _made: Made) -> None:
    case.likes += 1
    if scene.plan(case).kind in {"praise", "peer_talk", "satire"}:
        scene.push(case, _LIKED)


def _ask(scene: Scene, _case: Case, made: Made) -> None:
    events.ask_colleague(scene, made)


def _hide(scene: Scene, case: Case, _made: Made) -> None:
    reactions.remove(scene, case, hidden=True)


def _unhide(scene: Scene, case: Case, _made: Made) -> None:
    reactions.restore(scene, case)


def _delete(scene: Scene, case: Case, _made: Made) -> None:
    reactions.remove(scene, case, hidden=False)


def _block(scene: Scene, case: Case, _made: Made) -> None:
    reactions.shut_out(scene, case)


def _assign(_scene: Scene, case: Case, made: Made) -> None:
    case.assigned = made.to


def _label(_scene: Scene, case: Case, made: Made) -> None:
    case.labels.append(made.to)


def _snooze(scene: Scene, case: Case, made: Made) -> None:
    case.snoozed_until = made.minute + made.minutes
    scene.schedule(Pending(case.snoozed_until, "awake", case.id))


def _resolve(_scene: Scene, case: Case, _made: Made) -> None:
    case.resolved, case.snoozed_until = True, None


_EFFECTS: Mapping[str, Effect] = {
    "reply": _reply,
    "direct_message": _direct_message,
    "like": _like,
    "ask": _ask,
    "hide": _hide,
    "unhide": _unhide,
    "delete": _delete,
    "block": _block,
    "assign": _assign,
    "label": _label,
    "snooze": _snooze,
    "resolve": _resolve,
    "no_action": _resolve,
}
