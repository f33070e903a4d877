"""A text held against its translation: the same questions, the same keys, the same figures."""

import html
import re
from collections.abc import Iterable, Sequence

from smm_academy.authoring.tree import Entry
from smm_academy.lessons.passages import Lesson, Passage
from smm_academy.quizzes.numbers import read_amount
from smm_academy.quizzes.questions import (
    ChoiceKey,
    ClozeKey,
    NumericKey,
    OrderKey,
    PairKey,
    Question,
    Quiz,
)
from smm_academy.revisions.sources import LOCALES, Locale, Place

# Small whole numbers are often written as words in one language and as figures in the other.
LARGEST_SPELT = 12

_FIGURE = re.compile(
    r"(?<![\w.,:])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,:]\d+)*"
)


def check_translations(lessons: Sequence[Entry[Lesson]], quizzes: Sequence[Entry[Quiz]]) -> None:
    """Name missing translations, and those that differ from the other language."""
    for first, second in _pairs(lessons):
        if first.parsed and second.parsed:
            _compare_lessons(first, first.parsed, second, second.parsed)
    for one, other in _pairs(quizzes):
        if one.parsed and other.parsed:
            _compare_quizzes(one.parsed, other, other.parsed)
            _compare_quizzes(other.parsed, one, one.parsed, only_missing=True)


def _pairs(
    entries: Sequence[Entry[Lesson]] | Sequence[Entry[Quiz]],
) -> Iterable[tuple[Entry, Entry]]:  # type: ignore[type-arg]  # the two loops above narrow it
    by_id: dict[str, dict[Locale, Entry]] = {}  # type: ignore[type-arg]
    for entry in entries:
        by_id.setdefault(entry.id, {}).setdefault(entry.locale, entry)
    for languages in by_id.values():
        present = [languages[locale] for locale in LOCALES if locale in languages]
        if len(present) == 1:
            missing = next(locale for locale in LOCALES if locale not in languages)
            present[0].findings.warn(
                Place(1),
                "C101",
                f"there is no translation into {missing}",
                f"add {present[0].path.name.replace(f'.{present[0].locale}.', f'.{missing}.')}",
            )
        else:
            yield present[0], present[1]


def _compare_lessons(
    entry: Entry[Lesson], lesson: Lesson, other: Entry[Lesson], translation: Lesson
) -> None:
    for key, one, two in (
        ("skills", lesson.skills, translation.skills),
        ("requires", lesson.requires, translation.requires),
        ("place", lesson.place, translation.place),
        ("quiz", lesson.quiz, translation.quiz),
        ("level", lesson.level, translation.level),
        ("minutes", lesson.minutes, translation.minutes),
    ):
        if one != two:
            other.findings.warn(
                other.place_of(key),
                "C104",
                f"{key} differs from {entry.path.name}",
                f"make the two equal: {_plain(one)} or {_plain(two)}",
            )
    shape = [passage.kind for passage in lesson.passages]
    if shape != [passage.kind for passage in translation.passages]:
        at = next(
            (
                passage
                for passage, kind in zip(translation.passages, shape, strict=False)
                if passage.kind != kind
            ),
            translation.passages[-1],
        )
        other.findings.warn(
            Place(at.line),
            "C103",
            f"the blocks from here on differ from {entry.path.name}",
            "keep headings and ::: blocks in the same order in both languages",
        )
        return
    for passage, twin in zip(lesson.passages, translation.passages, strict=True):
        _compare_passages(passage, twin, entry, other)


def _compare_passages(
    passage: Passage, twin: Passage, entry: Entry[Lesson], other: Entry[Lesson]
) -> None:
    if passage.question and twin.question:
        _compare_keys(passage.question, twin.question, entry, other)
    if passage.exercise != twin.exercise:
        other.findings.warn(
            Place(twin.line),
            "C104",
            f"this exercise opens something else than in {entry.path.name}",
            "name the same kind, brand and scenario in both",
        )
    _compare_figures(passage.html, twin.html, Place(twin.line), entry, other)


def _compare_quizzes(
    quiz: Quiz, other: Entry[Quiz], translation: Quiz, *, only_missing: bool = False
) -> None:
    known = {question.id: question for question in translation.questions}
    for question in quiz.questions:
        twin = known.get(question.id)
        if twin is None and question.id not in translation.broken:
            other.findings.about(question.id).warn(
                Place(1),
                "C101",
                f"the question {question.id} has no translation into {other.locale}",
                "translate it under the same id",
            )
        elif twin is not None and not only_missing:
            _compare_questions(question, twin, quiz, other)


def _compare_questions(question: Question, twin: Question, quiz: Quiz, other: Entry[Quiz]) -> None:
    about = other.findings.about(question.id)
    place = Place(twin.line)
    for name, one, two in (
        ("skill", question.skill, twin.skill),
        ("difficulty", question.difficulty, twin.difficulty),
        ("pool", question.pool, twin.pool),
        ("tags", question.tags, twin.tags),
    ):
        if one != two:
            about.error(
                place,
                "C105",
                f"{name} differs between the languages: {_plain(one)} and {_plain(two)}",
                "make the two equal",
            )
    difference = _difference(question, twin)
    if difference:
        about.error(
            place,
            "C102",
            f"{difference} differ from {quiz.settings.locale}",
            "keep the same answers in the same order in both languages",
        )
    here, there = (_figures(_text(version), version.locale) for version in (question, twin))
    if here != there:
        about.warn(place, "C106", _unequal(here, there), "check the figures in both languages")


def _compare_keys(
    question: Question, twin: Question, entry: Entry[Lesson], other: Entry[Lesson]
) -> None:
    difference = _difference(question, twin)
    if difference:
        other.findings.about(twin.id).error(
            Place(twin.line),
            "C102",
            f"{difference} differ from {entry.path.name}",
            "keep the same answers in the same order in both languages",
        )


def _difference(question: Question, twin: Question) -> str:
    """Return in what the keys of a question and its translation differ, empty if in nothing."""
    if question.type != twin.type:
        return "the types of answer"
    return next(
        (
            name
            for (name, one), (_, two) in zip(_outline(question), _outline(twin), strict=True)
            if one != two
        ),
        "",
    )


def _outline(question: Question) -> list[tuple[str, object]]:
    """Return what of a key must be equal in every language, each part with its name."""
    key = question.key
    if isinstance(key, ChoiceKey):
        marks = [option.correct for option in key.options]
        return [("the numbers of options", len(marks)), ("the right options", marks)]
    if isinstance(key, NumericKey):
        return [("the right numbers", [(one.value, one.tolerance) for one in key.accepted])]
    if isinstance(key, PairKey):
        return [("the pairs", _pairing(key))]
    if isinstance(key, OrderKey):
        return [("the numbers of steps", len(key.steps))]
    if isinstance(key, ClozeKey):
        return [("the gaps", [len(gap.choices) for gap in key.gaps])]
    return []


def _pairing(key: PairKey) -> tuple[int, list[int]]:
    order = [label.id for label in key.labels]
    return len(order), [order.index(row.label) for row in key.rows]


def _text(question: Question) -> str:
    parts = [question.title, question.body_html]
    if isinstance(question.key, ChoiceKey):
        parts += [option.html for option in question.key.options]
    return "\n".join(parts)


def _compare_figures(
    one: str, two: str, place: Place, entry: Entry[Lesson], other: Entry[Lesson]
) -> None:
    here, there = _figures(one, entry.locale), _figures(two, other.locale)
    if here != there:
        other.findings.warn(
            place, "C106", _unequal(here, there), "check the figures in both languages"
        )


def _figures(fragment: str, locale: Locale) -> set[float | str]:
    # A tag ends a figure: two cells of a table are two figures.
    text = html.unescape(re.sub(r"<[^>]*>", "\n", fragment))
    found: set[float | str] = set()
    for figure in _FIGURE.findall(text):
        # A time is written 19:20 in one language and 19.20 in the other.
        amount = read_amount(figure.replace(":", "."), locale)
        if amount is None:
            found.add(figure)
        elif amount.value > LARGEST_SPELT or not amount.value.is_integer():
            found.add(amount.value)
    return found


def _unequal(one: set[float | str], two: set[float | str]) -> str:
    only = ", ".join(sorted(map(_plain, one - two)))
    new = ", ".join(sorted(map(_plain, two - one)))
    parts = [
        f"only in the other language: {only}" if only else "",
        f"only here: {new}" if new else "",
    ]
    return f"the figures differ ({'; '.join(part for part in parts if part)})"


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value or "none")
