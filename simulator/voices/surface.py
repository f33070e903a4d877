"""The style channel: sentences as planned in, text as this person types it out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from simulator.brands import Locale
from simulator.voices.clauses import part
from simulator.voices.dice import Dice
from simulator.voices.grammar import fix_articles, fix_prepositions
from simulator.voices.lists import file_listings
from simulator.voices.personas import Persona

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SHORT = 3
_PARAGRAPH = 4
_ENDS = ".!?…"
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PROTECTED = re.compile(r"\S*[@#/\d]\S*|\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Mood:
    """How a text feels: ``tone`` names the emoji that suit it, ``sober`` forbids play."""

    tone: str
    sober: bool
    hot: bool


def render(sentences: Sequence[str], who: Persona, mood: Mood, dice: Dice, keep: str = "") -> str:
    """Return the text of sentences as a persona types it; words of ``keep`` stay untouched.

    Sentences come in lower case but for names, and without a full stop.
    """
    kept = frozenset(word.lower() for word in _WORD.findall(keep))
    spoken = [_respell(row, who, dice, kept) for row in sentences]
    mend = fix_articles if who.locale == "en" else fix_prepositions
    spoken = [mend(row) for row in spoken]
    if who.locale == "pl":
        spoken = part(spoken, who, dice, keep)
    if not mood.sober or who.register == "casual":
        spoken = [_mistype(row, who, dice, kept) for row in spoken]
    text = _join(spoken, who, mood, dice)
    text = _decorate(text, who, mood, dice)
    text = _case(text, who, mood, dice)
    return text if who.diacritics or who.locale == "en" else strip_diacritics(text)


def strip_diacritics(text: str) -> str:
    """Return Polish text as typed without the right Alt key."""
    folded = unicodedata.normalize("NFD", text.replace("ł", "l").replace("Ł", "L"))
    kept = (c for c in folded if not ("\u0300" <= c <= "\u036f"))
    return unicodedata.normalize("NFC", "".join(kept))


def capitalise(sentence: str) -> str:
    """Return a sentence with its first letter in upper case."""
    for place, letter in enumerate(sentence):
        if letter.isalpha():
            return sentence[:place] + letter.upper() + sentence[place + 1 :]
        if letter.isdigit() or letter in "@#":
            break
    return sentence


def _join(sentences: Sequence[str], who: Persona, mood: Mood, dice: Dice) -> str:
    out = ""
    paragraph = who.register != "casual" and len(sentences) > _PARAGRAPH and dice.chance(0.35)
    for number, sentence in enumerate(sentences):
        last = number == len(sentences) - 1
        merged = number > 0 and not out.rstrip().endswith(tuple(_ENDS)) and out != ""
        first = sentence if merged else _open(sentence, who)
        ending = _ending(sentence, who, mood, dice, last=last)
        if not last and ending == "." and dice.chance(who.run_on):
            ending = ","
        out += first + ending
        if not last:
            out += "\n" if paragraph and ending != "," and dice.chance(0.3) else " "
    return out


def _open(sentence: str, who: Persona) -> str:
    return sentence if who.casing == "lower" else capitalise(sentence)


def _ending(sentence: str, who: Persona, mood: Mood, dice: Dice, *, last: bool) -> str:
    if not (sentence[-1:].isalnum() or sentence[-1:] in {"%", '"', "”", "'", ")"}):
        doubled = sentence.endswith("?") and who.ending == "shout" and dice.chance(0.5)
        return dice.choose(("?", "??", "!")) if doubled else ""
    if who.ending == "none":
        return "" if last else dice.weigh((".", ",", " -", "..."), (6, 3, 0.5, 1))
    if who.ending == "dots" and dice.chance(0.6):
        return dice.weigh(("…", "...", ".."), (8, 1, 1))
    if not mood.sober and (who.ending == "shout" or mood.hot):
        return dice.weigh((".", "!", "!!", "!!!"), (5, 5, 0.8, 0.6))
    return "!" if mood.tone == "glad" and dice.chance(0.3) else "."


def _decorate(text: str, who: Persona, mood: Mood, dice: Dice) -> str:
    if mood.sober or not dice.chance(who.emoji):
        return text
    choices = _pairs("shared", f"emoji_{mood.tone}")
    if not choices:
        return text
    options = list(choices)
    sign = dice.weigh(options, [1 / (rank + 2) for rank in range(len(options))])
    times = dice.weigh((1, 2, 3), (8, 2, 1)) if not sign.isascii() else 1
    return f"{text.rstrip('.')} {sign * times}"


def _case(text: str, who: Persona, mood: Mood, dice: Dice) -> str:
    if who.casing == "lower":
        return text.lower()
    if who.casing == "upper" and not mood.sober:
        return text.upper()
    if mood.hot and not mood.sober and dice.chance(0.25):
        words = [hit for hit in _WORD.finditer(text) if len(hit[0]) > _SHORT]
        if words:
            hit = dice.choose(words)
            return text[: hit.start()] + hit[0].upper() + text[hit.end() :]
    return text


def _respell(sentence: str, who: Persona, dice: Dice, kept: frozenset[str]) -> str:
    swaps = _swaps(who.locale, "respell_casual")
    local = _swaps(who.locale, "respell_american") if who.american else {}
    if not local and not who.slang:
        return sentence

    def swap(hit: re.Match[str]) -> str:
        word = hit[0].lower()
        if word in kept:
            return hit[0]
        if word in local:
            return _like(hit[0], local[word][0])
        habit = 0.85 if "'" in word else 0.3
        if word in swaps and dice.chance(who.slang * habit):
            return _like(hit[0], dice.choose(swaps[word]))
        return hit[0]

    return _WORD.sub(swap, sentence)


def _like(model: str, word: str) -> str:
    return word[:1].upper() + word[1:] if model[:1].isupper() and len(model) > 1 else word


def _mistype(sentence: str, who: Persona, dice: Dice, kept: frozenset[str]) -> str:
    if not who.typos:
        return sentence
    words = sentence.split(" ")
    return " ".join(
        _slip(word, dice)
        if len(word) > _SHORT
        and not _PROTECTED.fullmatch(word)
        and word.strip(".,!?").lower() not in kept
        and dice.chance(who.typos * len(word))
        else word
        for word in words
    )


def _slip(word: str, dice: Dice) -> str:
    place = 1 + dice.below(len(word) - 2)
    letter = word[place]
    if not letter.isalpha():
        return word
    kind = dice.weigh(("near", "drop", "double", "swap"), (4, 3, 1.5, 3))
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + letter + word[place:]
    if kind == "swap" and word[place + 1].isalpha():
        return word[:place] + word[place + 1] + letter + word[place + 2 :]
    return word[:place] + _neighbour(letter, dice) + word[place + 1 :]


def _neighbour(letter: str, dice: Dice) -> str:
    for row in _ROWS:
        place = row.find(letter.lower())
        if place >= 0:
            near = [row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)]
            return dice.choose(near)
    return letter


@cache
def _swaps(locale: Locale, name: str) -> Mapping[str, tuple[str, ...]]:
    rows = (row.partition("=") for row in _pairs(locale, name))
    return {word.strip().lower(): tuple(to.strip().split("|")) for word, _, to in rows}


@cache
def _pairs(locale: str, name: str) -> tuple[str, ...]:
    source: Locale = "pl" if locale == "pl" else "en"
    for listing in file_listings(source, "style"):
        if listing.name == name:
            return tuple(line for line, _ in listing.lines)
    return ()
