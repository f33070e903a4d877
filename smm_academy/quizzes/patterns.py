"""Patterns that accept a short answer: a subset of regular expressions, matched in linear time.

Patterns come from authors and answers from anybody, so a match may never take long. A pattern
becomes a small machine whose states are followed all at once (Thompson, 1968), which needs at
most states x characters steps; what such a machine cannot do (look around, refer back) is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

LONGEST_PATTERN = 200
LONGEST_TEXT = 200
MOST_STATES = 2_000
MOST_REPEATS = 50

_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": str.isdecimal,
    "w": lambda letter: letter.isalnum() or letter == "_",
    "s": str.isspace,
}
_SPECIAL = frozenset("|)*+?{")


class PatternError(ValueError):
    """A pattern that cannot be used: ``column`` is counted from 0 in the pattern."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


@dataclass(frozen=True, slots=True)
class _Letters:
    """One character of a set: ranges, classes such as ``d``, or none of them if negated."""

    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    negated: bool = False

    def takes(self, letter: str) -> bool:
        fits = any(low <= letter <= high for low, high in self.ranges) or any(
            _CLASSES[name.lower()](letter) != name.isupper() for name in self.classes
        )
        return fits != self.negated


@dataclass(frozen=True, slots=True)
class _State:
    """A state of the machine: it takes a character, or leads on without one."""

    takes: _Letters | None = None
    leads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to match: its machine and where that starts; the first state accepts."""

    states: tuple[_State, ...]
    start: int

    def matches(self, text: str) -> bool:
        """Tell whether the whole text fits, case left aside; more than 200 characters never do."""
        if len(text) > LONGEST_TEXT:
            return False
        current = self._reached({self.start})
        for letter in text.lower():
            stepped: set[int] = set()
            for number in current:
                takes = self.states[number].takes
                if takes is not None and takes.takes(letter):
                    stepped.update(self.states[number].leads)
            current = self._reached(stepped)
            if not current:
                return False
        return 0 in current

    def _reached(self, start: set[int]) -> set[int]:
        reached, waiting = set(start), list(start)
        while waiting:
            state = self.states[waiting.pop()]
            if state.takes is None:
                new = set(state.leads) - reached
                reached |= new
                waiting += new
        return reached


@lru_cache(maxsize=512)
def read_pattern(text: str) -> Pattern:
    """Return the pattern that a text describes; raises `PatternError` naming what is wrong."""
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"the pattern is longer than {LONGEST_PATTERN} characters", 0)
    body = text.removeprefix("^")
    shift = len(text) - len(body)
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    return _Reader(body, shift).read()


@dataclass(slots=True)
class _Part:
    """A piece of machine under construction, as a function that writes it in front of a state."""

    size: int
    write: Callable[["list[_State]", int], int]


class _Reader:
    """Reads a pattern by descent: alternatives, sequences, repeats, single characters."""

    def __init__(self, text: str, shift: int) -> None:
        self.text = text
        self.shift = shift
        self.at = 0

    def read(self) -> Pattern:
        part = self._alternatives()
        if self.at < len(self.text):
            raise self._error("a ) stands without its (")
        # States are written back to front: what follows a state exists before it.
        states = [_State()]
        start = part.write(states, 0)
        return Pattern(tuple(states), start)

    def _error(self, message: str, at: int | None = None) -> PatternError:
        return PatternError(message, self.shift + (self.at if at is None else at))

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _alternatives(self) -> _Part:
        parts = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        return self._sized(sum(part.size for part in parts) + 1, lambda s, n: _either(s, n, parts))

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self._peek() and self._peek() not in "|)":
            parts.append(self._repeated())
        return self._sized(sum(part.size for part in parts), lambda s, n: _chain(s, n, parts))

    def _repeated(self) -> _Part:
        part = self._single()
        while self._peek() and self._peek() in "*+?{":
            low, high = self._bounds()
            part = self._times(part, low, high)
        return part

    def _times(self, part: _Part, low: int, high: int | None) -> _Part:
        if high is None:
            size = part.size * (low + 1) + 1
            return self._sized(size, lambda s, n: _chain(s, _loop(s, n, part), [part] * low))
        maybe = high - low
        size = part.size * high + maybe
        return self._sized(
            size, lambda s, n: _chain(s, _optional(s, n, part, maybe), [part] * low)
        )

    def _bounds(self) -> tuple[int, int | None]:
        at, mark = self.at, self._peek()
        self.at += 1
        if mark != "{":
            return {"*": (0, None), "+": (1, None), "?": (0, 1)}[mark]
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at : max(end, self.at)].partition(",")
        if end < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            raise self._error("a repeat is written {2} or {1,3}", at)
        self.at = end + 1
        lowest = int(low)
        highest = (int(high) if high else None) if comma else lowest
        if lowest > MOST_REPEATS or (highest or 0) > MOST_REPEATS:
            raise self._error(f"more than {MOST_REPEATS} repeats are not allowed", at)
        if highest is not None and highest < lowest:
            raise self._error("the second number of a repeat is the larger one", at)
        return lowest, highest

    def _single(self) -> _Part:
        letter = self._peek()
        if letter == "(":
            return self._group()
        if letter in _SPECIAL:
            raise self._error(f"{letter} needs something before it")
        if letter in "^$":
            raise self._error("^ may only stand at the very start, $ at the very end")
        self.at += 1
        if letter == "[":
            return _letter(self._set())
        if letter == ".":
            return _letter(_Letters(negated=True))
        if letter == "\\":
            return _letter(self._escaped())
        return _letter(_exactly(letter))

    def _group(self) -> _Part:
        opened = self.at
        self.at += 1
        if self._peek() == "?":
            if not self.text.startswith("?:", self.at):
                raise self._error("looking around, flags and names are not allowed", opened)
            self.at += 2
        part = self._alternatives()
        if self._peek() != ")":
            raise self._error("a ( is never closed", opened)
        self.at += 1
        return part

    def _escaped(self) -> _Letters:
        letter = self._peek()
        if not letter:
            raise self._error("a backslash needs a character after it", self.at - 1)
        self.at += 1
        if letter.lower() in _CLASSES:
            return _Letters(classes=(letter,))
        if letter.isalnum():
            raise self._error(f"\\{letter} is not allowed", self.at - 2)
        return _exactly(letter)

    def _set(self) -> _Letters:
        opened = self.at - 1
        negated = self._peek() == "^"
        self.at += negated
        ranges: list[tuple[str, str]] = []
        classes: list[str] = []
        while self._peek() != "]" or not (ranges or classes):
            if not self._peek():
                raise self._error("a [ is never closed", opened)
            one = self._set_member()
            classes += one.classes
            if one.classes or self._peek() != "-" or self.text[self.at + 1 : self.at + 2] == "]":
                ranges += one.ranges
                continue
            self.at += 1
            other = self._set_member()
            if other.classes or other.ranges[0][0] < one.ranges[0][0]:
                raise self._error("this range runs backwards", opened)
            ranges.append((one.ranges[0][0], other.ranges[0][0]))
        self.at += 1
        return _Letters(tuple(ranges), tuple(classes), negated)

    def _set_member(self) -> _Letters:
        letter = self._peek()
        self.at += 1
        return self._escaped() if letter == "\\" else _exactly(letter)

    def _sized(self, size: int, write: Callable[["list[_State]", int], int]) -> _Part:
        if size > MOST_STATES:
            raise self._error("the pattern is too large")
        return _Part(size, write)


def _exactly(letter: str) -> _Letters:
    small = letter.lower()
    return _Letters(((small, small),)) if len(small) == 1 else _Letters(((letter, letter),))


def _letter(takes: _Letters) -> _Part:
    def write(states: list[_State], following: int) -> int:
        states.append(_State(takes, (following,)))
        return len(states) - 1

    return _Part(1, write)


def _chain(states: list[_State], following: int, parts: list[_Part]) -> int:
    for part in reversed(parts):
        following = part.write(states, following)
    return following


def _either(states: list[_State], following: int, parts: list[_Part]) -> int:
    starts = tuple(part.write(states, following) for part in parts)
    states.append(_State(leads=starts))
    return len(states) - 1


def _optional(states: list[_State], following: int, part: _Part, times: int) -> int:
    start = following
    for _ in range(times):
        states.append(_State(leads=(part.write(states, start), following)))
        start = len(states) - 1
    return start


def _loop(states: list[_State], following: int, part: _Part) -> int:
    at = len(states)
    states.append(_State())
    states[at] = _State(leads=(part.write(states, at), following))
    return at
