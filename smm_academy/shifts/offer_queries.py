"""What there is to practise: the shifts and drills on offer, with somebody's best scores."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from simulator import day_sheets, drill_kinds, planned_messages
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.queries import published_keys
from smm_academy.shifts.choosing import distressing_kinds
from smm_academy.shifts.day_size import duties_of
from smm_academy.shifts.models import Shift
from smm_academy.shifts.queries import ASSESSMENT, PRACTICE, is_offered, pack
from smm_academy.web.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ScenarioCard:
    """What a list shows of a scenario, with the viewer's best score at it.

    ``minutes`` are those of the whole; a campaign has several ``days``.
    """

    id: str
    title: str
    summary: str
    brand: str
    level: int
    minutes: int
    messages: int
    best: float | None
    warned: tuple[str, ...]
    duties: Mapping[str, int]
    days: int = 1

    @property
    def minutes_a_day(self) -> int:
        """The minutes to plan for each of its days."""
        return round(self.minutes / self.days)


@dataclass(frozen=True, slots=True)
class DrillCard:
    """What a list shows of the drills of a brand."""

    brand: str
    brand_name: str
    tagline: str
    kinds: tuple[str, ...]


def scenario_cards(
    session: Session, viewer: Viewer, locale: str, pool: str = PRACTICE
) -> list[ScenarioCard]:
    """Return the scenarios of a pool, the easiest first."""
    best = _best_scores(session, viewer)
    brands = {card.brand: card.brand_name for card in drill_cards(session, viewer, locale)}
    cards = []
    for key, _, revision_id in published_keys(session, viewer, ChainKind.SCENARIO):
        found = pack(session, revision_id)
        if not is_offered(found, pool):
            continue
        cards.append(
            ScenarioCard(
                key,
                found["title"][locale],
                found["summary"][locale],
                brands.get(found["brand"], found["brand"]),
                found["level"],
                found["minutes"],
                len(planned_messages(found)),
                best.get(key),
                distressing_kinds(found),
                duties_of(found),
                len(day_sheets(found)),
            )
        )
    return sorted(cards, key=lambda card: (card.level, card.minutes, card.id))


def assessment_cards(session: Session, viewer: Viewer, locale: str) -> list[ScenarioCard]:
    """Return the scenarios that are only for assessments; none of them is a campaign."""
    return scenario_cards(session, viewer, locale, ASSESSMENT)


def drill_cards(session: Session, viewer: Viewer, locale: str) -> list[DrillCard]:
    """Return the brands that have drills, with the kinds of message of each."""
    cards = []
    for key, _, revision_id in published_keys(session, viewer, ChainKind.BRAND):
        found = pack(session, revision_id)
        if kinds := drill_kinds(found):
            cards.append(DrillCard(key, found["name"], found["tagline"][locale], kinds))
    return cards


def _best_scores(session: Session, viewer: Viewer) -> dict[str, float]:
    rows = session.execute(
        select(Shift.scenario_key, Shift.score).where(
            Shift.person_id == viewer.id, Shift.score.is_not(None)
        )
    )
    best: dict[str, float] = {}
    for key, score in rows:
        best[key] = max(best.get(key, 0.0), score or 0.0)
    return best
