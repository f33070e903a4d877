"""What a page of the simulator sends: a move, a reply, the sealed choice of a drill."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from simulator import MOVES, Move
from smm_academy.errors import Invalid
from smm_academy.shifts.choosing import INTENSITIES
from smm_academy.web.forms import Form

LARGEST_SEED = 2**31
TEXT_CHARACTERS = 20_000
SEAL = "drill"
NONCE_BYTES = 16
CHOSEN = "choice."
MOST_CHOICES = 80


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
    """Return a drill as a form field that nobody can read or change.

    The kind of a message is half of what is to be found out, so it is hidden, not only signed:
    under a keystream of its own (keyed BLAKE2b), then authenticated. The nonce is a keyed hash of
    the drill (a synthetic one, as in RFC 5297), so a drill always has the same field.
    """
    plain = json.dumps([drill.brand, drill.kind, drill.locale, drill.seed]).encode()
    nonce = hashlib.blake2b(plain, key=_key(secret, "nonce"), digest_size=NONCE_BYTES).digest()
    hidden = base64.urlsafe_b64encode(nonce + _veil(secret, nonce, plain)).decode()
    return str(URLSafeSerializer(secret, SEAL).dumps(hidden))


def unseal(secret: str, field: str) -> SealedDrill:
    """Return the drill of a form field. Raises `Invalid` for one that was not sealed here."""
    try:
        hidden = base64.urlsafe_b64decode(URLSafeSerializer(secret, SEAL).loads(field))
        nonce, veiled = hidden[:NONCE_BYTES], hidden[NONCE_BYTES:]
        brand, kind, locale, seed = json.loads(_veil(secret, nonce, veiled))
    except (BadSignature, ValueError, TypeError) as error:
        raise Invalid(
            "drill", "This page is no longer good. Open it again; your text is kept."
        ) from error
    return SealedDrill(brand, kind, locale, seed)


def _veil(secret: str, nonce: bytes, text: bytes) -> bytes:
    """Return a text under the keystream of a nonce; the same again lifts it."""
    key = _key(secret, "veil")
    blocks = range(-(-len(text) // hashlib.blake2b.MAX_DIGEST_SIZE))
    stream = b"".join(
        hashlib.blake2b(nonce + block.to_bytes(2, "big"), key=key).digest() for block in blocks
    )
    return bytes(one ^ other for one, other in zip(text, stream, strict=False))


def _key(secret: str, purpose: str) -> bytes:
    return hashlib.sha256(f"{SEAL}:{purpose}:{secret}".encode()).digest()


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
        fields.get("item", "")[:60] if "item" in needs else "",
        _chosen(fields) if "choices" in needs else {},
    )


def _chosen(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what was chosen: the fields ``choice.<name>`` that are filled in, by name."""
    found = {
        name.removeprefix(CHOSEN)[:80]: value.strip()[:80]
        for name, value in fields.items()
        if name.startswith(CHOSEN) and value.strip()
    }
    return dict(sorted(found.items())[:MOST_CHOICES])


def read_seen(fields: Mapping[str, str]) -> int:
    """Return how many moves the page had seen. Raises `Invalid` when it does not say."""
    seen = fields.get("seen", "")
    if not seen.isdecimal():
        raise Invalid("seen", "The page did not say what it had seen. Reload it.")
    return int(seen[:6])


def read_intensity(fields: Mapping[str, str]) -> str:
    """Return how heated messages are to be put; the usual where nothing was chosen.

    Raises `Invalid` for anything that is not on offer.
    """
    wanted = fields.get("intensity", "usual")
    if wanted not in INTENSITIES:
        raise Invalid("intensity", "Choose mild, usual or strong.")
    return wanted
