"""The answers of a question, read into the key that answers are held to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smm_academy.quizzes.blocks import (
    ACCEPTED,
    CATEGORY,
    ITEM,
    OPTION,
    PAIR,
    STEP,
    Block,
    Entry,
    Parts,
    read_entries,
    split_parts,
)
from smm_academy.quizzes.cloze import read_cloze
from smm_academy.quizzes.numbers import read_tolerance
from smm_academy.quizzes.patterns import LONGEST_TEXT, PatternError, read_pattern
from smm_academy.quizzes.questions import (
    AcceptedNumber,
    AcceptedText,
    ChoiceKey,
    Key,
    Label,
    NumericKey,
    Option,
    OrderKey,
    PairKey,
    QuestionType,
    Row,
    Step,
    TextKey,
    id_of,
)
from smm_academy.quizzes.shapes import type_of
from smm_academy.revisions.markup import render, render_inline
from smm_academy.revisions.sources import Findings, Locale

_PATTERN = re.compile(r"^/(?P<inside>.*)/$")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a question's answers were read into, and its parts; ``key`` is missing on errors."""

    key: Key | None
    parts: Parts


@dataclass(frozen=True, slots=True)
class _Reading:
    """What every reader of answers needs: the entries, the language, where to report."""

    block: Block
    entries: list[Entry]
    locale: Locale
    findings: Findings

    def html(self, text: str) -> str:
        return render_inline(text, self.locale)

    def remark(self, entry: Entry) -> str:
        return render(entry.remark, self.locale).html if entry.remark else ""


def read_answers(block: Block, locale: Locale, findings: Findings) -> Answers:
    """Return the key of a question, naming everything that is wrong with its answers."""
    kind = type_of(block, findings)
    if kind is None:
        return Answers(None, split_parts(block.lines, None))
    if kind == "cloze":
        parts = split_parts(block.lines, None)
        return Answers(read_cloze(parts.body, locale, findings), parts)
    patterns = _PATTERNS[kind]
    first = re.compile("|".join(f"(?:{_nameless(each)})" for each in patterns))
    parts = split_parts(block.lines, first)
    reading = _Reading(block, read_entries(parts.answers, patterns, findings), locale, findings)
    return Answers(_READERS[kind](reading), parts)


def _nameless(pattern: re.Pattern[str]) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern.pattern)


def _require(reading: _Reading, lowest: int, what: str) -> bool:
    if len(reading.entries) >= lowest:
        return True
    place = reading.entries[0].place if reading.entries else reading.block.place
    reading.findings.error(
        place, "Q211", f"the question has fewer than {lowest} {what}", f"add another of the {what}"
    )
    return False


def _check_words(reading: _Reading, entries: Sequence[Entry]) -> None:
    seen: dict[str, int] = {}
    for entry in entries:
        words = " ".join(entry.words.split()).casefold()
        if not words:
            reading.findings.error(
                entry.place, "Q215", "this answer has no words", "write it out, or delete the line"
            )
        elif words in seen:
            reading.findings.error(
                entry.place,
                "Q214",
                f"the same words stand in line {seen[words]}",
                "change one of the two or delete it",
            )
        seen.setdefault(words, entry.line.number)


def _read_choice(reading: _Reading) -> Key | None:
    before = reading.findings.count()
    _require(reading, 2, "options")
    _check_words(reading, reading.entries)
    ticked = [entry for entry in reading.entries if "x" in entry.match["mark"].lower()]
    single = bool(reading.entries) and reading.entries[0].match["mark"].startswith("(")
    starts = f"(question starts at line {reading.block.heading.number})"
    if reading.entries and not ticked:
        mark = "(x)" if single else "[x]"
        reading.findings.error(
            reading.entries[0].group_place("mark"),
            "Q203",
            f"no option is marked correct {starts}",
            f"put {mark} before the right answer",
        )
    elif single and len(ticked) > 1:
        reading.findings.error(
            ticked[1].group_place("mark"),
            "Q212",
            f"a second option is marked correct {starts}",
            "keep one (x), or use [ ] and [x] if several are right",
        )
    if reading.findings.count() > before:
        return None
    taken: set[str] = set()
    options = tuple(
        Option(
            id_of(entry.words, taken),
            entry.words,
            reading.html(entry.words),
            entry in ticked,
            reading.remark(entry),
        )
        for entry in reading.entries
    )
    return ChoiceKey(options, "single" if single else "multiple")


def _read_numeric(reading: _Reading) -> Key | None:
    accepted = []
    for entry in reading.entries:
        found = read_tolerance(entry.words, reading.locale)
        if found is None:
            reading.findings.error(
                entry.group_place("text"),
                "Q220",
                f"{entry.words!r} is not a number",
                "write = 4.5, = 4.5 ± 0.1 or = 4.5 ± 0.1 %",
            )
            continue
        amount, tolerance = found
        accepted.append(
            AcceptedNumber(
                amount.value, tolerance, amount.unit, entry.words, reading.remark(entry)
            )
        )
    enough = _require(reading, 1, "answers")
    return (
        NumericKey(tuple(accepted)) if enough and len(accepted) == len(reading.entries) else None
    )


def _read_short(reading: _Reading) -> Key | None:
    before = reading.findings.count()
    _require(reading, 1, "answers")
    _check_words(reading, reading.entries)
    accepted = []
    for entry in reading.entries:
        pattern = _PATTERN.match(entry.words)
        if pattern:
            _check_pattern(reading, entry, pattern)
        elif len(entry.words) > LONGEST_TEXT:
            reading.findings.error(
                entry.group_place("text"),
                "Q222",
                f"this answer is longer than {LONGEST_TEXT} characters",
                "ask for fewer words",
            )
        text = pattern["inside"] if pattern else entry.words
        accepted.append(AcceptedText(text, bool(pattern), reading.remark(entry)))
    return TextKey(tuple(accepted)) if reading.findings.count() == before else None


def _check_pattern(reading: _Reading, entry: Entry, pattern: re.Match[str]) -> None:
    place = entry.group_place("text")
    try:
        read_pattern(pattern["inside"])
    except PatternError as error:
        reading.findings.error(
            entry.line.place(place.column + 1 + error.column),
            "Q221",
            f"this pattern cannot be used: {error.message}",
            "use letters, [sets], (a|b), ?, * and +, or give each accepted answer its own line",
        )


def _read_matching(reading: _Reading) -> Key | None:
    before = reading.findings.count()
    paired = [entry for entry in reading.entries if entry.match["text"].strip()]
    spare = [entry for entry in reading.entries if not entry.match["text"].strip()]
    _require(_Reading(reading.block, paired, reading.locale, reading.findings), 2, "pairs")
    _check_words(reading, paired)
    taken: set[str] = set()
    labels: dict[str, Label] = {}
    rows = []
    for entry in [*paired, *spare]:
        words = entry.match["label"].strip()
        folded = " ".join(words.split()).casefold()
        if not words:
            reading.findings.error(
                entry.place, "Q215", "nothing stands after the arrow", "write what belongs to it"
            )
        elif entry in spare and folded in labels:
            reading.findings.error(
                entry.group_place("label"),
                "Q214",
                "this distractor is also a right answer",
                "change it or delete the line",
            )
        if folded not in labels:
            labels[folded] = Label(id_of(words, taken), words, reading.html(words))
        if entry in paired:
            own = Label(id_of(entry.words, taken), entry.words, reading.html(entry.words))
            rows.append(Row(own.id, own.text, own.html, labels[folded].id, reading.remark(entry)))
    if reading.findings.count() > before:
        return None
    return PairKey(tuple(rows), tuple(labels.values()), "matching")


def _read_order(reading: _Reading) -> Key | None:
    before = reading.findings.count()
    _require(reading, 2, "steps")
    _check_words(reading, reading.entries)
    taken: set[str] = set()
    steps = tuple(
        Step(
            id_of(entry.words, taken),
            entry.words,
            reading.html(entry.words),
            reading.remark(entry),
        )
        for entry in reading.entries
    )
    return OrderKey(steps) if reading.findings.count() == before else None


def _read_categories(reading: _Reading) -> Key | None:
    before = reading.findings.count()
    heads = [entry for entry in reading.entries if entry.match.re is CATEGORY]
    items = [entry for entry in reading.entries if entry.match.re is not CATEGORY]
    _require(_Reading(reading.block, heads, reading.locale, reading.findings), 2, "categories")
    _require(_Reading(reading.block, items, reading.locale, reading.findings), 2, "items")
    _check_words(reading, heads)
    _check_words(reading, items)
    taken: set[str] = set()
    labels: list[Label] = []
    rows = []
    for entry in reading.entries:
        made = Label(id_of(entry.words, taken), entry.words, reading.html(entry.words))
        if entry in heads:
            labels.append(made)
        elif labels:
            rows.append(Row(made.id, made.text, made.html, labels[-1].id, reading.remark(entry)))
        else:
            reading.findings.error(
                entry.place,
                "Q216",
                "this item stands before the first category",
                "write the category above it: **Category**",
            )
    if reading.findings.count() > before:
        return None
    return PairKey(tuple(rows), tuple(labels), "categorise")


_PATTERNS: dict[QuestionType, tuple[re.Pattern[str], ...]] = {
    "single": (OPTION,),
    "multiple": (OPTION,),
    "numeric": (ACCEPTED,),
    "short": (ACCEPTED,),
    "matching": (PAIR,),
    "order": (STEP,),
    "categorise": (CATEGORY, ITEM),
}
_READERS: dict[QuestionType, Callable[[_Reading], Key | None]] = {
    "single": _read_choice,
    "multiple": _read_choice,
    "numeric": _read_numeric,
    "short": _read_short,
    "matching": _read_matching,
    "order": _read_order,
    "categorise": _read_categories,
}
