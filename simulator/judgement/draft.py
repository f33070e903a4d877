"""A machine's draft: a fluent reply with one to three planted faults, and whether each was mended.

The clean reply says what the model answer says, in sentences that fit any matter. A fault is
planted only where the clean reply is sound by the judge and the fault alone costs it points, so a
draft never has a fault that nobody planted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from simulator.brands import Locale
from simulator.channels import CHANNELS
from simulator.items import Item, Reply
from simulator.judgement.accuracy import measures
from simulator.judgement.model_answer import form_of_address, stated_facts
from simulator.judgement.reader import read
from simulator.judgement.reading import Reading, Span
from simulator.judgement.rubric import RUBRIC, Rubric, score
from simulator.judgement.text import fold, parse
from simulator.keyed import choose, draw
from simulator.lexicon import table

Mending: TypeAlias = Literal["mended", "reworded", "left"]
"""A fault is gone; it is put in other words and still costs points; it stands as it stood."""

DRAFT_KINDS: tuple[str, ...] = tuple(table("drafts")["shapes"])
"""The kinds of message that a machine's draft answers."""

_RUBRIC = Rubric(weights=RUBRIC.weights, off=frozenset({"U1", "U7"}))
_SOUND = {"U2": 0.55, "U3": 0.75, "U4": 0.75, "U5": 1.0, "U6": 0.75, "U12": 1.0, "U14": 1.0}
_LEAST_LOSS = 1.0
"""Points of the score that each fault costs alone, at least."""
_LEAST_DROP = 0.1
_MOST_FAULTS = 3
_PLAIN = frozenset({"empty_slot", "slogan_list"})
"""Seen at a glance, so they come less often than what has to be looked up."""
_SELDOM = frozenset({"no_when", "no_step", "wrong_figure"})
"""They fit few messages, so they come first where they do."""
_SHIFT = 0.5
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PlantedFault:
    """A fault of a draft.

    ``start`` and ``end`` are its place in the draft, equal where something is missing; ``words``
    is what stands there and ``clean`` what a sound reply says there, either of them ``""``.
    ``criterion`` is the line of the rubric that it costs.
    """

    id: str
    criterion: str
    start: int
    end: int
    words: str
    clean: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A machine's draft and what is wrong with it; ``clean`` is the same reply without faults."""

    text: str
    clean: str
    faults: tuple[PlantedFault, ...]


@dataclass(frozen=True, slots=True)
class _Plant:
    """A fault before it is planted: sentences of the clean reply and what stands for them."""

    id: str
    parts: tuple[int, ...]
    words: str
    after: bool = False


def fault_words(fault: str, locale: Locale) -> tuple[str, str]:
    """Return what a planted fault is called and why it is one. Raises ``KeyError``."""
    row = table("drafts")["faults"][fault]
    return row["title"][locale], row["why"][locale]


def machine_draft(item: Item, seed: int) -> Draft | None:
    """Return a machine's draft for an item, always the same one for the same seed.

    ``None`` where no draft can be vouched for: the kind of message is answered otherwise, or the
    clean reply would not be sound by itself.
    """
    if item.kind not in DRAFT_KINDS:
        return None
    names = table("drafts")["shapes"][item.kind]
    sentences = _sentences(item, names, seed)
    clean = _joined(sentences)
    whole = _read(item, clean)
    if not _is_sound(whole) or not item.due_facts:
        return None
    best = _points(item, whole)
    plants = [
        plant
        for plant in _plants(item, names, sentences, seed)
        if _costs(item, plant, sentences, whole, best)
    ]
    chosen = _chosen(plants, seed)
    return _planted(sentences, chosen, clean) if chosen else None


def mendings(item: Item, draft: Draft, text: str) -> dict[str, Mending]:
    """Return what became of each fault of a draft in the text that was sent, by fault."""
    sent, faulty = _read(item, text), _read(item, draft.text)
    clean = _read(item, draft.clean)
    found = fold(" ".join(text.split()))
    told: dict[str, Mending] = {}
    for fault in draft.faults:
        # The other faults stay for the comparison: they too may weigh on this criterion.
        righted = _read(item, _righted(draft, fault))
        middle = (_value(faulty, fault.criterion) + _value(righted, fault.criterion)) / 2
        met = _value(sent, fault.criterion)
        costs = met <= middle and met < _value(clean, fault.criterion)
        planted = fold(" ".join(fault.words.split()))
        if planted and re.search(rf"(?<!\w){re.escape(planted)}(?!\w)", found):
            told[fault.id] = "left"
        elif not costs:
            told[fault.id] = "mended"
        else:
            told[fault.id] = "reworded" if planted else "left"
    return told


def _righted(draft: Draft, fault: PlantedFault) -> str:
    """Return a draft with one of its faults put right."""
    space = "" if fault.words else " "
    return draft.text[: fault.start] + space + fault.clean + draft.text[fault.end :]


def _sentences(item: Item, names: Iterable[str], seed: int) -> list[str]:
    sentences = []
    for name in names:
        if name == "facts":
            sentences.append(" ".join(stated_facts(item)))
        elif name == "contact":
            sentences.append(_contact(item, seed))
        else:
            sentences.append(_filled(item, name, form_of_address(item), seed))
    sentences[1] = sentences[1][0].lower() + sentences[1][1:]  # it follows a comma
    return sentences


def _contact(item: Item, seed: int) -> str:
    form = form_of_address(item)
    if "direct_message" in CHANNELS[item.channel].moves:
        return _filled(item, "private", form, seed)
    if item.brand is not None and item.brand.published_contact:
        return _filled(item, "published", form, seed)
    return ""


def _filled(item: Item, name: str, form: str, seed: int) -> str:
    rows = table("drafts")[item.locale]
    forms: Mapping[str, str] = table("model_answers")[item.locale]["address"][form]
    contact = item.brand.published_contact.rstrip(".") if item.brand else ""
    chosen: str = choose(rows[name], seed, "draft", item.id, name)
    return chosen.format_map({**forms, "contact": contact})


def _joined(sentences: Iterable[str]) -> str:
    """Return sentences as a text; a space stands between two unless a line ends there."""
    text = ""
    for sentence in sentences:
        if sentence:
            text += sentence if not text or text.endswith("\n") else f" {sentence}"
    return text


def _read(item: Item, text: str) -> Reading:
    return read(item, Reply(text=text, moves=("reply",), minutes=0))


def _points(item: Item, reading: Reading) -> float:
    return score(item, reading, _RUBRIC).score


def _value(reading: Reading, criterion: str) -> float:
    """Return how far a criterion is met; a red line is met while nobody crosses it."""
    if criterion in reading.facets:
        return reading.facets[criterion].value or 0.0
    return 0.0 if any(gate.id == criterion for gate in reading.gates) else 1.0


def _is_sound(reading: Reading) -> bool:
    if reading.gates:
        return False
    for criterion, least in _SOUND.items():
        value = reading.facets[criterion].value
        if value is not None and value < least:
            return False
    return True


def _plants(item: Item, names: list[str], sentences: list[str], seed: int) -> Iterator[_Plant]:
    """Yield every fault that fits a reply; whether it costs anything, the judge says."""
    place = {name: index for index, name in enumerate(names)}

    def said(fault: str, row: str = "") -> str:
        rows = table("drafts")[item.locale]["plants"]
        return str(choose(rows[row or fault], seed, "plant", item.id, fault))

    last = place["sign"] - 1
    greeting = _other_name(item)
    yield _Plant("empty_slot", (0,), said("empty_slot"))
    if greeting:
        yield _Plant("wrong_name", (0,), said("wrong_name", greeting))
    yield from _false_facts(item, place["facts"], sentences[place["facts"]], seed)
    yield _Plant("slogan_list", (last,), said("slogan_list"), after=True)
    if item.locale == "en":
        yield _Plant("stiff", (1,), said("stiff"), after=True)
    if CHANNELS[item.channel].public:
        target = place.get("contact", last)
        instead = target if "contact" in place else last
        yield _Plant("data_in_public", (instead,), said("data_in_public"), "contact" not in place)
    yield from _other_forms(item, names, place, seed)
    if "regret" not in place:
        return
    yield _Plant("promise", (place["facts"],), said("promise"), after=True)
    yield _Plant("non_apology", (place["regret"],), said("non_apology"))
    yield _Plant("blame", (place["facts"],), said("blame"), after=True)
    yield _Plant("no_when", (place["when"],), said("no_when"))
    steps = (place["step"], place["when"], place["contact"])
    yield _Plant("no_step", steps, said("no_step"))


def _other_name(item: Item) -> str:
    """Return the row of names that are not the author's, ``""`` where nothing fits."""
    if item.author.gender not in ("f", "m"):
        return ""
    form = form_of_address(item)
    if form == "ty":
        return f"wrong_name_ty_{item.author.gender}"
    if item.locale == "pl" and form == "panstwo":
        return ""
    return f"wrong_name_{item.author.gender}"


def _other_forms(
    item: Item, names: list[str], place: Mapping[str, int], seed: int
) -> Iterator[_Plant]:
    if item.locale != "pl":
        return
    other = "panstwo" if form_of_address(item) == "ty" else "ty"
    for name in ("when", "more"):
        if name in names:
            yield _Plant("other_form", (place[name],), _filled(item, name, other, seed))


def _false_facts(item: Item, place: int, told: str, seed: int) -> Iterator[_Plant]:
    """Yield the faults that stand where the facts stood: another figure, another matter."""
    figure = _other_figure(item, told)
    if figure:
        yield _Plant("wrong_figure", (place,), figure)
    if item.kind not in ("question", "misguided") or item.brand is None:
        return
    bearing = {fact.id for fact in item.facts or ()} | set(item.due_facts)
    others = [fact.text for fact in item.brand.facts if fact.id not in bearing]
    if others:
        yield _Plant("other_question", (place,), choose(others, seed, "other matter", item.id))


def _other_figure(item: Item, told: str) -> str:
    """Return a statement with one of its figures changed, in the same grammatical number."""
    known = {number for _unit, number, _span in measures(parse(f"{told} {item.text}"))}
    for unit, number, (start, end) in measures(parse(told)):
        if unit == "clock" or not number.isdecimal():
            continue
        match = _FIGURE.search(told, start, end)
        if match is None:
            continue
        was = int(number)
        for now in (2 * was, was + 10, was // 2, was + 1, was - 1):
            if now > 1 and str(now) not in known and _class(now) == _class(was):
                return told[: match.start()] + str(now) + told[match.end() :]
    return ""


def _class(number: int) -> str:
    """Return the grammatical class of a number: what it counts takes the same form in a class."""
    if number == 1:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


def _costs(item: Item, plant: _Plant, sentences: list[str], whole: Reading, best: float) -> bool:
    draft = _planted(sentences, [plant], "")
    if len(draft.text) > CHANNELS[item.channel].reply_limit:
        return False
    reading, criterion = _read(item, draft.text), _criterion(plant)
    drop = _value(whole, criterion) - _value(reading, criterion)
    return drop >= _LEAST_DROP and best - _points(item, reading) >= _LEAST_LOSS


def _criterion(plant: _Plant) -> str:
    return str(table("drafts")["faults"][plant.id]["criterion"])


def _chosen(plants: list[_Plant], seed: int) -> list[_Plant]:
    """Return one to three faults, each in sentences and on a criterion of its own."""
    wanted = 1 + int(draw(seed, "faults") * _MOST_FAULTS)
    chosen: list[_Plant] = []
    for plant in sorted(plants, key=lambda one: _turn(one, seed)):
        apart = all(
            not set(plant.parts) & set(other.parts) and _criterion(plant) != _criterion(other)
            for other in chosen
        )
        if apart and len(chosen) < wanted:
            chosen.append(plant)
    return chosen


def _turn(plant: _Plant, seed: int) -> float:
    turn = draw(seed, "fault", plant.id) + _SHIFT * (plant.id in _PLAIN)
    return turn - _SHIFT * (plant.id in _SELDOM)


def _planted(sentences: list[str], plants: list[_Plant], clean: str) -> Draft:
    """Return a reply with faults in it and where each of them stands."""
    at = {plant.parts[0]: plant for plant in plants}
    gone = {part for plant in plants if not plant.after for part in plant.parts}
    text, faults = "", []
    for index, sentence in enumerate(sentences):
        if index not in gone:
            text = _joined([text, sentence])
        plant = at.get(index)
        if plant is None:
            continue
        text = _joined([text, plant.words])
        start = len(text) - len(plant.words)
        stood = "" if plant.after else _joined(sentences[part] for part in plant.parts)
        faults.append(_fault(plant, start, stood))
    return Draft(text, clean, tuple(faults))


def _fault(plant: _Plant, start: int, stood: str) -> PlantedFault:
    """Return a planted fault; of a statement with another figure, the figure alone is wrong."""
    words, criterion = plant.words.rstrip("\n"), _criterion(plant)
    fault = PlantedFault(plant.id, criterion, start, start + len(words), words, stood)
    if plant.id != "wrong_figure":
        return fault
    first, last = _difference(words, stood)
    return replace(
        fault,
        start=start + first,
        end=start + last,
        words=words[first:last],
        clean=stood[first : last + len(stood) - len(words)],
    )


def _difference(words: str, stood: str) -> Span:
    """Return where a figure was changed, with the word that it counts."""
    pairs = zip(_FIGURE.finditer(words), _FIGURE.finditer(stood), strict=True)
    figure = next(now for now, was in pairs if now.group() != was.group())
    unit = re.compile(r"[\s-]*[^\W\d_]+").match(words, figure.end())
    return figure.start(), unit.end() if unit else figure.end()
