"""What the judge saw in a reply: facets between 0 and 1, red lines, and where in the text.

A `Reading` says nothing of points or weights: those are the rubric's. The world reacts to the
reading alone, so reweighing a rubric never changes the world.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end in characters of the reply as it was sent."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the id of a sentence in `judgement.phrases` and what fills its gaps."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facet:
    """How far a reply meets one criterion, the spans that earned and that lost it, and why.

    ``value`` is in [0, 1] and ``None`` where the criterion does not apply or cannot be seen.
    """

    value: float | None
    reason: Reason
    earned: tuple[Span, ...] = ()
    lost: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gate:
    """A red line that was crossed: U8, U9 or U10, with the cap it puts on the score."""

    id: str
    cap: int
    reason: Reason
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read in one reply. ``facets`` has a key for each of U1 to U7 and U11 to U14.

    ``signals`` are plain findings in [0, 1] that move the world: ``empathy``, ``apology``,
    ``explanation``, ``redress``, ``channel_change``, ``public_compensation``, ``blame``,
    ``insult``, ``canned``, ``respect``, ``promise``.
    """

    facets: Mapping[str, Facet]
    gates: tuple[Gate, ...]
    signals: Mapping[str, float]
    reply_due: bool
    inferred: Mapping[str, Any] = field(default_factory=dict)
