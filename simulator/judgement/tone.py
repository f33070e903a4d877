"""The tone of a message and of a reply, and how well the one answers the other."""

from dataclasses import dataclass

from simulator.judgement.annotation import Annotation

_GLAD, _SORRY = 1.0, 1.2


@dataclass(frozen=True, slots=True)
class Tone:
    """How far a text praises, complains and asks, each in [0, 1]."""

    praise: float
    complaint: float
    question: float


def _saturate(count: float, half: float) -> float:
    return count / (count + half)


def asks_outright(message: Annotation) -> bool:
    """Return whether a message asks: by a question mark, or by how one of its sentences opens."""
    if "?" in message.text.raw:
        return True
    text = message.text
    before = {
        index
        for hit in message.cues.get("greeting", ())
        for index in range(hit.first, hit.last + 1)
    } | {index for index, token in enumerate(text.tokens) if text.raw[: token.start].endswith("@")}
    for hit in message.cues.get("opens_question", ()):
        sentence = text.tokens[hit.first].sentence
        if all(
            index in before
            for index in range(hit.first)
            if text.tokens[index].sentence == sentence
        ):
            return True
    return False


def message_tone(message: Annotation, stars: int | None = None) -> Tone:
    """Return the tone of a customer's message; ``stars`` is its rating where it has one."""
    negators = {
        index
        for hit in message.cues.get("negation", ())
        for index in range(hit.first, hit.last + 1)
    }
    positive = negative = 0.0
    for hit in message.tones.get("positive", ()):
        if any(index in negators for index in range(max(0, hit.first - 3), hit.first)):
            negative += 1
        else:
            positive += 1
    negative += sum(1 for _ in message.tones.get("negative", ()))
    negative += 0.4 * min(2, message.count("negation"))
    for label in message.concepts:
        lean = message.words.concepts[label].lean
        positive += 0.5 * (lean > 0)
        negative += 0.7 * (lean < 0)
    asks = 0.35 * len(message.tones.get("question", ())) + 1.5 * (
        message.text.raw.count("?") or asks_outright(message)
    )
    if stars is not None:
        positive += max(0, stars - 3) * 2
        negative += max(0, 3 - stars) * 2
    total = positive + negative
    if not total:
        return Tone(0.0, 0.0, _saturate(asks, 0.6))
    return Tone(
        _saturate(positive, 1.0) * positive / total,
        _saturate(negative, 1.0) * negative / total,
        _saturate(asks, 1.0) * (0.5 if total > 3 else 1.0),  # noqa: PLR2004 - many evaluations
    )


def reply_tone(reply: Annotation) -> Tone:
    """Return the tone of a reply: glad, sorry, or asking back."""
    glad = _GLAD * reply.count("glad") + 0.3 * reply.count("thanks")
    sorry = _SORRY * reply.count("apology") + 0.6 * reply.count("empathy")
    sorry += 0.4 * reply.count("apologetic_negative") + 0.3 * reply.count("improve")
    total = glad + sorry
    if not total:
        return Tone(0.0, 0.0, 0.0)
    return Tone(
        _saturate(glad, 1.0) * glad / total,
        _saturate(sorry, 1.0) * sorry / total,
        min(1.0, reply.text.raw.count("?") / 2),
    )


def fit(message: Tone, reply: Tone) -> float:
    """Return how well a reply's tone answers a message's, from -1 to 1."""
    lean = message.praise - message.complaint
    answer = reply.praise - reply.complaint
    return max(-1.0, min(1.0, 1.6 * lean * answer))
