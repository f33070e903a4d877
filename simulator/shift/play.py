"""A shift: a day or a week that somebody works, and the record that it ends in."""

from collections.abc import Iterable

from simulator.brands import Brand
from simulator.moves import Move
from simulator.scenarios import Scenario
from simulator.shift.baselines import expert, live, nothing
from simulator.shift.engine import ENGINE_VERSION, Day
from simulator.shift.record import Record, write_record


class Shift(Day):
    """A day at a brand's desk that can be finished into a record."""

    def finish(self) -> Record:
        """Return the record of the shift; the rest of its day passes without another move.

        The shift itself is left as it is. Nobody's day and the expert's are lived on the same
        seed, so what lies between them is what the learner did.
        """
        lived = self.fork()
        lived.run_out()
        empty = live(self.scenario, self.brand, self.seed, nothing)
        best = live(self.scenario, self.brand, self.seed, expert)
        return write_record(lived.scene, ENGINE_VERSION, empty.state.timeline, best.state.timeline)


def start(scenario: Scenario, brand: Brand, seed: int) -> Shift:
    """Return a shift at its beginning.

    Raises ``ValueError`` when the scenario is of another brand or language.
    """
    shift = Shift(scenario, brand, seed)
    shift.begin()
    return shift


def replay(scenario: Scenario, brand: Brand, seed: int, moves: Iterable[Move]) -> Shift:
    """Return the shift that a sequence of moves leads to.

    Raises `MoveRefused` at the first move that is not possible.
    """
    shift = start(scenario, brand, seed)
    for move in moves:
        shift.apply(move)
    return shift


def resume(scenario: Scenario, brand: Brand, seed: int, snapshot: bytes) -> Shift:
    """Return the shift of a snapshot.

    Raises ``ValueError`` when it is of another shift or engine: then `replay` the moves.
    """
    shift = Shift(scenario, brand, seed)
    shift.restore(snapshot)
    return shift
