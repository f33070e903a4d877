"""A text with gaps: ``{{one|another}}`` to type, ``{{=right|wrong|wrong}}`` to choose from."""

import re
from collections.abc import Sequence

from smm_academy.quizzes.blocks import GAP, text_of
from smm_academy.quizzes.questions import ClozeKey, Gap, Label, id_of
from smm_academy.revisions.markup import render, render_inline
from smm_academy.revisions.sources import Findings, Line, Locale, Place

# Characters of the private use area stand in for the gaps while the text is rendered.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_OPEN}\\d+{_CLOSE}")


def read_cloze(lines: Sequence[Line], locale: Locale, findings: Findings) -> ClozeKey | None:
    """Return the key of a text with gaps, naming gaps that cannot be read."""
    before = findings.count()
    gaps: list[Gap] = []
    shown: list[Line] = []
    for line in lines:
        text, last = "", 0
        for found in GAP.finditer(line.text):
            if found["inside"] is None or line.in_code:
                continue
            place = line.place(found.start() + 1)
            gaps.append(_gap(found["inside"], len(gaps) + 1, locale, place, findings))
            text += f"{line.text[last : found.start()]}{_OPEN}{len(gaps)}{_CLOSE}"
            last = found.end()
        shown.append(Line(line.number, text + line.text[last:], "", line.in_code))
    if not gaps:
        findings.error(
            lines[0].place() if lines else Place(1),
            "Q207",
            "the text has no gaps",
            "write {{right word}} where a word is to be filled in",
        )
    if findings.count() > before:
        return None
    pieces = _PLACEHOLDER.split(render(text_of(shown), locale).html)
    is_cut = any(piece.rfind("<") > piece.rfind(">") for piece in pieces)
    if len(pieces) != len(gaps) + 1 or is_cut:
        findings.error(
            lines[0].place(),
            "Q219",
            "a gap stands where none can be shown, such as in a link's address",
            "move it into the running text",
        )
        return None
    return ClozeKey(tuple(pieces), tuple(gaps))


def _gap(inside: str, number: int, locale: Locale, place: Place, findings: Findings) -> Gap:
    parts = [part.strip() for part in re.split(r"(?<!\\)\|", inside)]
    words = [part.replace("\\|", "|") for part in parts]
    name = f"gap-{number}"
    right = [word[1:].strip() for word in words if word.startswith("=")]
    bare = [word.removeprefix("=").strip() for word in words]
    if not all(bare):
        findings.error(
            place, "Q215", "a gap has an empty answer", "write {{one|another}} or {{=right|wrong}}"
        )
    elif len({word.casefold() for word in bare}) < len(bare):
        findings.error(place, "Q214", "a gap names the same words twice", "delete one of the two")
    if not right:
        return Gap(name, tuple(words))
    if len(right) > 1 or len(words) == 1:
        findings.error(
            place,
            "Q218",
            "a gap to choose from needs one right word and at least one wrong",
            "mark one with =: {{=right|wrong|wrong}}; words to type need no =",
        )
    taken: set[str] = set()
    choices = tuple(Label(id_of(word, taken), word, render_inline(word, locale)) for word in bare)
    return Gap(name, tuple(right), choices)
