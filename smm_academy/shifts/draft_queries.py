"""Which machine's draft somebody mends: drawn for a brand, or opened again by its seal."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from simulator import DRAFT_KINDS, Draft, Shift as Play, drafted, start
from smm_academy.errors import NotFound
from smm_academy.shifts.choosing import choose_drill
from smm_academy.shifts.forms import SealedDrill, new_seed
from smm_academy.shifts.offer_queries import drill_cards
from smm_academy.shifts.queries import Setting, brand_revision, drill_setting
from smm_academy.web.viewer import Viewer

TRIES = 60
"""Draws until a draft is found; two of three messages have one."""


@dataclass(frozen=True, slots=True)
class DraftDrill:
    """A message and a machine's draft of the answer to it."""

    drill: SealedDrill
    setting: Setting
    play: Play
    draft: Draft


def draft_drill(session: Session, viewer: Viewer, drill: SealedDrill) -> DraftDrill:
    """Return the draft of a drill. Raises `NotFound` where its message has none."""
    found = _found(session, viewer, drill)
    if found is None:
        raise NotFound("There is no draft for this message. Open another one.")
    return found


def draw_draft(
    session: Session, viewer: Viewer, locale: str, *, brand: str = "", kind: str = ""
) -> DraftDrill:
    """Return a draft to mend: at a brand and of a kind, or any. Raises `NotFound` for none."""
    offers = drill_cards(session, viewer, locale)
    kinds = (kind,) if kind in DRAFT_KINDS else DRAFT_KINDS
    for _try in range(TRIES):
        seed = new_seed()
        chosen, of_kind = choose_drill(offers, seed, kinds=kinds, brand=brand)
        found = _found(session, viewer, SealedDrill(chosen, of_kind, locale, seed))
        if found is not None:
            return found
    raise NotFound("There is no message of this kind to practise yet.")


def _found(session: Session, viewer: Viewer, drill: SealedDrill) -> DraftDrill | None:
    revision = brand_revision(session, viewer, drill.brand)
    setting = drill_setting(session, revision.id, drill.kind, drill.locale, drill.seed)
    play = start(setting.scenario, setting.brand, drill.seed)
    draft = drafted(play)
    return DraftDrill(drill, setting, play, draft) if draft else None
