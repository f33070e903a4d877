"""How far somebody has come: which parts are done, running, over or still to be begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from smm_academy.sittings.models import Sitting
from smm_academy.sittings.timing import is_over

Stage: TypeAlias = Literal["open", "running", "over", "done"]


@dataclass(frozen=True, slots=True)
class Stages:
    """The stage of each part; ``practice`` counts for nothing and may be left out."""

    practice: Stage
    paper: Stage
    shift: Stage

    @property
    def finished(self) -> bool:
        """Tell whether both parts that count are done."""
        return self.paper == self.shift == "done"

    @property
    def begun(self) -> bool:
        """Tell whether anything that counts was begun."""
        return {self.paper, self.shift} != {"open"}


def stages_of(
    practice_id: str | None,
    paper_id: str | None,
    shift_id: str | None,
    sittings: Mapping[str, Sitting],
    at: datetime,
) -> Stages:
    """Return the stages of a candidacy from its sittings, by id."""
    return Stages(
        *(_stage(sittings.get(id_ or ""), at) for id_ in (practice_id, paper_id, shift_id))
    )


def _stage(sitting: Sitting | None, at: datetime) -> Stage:
    if sitting is None:
        return "open"
    if sitting.finished_at is not None:
        return "done"
    return "over" if is_over(sitting.deadline, at) else "running"
