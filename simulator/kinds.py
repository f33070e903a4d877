"""The kinds of message that reach a community's desk, in the order of the rubric.

Severity, target and limit come from the rubric's table of message types and its section on
time expectations: the type's own figure where it has one, else the default by severity.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

ReplyRule: TypeAlias = Literal["due", "optional", "unwise"]

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message and what the trade expects of whoever meets it.

    ``severity`` runs from 1 (trivial) to 8 (critical); ``target`` and ``limit`` are simulated
    minutes to the first right action (full points, no points), ``None`` where time is no matter.
    ``reply`` says whether a public reply is due, may be given, or does harm.
    """

    id: str
    severity: int
    target: int | None
    limit: int | None
    reply: ReplyRule
    arousal: float
    title: dict[str, str]


def _kind(  # noqa: PLR0913, PLR0917 - a row of a table
    id: str,  # noqa: A002
    severity: int,
    target: int | None,
    limit: int | None,
    reply: ReplyRule,
    arousal: float,
    en: str,
    pl: str,
) -> Kind:
    return Kind(id, severity, target, limit, reply, arousal, {"en": en, "pl": pl})


_ROWS = (
    _kind("praise", 1, DAY, 3 * DAY, "due", 0.2, "Praise or thanks", "Pochwała lub podziękowanie"),
    _kind(
        "peer_talk",
        1,
        None,
        None,
        "unwise",
        0.1,
        "Members talking to each other",
        "Rozmowa między członkami społeczności",
    ),
    _kind(
        "question", 2, HOUR, 4 * HOUR, "due", 0.1, "Question about the offer", "Pytanie o ofertę"
    ),
    _kind(
        "order_question",
        3,
        HOUR,
        4 * HOUR,
        "due",
        0.3,
        "Question about an order or account",
        "Pytanie o zamówienie lub konto",
    ),
    _kind("complaint", 3, HOUR, 4 * HOUR, "due", 0.5, "Complaint", "Skarga"),
    _kind(
        "vulgar_complaint",
        3,
        HOUR,
        4 * HOUR,
        "due",
        0.8,
        "Complaint in vulgar words",
        "Skarga w wulgarnych słowach",
    ),
    _kind(
        "formal_complaint",
        3,
        HOUR,
        4 * HOUR,
        "due",
        0.4,
        "Formal complaint in a comment",
        "Reklamacja w komentarzu",
    ),
    _kind(
        "heated_complaint",
        5,
        30,
        2 * HOUR,
        "due",
        0.9,
        "Heated complaint gaining likes",
        "Wzburzona skarga, która zbiera polubienia",
    ),
    _kind(
        "fair_review",
        3,
        DAY,
        2 * DAY,
        "due",
        0.4,
        "Negative review, justified",
        "Negatywna opinia, uzasadniona",
    ),
    _kind(
        "unfair_review",
        3,
        DAY,
        2 * DAY,
        "due",
        0.5,
        "Negative review, unfair but plausible",
        "Negatywna opinia, niesprawiedliwa, ale prawdopodobna",
    ),
    _kind(
        "fake_review",
        3,
        DAY,
        2 * DAY,
        "due",
        0.4,
        "Review suspected to be fake",
        "Opinia, która wygląda na fałszywą",
    ),
    _kind(
        "misguided",
        2,
        4 * HOUR,
        DAY,
        "due",
        0.3,
        "Wrong facts in good faith",
        "Błędne informacje w dobrej wierze",
    ),
    _kind(
        "rumour",
        5,
        HOUR,
        2 * HOUR,
        "due",
        0.7,
        "Rumour that spreads",
        "Plotka, która się rozchodzi",
    ),
    _kind("troll", 2, 4 * HOUR, DAY, "unwise", 0.6, "Troll without an issue", "Troll bez sprawy"),
    _kind("satire", 1, None, None, "optional", 0.3, "Satire or meme", "Satyra lub mem"),
    _kind(
        "abuse",
        5,
        30,
        2 * HOUR,
        "optional",
        0.9,
        "Hate, threat or attack on a member",
        "Mowa nienawiści, groźba, atak na kogoś",
    ),
    _kind(
        "spam",
        3,
        30,
        2 * HOUR,
        "unwise",
        0.0,
        "Spam, scam or impostor",
        "Spam, oszustwo, podszywanie się",
    ),
    _kind(
        "personal_data",
        5,
        15,
        HOUR,
        "optional",
        0.3,
        "Personal data in public",
        "Dane osobowe widoczne dla wszystkich",
    ),
    _kind(
        "safety_report",
        8,
        15,
        HOUR,
        "due",
        0.8,
        "Safety or injury report",
        "Zgłoszenie zagrożenia lub urazu",
    ),
    _kind(
        "crisis_victim",
        8,
        HOUR,
        2 * HOUR,
        "due",
        0.8,
        "Crisis, the brand is a victim",
        "Kryzys: marka jest ofiarą",
    ),
    _kind(
        "crisis_accidental",
        8,
        HOUR,
        2 * HOUR,
        "due",
        0.8,
        "Crisis by accident",
        "Kryzys: wypadek lub awaria",
    ),
    _kind(
        "crisis_preventable",
        8,
        30,
        HOUR,
        "due",
        0.9,
        "Crisis that could have been prevented",
        "Kryzys, któremu można było zapobiec",
    ),
    _kind(
        "self_harm",
        8,
        10,
        HOUR,
        "due",
        0.7,
        "Signal of self-harm",
        "Sygnał, że ktoś może sobie zrobić krzywdę",
    ),
    _kind(
        "press",
        5,
        30,
        2 * HOUR,
        "due",
        0.3,
        "Journalist, lawyer or regulator",
        "Dziennikarz, prawnik lub urząd",
    ),
    _kind(
        "disclosure",
        5,
        None,
        None,
        "optional",
        0.1,
        "Paid post to check before publishing",
        "Współpraca reklamowa do sprawdzenia przed publikacją",
    ),
    _kind(
        "discrimination",
        5,
        30,
        2 * HOUR,
        "due",
        0.8,
        "Discrimination or accessibility complaint",
        "Skarga na dyskryminację lub brak dostępności",
    ),
    _kind(
        "political_bait",
        3,
        4 * HOUR,
        DAY,
        "optional",
        0.6,
        "Political or sensitive bait",
        "Zaczepka polityczna lub światopoglądowa",
    ),
    _kind(
        "insider",
        5,
        30,
        2 * HOUR,
        "optional",
        0.6,
        "Employee or insider in the comments",
        "Pracownik lub osoba z firmy w komentarzach",
    ),
    _kind(
        "queue_in_crisis",
        8,
        15,
        HOUR,
        "unwise",
        0.2,
        "Cheerful queue during a crisis",
        "Wesoła kolejka postów w czasie kryzysu",
    ),
)

KINDS: dict[str, Kind] = {kind.id: kind for kind in _ROWS}
"""Kind by id, in the order of the rubric."""
