"""What the judge sees in a reply, in both languages."""

from dataclasses import replace

import pytest

from simulator.brands import Fact
from simulator.items import Author, Item, Reply
from simulator.judgement import Reading, Rubric, infer, phrase, read, score

LATE = "Still waiting for my parcel, ordered two weeks ago. Nobody answers. Where is it?"
LATE_PL = "Czekam na paczkę drugi tydzień i nikt nie odpowiada! Gdzie jest kurier?"
GOOD = (
    "Hi, we are sorry your delivery is late. Our shipping team is checking with the courier today "
    "and we'll message you by 5 pm."
)
GOOD_PL = (
    "Dzień dobry, przepraszamy za opóźnioną przesyłkę. Dział wysyłki sprawdza to dziś z kurierem "
    "i odezwiemy się do godziny 17."
)
CASES = [("en", LATE, GOOD), ("pl", LATE_PL, GOOD_PL)]


def points(message: str, reply: str, locale: str = "en", **known: object) -> float:
    item, _ = infer(message, locale, **known)  # type: ignore[arg-type]
    return score(item, read(item, Reply(reply))).score


def reading(message: str, reply: str, locale: str = "en", **known: object) -> Reading:
    item, _ = infer(message, locale, **known)  # type: ignore[arg-type]
    return read(item, Reply(reply))


@pytest.mark.parametrize(("locale", "message", "reply"), CASES)
def test_a_specific_reply_with_a_step_is_strong(locale: str, message: str, reply: str) -> None:
    assert points(message, reply, locale) >= 70


@pytest.mark.parametrize(
    ("locale", "message", "reply", "stock"),
    [
        (*CASES[0], "Thank you for contacting us. Your opinion is very important to us."),
        (*CASES[1], "Dziękujemy za kontakt. Państwa opinia jest dla nas bardzo ważna."),
    ],
)
def test_a_stock_reply_is_weak(locale: str, message: str, reply: str, stock: str) -> None:
    assert points(message, stock, locale) < 40 < points(message, reply, locale)


@pytest.mark.parametrize(
    ("locale", "message", "reply", "worse"),
    [
        (*CASES[0], "You should have read the conditions."),
        (*CASES[0], "You are an idiot."),
        (*CASES[0], "Our lawyers will contact you."),
        (*CASES[0], "Please write your phone number and full address in the comments."),
        (*CASES[0], "Oh dear, what a tragedy."),
        (*CASES[1], "Trzeba było przeczytać regulamin."),
        (*CASES[1], "Jest pan idiotą."),
        (*CASES[1], "Podejmiemy kroki prawne za zniesławienie."),
        (*CASES[1], "Proszę podać w komentarzu numer telefonu i adres."),
        (*CASES[1], "Ojej, jaka tragedia."),
    ],
)
def test_hurtful_words_lower_a_score_wherever_they_stand(
    locale: str, message: str, reply: str, worse: str
) -> None:
    real = points(message, reply, locale)
    assert points(message, f"{reply} {worse}", locale) < real
    assert points(message, f"{worse} {reply}", locale) < real


@pytest.mark.parametrize(
    ("locale", "message", "sorry", "denied"),
    [
        ("en", LATE, "We are sorry about the delivery.", "We are not sorry about the delivery."),
        ("pl", LATE_PL, "Przepraszamy za przesyłkę.", "Nie przepraszamy za przesyłkę."),
    ],
)
def test_a_denied_apology_is_none(locale: str, message: str, sorry: str, denied: str) -> None:
    meant = reading(message, sorry, locale).facets["U3"].value
    refused = reading(message, denied, locale).facets["U3"].value
    assert meant is not None
    assert refused is not None
    assert refused < meant / 2


def test_being_sorry_for_a_feeling_is_no_apology() -> None:
    facet = reading(LATE, "We are sorry you feel that way about the delivery.").facets["U3"]
    assert facet.reason.code == "U3.hollow"


def test_a_reply_about_the_same_thing_in_other_words_is_attentive() -> None:
    same = reading("My lamp came broken.", "We will exchange the smashed light for a new one.")
    other = reading("My lamp came broken.", "The choir sings in the parish hall on Tuesday.")
    assert (same.facets["U2"].value or 0) > 2 * (other.facets["U2"].value or 0)


@pytest.mark.parametrize(("locale", "message", "reply"), CASES)
def test_lost_diacritics_cost_nothing(locale: str, message: str, reply: str) -> None:
    plain = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
    bare = points(message.translate(plain), reply.translate(plain), locale)
    assert abs(points(message, reply, locale) - bare) <= 3


@pytest.mark.parametrize(("locale", "message", "reply"), CASES)
def test_a_typo_costs_little(locale: str, message: str, reply: str) -> None:
    typo = reply.replace("courier", "couirer").replace("kurierem", "kureirem")
    assert points(message, reply, locale) - points(message, typo, locale) < 12


def test_spans_index_the_reply_as_it_was_sent() -> None:
    sent = "\u202e\u200bWe are so\u200brry about the p\u0301arcel. You are an idiot."
    spans = [span for gate in reading(LATE, sent).gates for span in gate.spans]
    assert [sent[start:end] for start, end in spans] == ["idiot"]


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "   ",
        "🙏🙏🙏",
        "\x00\x01\x02",
        "Ми перевіримо це сьогодні",
        "我们会检查",
        "?" * 500,
        "x" * 20000,
    ],
)
def test_any_text_is_read_and_explained(reply: str) -> None:
    item, _ = infer(LATE, "en")
    result = score(item, read(item, Reply(reply)))
    assert 0 <= result.score < 40
    assert all(phrase(row.reason, "pl") and phrase(row.reason, "en") for row in result.criteria)


def test_more_than_two_thousand_characters_are_a_fault_of_format() -> None:
    facet = reading(LATE, f"{GOOD} " * 30).facets["U12"]
    assert facet.value == 0
    assert facet.reason.code == "U12.long"


def test_a_short_thanks_for_praise_is_fine() -> None:
    assert points("Lovely coffee, thank you!", "Thank you so much, that made our day!") >= 40


def test_silence_where_a_reply_is_due_scores_nothing() -> None:
    item, _ = infer(LATE, "en")
    assert score(item, read(item, Reply(""))).score == 0


def test_right_inaction_with_a_reason_scores_fully() -> None:
    item = Item("m", "troll", "en", "You are all sheep lol", severity=2, arousal=0.6)
    done = Reply("", moves=("open", "no_action"), minutes=30, reason_given=True)
    assert score(item, read(item, done)).score == 100


def test_answering_a_troll_is_the_wrong_tool_even_in_perfect_words() -> None:
    item = Item("m", "troll", "en", "You are all sheep lol", severity=2, arousal=0.6)
    quiet = Reply("", moves=("no_action",), minutes=30)
    polite = Reply("Thank you for your opinion, have a good day.", moves=("reply",), minutes=30)
    assert score(item, read(item, polite)).score < score(item, read(item, quiet)).score


def test_removing_criticism_crosses_a_red_line() -> None:
    item, _ = infer(LATE, "en", kind="complaint")
    result = score(item, read(item, Reply(GOOD, moves=("reply", "delete"))))
    assert [gate.id for gate in result.gates] == ["U10"]
    assert result.score <= 30


def test_a_late_reply_costs_trust() -> None:
    item, _ = infer(LATE, "en", kind="complaint")
    prompt = score(item, read(item, Reply(GOOD, minutes=30))).score
    late = score(item, read(item, Reply(GOOD, minutes=1000))).score
    assert late < prompt


def test_another_figure_than_the_brand_books_is_a_contradiction() -> None:
    facts = (Fact("returns", "Returns are accepted within 30 days of delivery."),)
    item = Item("m", "question", "en", "How long do I have to return a lamp?", facts=facts)
    wrong = read(item, Reply("You can return it within 14 days of delivery."))
    right = read(item, Reply("You can return it within 30 days of delivery."))
    assert wrong.facets["U5"].reason.code == "U5.contradiction"
    assert right.facets["U5"].value == 1


def test_stating_the_due_fact_answers_the_question() -> None:
    facts = (Fact("returns", "Returns are accepted within 30 days of delivery."),)
    item = Item(
        "m", "question", "en", "How long can I send it back?", facts=facts, due_facts=("returns",)
    )
    told = score(item, read(item, Reply("You have 30 days from delivery to return it.")))
    untold = score(item, read(item, Reply("Please look at our website, it is all there.")))
    assert told.score > 70 > untold.score


def test_mixing_forms_of_address_costs_points_of_fit_only(lumo_pl: object) -> None:
    item = replace(
        infer(LATE_PL, "pl")[0],
        brand=lumo_pl,  # type: ignore[arg-type]
        author=Author(form="ty"),
        facts=(),
    )
    mixed = read(item, Reply(f"{GOOD_PL} Napisz do nas, a oddzwonimy do Pani."))
    assert mixed.facets["U14"].reason.code == "U14.mixed"
    assert mixed.gates == ()


def test_an_instructor_may_switch_a_criterion_off() -> None:
    item, _ = infer(LATE, "en")
    seen = read(item, Reply(GOOD))
    rows = {row.id: row for row in score(item, seen, Rubric(off=frozenset({"U3"}))).criteria}
    assert not rows["U3"].applies
    assert rows["U2"].applies


def test_an_unknown_criterion_in_a_rubric_is_refused() -> None:
    with pytest.raises(ValueError, match="no criterion U99"):
        Rubric(weights={"U99": 5})


def test_what_is_given_is_not_inferred() -> None:
    item, guesses = infer(LATE, "en", kind="order_question", severity=5)
    assert item.kind == "order_question"
    assert item.severity == 5
    assert "kind" not in guesses
    assert "severity" not in guesses
    assert "wants" in guesses


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lovely stay, thank you all!", "praise"),
        ("Do you ship to Ireland?", "question"),
        ("The soup was cold and the waiter rude.", "complaint"),
        ("Świetna obsługa, dziękuję!", "praise"),
        ("Zupa zimna, a kelner niegrzeczny.", "complaint"),
        ("Czy wysyłacie do Irlandii?", "question"),
        ("Składam reklamację, lampa nie działa.", "formal_complaint"),
        ("I want to end my life", "self_harm"),
    ],
)
def test_the_kind_of_a_bare_message_is_inferred(text: str, kind: str) -> None:
    assert infer(text)[0].kind == kind


def test_the_language_of_a_bare_message_is_inferred() -> None:
    assert infer("Gdzie jest moja paczka i kiedy dojdzie?")[0].locale == "pl"
    assert infer("Where is my parcel and when will it come?")[0].locale == "en"


def test_a_sales_pitch_under_praise_loses_manner() -> None:
    item, _ = infer("Lovely lamp, thank you!", "en", kind="praise", must_not=("sales_pitch",))
    plain = read(item, Reply("Thank you, we are so glad you like the lamp!"))
    pitch = read(item, Reply("Thank you! Check out our new collection, use code GLOW."))
    assert pitch.facets["U6"].reason.code == "U6.sales"
    assert (pitch.facets["U6"].value or 0) < (plain.facets["U6"].value or 0)


def test_sending_a_question_to_private_messages_is_no_answer() -> None:
    item, _ = infer(
        "How much is the blue lamp?", "en", kind="question", must_not=("dm_without_answer",)
    )
    sent_away = read(item, Reply("Please send us a private message about the lamp."))
    answered = read(item, Reply("The blue lamp costs 49 pounds; message us to reserve it."))
    assert sent_away.facets["U4"].reason.code == "U4.away"
    assert (sent_away.facets["U4"].value or 0) < (answered.facets["U4"].value or 0)


def test_confirming_a_patient_in_public_is_not_allowed() -> None:
    item, _ = infer(
        "The doctor was rude.", "en", kind="complaint", facts=(), must_not=("confirm_patient",)
    )
    told = read(item, Reply("We are sorry. Our records show that your treatment went well."))
    assert told.facets["U5"].reason.code == "U5.confirm_patient"
