"""A model answer, written from an item's hidden truth: its facts, wants, obligations, address."""

from typing import Any

from simulator.channels import CHANNELS
from simulator.items import Item
from simulator.judgement.annotation import annotate
from simulator.judgement.text import fold, parse
from simulator.keyed import choose
from simulator.lexicon import table

_NO_SIGN = frozenset({"troll", "spam", "abuse"})
_MUST_PARTS = (
    ("rule_cited", "rule"),
    ("real_account", "real_account"),
    ("no_match", "no_match"),
    ("safety_instruction", "safety"),
    ("helpline", "helpline"),
    ("passed_on", "passed_on"),
    ("register_complaint", "register"),
    ("disclosure_label", "disclosure"),
    ("explain", "explain"),
    ("source", "source"),
    ("update_time", "update_time"),
)
_FACTS = 2
_GENERAL = 0.4
_PLANNED = 1
"""What the plan knows a message to be about counts for so many mentions more."""
_WEIGHTY = 0.5
_EVERYWHERE = ("service", "orders")


def form_of_address(item: Item) -> str:
    """Return the form in which an author is addressed: a key of ``address`` in the table."""
    form = item.author.form or (item.brand.address if item.brand else "panstwo")
    if item.locale == "en":
        return "any"
    if form == "pan":
        return {"f": "pani", "m": "pan"}.get(item.author.gender, "panstwo")
    return form if form in ("ty", "panstwo") else "panstwo"


class _Writer:
    """Picks sentences for one item, always the same ones for the same seed."""

    def __init__(self, item: Item, seed: int) -> None:
        self._item, self._seed = item, seed
        self._rows: dict[str, Any] = table("model_answers")[item.locale]
        self._form = form_of_address(item)

    def sentence(self, part: str, **gaps: str) -> str:
        """Return one of the sentences of a part, its gaps filled."""
        options = self._rows[part]
        forms = self._rows["address"][self._form]
        chosen: str = choose(options, self._seed, "model answer", self._item.id, part)
        return chosen.format_map(forms | gaps)


def _subjects(item: Item) -> tuple[str, str, str]:
    """Return what a message is about, as a title and after a preposition, and who sees to it."""
    told = [item.text, *item.about, *stated_facts(item)]
    message = annotate(parse("\n".join(told)), item.locale)
    rows = table("model_answers")
    general: dict[str, str] = rows[item.locale]["general"]
    if item.brand is not None:
        for product in item.brand.products:
            if fold(product.name) in message.text.folded:
                return product.name, product.forms.get("gen", product.name), general["team"]
    words = message.words
    sectors = rows["sectors"].get(item.brand.sector if item.brand else "")
    planned = annotate(parse("\n".join(item.about)), item.locale).concepts
    weights: dict[str, float] = {}
    for label, hits in message.concepts.items():
        concept = words.concepts[label]
        if sectors is None or concept.sector in sectors:
            times = len(hits) + _PLANNED * (label in planned)
            weights[concept.topic] = weights.get(concept.topic, 0.0) + concept.weight * times
    if not weights:
        return general["title"], general["subject"], general["team"]
    first, *others = sorted(weights, key=lambda name: (-weights[name], name))
    topic = words.topics[first]
    also = [
        words.topics[name]
        for name in others[:1]
        if weights[name] >= _WEIGHTY and words.topics[name].sector in {topic.sector, *_EVERYWHERE}
    ]
    title, of = (
        general["and"].join(row)
        for row in zip(*((row.title, row.of) for row in (topic, *also)), strict=True)
    )
    return title, of, topic.team or general["team"]


def subject_of(item: Item) -> str:
    """Return what a message is about, as it stands after a preposition."""
    return _subjects(item)[1]


def _quote(item: Item) -> str:
    """Return the two or three neighbouring words that say most in a message."""
    message = annotate(parse(item.text), item.locale)
    tokens = message.text.tokens
    telling = {place for places in message.content.values() for place in places}
    telling |= {
        hit.first
        for label, hits in message.concepts.items()
        for hit in hits
        if message.words.concepts[label].weight > _GENERAL
    }
    best, most = "", 0
    for size in (3, 2):
        for index in range(len(tokens) - size + 1):
            window = range(index, index + size)
            count = sum(place in telling for place in window)
            if len({tokens[place].clause for place in window}) == 1 and count > most:
                start, end = message.text.span(index, index + size - 1)
                best, most = item.text[start:end], count
    return best


def stated_facts(item: Item) -> list[str]:
    if not item.facts:
        return []
    due = [fact.text for fact in item.facts if fact.id in item.due_facts]
    if not due and item.kind in ("question", "misguided"):
        due = [fact.text for fact in item.facts]
    return [
        text if text.rstrip().endswith((".", "!", "?")) else f"{text}." for text in due[:_FACTS]
    ]


def _is_said(must: str, facts: list[str], item: Item) -> bool:
    """Return whether the facts themselves already do what an obligation asks."""
    cues = {"explain": "explain", "safety_instruction": "safety", "no_match": "no_match"}
    if must == "explain" and item.fault != "brand":
        return True
    said = annotate(parse(" ".join(facts)), item.locale)
    return bool(facts) and (must == "explain" or said.has(cues.get(must, "")))


def _contact(item: Item) -> str:
    channel = CHANNELS.get(item.channel)
    if channel is not None and "direct_message" in channel.moves:
        return "private"
    if item.brand is not None and item.brand.published_contact:
        return "published"
    return "contact"


def model_answer(item: Item, seed: int = 0) -> str:
    """Return a good public reply to an item, or ``""`` where the right answer is none."""
    if item.rule.reply != "due" and not item.must:
        return ""
    writer = _Writer(item, seed)
    title, subject, team = _subjects(item)
    gaps = {
        "title": title,
        "subject": subject,
        "team": team,
        "contact": item.brand.published_contact if item.brand else "",
    }
    shape = table("model_answers")["shapes"].get(item.kind, "complaint")
    if shape == "praise":
        gaps["quote"] = _quote(item) or title
    parts: list[str] = [writer.sentence("greeting", **gaps)]
    parts.extend(writer.sentence(part, **gaps) for part in table("model_answers")["parts"][shape])
    parts[1] = parts[1][0].lower() + parts[1][1:]  # it follows the comma of the greeting
    facts = stated_facts(item)
    parts[2:2] = facts
    parts.extend(
        writer.sentence(part, **gaps)
        for must, part in _MUST_PARTS
        if must in item.must
        and part not in table("model_answers")["parts"][shape]
        and not _is_said(must, facts, item)
    )
    if shape in ("complaint", "order", "crisis"):
        parts.append(writer.sentence(_contact(item), **gaps))
    if item.kind not in _NO_SIGN:
        parts.append(writer.sentence("sign", **gaps))
    return " ".join(parts)
