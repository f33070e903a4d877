"""How people part their clauses in Polish: with commas, in short sentences, with dashes or not."""

import re
from collections.abc import Sequence

from simulator.voices.dice import Dice
from simulator.voices.personas import Persona

_PARTING = re.compile(r", (?=([^\W\d]\w*)(?: (\w+))?)")
_BOUND = frozenset(
    [
        "a",
        "aby",
        "albo",
        "ale",
        "aż",
        "bo",
        "choć",
        "choćby",
        "chociaż",
        "co",
        "czego",
        "czemu",
        "czy",
        "czyj",
        "czyja",
        "czyje",
        "czyli",
        "czym",
        "dlaczego",
        "dokąd",
        "dopóki",
        "gdy",
        "gdzie",
        "i",
        "ile",
        "ilu",
        "iż",
        "jak",
        "jaka",
        "jaki",
        "jakie",
        "jakby",
        "jakbym",
        "jakich",
        "jakiś",
        "jednak",
        "jeśli",
        "kiedy",
        "kogo",
        "kogoś",
        "komu",
        "kto",
        "lecz",
        "lub",
        "mimo",
        "niby",
        "niech",
        "nim",
        "niż",
        "o",
        "ona",
        "oni",
        "póki",
        "skoro",
        "skąd",
        "to",
        "tyle",
        "tylko",
        "w",
        "więc",
        "z",
        "za",
        "zanim",
        "że",
        "żeby",
        "żebym",
    ]
)
"""Words that lean on the clause before them: a comma there cannot become a full stop."""
_LEANING = re.compile(r"któr\w+|żeby\w*|aby\w*|gdyby\w*")
_OPENING = re.compile(
    r"(?i)(?:jeśli|jeżeli|jak|skoro|gdy\w*|kiedy|zanim|nim|im|póki|dopóki|żeby\w*|odkąd|choć|"
    r"mimo|nie dość|raz|ledwo|gdzie)\b"
)
"""Words that open a clause which needs the next one."""
_ASKED = re.compile(
    r"(?i)(?:a |i |no )?(?:czy|jak|jaki\w*|ile|kto\w*|gdzie|skąd|czemu|dlaczego|kiedy|od kiedy|"
    r"o której|do kogo|komu|któr\w+|można|da się|jest|są|macie|będzie|wie ktoś|co)\b"
)
_LEAST = 3
_NEAR = 8
_SPLIT = {"stops": 0.75, "dashes": 0.7}


def part(sentences: Sequence[str], who: Persona, dice: Dice, keep: str) -> list[str]:
    """Return sentences parted as this person parts them; what ``keep`` holds is left as it is."""
    if who.clauses == "commas":
        return list(sentences)
    if who.clauses == "loose":
        return [_without_commas(row, dice, keep) for row in sentences]
    parted: list[str] = []
    for row in sentences:
        clauses = _clauses(row, who, dice, keep)
        if who.clauses == "stops":
            parted.extend(clauses)
        else:
            mark = dice.weigh((" - ", "... ", " – "), (5, 4, 1))
            parted.append(mark.join(clauses))
    return parted


def _without_commas(row: str, dice: Dice, keep: str) -> str:
    return _PARTING.sub(
        lambda hit: hit[0] if _held(row, hit, keep) or dice.chance(0.2) else " ", row
    )


def _clauses(row: str, who: Persona, dice: Dice, keep: str) -> list[str]:
    """Return the clauses of a sentence that can stand alone, in order."""
    if row.endswith("?") and _ASKED.match(row):
        return [row]
    found: list[str] = []
    start = 0
    for hit in _PARTING.finditer(row):
        word, second = hit[1].lower(), (hit[2] or "").lower()
        leans = word in _BOUND or _LEANING.fullmatch(word) or _LEANING.fullmatch(second)
        opened = _OPENING.match(row[start : hit.start()].lstrip())
        if leans or opened or _held(row, hit, keep):
            continue
        before, after = row[start : hit.start()], row[hit.end() :]
        long_enough = min(len(before.split()), len(after.split(", ")[0].split())) >= _LEAST
        if long_enough and dice.chance(_SPLIT[who.clauses]):
            found.append(before)
            start = hit.end()
    return [*found, row[start:]]


def _held(row: str, hit: re.Match[str], keep: str) -> bool:
    """Tell whether a comma stands in a quotation, or in words that the plan gives."""
    quoted = row.count('"', 0, hit.start()) % 2 == 1
    return quoted or row[max(0, hit.start() - _NEAR) : hit.end() + _NEAR] in keep
