"""The link that ends the letters about what is due: signed, so it needs no sign-in and no row."""

from itsdangerous import BadSignature, URLSafeSerializer

from smm_academy.errors import Closed

SALT = "digest"


def stop_token(secret: str, person_id: int) -> str:
    """Return what the link of a person's letters carries."""
    return str(URLSafeSerializer(secret, SALT).dumps(person_id))


def read_stop_token(secret: str, token: str) -> int:
    """Return whose letters a link ends. Raises `Closed` for one that was not made here."""
    try:
        person_id = URLSafeSerializer(secret, SALT).loads(token)
    except BadSignature as error:
        raise Closed(
            "This link is not whole. Open it from the letter again, or turn the letters off on "
            "the page of your review."
        ) from error
    return int(person_id)
