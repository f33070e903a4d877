"""Who sits: a sitting page takes its viewer from the sitting, whichever cookie holds them."""

from smm_academy.accounts.cookies import candidate, has_lost_test
from smm_academy.errors import Closed
from smm_academy.sittings.models import Purpose, Sitting
from smm_academy.sittings.queries import holder_of
from smm_academy.web.application import reading
from smm_academy.web.viewer import Viewer, viewer


def sitter(sitting_id: str) -> Viewer:
    """Return the candidate of this browser where the sitting is theirs, else the viewer.

    Raises `Closed` where the test of this browser went on in another one.
    """
    if not candidate().id and not has_lost_test():
        # Nobody is tested in this browser, so there is nothing to look up.
        return viewer()
    return one_of_two(holder_of(reading(), sitting_id))


def one_of_two(holder_id: int) -> Viewer:
    """Return whichever of this browser's two people something belongs to, else the viewer.

    Raises `Closed` where it is neither's and the test of this browser went on in another one.
    """
    sits, signed_in = candidate(), viewer()
    if sits.id and sits.id == holder_id:
        return sits
    if has_lost_test() and (not holder_id or signed_in.id != holder_id):
        raise Closed(
            "This test is open in another browser now, or its data are deleted. What was saved "
            "is kept: open your link here to go on here."
        )
    return signed_in


def is_confined(sitting: Sitting) -> bool:
    """Tell whether a page of a sitting shows no way but its own: in an assessment, to a candidate.

    Whoever is tested is to find the next step, not the rest of the site.
    """
    return sitting.purpose == Purpose.ASSESSMENT or sitting.person_id == candidate().id
