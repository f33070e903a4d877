"""Messages by the thousand: plans drawn by the seed, each written as on a desk."""

from collections.abc import Iterator

from simulator.brands import Brand, Locale, Product
from simulator.channels import CHANNELS
from simulator.kinds import KINDS
from simulator.scenarios import Plan
from simulator.voices.dice import Dice
from simulator.voices.lists import lists, sectors
from simulator.voices.personas import Persona, persona
from simulator.voices.polish import noun
from simulator.voices.writing import write

_SHARES = {
    "praise": 15, "peer_talk": 12, "question": 15, "order_question": 8, "complaint": 16,
    "vulgar_complaint": 2.5, "formal_complaint": 1.5, "heated_complaint": 4, "fair_review": 6,
    "unfair_review": 2, "fake_review": 1.2, "misguided": 2.5, "rumour": 2, "troll": 2.4,
    "satire": 1.2, "abuse": 1, "spam": 1, "personal_data": 1, "safety_report": 1.2,
    "crisis_victim": 0.5, "crisis_accidental": 0.6, "crisis_preventable": 0.6, "self_harm": 0.15,
    "press": 0.3, "disclosure": 0.3, "discrimination": 0.5, "political_bait": 0.4,
    "insider": 0.4, "queue_in_crisis": 0.05,
}  # fmt: skip
"""How common each kind is, in relation to the others (our proposal)."""

_CHANNELS = (
    ("page_post", 42), ("ad_comment", 14), ("group", 14), ("private_message", 9),
    ("short_video", 8), ("forum_thread", 5), ("blog_comment", 4),
)  # fmt: skip
_REVIEWS = {"fair_review": (1, 2, 2, 3), "unfair_review": (1, 1, 2), "fake_review": (1, 1, 1)}
_PUBLIC = frozenset(
    [
        "peer_talk",
        "heated_complaint",
        "personal_data",
        "troll",
        "satire",
        "spam",
        "abuse",
        "political_bait",
        "rumour",
        "misguided",
        "insider",
    ]
)
_SENTIMENT = {"praise": 0.8, "peer_talk": 0.35, "question": 0.0, "order_question": -0.1}
_NEUTRAL = frozenset({"spam", "press", "disclosure", "queue_in_crisis"})


def generate(
    count: int, locale: Locale, seed: int, sector: str | None = None
) -> Iterator[dict[str, object]]:
    """Yield synthetic messages of a sector, or of all in turn, the same for the same seed.

    Each is a mapping of ``id kind locale sector channel text stars severity sentiment persona``;
    ``sentiment`` is in [-1, 1]. Raises ``ValueError`` where the count is negative, the locale is
    not ``en`` or ``pl``, or the sector is unknown.
    """
    if count < 0:
        raise ValueError(f"A count of messages cannot be negative: {count}.")
    if locale not in ("en", "pl"):
        raise ValueError(f"There is no locale {locale!r}; choose 'en' or 'pl'.")
    if sector is not None and sector not in sectors():
        raise ValueError(f"There is no sector {sector!r}; choose one of {', '.join(sectors())}.")
    return _messages(count, locale, seed, (sector,) if sector else tuple(sectors()))


def _messages(
    count: int, locale: Locale, seed: int, choice: tuple[str, ...]
) -> Iterator[dict[str, object]]:
    for plan, house, who in planned(count, locale, seed, choice):
        yield {
            "id": plan.id,
            "kind": plan.kind,
            "locale": locale,
            "sector": house.sector,
            "channel": plan.channel,
            "text": write(plan, house, who, seed),
            "stars": plan.stars,
            "severity": plan.severity,
            "sentiment": _sentiment(plan),
            "persona": {
                "name": who.name,
                "handle": who.handle,
                "gender": who.gender,
                "form": who.form,
                "followers": who.followers,
            },
        }


def planned(
    count: int, locale: Locale, seed: int, choice: tuple[str, ...]
) -> Iterator[tuple[Plan, Brand, Persona]]:
    """Yield what messages will be about, to whom and by whom, the sectors taking turns."""
    for number in range(count):
        sector = choice[number % len(choice)]
        message = f"{sector}-{number:06d}"
        dice = Dice(seed, "generate", f"{locale}/{message}")
        house = stand_in(locale, sector, dice)
        plan = _plan(message, house, dice)
        yield plan, house, persona(seed, message, locale, plan)


def stand_in(locale: Locale, sector: str, dice: Dice) -> Brand:
    """Return a brand of a sector that no pack describes: a name and things it sells."""
    known = lists(locale, sector)
    name = dice.choose([line for line, _ in known["brands"].lines])
    products = []
    for number, (line, _) in enumerate(known["products"].lines if "products" in known else ()):
        forms = {}
        if locale == "pl":
            row = noun(line)
            gender = {"f": "f", "n": "n", "p": "pl", "v": "pl"}.get(row.gender, "m")
            forms = {**row.forms, "gender": gender}
        products.append(Product(f"product-{number}", line, forms))
    return Brand(
        id="stand-in", name=name, sector=sector, locale=locale, tagline="", goal="",
        address="ty", timezone="UTC", opens=8 * 60, closes=18 * 60, voice=(), facts=(),
        policy=(), may_promise=(), must_not_promise=(), saved_replies=(), role_card=(),
        contacts=(), colleagues=(), products=tuple(products), published_contact="",
        followers=10_000,
    )  # fmt: skip


def _plan(message: str, house: Brand, dice: Dice) -> Plan:
    kind = KINDS[dice.weigh(tuple(_SHARES), tuple(_SHARES.values()))]
    channel = _channel(kind.id, dice)
    stars = None
    if channel == "review_card":
        stars = dice.choose(_REVIEWS.get(kind.id, (4, 5, 5, 5)))
    named = house.products and dice.chance(0.3)
    return Plan(
        id=message, kind=kind.id, minute=0, channel=channel, severity=kind.severity,
        arousal=min(1.0, max(0.0, kind.arousal + 0.3 * (dice.unit() - 0.5))), fault="unknown",
        about=(), product=dice.choose(house.products).id if named else "", days=0, stars=stars,
        reach=0, form="", facts=(), due_facts=(), wants=(), must=(), must_not=(),
        escalate_to=(), ask=(), details={},
    )  # fmt: skip


def _channel(kind: str, dice: Dice) -> str:
    if kind in _REVIEWS or (kind == "praise" and dice.chance(0.25)):
        return "review_card"
    names = tuple(name for name, _ in _CHANNELS)
    weights = [
        0 if kind in _PUBLIC and not CHANNELS[name].public else share for name, share in _CHANNELS
    ]
    return dice.weigh(names, weights)


def _sentiment(plan: Plan) -> float:
    if plan.kind in _NEUTRAL:
        return 0.0
    return round(_SENTIMENT.get(plan.kind, -0.3 - 0.6 * plan.arousal), 2)
