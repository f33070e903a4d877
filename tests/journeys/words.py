"""What a learner writes in each language, and what the content says there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The texts of one journey."""

    language: str
    reply: str
    better: str
    question: str
    reason: str
    objection: str
    lesson_title: str
    number: str


ENGLISH = Words(
    "en",
    reply="Thank you for writing. I am sorry that you are still waiting; I look into it now.",
    better=(
        "I am sorry about this. Please send us the order number in a private message, and today "
        "by four I will tell you when the new one arrives."
    ),
    question="What do we know about this order?",
    reason="It asks for nothing, and a reply would only feed it.",
    objection="The reply names a time, and the line says that it does not.",
    lesson_title="SMM, SMO",
    number="5 %",
)
POLISH = Words(
    "pl",
    reply="Dziękujemy za wiadomość. Przykro nam, że to tyle trwa. Już sprawdzamy, co się stało.",
    better=(
        "Bardzo przepraszamy. Prosimy o numer zamówienia w wiadomości prywatnej, a dziś do "
        "szesnastej napiszemy, kiedy dotrze nowa lampa."
    ),
    question="Co wiemy o tym zamówieniu?",
    reason="Nikt tu o nic nie pyta, a odpowiedź tylko by to podsyciła.",
    objection="W odpowiedzi jest termin, a ocena mówi, że go nie ma.",
    lesson_title="SMM, SMO",
    number="5,0",
)
