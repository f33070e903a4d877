"""A small day with every duty, and the deeds that can be done on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulator.duties import Standing
from simulator.duties.posts import Page
from simulator.workday import (
    Alarm,
    Brief,
    Campaign,
    Choice,
    Label,
    News,
    Queued,
    Request,
    Segment,
    Variant,
    Workday,
)

LENGTH = 480


@dataclass(frozen=True)
class Done:
    """A move as it was made, for tests."""

    kind: str
    minute: int = 0
    item: str = ""
    to: str = ""
    text: str = ""
    minutes: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    spent: int = 1


NEAR = Segment("near", "Near", "", 8000, 1.0, 0.08, 0.02, "")
CITY = Segment("city", "City", "", 300_000, 0.5, 0.015, 0.02, "")
BOUGHT = Segment("bought", "Bought", "", 500_000, 0.0, 0.0, 0.5, "")
CAMPAIGN = Campaign("Evening", "Neighbours", "registration", 300.0, "PLN", (NEAR, CITY, BOUGHT))

BRIEF = Brief(
    id="evening",
    title="The evening",
    goal="Sign-ups",
    relation="own",
    variants=(
        Variant("full", "Come!", 1.0, invites=True, why=""),
        Variant("bare", "Hm.", 0.0, invites=False, why=""),
    ),
    formats={"event": 1.0, "link": 0.0},
    audiences=(Choice("near", "Near", 1.0), Choice("all", "All", 0.5)),
    pictures=(Choice("own", "Own", 1.0), Choice("found", "Found", 0.0)),
    alts=(Choice("plain", "A loaf", 1.0), Choice("file", "IMG_1", 0.0)),
    labels=(),
    slots=(60, 200, 400),
    drop=False,
    gate="",
    why="",
)
BEST = {"variant": "full", "format": "event", "audience": "near", "picture": "own", "alt": "plain"}
GIFTED = replace(
    BRIEF,
    id="gifted",
    relation="gifted",
    labels=(
        Label("clear", "Advertisement for Zakwas", "start"),
        Label("late", "Advertisement for Zakwas", "end"),
        Label("tag", "#collab", "start"),
    ),
)
TRAP = replace(BRIEF, id="trap", drop=True, gate="U9")
QUEUED = Queued("cheerful", 150, "Cheerful", "Hooray!", "photo")
ALARM = Alarm(120, 300, "Something bad", "m01", ("pr",), 15, 15, 60)
NEWS = News("bread_day", 10, 240, "Bread Day", "", "", "post", "evening", (), 90, "")
TRAGEDY = News("fire", 0, 480, "Fire", "", "", "leave", "trap", (), None, "Not ours.")
RULES = News("rules", 0, 200, "Rules", "", "", "pass_on", "", ("safety",), None, "")
BUY = Request("buy", 20, 60, "Sales", "Buy 5,000", "followers", "refuse", (), "U10", "No.")
SEO = Request("seo", 20, 60, "Oven", "Titles", "seo", "hand_over", ("web",), "", "Theirs.")
OWN = Request("own", 20, 60, "PR", "Check the label", "smm", "take", (), "", "Ours.")

DAY = Workday(
    news=(NEWS, TRAGEDY, RULES),
    queue=(QUEUED,),
    briefs=(BRIEF, GIFTED, TRAP),
    campaign=CAMPAIGN,
    requests=(BUY, SEO, OWN),
)
PAGE = Page(followers=10_000, seed=3, sector="food", begins=8 * 60 + 30)


def standing(*made: Done, day: Workday = DAY, now: int = LENGTH) -> Standing:
    """Return a day at a minute after some deeds."""
    page = replace(PAGE, alarm=day.alarm)
    return Standing(day, page, sorted(made, key=lambda deed: deed.minute), now, LENGTH)
