"""U3: does the reply meet the feeling: thanks for praise, regret or concern for a complaint."""

from simulator.items import Item
from simulator.judgement.annotation import Annotation
from simulator.judgement.reading import Facet, Reason, Span
from simulator.judgement.tone import Tone

_NEUTRAL = frozenset(
    {
        *("question", "peer_talk", "spam", "troll", "press", "disclosure", "misguided", "rumour"),
        *("political_bait", "satire", "queue_in_crisis", "insider", "personal_data", "abuse"),
    }
)
_FEELING = ("apology", "empathy", "thanks")


def _for_praise(reply: Annotation, tone: Tone) -> Facet:
    thanks, glad = reply.has("thanks"), reply.has("glad")
    value = min(1.0, 0.7 * thanks + 0.7 * glad)
    if not value and ("positive" in reply.tones or "!" in reply.text.raw):
        value = 0.4
    if reply.count("apology") and tone.complaint < 0.2:  # noqa: PLR2004 - nothing to regret
        value *= 0.4
    spans = reply.spans("thanks", "glad")
    if value:
        return Facet(value, Reason("U3.thanked"), spans)
    return Facet(0.0, Reason("U3.no_thanks"), missing=("thanks",))


def _false_regret(reply: Annotation) -> tuple[Span, ...]:
    return reply.spans("nonapology") + reply.places(reply.negated.get("apology", ()))


def _for_complaint(item: Item, reply: Annotation, whole: Annotation) -> Facet:
    false = _false_regret(whole)
    hollow = {
        index
        for hit in reply.cues.get("nonapology", ())
        for index in range(hit.first, hit.last + 1)
    }
    real = [hit for hit in reply.cues.get("apology", ()) if hit.first not in hollow]
    empathy = reply.count("empathy")
    value = 0.55 * bool(real) + 0.08 * (len(real) > 1)
    value += min(0.4, 0.28 * bool(empathy) + 0.06 * empathy)
    value += 0.12 * reply.has("thanks") + 0.05 * reply.has("apologetic_negative")
    if false:
        value *= 0.3
    spans = reply.places(real) + reply.spans("empathy", "thanks")
    owed = item.fault == "brand" or "apology" in item.must
    if false and not real:
        return Facet(min(0.25, value), Reason("U3.hollow"), (), false, ("apology",))
    if owed and not real:
        return Facet(min(0.5, value), Reason("U3.no_apology"), spans, false, ("apology",))
    if not value:
        return Facet(0.0, Reason("U3.cold"), missing=("acknowledge",))
    return Facet(min(1.0, value), Reason("U3.met"), spans, false)


def read_feeling(item: Item, reply: Annotation, whole: Annotation, tone: Tone) -> Facet:
    """Return U3; it does not apply to plain questions and to what asks for no feeling.

    ``reply`` is what may show feeling, ``whole`` the reply with what hurts.
    """
    if item.kind in _NEUTRAL:
        return Facet(None, Reason("U3.not_asked"))
    if item.kind == "praise":
        return _for_praise(reply, tone)
    if item.kind == "order_question":
        value = min(
            1.0,
            0.6 * (reply.has("apology") or reply.has("empathy"))
            + 0.5 * (reply.has("thanks") or reply.has("glad") or reply.has("greeting")),
        )
        code = "U3.met" if value else "U3.cold"
        return Facet(value, Reason(code), reply.spans(*_FEELING))
    return _for_complaint(item, reply, whole)
