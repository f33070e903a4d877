"""What a page of the simulator sends: a move, a reply, the sealed choice of a drill."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from simulator import MOVES, Move
from smm_academy.errors import Invalid
from smm_academy.web.forms import Form

LARGEST_SEED = 2**31
TEXT_CHARACTERS = 20_000
SEAL = "drill"


class ReplyForm(Form):
    """One reply to one message."""

    text = TextAreaField(
        _("Your reply"),
        [InputRequired(_("There is no text. Write something first."))],
    )


@dataclass(frozen=True, slots=True)
class SealedDrill:
    """Which drill a page offers; sealed, so that reading a page writes nothing."""

    brand: str
    kind: str
    locale: str
    seed: int


def new_seed() -> int:
    """Return the seed of a practice shift or drill."""
    return secrets.randbelow(LARGEST_SEED)


def seal(secret: str, drill: SealedDrill) -> str:
    """Return a drill as a form field that nobody can change."""
    parts = [drill.brand, drill.kind, drill.locale, drill.seed]
    return str(URLSafeSerializer(secret, SEAL).dumps(parts))


def unseal(secret: str, field: str) -> SealedDrill:
    """Return the drill of a form field. Raises `Invalid` for one that was not sealed here."""
    try:
        brand, kind, locale, seed = URLSafeSerializer(secret, SEAL).loads(field)
    except (BadSignature, ValueError, TypeError) as error:
        raise Invalid(
            "drill", "This page is no longer good. Open it again; your text is kept."
        ) from error
    return SealedDrill(brand, kind, locale, seed)


def read_move(fields: Mapping[str, str]) -> Move:
    """Return the move that a form of the desk sends.

    Raises `Invalid` for an unknown move; whether it is possible now, the simulator says.
    """
    kind = fields.get("move", "")
    if kind not in MOVES:
        raise Invalid("move", "There is no such move.")
    needs = MOVES[kind].needs
    minutes = fields.get("minutes", "")
    return Move(
        kind,
        fields.get("message", "")[:60],
        fields.get("text", "")[:TEXT_CHARACTERS] if "text" in needs else "",
        fields.get("to", "")[:60] if "to" in needs else "",
        int(minutes[:6]) if "minutes" in needs and minutes.isdecimal() else 0,
    )


def read_seen(fields: Mapping[str, str]) -> int:
    """Return how many moves the page had seen. Raises `Invalid` when it does not say."""
    seen = fields.get("seen", "")
    if not seen.isdecimal():
        raise Invalid("seen", "The page did not say what it had seen. Reload it.")
    return int(seen[:6])
