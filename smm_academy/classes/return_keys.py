"""Return keys: three easy words and three digits with which a guest comes back to a class."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from pathlib import Path

WORDS = {
    locale: tuple((Path(__file__).parent / f"words.{locale}.txt").read_text("utf-8").split())
    for locale in ("en", "pl")
}
"""Words that are easily said and spelled; the Polish ones need no Polish letters."""

WORDS_IN_KEY = 3
DIGITS = 3
STROKED = str.maketrans({"ł": "l", "Ł": "L"})


def new_key(locale: str) -> str:
    """Return a key in somebody's language, such as ``maple-river-lantern-407``."""
    words = WORDS.get(locale, WORDS["en"])
    chosen = [secrets.choice(words) for _ in range(WORDS_IN_KEY)]
    return "-".join([*chosen, f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"])


def read_key(typed: str) -> str:
    """Return what was typed as a key: case, accents and what stands between words are nothing."""
    plain = unicodedata.normalize("NFKD", typed.translate(STROKED)).casefold()
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return "-".join(re.findall(r"[a-z]+|\d+", bare))


def key_hash(secret: str, class_id: int, key: str) -> str:
    """Return what is kept of a key.

    It is keyed with the site's secret, so that a copy of the database alone does not let anybody
    try all keys; the class is in it, so that a key opens one class.
    """
    said = f"class {class_id}: {read_key(key)}"
    return hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()
