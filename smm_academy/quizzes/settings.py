"""The front matter of a quiz: how it is passed, timed, drawn and fed back."""

import re
from collections.abc import Mapping
from typing import cast

from smm_academy.quizzes.questions import (
    COUNTINGS,
    FEEDBACK_TIMES,
    POOLS,
    Counting,
    Draw,
    FeedbackTime,
    Pool,
    Settings,
)
from smm_academy.revisions.fields import Fields
from smm_academy.revisions.sources import Locale, choose_from, slug_of
from smm_academy.revisions.yaml_nodes import Node

STATUSES = ("draft", "review", "published")
HARDEST = 5
LEAST_PASS = 0.01

_PERCENT = re.compile(r"^(\d{1,3}(?:[.,]\d+)?)\s*%?$")
_DURATION_PART = re.compile(r"(\d+)\s*([a-zA-Z]*)")
_DURATION = re.compile(r"^(?:\d+\s*[a-zA-Z]+\s*)+$")
_SECONDS = {"s": 1, "m": 60, "h": 3600}
_DRAW = re.compile(r"^(?P<count>\d+)(?:\s+(?:from|z|ze)\s+(?P<source>[\w-]+))?$")
_ANY = {"any", "unlimited", "none", "no limit"}


def read_settings(fields: Fields, path: str, locale: Locale) -> Settings:
    """Return the settings in a quiz's front matter, naming whatever cannot be read."""
    attempts, counting = _attempts(fields)
    shuffled = fields.words("shuffle", ("questions", "options", "none"))
    settings = Settings(
        id=fields.identifier("id", slug_of(path)),
        title=fields.text("title", "Crisis basics", required=True),
        locale=locale,
        pass_share=_pass_share(fields),
        skill=fields.text("skill"),
        difficulty=fields.count("difficulty", 1, HARDEST) or 0,
        pool=cast("Pool", fields.word("pool", POOLS)),
        seconds=_seconds(fields),
        attempts=attempts,
        counting=counting,
        feedback=cast(
            "FeedbackTime", fields.word("feedback", FEEDBACK_TIMES, default="after submit")
        ),
        shuffle_questions="questions" in shuffled,
        shuffle_options="options" in shuffled,
        draw=_draw(fields),
        status=fields.word("status", STATUSES, default="published"),  # type: ignore[arg-type]
        variables=_variables(fields),
    )
    fields.finish()
    return settings


def _pass_share(fields: Fields) -> float:
    node = fields.find("pass")
    if node is None:
        return 0.7
    written = _PERCENT.match(node.text.strip())
    share = float(written[1].replace(",", ".")) / 100 if written else 0.0
    # 0.7 for 70 % is a slip that would let everybody pass.
    if not LEAST_PASS <= share <= 1:
        fields.findings.error(
            node.place, "Q102", "pass must be a percentage from 1 to 100", "write pass: 70%"
        )
        return 0.7
    return share


def _seconds(fields: Fields) -> int | None:
    node = fields.find("time")
    if node is None or node.text.lower() in _ANY:
        return None
    text = node.text.strip()
    total = 0
    units = [(int(number), word[:1].lower()) for number, word in _DURATION_PART.findall(text)]
    if _DURATION.match(text) and all(unit in {"s", "m", "h", "g"} for _, unit in units):
        total = sum(number * _SECONDS["h" if unit == "g" else unit] for number, unit in units)
    elif text != "0":
        fields.findings.error(
            node.place, "Q103", "time must be a length with a unit", "write time: 20 min"
        )
        return None
    if total == 0:
        fields.findings.error(
            node.place,
            "Q108",
            "no time at all is allowed",
            "write time: 20 min, or leave the key out for a quiz without a limit",
        )
    return total or None


def _attempts(fields: Fields) -> tuple[int | None, Counting]:
    node = fields.find("attempts")
    if node is None:
        return None, "best"
    words = [word.strip().lower() for word in node.text.split(",")]
    if isinstance(node.content, tuple):
        words = [part.text.strip().lower() for part in node.content]
    number, counting = words[0], words[1] if len(words) > 1 else "best"
    unlimited = number in _ANY
    if not unlimited and not (number.isdecimal() and 0 < int(number) < 100):  # noqa: PLR2004
        fields.findings.error(
            node.place,
            "Q104",
            "attempts must begin with how many there are",
            "write attempts: 3, best, or attempts: unlimited, best",
        )
        return None, "best"
    if counting not in COUNTINGS or len(words) > 2:  # noqa: PLR2004 - a count and a word
        fields.findings.error(
            node.place,
            "Q104",
            f"attempts cannot count {counting!r}",
            choose_from(COUNTINGS, counting),
        )
        counting = "best"
    return None if unlimited else int(number), cast("Counting", counting)


def _draw(fields: Fields) -> tuple[Draw, ...]:
    node = fields.find("draw")
    if node is None:
        return ()
    parts = node.content if isinstance(node.content, tuple) else None
    written = [part.text for part in parts] if parts else node.text.split(",")
    drawn = []
    for part in written:
        found = _DRAW.match(" ".join(part.split()))
        if found is None or int(found["count"]) == 0:
            fields.findings.error(
                node.place,
                "Q105",
                f"draw cannot read {part.strip()!r}",
                "write draw: 8 from conversation, 2 from voice",
            )
            continue
        drawn.append(Draw(int(found["count"]), found["source"] or ""))
    return tuple(drawn)


def _variables(fields: Fields) -> tuple[tuple[tuple[str, str], ...], ...]:
    node = fields.find("vars")
    if node is None:
        return ()
    rows = node.content if isinstance(node.content, tuple) else ()
    tables = [row.content for row in rows if isinstance(row.content, dict)]
    if not tables or len(tables) < len(rows):
        fields.findings.error(
            node.place,
            "Q107",
            "vars must be a list of rows of names and values",
            "write one row a line: - {likes: 120, rate: 3}",
        )
        return ()
    names = set(tables[0])
    for row, table in zip(rows, tables, strict=True):
        if set(table) != names:
            fields.findings.error(
                row.place,
                "Q107",
                "this row of vars has other names than the first",
                f"give it the names {', '.join(sorted(names))}",
            )
            return ()
    return tuple(_row(table) for table in tables)


def _row(table: Mapping[str, Node]) -> tuple[tuple[str, str], ...]:
    return tuple((name, node.text) for name, node in sorted(table.items()))
