"""A model answer, written from an item's hidden truth: its facts, wants, obligations, address."""

from typing import Any

from simulator.channels import CHANNELS
from simulator.items import Item
from simulator.judgement.annotation import annotate
from simulator.judgement.text import parse
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


class _Writer:
    """Picks sentences for one item, always the same ones for the same seed."""

    def __init__(self, item: Item, seed: int) -> None:
        self._item, self._seed = item, seed
        self._rows: dict[str, Any] = table("model_answers")[item.locale]
        self._form = self._address()

    def _address(self) -> str:
        item = self._item
        form = item.author.form or (item.brand.address if item.brand else "panstwo")
        if item.locale == "en":
            return "any"
        if form == "pan":
            return {"f": "pani", "m": "pan"}.get(item.author.gender, "panstwo")
        return form if form in ("ty", "panstwo") else "panstwo"

    def sentence(self, part: str, **gaps: str) -> str:
        """Return one of the sentences of a part, its gaps filled."""
        options = self._rows[part]
        forms = self._rows["address"][self._form]
        chosen: str = choose(options, self._seed, "model answer", self._item.id, part)
        return chosen.format_map(forms | gaps)


def _subjects(item: Item) -> tuple[str, str]:
    """Return the words for what a message is about, and for who sees to it."""
    message = annotate(parse(item.text), item.locale)
    words = message.words
    weights: dict[str, float] = {}
    for label, hits in message.concepts.items():
        concept = words.concepts[label]
        weights[concept.topic] = weights.get(concept.topic, 0.0) + concept.weight * len(hits)
    ranked = sorted(weights, key=lambda topic: (-weights[topic], topic))[:2]
    rows: dict[str, str] = table("model_answers")[item.locale]["general"]
    if not ranked:
        return rows["subject"], rows["team"]
    subject = rows["and"].join(words.topics[topic].of for topic in ranked)
    teams = [words.topics[topic].team for topic in ranked if words.topics[topic].team]
    return subject, teams[0] if teams else rows["team"]


def _facts(item: Item) -> list[str]:
    if not item.facts:
        return []
    due = [fact.text for fact in item.facts if fact.id in item.due_facts]
    if not due and item.kind in ("question", "misguided"):
        due = [fact.text for fact in item.facts]
    return [text if text.rstrip().endswith((".", "!", "?")) else f"{text}." for text in due[:_FACTS]]


def _contact(item: Item) -> str:
    channel = CHANNELS.get(item.channel)
    if channel is not None and "direct_message" in channel.moves:
        return "private"
    if item.brand is not None and item.brand.published_contact:
        return "published"
    return "contact"


def model_answer(item: Item, seed: int = 0) -> str:
    """Return a good public reply to an item, or ``""`` where the right answer is none."""
    if item.rule.reply == "unwise" and not item.must:
        return ""
    writer = _Writer(item, seed)
    subject, team = _subjects(item)
    gaps = {
        "subject": subject,
        "team": team,
        "contact": item.brand.published_contact if item.brand else "",
    }
    shape = table("model_answers")["shapes"].get(item.kind, "complaint")
    parts: list[str] = [writer.sentence("greeting", **gaps)]
    parts.extend(writer.sentence(part, **gaps) for part in table("model_answers")["parts"][shape])
    fact_place = 2 if shape != "question" else 1
    parts[fact_place:fact_place] = _facts(item)
    parts.extend(writer.sentence(part, **gaps) for must, part in _MUST_PARTS if must in item.must)
    if shape in ("complaint", "order", "crisis"):
        parts.append(writer.sentence(_contact(item), **gaps))
    if item.kind not in _NO_SIGN:
        parts.append(writer.sentence("sign", **gaps))
    return " ".join(parts)
