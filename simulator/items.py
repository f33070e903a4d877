"""A message with its hidden truth: what the judge knows and the browser never sees."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from simulator.brands import Brand, Fact, Locale
from simulator.kinds import KINDS, Kind

Fault: TypeAlias = Literal["brand", "partner", "author", "nobody", "unknown"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote the message, as far as the desk can see, and the form of address they use."""

    name: str = ""
    handle: str = ""
    gender: Literal["f", "m", ""] = ""
    form: Literal["ty", "pan", "panstwo", ""] = ""
    followers: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """One message as the judge sees it.

    ``facts`` are the brand facts that bear on this message and ``due_facts`` the ids of those a
    good reply states. ``wants``, ``must`` and ``must_not`` are ids of `simulator.obligations`.
    ``brand`` is ``None`` for a bare pair of texts and ``facts`` is ``None`` where nobody said what
    is true: the criteria that need them then do not apply. ``exempt`` lists approved wordings
    that may be pasted as they are. ``about`` says in the item's language what the message is
    about, where its author's plan is known.
    """

    id: str
    kind: str
    locale: Locale
    text: str
    channel: str = "page_post"
    author: Author = Author()
    severity: int = 3
    fault: Fault = "unknown"
    arousal: float = 0.5
    facts: tuple[Fact, ...] | None = None
    due_facts: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    brand: Brand | None = None
    exempt: tuple[str, ...] = ()

    @property
    def rule(self) -> Kind:
        """The row of the table of kinds that this message belongs to."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Reply:
    """What was done about a message.

    ``moves`` are ids of `simulator.moves`, ``None`` where nobody said what was done besides
    writing; ``minutes`` is the simulated time until the first right action, ``None`` where there
    was no clock. ``public`` is false for a direct message.
    """

    text: str
    moves: tuple[str, ...] | None = None
    minutes: float | None = None
    escalated_to: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    reason_given: bool = False
    direct_text: str = ""
    earlier_replies: tuple[str, ...] = ()
