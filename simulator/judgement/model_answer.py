"""A model answer, written from an item's hidden truth: its facts, wants, obligations, address."""

from dataclasses import dataclass
from typing import Any

from simulator.channels import CHANNELS
from simulator.items import Item
from simulator.judgement.annotation import annotate
from simulator.judgement.text import fold, parse
from simulator.judgement.wordbook import Topic
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
_COURTESY = ("greeting", "signature")


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


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an answer speaks of: as a title, after a preposition, and who sees to it."""

    title: str
    of: str
    team: str
    known: bool = True
    """Whether the message or its plan says what it is about."""


def _planned(item: Item) -> _Subject | None:
    """Return what the author's plan says that a message is about, where it says it plainly."""
    known: dict[str, list[str]] = table("subjects")[item.locale]
    rows = [known[title] for title in item.about if title in known]
    if not rows:
        return None
    join: str = table("model_answers")[item.locale]["general"]["and"]
    title, of = (join.join(dict.fromkeys(row[place] for row in rows)) for place in (0, 1))
    return _Subject(title, of, rows[0][2])


def _heaviest(told: list[str], item: Item) -> Topic | None:
    """Return the topic that texts speak of most, among those that the brand's sector knows."""
    text = annotate(parse("\n".join(told)), item.locale)
    sectors = table("model_answers")["sectors"].get(item.brand.sector if item.brand else "")
    weights: dict[str, float] = {}
    for label, hits in text.concepts.items():
        concept = text.words.concepts[label]
        if sectors is None or concept.sector in sectors:
            heavier = weights.get(concept.topic, 0.0) + concept.weight * len(hits)
            weights[concept.topic] = heavier
    if not weights:
        return None
    return text.words.topics[min(weights, key=lambda name: (-weights[name], name))]


def _read(item: Item) -> _Subject:
    """Return what a message speaks of, by its own words; by its facts where they say nothing."""
    general: dict[str, str] = table("model_answers")[item.locale]["general"]
    folded = fold(item.text)
    for product in item.brand.products if item.brand else ():
        if fold(product.name) in folded:
            of = product.forms.get("gen", product.name)
            return _Subject(product.name, of, general["team"])
    topic = _heaviest([item.text, *item.about], item) or _heaviest(stated_facts(item), item)
    if topic is None:
        return _Subject(general["title"], general["subject"], general["team"], known=False)
    return _Subject(topic.title, topic.of, topic.team or general["team"])


def subject_of(item: Item) -> str:
    """Return what a message is about, as it stands after a preposition."""
    return (_planned(item) or _read(item)).of


def _quote(item: Item) -> str:
    """Return the two or three neighbouring words that praise, ``""`` where no such words stand.

    Words of praise and what they praise count; the words that only tell a story do not.
    """
    message = annotate(parse(item.text), item.locale)
    tokens = message.text.tokens
    courteous = {hit.first for cue in _COURTESY for hit in message.cues.get(cue, ())}
    praising = {hit.first for hit in message.tones.get("positive", ())} - courteous
    praised = set[int]()
    for label, hits in message.concepts.items():
        concept = message.words.concepts[label]
        if concept.lean > 0:
            praising |= {hit.first for hit in hits}
        elif concept.weight > _GENERAL:
            praised |= {hit.first for hit in hits}
    best, most = "", 0
    for size in (3, 2):
        for index in range(len(tokens) - size + 1):
            window = set(range(index, index + size))
            count = len(window & (praising | praised)) + len(window & praising)
            apart = len({tokens[place].clause for place in window}) > 1
            if not apart and window & praising and count > most:
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


def _fitting(facts: list[str], rest: list[str], limit: int) -> str:
    """Return what a narrow channel has room for: the facts first, then what still fits."""
    chosen = facts[:1]
    for sentence in (*facts[1:], *rest):
        if len(" ".join((*chosen, sentence))) <= limit:
            chosen.append(sentence)
    return " ".join(chosen)


def _shape_of(item: Item, *, known: bool, quoted: bool) -> list[str]:
    """Return the parts of an answer; praise that names nothing is thanked for as it stands."""
    rows = table("model_answers")
    shape = rows["shapes"].get(item.kind, "complaint")
    plain: dict[str, str] = rows["plain"] if shape == "praise" else {}
    missing = {"thanks": not known, "detail": not quoted}
    return [plain.get(part, part) if missing.get(part) else part for part in rows["parts"][shape]]


def model_answer(item: Item, seed: int = 0) -> str:
    """Return a good public reply to an item, or ``""`` where the right answer is none."""
    if item.rule.reply != "due" and not item.must:
        return ""
    writer = _Writer(item, seed)
    subject = _planned(item) or _read(item)
    quote = _quote(item)
    gaps = {
        "title": subject.title,
        "subject": subject.of,
        "team": subject.team,
        "quote": quote,
        "contact": item.brand.published_contact if item.brand else "",
    }
    shape = table("model_answers")["shapes"].get(item.kind, "complaint")
    facts = stated_facts(item)
    names = [
        part
        for part in _shape_of(item, known=subject.known, quoted=bool(quote))
        if part != "safety" or not _is_said("safety_instruction", facts, item)
    ]
    greeting = writer.sentence("greeting", **gaps)
    opening, *rest = (writer.sentence(part, **gaps) for part in names)
    rest.extend(
        writer.sentence(part, **gaps)
        for must, part in _MUST_PARTS
        if must in item.must and part not in names and not _is_said(must, facts, item)
    )
    if shape in ("complaint", "order", "crisis", "rumour"):
        rest.append(writer.sentence(_contact(item), **gaps))
    if item.kind not in _NO_SIGN:
        rest.append(writer.sentence("sign", **gaps))
    # The opening follows the comma of the greeting.
    whole = " ".join((greeting, opening[0].lower() + opening[1:], *facts, *rest))
    channel = CHANNELS.get(item.channel)
    if channel is None or len(whole) <= channel.reply_limit:
        return whole
    return _fitting(facts, [opening[0].upper() + opening[1:], *rest], channel.reply_limit)
