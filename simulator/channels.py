"""The channels a brand is spoken to on, each with rules of its own, as data.

A move that a channel lacks is not offered. Limits are characters of one reply.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Channel:
    """What can be done on one channel; ``moves`` are ids of `simulator.moves`."""

    id: str
    title: dict[str, str]
    public: bool
    reply_limit: int
    replies: int | None
    moves: frozenset[str]


# What the brand's own desk can do with any message, whatever the channel.
DESK = frozenset(
    {
        "open",
        "ask",
        "save_evidence",
        "escalate",
        "assign",
        "label",
        "note",
        "snooze",
        "resolve",
        "no_action",
    }
)
_OWNED = frozenset(
    {"reply", "like", "hide", "unhide", "delete", "report", "block", "direct_message", "pin"}
)

_ROWS = (
    Channel("page_post", {"en": "Page", "pl": "Profil"}, True, 2000, None, DESK | _OWNED),
    Channel(
        "ad_comment",
        {"en": "Comment under an ad", "pl": "Komentarz pod reklamą"},
        True,
        2000,
        None,
        DESK | _OWNED - {"pin"},
    ),
    Channel("group", {"en": "Group", "pl": "Grupa"}, True, 2000, None, DESK | _OWNED),
    Channel(
        "review_card", {"en": "Review", "pl": "Opinia"}, True, 1500, 1, DESK | {"reply", "report"}
    ),
    Channel(
        "private_message",
        {"en": "Private message", "pl": "Wiadomość prywatna"},
        False,
        2000,
        None,
        DESK | {"reply", "report", "block"},
    ),
    Channel(
        "short_video", {"en": "Short video", "pl": "Krótkie wideo"}, True, 150, None, DESK | _OWNED
    ),
    Channel(
        "forum_thread",
        {"en": "Forum", "pl": "Forum"},
        True,
        2000,
        None,
        DESK | {"reply", "like", "report", "direct_message"},
    ),
    Channel(
        "blog_comment",
        {"en": "Blog comment", "pl": "Komentarz na blogu"},
        True,
        2000,
        None,
        DESK | {"reply", "like", "hide", "unhide", "delete"},
    ),
)

CHANNELS: dict[str, Channel] = {channel.id: channel for channel in _ROWS}
"""Channel by id."""
