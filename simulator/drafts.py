"""A machine's draft for the message of a drill, and what became of its faults."""

from collections.abc import Mapping

from simulator.items import Item
from simulator.judgement import Draft, Mending, machine_draft, mendings
from simulator.shift import Shift


def drafted(shift: Shift) -> Draft | None:
    """Return a machine's draft for the first message of a shift, by the shift's own seed.

    ``None`` where no draft can be vouched for: draw another seed, or another kind of message.
    """
    return machine_draft(_item(shift), shift.seed)


def mended(shift: Shift, draft: Draft, text: str) -> Mapping[str, Mending]:
    """Return what became of each fault of a draft in the text that was sent, by fault."""
    return mendings(_item(shift), draft, text)


def _item(shift: Shift) -> Item:
    case = min(shift.state.cases.values(), key=lambda one: (one.arrived, one.id))
    return shift.scene.cast.item(case)
