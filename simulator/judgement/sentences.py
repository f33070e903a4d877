"""Which sentences of a reply may earn: not those that hurt, nor stock phrases among real ones.

A sentence that blames, insults or leaks never raises a score by what else it says, and stock
sentences that could stand under any message earn nothing beside sentences that could not.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.judgement.annotation import Annotation
from simulator.judgement.phrasebook import Hit
from simulator.judgement.reading import Gate

_HURTFUL = (
    *("insult", "threat", "accuse", "blame", "sarcasm", "dismiss", "injection", "pose"),
    *("nonapology",),
)
_SPECIFIC = 0.34
_FEW_STEMS = 1
_STOCK_SHARE = 0.45
_SOME_STOCK = 0.25
_KEEPS = ("apology",)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Numbers of the sentences of a reply: all, the hurtful ones, and the stock ones.

    ``plain`` are stock sentences together with apologies that name nothing.
    """

    all: frozenset[int]
    hurtful: frozenset[int]
    stock: frozenset[int]
    plain: frozenset[int]

    @property
    def only_stock(self) -> bool:
        """Return whether nothing is left but stock and hurtful sentences."""
        return not self.all - self.hurtful - self.plain


def _of(reply: Annotation, hits: Iterable[Hit]) -> set[int]:
    return {reply.text.tokens[hit.first].sentence for hit in hits}


def _stock_share(reply: Annotation) -> dict[int, float]:
    """Return sentence -> share of its words that stand in stock phrases."""
    sizes: dict[int, int] = {}
    for token in reply.text.tokens:
        sizes[token.sentence] = sizes.get(token.sentence, 0) + 1
    covered: dict[int, set[int]] = {}
    for hit in reply.cues.get("canned", ()):
        covered.setdefault(reply.text.tokens[hit.first].sentence, set()).update(
            range(hit.first, hit.last + 1)
        )
    return {number: len(covered.get(number, ())) / size for number, size in sizes.items()}


def classify(reply: Annotation, gates: tuple[Gate, ...]) -> Sentences:
    """Return which sentences of a reply hurt and which are stock."""
    tokens = reply.text.tokens
    hurtful = {number for cue in _HURTFUL for number in _of(reply, reply.cues.get(cue, ()))}
    leaks = [span for gate in gates for span in gate.spans]
    hurtful |= {
        token.sentence
        for token in tokens
        for start, end in leaks
        if start <= token.start and token.end <= end
    }
    told: dict[int, float] = {}
    for label, hits in reply.concepts.items():
        if reply.words.concepts[label].weight >= _SPECIFIC:
            for number in _of(reply, hits):
                told[number] = told.get(number, 0.0) + 1
    for places in reply.content.values():
        for place in places:
            number = tokens[place].sentence
            told[number] = told.get(number, 0.0) + 0.5
    figures = {
        token.sentence for token in tokens if token.word[0].isdigit() and token.sentence in told
    }
    dated = {token.sentence for token in tokens if token.word[0].isdigit()}
    dated |= _of(reply, reply.cues.get("commit", ()))
    firm = dated & _of(reply, reply.cues.get("when", ()))
    kept = {number for cue in _KEEPS for number in _of(reply, reply.cues.get(cue, ()))}
    stock = {
        number
        for number, share in _stock_share(reply).items()
        if number not in kept | figures
        and (
            (share >= _STOCK_SHARE and told.get(number, 0.0) <= 2 * _FEW_STEMS)
            or (share >= _SOME_STOCK and told.get(number, 0.0) <= _FEW_STEMS)
            or (
                told.get(number, 0.0) <= 0.5  # noqa: PLR2004 - at most one word of its own
                and number not in firm
                and (share >= _SOME_STOCK or _is_idle(reply, number))
            )
        )
    }
    everything = frozenset(token.sentence for token in tokens)
    bare = {number for number in kept if told.get(number, 0.0) <= 0.5}  # noqa: PLR2004
    stock -= hurtful
    plain = frozenset(stock | (bare - firm - figures))
    return Sentences(everything, frozenset(hurtful), frozenset(stock), plain)


def _is_idle(reply: Annotation, number: int) -> bool:
    """Return whether a sentence neither acts nor asks for anything that can be done."""
    acts = set()
    for cue in ("commit", "ask_step", "explain", "yes_no", "thanks", "glad", "empathy"):
        acts |= _of(reply, reply.cues.get(cue, ()))
    return number not in acts
