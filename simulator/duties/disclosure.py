"""Whether a post says clearly that it is advertising, by what UOKiK and the FTC have published.

UOKiK (2022): at the beginning, in the language of the profile, unambiguous; the platform's own
tool alone is not enough, nor are tags such as #ad or #współpraca for a Polish audience.
"""

import re
import unicodedata

from simulator.brands import Locale
from simulator.workday import Brief, Label

_CLEAR = {
    "pl": re.compile(r"reklam|platna wspolprac|material(y)? reklamow"),
    "en": re.compile(r"\b(ad|advert|advertisement|advertising|paid partnership|sponsored)\b"),
}


def needs_label(brief: Brief) -> bool:
    """Tell whether a post has to be marked: not a company's ordinary post on its own profile."""
    return brief.relation != "own"


def is_clear(label: Label | None, locale: Locale) -> bool:
    """Tell whether a label is where it belongs and says plainly what the post is."""
    if label is None or label.at != "start":
        return False
    plain = unicodedata.normalize("NFD", label.text.casefold().replace("ł", "l"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bool(_CLEAR[locale].search(bare))
