"""What a careful colleague would say about questions that are correct in form.

All of it is advice: a warning never stops a question from being published.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz, process, utils

from smm_academy.quizzes.questions import ChoiceKey, Question, Quiz
from smm_academy.revisions.markup import words_of
from smm_academy.revisions.sources import Findings, Locale, Place, straight

# A pattern that chance would bring about less often than this is named as bias.
RARE = 0.05
FEWEST_FOR_BIAS = 5
# The right option stands out when it is half as long again as the longest wrong one, and by
# more than a few words.
LONGER_BY_SHARE = 1.5
LONGER_BY_CHARACTERS = 30
ALIKE = 92.0
SHORTEST_COMPARED = 25


def lint_question(question: Question, findings: Findings) -> None:
    """Name what makes a single question weaker than it need be."""
    about = findings.about(question.id)
    place = Place(question.line)
    if _found("negative", question.stem, question.locale):
        about.warn(
            place,
            "Q305",
            "the question asks for what is not so",
            "ask for what is; readers miss the word not",
        )
    if isinstance(question.key, ChoiceKey):
        _lint_options(question, question.key, about)
    elif not question.why_html:
        about.warn(
            place,
            "Q306",
            "nothing explains the answer",
            "add a line why: below the answers",
        )


def lint_quiz(quiz: Quiz, findings: Findings) -> None:
    """Name what the questions of a quiz give away together."""
    chosen = _single(quiz)
    _lint_length(chosen, findings)
    if not quiz.settings.shuffle_options:
        _lint_positions(chosen, findings)


def lint_sources(quiz: Quiz, findings: Findings) -> None:
    """Name questions that do not say where their answer comes from."""
    for question in quiz.questions:
        if not question.source:
            findings.about(question.id).warn(
                Place(question.line),
                "Q309",
                "the question names no source",
                'write source="…" into its heading: a study, a law, a definition, arithmetic',
            )


def lint_bank(quizzes: Sequence[tuple[Quiz, Findings]]) -> None:
    """Name what all quizzes of a language and pool give away together, in the first of them.

    A lean too slight to show in ten questions shows in two hundred.
    """
    banks: dict[tuple[Locale, str], list[tuple[Quiz, Findings]]] = {}
    for quiz, findings in quizzes:
        if quiz.questions:
            bank = quiz.settings.locale, quiz.questions[0].pool
            banks.setdefault(bank, []).append((quiz, findings))
    for (_, pool), members in banks.items():
        if len(members) > 1:
            chosen = [one for quiz, _ in members for one in _single(quiz)]
            _lint_length(chosen, members[0][1], f" of the whole {pool} pool")


def lint_stems(questions: Sequence[tuple[Question, Findings]]) -> None:
    """Name questions whose words are nearly those of an earlier one in the same language."""
    earlier: dict[Locale, tuple[list[str], list[str]]] = {}
    for question, findings in questions:
        words = utils.default_process(words_of(question.stem))
        if len(words) < SHORTEST_COMPARED:
            continue
        stems, names = earlier.setdefault(question.locale, ([], []))
        near = process.extractOne(words, stems, scorer=fuzz.ratio, score_cutoff=ALIKE)
        if near:
            findings.about(question.id).warn(
                Place(question.line),
                "Q307",
                f"the question is worded almost like {names[near[2]]}",
                "ask it differently, or drop one of the two",
            )
        stems.append(words)
        names.append(question.id)


def _lint_options(question: Question, key: ChoiceKey, findings: Findings) -> None:
    place = Place(question.line)
    if all(option.correct for option in key.options):
        findings.warn(place, "Q301", "every option is correct", "add one that is not")
    if any(_found("above", option.text, question.locale) for option in key.options):
        findings.warn(
            place,
            "Q302",
            "an option speaks of the other options (all or none of the above)",
            "write options that stand for themselves; use [ ] if several are right",
        )
    bare = sum(not option.feedback for option in key.options)
    if bare:
        findings.warn(
            place,
            "Q306",
            f"{bare} of {len(key.options)} options have no feedback",
            "say below each option, after >, why it is right or wrong",
        )
    right = [_length(option.text) for option in key.options if option.correct]
    wrong = [_length(option.text) for option in key.options if not option.correct]
    if wrong and len(right) == 1:
        limit = max(max(wrong) * LONGER_BY_SHARE, max(wrong) + LONGER_BY_CHARACTERS)
        if right[0] > limit:
            findings.warn(
                place,
                "Q308",
                "the right option is much longer than the others",
                "shorten it, or make the others as precise",
            )


def _single(quiz: Quiz) -> list[tuple[Question, ChoiceKey]]:
    return [
        (question, question.key)
        for question in quiz.questions
        if isinstance(question.key, ChoiceKey) and question.key.type == "single"
    ]


def _lint_length(
    chosen: Sequence[tuple[Question, ChoiceKey]], findings: Findings, where: str = ""
) -> None:
    longest = []
    for _, key in chosen:
        lengths = sorted(_length(option.text) for option in key.options)
        right = next(_length(option.text) for option in key.options if option.correct)
        longest.append(right == lengths[-1] and lengths[-1] > lengths[-2])
    chances = [1 / len(key.options) for _, key in chosen]
    count = sum(longest)
    if len(chosen) >= FEWEST_FOR_BIAS and _tail(chances, count) < RARE:
        findings.warn(
            Place(1),
            "Q303",
            f"the longest option is the right one in {count} of {len(chosen)} questions{where}; "
            f"chance would make it {sum(chances):.1f}",
            "lengthen wrong options or shorten right ones",
        )


def _lint_positions(chosen: Sequence[tuple[Question, ChoiceKey]], findings: Findings) -> None:
    places = [[option.correct for option in key.options].index(True) for _, key in chosen]
    if len(chosen) < FEWEST_FOR_BIAS:
        return
    widest = max(len(key.options) for _, key in chosen)
    for place in range(widest):
        chances = [1 / len(key.options) if place < len(key.options) else 0.0 for _, key in chosen]
        count = places.count(place)
        # Each of the places is looked at, so each must be rarer by as much.
        if _tail(chances, count) < RARE / widest:
            findings.warn(
                Place(1),
                "Q304",
                f"option {place + 1} is the right one in {count} of {len(chosen)} questions",
                "move right options about, or add shuffle: options",
            )


def _tail(chances: Sequence[float], count: int) -> float:
    """Return the chance that at least `count` of independent events of these chances happen."""
    spread = [1.0]
    for chance in chances:
        grown = [*(share * (1 - chance) for share in spread), 0.0]
        for at, share in enumerate(spread):
            grown[at + 1] += share * chance
        spread = grown
    return sum(spread[count:])


def _length(text: str) -> int:
    return len(" ".join(text.split()))


def _found(name: str, text: str, locale: Locale) -> bool:
    return any(pattern.search(straight(text)) for pattern in _patterns(name, locale))


@cache
def _patterns(name: str, locale: Locale) -> tuple[re.Pattern[str], ...]:
    table = json.loads(files("smm_academy.authoring").joinpath("wording.json").read_text("utf-8"))
    # A word in capitals stands for itself; all else is looked for in any case.
    return tuple(
        re.compile(one, 0 if re.fullmatch(r"\\b[A-Z]+\\b", one) else re.IGNORECASE)
        for one in table[name][locale]
    )
