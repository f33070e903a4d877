"""From a plan to a text: what the message is like, what it is about, then words, then style."""

import re
from collections.abc import Mapping

from simulator.brands import Brand, Locale, Product
from simulator.kinds import KINDS
from simulator.scenarios import Plan
from simulator.voices.dice import Dice
from simulator.voices.grammar import Expansion
from simulator.voices.lists import Aspect, aspects, lists
from simulator.voices.people import people_slots
from simulator.voices.personas import Persona
from simulator.voices.polish import Noun, known_noun, noun, product_noun
from simulator.voices.spans_of_time import time_slots
from simulator.voices.surface import Mood, render

ROLES: Mapping[str, str] = {
    "praise": "good",
    "peer_talk": "good",
    "question": "ask",
    "order_question": "order",
    "personal_data": "order",
    "complaint": "bad",
    "vulgar_complaint": "bad",
    "formal_complaint": "bad",
    "heated_complaint": "bad",
    "fair_review": "bad",
    "unfair_review": "bad",
    "fake_review": "bad",
    "satire": "bad",
    "misguided": "myth",
    "rumour": "rumour",
    "safety_report": "hazard",
    "discrimination": "bias",
    "crisis_victim": "crisis",
    "crisis_accidental": "crisis",
    "crisis_preventable": "crisis",
}
"""Which role of an aspect carries a kind; kinds not named need no aspect."""

SOBER = frozenset(
    [
        "self_harm",
        "safety_report",
        "discrimination",
        "press",
        "formal_complaint",
        "disclosure",
        "crisis_victim",
        "queue_in_crisis",
    ]
)
_TONES = {
    "praise": "glad",
    "peer_talk": "glad",
    "question": "calm",
    "order_question": "calm",
    "personal_data": "calm",
    "misguided": "calm",
    "troll": "mock",
    "satire": "mock",
    "political_bait": "none",
    "spam": "none",
    "insider": "none",
}
_CHANNEL_TAGS = {
    "page_post": "page",
    "ad_comment": "ad",
    "group": "group",
    "review_card": "review",
    "private_message": "dm",
    "short_video": "video",
    "forum_thread": "forum",
    "blog_comment": "blog",
}
_MORE = {"safety_report": "hazard_end"}
_HOT = 0.7
_SIZES = ((0.34, "s"), (0.68, "m"), (1.0, "l"))
_BRIEF = frozenset({"video", "ad"})
_LONGEST = {"short_video": 220, "ad_comment": 420}


def write(plan: Plan, brand: Brand, who: Persona, seed: int) -> str:
    """Return the first message of a plan in the brand's language, typed as its author types.

    A pure function of the seed, the plan and the other arguments. ``details['text']`` is taken
    word for word. Raises ``ValueError`` where the sector or the kind is unknown.
    """
    if "text" in plan.details:
        return plan.details["text"]
    if plan.kind not in KINDS:
        raise ValueError(f"There is no kind {plan.kind!r}; see simulator.kinds.KINDS.")
    dice = Dice(seed, "voice", f"{brand.locale}/{brand.id}/{plan.id}")
    expansion = open_expansion(plan, brand, who, dice)
    sentences = expansion.expand(f"kind.{plan.kind}")
    limit = _LONGEST.get(plan.channel)
    while limit and len(sentences) > 1 and sum(map(len, sentences)) > limit:
        sentences = sentences[:-1]
    return render(sentences, who, mood_of(plan), dice, kept_words(plan, brand, who))


def mood_of(plan: Plan) -> Mood:
    """Return how the text of a plan feels."""
    tone = _TONES.get(plan.kind, "cross")
    sober = plan.kind in SOBER
    return Mood(tone, sober, plan.arousal >= _HOT and not sober)


def kept_words(plan: Plan, brand: Brand, who: Persona) -> str:
    """Return the words that a slip of the finger must not touch."""
    product = product_of(plan, brand)
    names = (brand.name, product.name if product else "", who.name, *plan.details.values())
    return " ".join(names)


def product_of(plan: Plan, brand: Brand) -> Product | None:
    """Return the product that a plan names, if the brand has it."""
    return next((row for row in brand.products if row.id == plan.product), None)


def open_expansion(plan: Plan, brand: Brand, who: Persona, dice: Dice) -> Expansion:
    """Return the expansion of a plan: slots filled, aspects chosen, the product named."""
    known = aspects(brand.sector)
    about = _about(plan, known, brand, dice)
    slots = {"brand": brand.name} | dict(plan.details) | time_slots(plan.days, brand.locale, dice)
    if plan.stars is not None:
        slots["stars"] = str(plan.stars)
    nouns: dict[str, Noun] = {}
    slots = people_slots(dice, brand.locale) | slots
    slots["ownname"] = _own_name(who, slots["fullname"])
    product = product_of(plan, brand)
    if product is not None:
        slots, nouns = _name_product(product, brand.locale, slots)
    aliases = _aliases(about, known, plan, slots)
    polite = who.form in {"pan", "panstwo"}
    return Expansion(
        lists=lists(brand.locale, brand.sector),
        dice=dice,
        slots=slots,
        tags=_tags(plan, who, dice),
        aliases=aliases,
        feminine=who.gender == "f",
        polite=polite,
        nouns=nouns,
    )


def _name_product(
    product: Product, locale: Locale, slots: dict[str, str]
) -> tuple[dict[str, str], dict[str, Noun]]:
    short = product.forms.get("noun", "")
    place = product.forms.get("list", "thing")
    if locale == "en":
        return slots | {"product": product.name, place: short or product.name}, {}
    whole = product_noun(product.name, product.forms)
    thing = noun(short) if short and known_noun(short) else whole
    return slots, {"product": whole, place: thing}


def _own_name(who: Persona, somebody: str) -> str:
    """Return the author's name in full; a surname that the page hides is somebody's."""
    first, *shown = who.name.split()
    hidden = not shown or shown[-1].endswith(".")
    return f"{first} {somebody.rpartition(' ')[2] if hidden else shown[-1]}"


def _about(plan: Plan, known: Mapping[str, Aspect], brand: Brand, dice: Dice) -> tuple[str, ...]:
    role = ROLES.get(plan.kind)
    named = tuple(name for name in plan.about if name in known)
    if role is None or any(role in known[name].roles for name in named):
        return named
    drawn = lists(brand.locale, brand.sector).get(f"draw.{plan.kind}")
    if drawn is not None:
        options = [line for line, _ in drawn.lines if line in known]
    else:
        options = [name for name, aspect in known.items() if role in aspect.roles]
    words = lists(brand.locale, brand.sector)
    told = [
        len(words[f"{name}.{role}"].lines) if role in known[name].roles else 1 for name in options
    ]
    return (*named, dice.weigh(options, told))


def _aliases(
    about: tuple[str, ...], known: Mapping[str, Aspect], plan: Plan, slots: dict[str, str]
) -> dict[str, str]:
    aliases: dict[str, str] = {}
    for name in about:
        for role in sorted(known[name].roles):
            star = f"*{role}"
            aliases.setdefault(star if star not in aliases else f"{star}2", f"{name}.{role}")
    if "question" in plan.details:
        slots["*ask"] = slots["*order"] = lower_start(plan.details["question"])
    if "problem" in plan.details:
        slots["*bad"] = slots["*hazard"] = slots["*bias"] = lower_start(plan.details["problem"])
        aliases["*more"] = ""
    if "claim" in plan.details:
        aliases["*myth"] = "claimed.myth"
        aliases["*rumour"] = "claimed.rumour"
    aliases["*more"] = aliases.get("*more") or _MORE.get(plan.kind, "feel_bad")
    aliases.setdefault("*unfair", "unfair_of")
    return aliases


def lower_start(sentence: str) -> str:
    """Return a sentence as phrases hold it: lower case at its start, unless it begins with I."""
    first = sentence.split(" ", 1)[0]
    proper = re.fullmatch(r"I(?:['’]\w+)?", first) or first[1:2].isupper()
    return sentence if proper else sentence[:1].lower() + sentence[1:]


def _tags(plan: Plan, who: Persona, dice: Dice) -> frozenset[str]:
    channel = _CHANNEL_TAGS.get(plan.channel, "page")
    length = (who.verbosity + dice.unit()) / 2
    if channel in _BRIEF:
        length *= 0.6
    elif channel == "review":
        length = 0.25 + 0.75 * length
    size = next(name for limit, name in _SIZES if length < limit)
    marks = {
        "public": channel != "dm",
        "hot": plan.arousal >= _HOT,
        "days": plan.days > 0,
        "about": bool(plan.about),
        "given": bool({"question", "problem"} & set(plan.details)),
        "claimed": "claim" in plan.details,
        "grievance": ROLES.get(plan.kind) == "bad",
        "peer": plan.kind == "peer_talk",
        f"stars{plan.stars}": plan.stars is not None,
        "sarcastic": dice.chance(who.sarcasm),
        "woman": who.gender == "f",
        "man": who.gender == "m",
        "strays": who.strays,
    }
    family = plan.kind.partition("_")[0]
    tags = {channel, size, who.register[0], who.age, family}
    return frozenset(tags | {name for name, holds in marks.items() if holds})
