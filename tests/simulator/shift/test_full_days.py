"""A full day as a record: its parts, its reasons, its model answers; and any moves at all."""

import json

import pytest
from hypothesis import given, settings, strategies as st

import simulator
from simulator import Move, MoveRefused
from simulator.duties import report_figures
from simulator.experts import play
from simulator.shift import office, scoring
from simulator.shift.baselines import expert, live

EVENING, OUTAGE = "zakwas-evening", "nitka-outage"
BEST = {
    "variant": "question",
    "format": "event",
    "audience": "south",
    "picture": "irena",
    "alt": "describes",
}


def setting(
    scenario_id: str, locale: simulator.Locale = "en"
) -> tuple[simulator.Scenario, simulator.Brand]:
    pack = simulator.scenario_pack(scenario_id)
    brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
    return simulator.scenario(pack, locale), brand


def test_the_full_day_weighs_its_parts_as_the_rubric_says() -> None:
    parts: dict[str, float | None] = dict.fromkeys(scoring.PARTS, 100.0)
    assert sum(scoring.FULL_DAY.values()) == pytest.approx(1)
    assert scoring.total(parts | {"inbox": 0.0}) == pytest.approx(55)
    assert scoring.total(parts | {"report": 0.0}) == pytest.approx(92)
    alone = parts | dict.fromkeys(scoring.BEYOND_THE_INBOX)
    assert scoring.total(alone | {"inbox": 0.0}) == pytest.approx(35)


@pytest.mark.parametrize(("scenario_id", "locale"), [(EVENING, "pl"), (OUTAGE, "en")])
def test_a_record_holds_every_duty_with_reasons_and_model_answers(
    scenario_id: str, locale: simulator.Locale
) -> None:
    record = play(*setting(scenario_id, locale), 6, "novice")

    assert json.loads(json.dumps(record)) == record
    assert all(record["parts"][name] is not None for name in scoring.FULL_DAY)
    for sheet in record["duties"]:
        assert 0 <= sheet["score"] <= 100
        for row in sheet["criteria"]:
            reason = simulator.Reason(row["reason"]["code"], row["reason"]["values"])
            for language in ("en", "pl"):
                sentence = simulator.phrase(reason, language)
                assert "{" not in sentence
                assert "fit." not in sentence + " "
            assert row["source"]
            assert row["strength"]
            assert row["id"] in simulator.DUTY_CRITERIA
        assert sheet["ideal"] is not None
        dropped = sheet["criteria"][0]["reason"]["code"] == "C1.drop"
        assert (sheet["ideal"]["move"] == "") is dropped
        for name, chosen in sheet["ideal"]["choices"].items():
            field, _, rest = name.partition(".")
            fields = {"spend": "segment", "numerator": "measure", "denominator": "measure"}
            wanted = rest if field == "spend" else chosen
            if field != "value":
                assert f"{fields.get(field, field)}:{wanted}" in sheet["titles"]
        for move in sheet["moves"]:
            if sheet["kind"] == "post" and move["choices"]:
                named = {f"{name}:{value}" for name, value in move["choices"].items()}
                assert named <= set(sheet["titles"])
    told = {sheet["kind"] for sheet in record["duties"]}
    assert told >= {"news", "post", "campaign", "request", "kpi", "conclusion", "payload"}
    assert record["calendar"]
    assert record["measures"]["today"]


def test_the_expert_does_all_duties_and_crosses_no_red_line() -> None:
    record = play(*setting(OUTAGE, "pl"), 4, "expert")

    assert record["red_lines"] == []
    for name in scoring.BEYOND_THE_INBOX:
        assert (record["parts"][name] or 0) > 95


def test_the_language_of_a_full_day_changes_no_figure() -> None:
    days = [live(*setting(EVENING, locale), 5, expert) for locale in ("en", "pl")]
    figures = []
    for day in days:
        found = office.standing(day.scene)
        figures.append(report_figures(found, office.inbox(day.scene, 200))["today"]["ad_cost"])

    assert figures[0] == figures[1]


ITEMS = ("fire", "bread_day", "sign_up", "starter", "warm_bread", "half_price", "titles",
         "five_thousand", "nowhere", "")  # fmt: skip
CHOICES = st.one_of(
    st.just(BEST),
    st.just({}),
    st.dictionaries(
        st.sampled_from(("spend.near", "spend.bought", "bid.near", "amount", "variant",
                         "value.err.today", "conclusion", "payload.tagged_link")),
        st.sampled_from(("10", "300", "-1", "1e9", "nan", "low", "fits", "question", "")),
        max_size=4,
    ),
)  # fmt: skip
DUTY_MOVES = st.builds(
    Move,
    kind=st.sampled_from(
        [*(name for name, kind in simulator.MOVES.items() if kind.duty), "wait", "reply"]
    ),
    message=st.sampled_from(("m01", "m02", "")),
    text=st.sampled_from(("", "Not ours, thank you.", "😀", "x" * 3000)),
    to=st.sampled_from(("web", "legal", "near", "bought", "moon", "")),
    minutes=st.sampled_from((0, 30, 60, 150, 330)),
    item=st.sampled_from(ITEMS),
    choices=CHOICES,
)


@settings(max_examples=25, deadline=None)
@given(moves=st.lists(DUTY_MOVES, min_size=5, max_size=40))
def test_any_moves_keep_the_day_sound(moves: list[Move]) -> None:
    scenario, brand = setting(EVENING)
    shift = simulator.start(scenario, brand, 5)
    taken = []
    for move in moves:
        before = shift.checksum()
        try:
            shift.apply(move)
        except MoveRefused:
            assert shift.checksum() == before
            continue
        taken.append(move)
        campaign = shift.desk().duties.campaign  # type: ignore[union-attr]
        assert campaign is not None
        assert campaign.remaining >= 0
        assert sum(row.cost for row in campaign.segments) <= campaign.budget + 0.01

    assert simulator.replay(scenario, brand, 5, taken).checksum() == shift.checksum()
    resumed = simulator.resume(scenario, brand, 5, shift.snapshot())
    assert resumed.desk() == shift.desk()
    for sheet in office.sheets(shift.scene):
        assert 0 <= sheet.score <= 100.0001
    marked = [scoring.mark(shift.scene, case) for case in shift.state.cases.values()]
    parts = scoring.parts(marked, office.sheets(shift.scene), 0.0, (-1.0, 1.0))
    assert 0 <= scoring.total(parts) <= 100.0001
