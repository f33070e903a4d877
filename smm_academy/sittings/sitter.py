"""Who sits: a sitting page takes its viewer from the sitting, whichever cookie holds them."""

from smm_academy.accounts.cookies import candidate
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.sittings.queries import holder_of
from smm_academy.web.application import reading
from smm_academy.web.viewer import Viewer, viewer


def sitter(sitting_id: str) -> Viewer:
    """Return the candidate of this browser where the sitting is theirs, else the viewer."""
    sits = candidate()
    return sits if sits.id and holder_of(reading(), sitting_id) == sits.id else viewer()


def is_confined(sitting: Sitting) -> bool:
    """Tell whether a page of a sitting shows no way but its own: in an assessment, to a candidate.

    Whoever is tested is to find the next step, not the rest of the site.
    """
    return sitting.purpose == Purpose.ASSESSMENT or sitting.person_id == candidate().id
