"""The public face of the judge works in both languages."""

from simulator.items import Reply
from simulator.judgement import infer, model_answer, phrase, read, score

LATE = "Still waiting for my parcel, ordered two weeks ago. Nobody answers. Where is it?"
LATE_PL = "Czekam na paczkę drugi tydzień i nikt nie odpowiada! Gdzie jest kurier?"


def test_a_specific_reply_beats_a_stock_one() -> None:
    item, _ = infer(LATE)
    specific = score(
        item,
        read(
            item,
            Reply(
                "Hi, we are sorry your delivery is late. Our shipping team is checking with the "
                "courier today and we'll message you by 5 pm."
            ),
        ),
    )
    stock = score(item, read(item, Reply("Thank you for contacting us. We value your opinion.")))
    assert specific.band == "strong"
    assert stock.band == "weak"


def test_every_reason_of_a_score_is_a_sentence_in_both_languages() -> None:
    item, _ = infer(LATE_PL)
    result = score(item, read(item, Reply(model_answer(item))))
    for row in result.criteria:
        assert phrase(row.reason, "en").endswith((".", "?"))
        assert phrase(row.reason, "pl").endswith((".", "?"))
