"""Answers from a file: every bad input has a stated outcome."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from benchmarks.simulated_answers import draw_answers, draw_graded, draw_two_way, write_csv
from smm_academy.errors import AcademyError
from smm_academy.measurement.calibration import calibrate_items
from smm_academy.measurement.marginal_likelihood import Model
from smm_academy.measurement.responses import (
    BadResponses,
    code_responses,
    read_responses,
)
from tests.measurement.published import LSAT, expand_section

GOOD = "a,b,c\n1,0,1\n0,0,1\n1,1,0\n0,1,1\n"


def graded_csv(seed: int = 4, people: int = 300) -> str:
    random = np.random.default_rng(seed)
    return write_csv(draw_answers(random, draw_graded(random, 6, 2), random.normal(size=people)))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        ("a,b,c\n", "nobody's answers"),
        ("a,b,a\n1,0,1\n", '"a" twice'),
        ("a,,c\n1,0,1\n", "Item 2 has no name"),
        ("a,b,c\n1,0\n", "Line 2 has 2 cells, the heading 3"),
        ("a,b,c\n1,0,1\n1,yes,0\n", 'Line 3, column "b": "yes" is not a score'),
        ("a,b,c\n1,0,inf\n", '"inf" is not a score'),
        ("a,b,c\n1,0,nan\n", '"nan" is not a score'),
        ("a,b,c\n1,0,2\n0,1,0\n", 'Column "c" holds the score 2; this model takes 0 and 1'),
        ("a,b,c\n1,0,0.5\n0,1,0\n", "holds the score 0.5"),
        ("person\nAda\n", "names no item"),
        ('a,b\n1,"' + "9" * 140_000 + '"\n', "Not a CSV file"),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(BadResponses) as refusal:
        calibrate_items(text, "2pl")

    assert sentence in str(refusal.value)
    assert isinstance(refusal.value, AcademyError)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a,b,c\n1,0,1\n", "at least 2 people, better of 200; here is 1"),
        ("a,b,c\n1,1,1\n1,1,1\n1,1,1\n", "here are 0 (3 left out: all answers alike)"),
        ("a,b,c\n,,\n,,\n", "at least 2 people"),
        ("a,b\n1,0\n0,1\n", "at least 3 items"),
    ],
)
def test_too_little_to_fit_is_said(text: str, sentence: str) -> None:
    with pytest.raises(BadResponses) as refusal:
        calibrate_items(text, "2pl")

    assert sentence in str(refusal.value)


@pytest.mark.parametrize("model", ["1pl", "2pl", "3pl", "grm"])
@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n1,1,1\n1,1,1\n1,1,1\n",
        "a,b,c\n0,0,0\n0,0,0\n",
        "a,b,c\n1,0,1\n",
        "a,b,c\n1,zażółć,1\n0,1,1\n",
        "a,b,c\n,,\n,,\n",
        "a,b,c\n1,1,0\n1,1,1\n1,1,0\n",
    ],
    ids=["all right", "all wrong", "one person", "text", "no answers", "one item varies"],
)
def test_every_model_refuses_what_cannot_be_fitted_in_one_sentence(
    model: Model, text: str
) -> None:
    with pytest.raises(BadResponses) as refusal:
        calibrate_items(text, model)

    assert str(refusal.value).endswith((".", ")"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("model", ["1pl", "2pl", "3pl", "grm"])
def test_every_model_leaves_an_item_without_variance_out(model: Model) -> None:
    text = write_csv(np.column_stack([expand_section("section_6"), np.zeros(1000, dtype=int)]))

    found = calibrate_items(text, model, priors=True)

    assert [one["id"] for one in found["left_out"]] == ["q6"]
    assert len(found["items"]) == 5
    json.dumps(found, allow_nan=False)


def test_a_constant_column_is_left_out_and_named() -> None:
    text = write_csv(np.column_stack([expand_section("section_6"), np.ones(1000, dtype=int)]))

    found = calibrate_items(text, "2pl")

    assert found["left_out"] == [
        {"id": "q6", "reason": "every answer is 1: it tells nobody apart"}
    ]
    assert [item["id"] for item in found["items"]] == ["q1", "q2", "q3", "q4", "q5"]
    assert found["log_likelihood"] == pytest.approx(
        LSAT["section_6"]["2pl"]["log_likelihood"], abs=1e-3
    )


def test_an_empty_column_is_left_out() -> None:
    codes = np.column_stack([expand_section("section_6"), np.full(1000, -1)])

    found = calibrate_items(write_csv(codes), "2pl")

    assert found["left_out"][0]["reason"].startswith("nobody answered it")


def test_one_person_can_be_scored_with_given_parameters() -> None:
    parameters = "id,a,b\nq1,1,0\nq2,1,0.5\n"

    found = calibrate_items("q1,q2\n1,1\n", "2pl", parameters=parameters, scores=True)

    assert found["persons"][0]["eap"] > 0
    assert found["persons"][0]["n"] == 2


def test_people_without_answers_stay_in_the_scores_but_not_in_the_fit() -> None:
    codes = np.vstack([expand_section("section_6"), np.full((2, 5), -1)])

    found = calibrate_items(write_csv(codes), "2pl", scores=True)

    assert found["people"] == 1000
    assert len(found["persons"]) == 1002
    assert found["persons"][-1]["eap"] == pytest.approx(0, abs=1e-9)
    assert found["persons"][-1]["se"] == pytest.approx(1, abs=1e-6)
    assert any("2 of 1002 people answered no fitted item" in text for text in found["warnings"])


def test_everybody_right_on_some_items_still_fits_the_rest() -> None:
    found = calibrate_items("a,b,c,d\n1,0,1,1\n0,0,1,1\n1,1,0,1\n0,1,1,1\n", "1pl", priors=True)

    assert [item["id"] for item in found["items"]] == ["a", "b", "c"]


@pytest.mark.parametrize("model", ["1pl", "2pl", "3pl"])
def test_few_people_get_a_warning_and_finite_figures(model: Model) -> None:
    random = np.random.default_rng(9)
    codes = draw_answers(random, draw_two_way(random, 8), random.normal(size=12))

    found = calibrate_items(write_csv(codes), model, scores=True)

    assert any("12 people are few" in sentence for sentence in found["warnings"])
    json.dumps(found, allow_nan=False)


def test_an_item_that_runs_against_the_rest_is_warned_of() -> None:
    codes = expand_section("section_7").copy()
    codes[:, 2] = 1 - codes[:, 2]

    found = calibrate_items(write_csv(codes), "2pl")

    assert found["items"][2]["a"] < 0
    assert any('"q3" runs against the others' in sentence for sentence in found["warnings"])


def test_perfectly_split_items_stay_within_the_limits() -> None:
    codes = np.repeat(np.tri(5, 4, -1, dtype=int), 20, axis=0)

    found = calibrate_items(write_csv(codes), "2pl")

    assert all(abs(item["a"]) <= 20 for item in found["items"])
    json.dumps(found, allow_nan=False)


def test_semicolons_labels_and_byte_order_marks_are_understood() -> None:
    table = read_responses("\ufeffperson;q1;q2\nAda;1;NA\nBo;0;1\n")

    assert table.people == ("Ada", "Bo")
    assert table.items == ("q1", "q2")
    assert np.isnan(table.scores[0, 1])


def test_a_label_that_comes_twice_is_said_and_counts_twice() -> None:
    table = read_responses("person,a,b\nAda,1,0\nAda,0,1\nBo,1,1\n")

    coded = code_responses(table, graded=False)

    assert len(coded.codes) == 3
    assert coded.warnings[0].startswith("1 of the rows repeat")


def test_row_names_written_by_r_are_labels() -> None:
    table = read_responses('"","q1","q2"\n"1",1,0\n"2",NA,1\n')

    assert table.items == ("q1", "q2")
    assert table.people == ("1", "2")


def test_blank_lines_are_no_people() -> None:
    assert read_responses(GOOD + "\n\n").scores.shape == (4, 3)


def test_a_file_is_read_like_its_text(tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text(GOOD, encoding="utf-8")

    assert read_responses(file).scores.tolist() == read_responses(GOOD).scores.tolist()


def test_a_missing_file_and_a_foreign_encoding_are_said(tmp_path: Path) -> None:
    foreign = tmp_path / "old.csv"
    foreign.write_bytes("zażółć,b\n1,0\n".encode("cp1250"))

    with pytest.raises(BadResponses, match="no such file"):
        read_responses(tmp_path / "none.csv")
    with pytest.raises(BadResponses, match="UTF-8"):
        read_responses(foreign)
    with pytest.raises(BadResponses, match="cannot be read"):
        read_responses(tmp_path)


def test_graded_scores_with_gaps_count_as_steps_and_are_said() -> None:
    coded = code_responses(read_responses("a,b\n0,0\n2,1\n5,0\n"), graded=True)

    assert coded.codes[:, 0].tolist() == [0, 1, 2]
    assert coded.categories[0] == (0.0, 2.0, 5.0)
    assert "scores 0, 2, 5" in coded.warnings[0]


def test_a_column_of_measurements_is_no_graded_item() -> None:
    rows = "".join(f"{place},{place % 2}\n" for place in range(30))

    with pytest.raises(BadResponses, match="30 different scores"):
        calibrate_items("a,b\n" + rows, "grm")


def test_an_unknown_model_is_refused() -> None:
    with pytest.raises(BadResponses, match="no model"):
        calibrate_items(GOOD, "4pl")  # type: ignore[arg-type]


def test_a_graded_calibration_scores_others_by_its_own_output() -> None:
    text = graded_csv()
    fitted = calibrate_items(text, "grm", scores=True)

    again = calibrate_items(text, "grm", parameters=json.dumps(fitted), scores=True)

    assert again["log_likelihood"] == pytest.approx(fitted["log_likelihood"], abs=1e-6)
    for once, twice in zip(fitted["persons"], again["persons"], strict=True):
        assert twice == pytest.approx(once, abs=1e-9)


def test_each_graded_item_lists_thresholds_and_their_errors() -> None:
    item = calibrate_items(graded_csv(), "grm")["items"][0]

    assert set(item) == {"id", "a", "thresholds", "d", "categories", "se", "n"}
    assert len(item["thresholds"]) == len(item["se"]["thresholds"]) == 2


def test_each_two_way_item_has_a_b_and_their_errors() -> None:
    item = calibrate_items(write_csv(expand_section("section_6")), "2pl")["items"][0]

    assert set(item) == {"id", "a", "b", "d", "se", "n"}
    assert item["se"]["b"] == pytest.approx(LSAT["section_6"]["2pl"]["se_b"][0], abs=2e-3)


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ("[]", "hold no items"),
        ("{bad", "not valid JSON"),
        ('[{"a": 1}]', "Item 1 of the parameters has no id"),
        ("id,a,b\nq1,1,0\n", 'lack the item "q2"'),
        ("id,a,b\nq1,1,0\nq2,x,0\n", 'a is "x", not a number'),
        ("id,b\nq1,0\nq2,0\n", "a is missing"),
        ("id,a\nq1,1\nq2,1\n", "no b and no thresholds"),
        ("id,a,b\nq1,0,0\nq2,1,0\n", "a must not be 0"),
        ("id,a,b1,b2\nq1,1,1,0\nq2,1,0,1\n", "thresholds must rise"),
        ("id,a,b\nq1,1,0\nq1,1,0\n", '"q1" twice'),
        ("id,a,b,c\nq1,1,0,1.2\nq2,1,0,0\n", "c must lie in"),
        ('[{"id":"q1","a":1,"b":0,"categories":[1,0]}]', "categories must rise"),
    ],
)
def test_a_fault_in_the_parameters_is_named(parameters: str, sentence: str) -> None:
    with pytest.raises(BadResponses) as refusal:
        calibrate_items("q1,q2\n1,0\n", "2pl", parameters=parameters)

    assert sentence in str(refusal.value)


def test_a_score_that_the_parameters_do_not_know_is_refused() -> None:
    with pytest.raises(BadResponses, match="holds the score 3; its parameters know 0, 1"):
        calibrate_items("q1\n3\n", "2pl", parameters="id,a,b\nq1,1,0\n")


def test_parameters_from_csv_take_graded_steps_and_floors() -> None:
    parameters = "id;a;b1;b2;c\nq1;1;-1;1;\nq2;1.5;0;;0.2\n"

    found = calibrate_items("q1,q2\n2,1\n", "grm", parameters=parameters)

    assert found["items"][0]["thresholds"] == pytest.approx([-1, 1])
    assert found["items"][1]["c"] == pytest.approx(0.2)


def test_a_hundred_thousand_rows_are_read_and_fitted() -> None:
    random = np.random.default_rng(1)
    curves = draw_two_way(random, 5)
    text = write_csv(draw_answers(random, curves, random.normal(size=100_000)))
    start = time.process_time()

    found = calibrate_items(text, "2pl")

    assert time.process_time() - start < 20
    assert found["people"] == 100_000
    assert [item["b"] for item in found["items"]] == pytest.approx(
        curves.thresholds[:, 0], abs=0.2
    )
