"""YAML values remember their places, and slips are explained."""

import pytest
from hypothesis import given, settings, strategies as st

from smm_academy.revisions.sources import Findings, Place
from smm_academy.revisions.yaml_nodes import Node, read_yaml


def read(text: str) -> tuple[Node | None, list[str]]:
    findings = Findings("a")
    node = read_yaml(text, findings)
    return node, [f"{one.code} {one.line}:{one.column}" for one in findings.problems]


def test_every_value_knows_its_line_and_column() -> None:
    node, problems = read("a: 1\nb:\n  - x\n  - {c: d}\n")

    assert node is not None
    assert isinstance(node.content, dict)
    assert node.content["a"].place == Place(1, 4)
    assert node.content["b"].content[1].content["c"].place == Place(4, 9)  # type: ignore[index,union-attr]
    assert problems == []


def test_plain_words_become_numbers_and_truths_and_quoted_ones_do_not() -> None:
    node, _ = read("[1, -2.5, true, no, ~, '7', 1.10.0, 2024-05-01]")

    assert node is not None
    assert node.plain() == [1, -2.5, True, "no", None, "7", "1.10.0", "2024-05-01"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c", "S112 1:5"),
        ("a: `b`", "S112 1:4"),
        ("a: [1, 2", "S112 1:9"),
        ("a: 1\n b: 2", "S112 2:3"),
        ("a: 1\na: 2", "S113 2:1"),
        ("a: &x 1\nb: *x", "S114 1:4"),
        ("[a, b]: c", "S112 1:1"),
        ("a: 1\n---\nb: 2", "S112 2:1"),
        ("a: \x00", "S112 1:4"),
        ("a: " + "[" * 60 + "]" * 60, "S112 1:44"),
    ],
)
def test_what_cannot_be_read_is_named_where_it_stands(text: str, problem: str) -> None:
    assert problem in read(text)[1]


def test_a_colon_in_a_text_is_explained() -> None:
    findings = Findings("a")

    read_yaml("title: Crisis: basics", findings)

    assert findings.problems[0].message == "a colon inside a text reads as a new key"
    assert findings.problems[0].fix == 'put the text after the first colon in straight quotes: "…"'


def test_an_empty_text_has_no_root() -> None:
    assert read("") == (None, [])


def test_a_non_breaking_space_after_a_key_is_a_space() -> None:
    node, problems = read("pool:\u00a0practice\n")

    assert node is not None
    assert node.plain() == {"pool": "practice"}
    assert problems == []


@settings(deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    read(text)


@settings(deadline=None)
@given(st.text("ab:[]{}-&*!|>'\"%@`#,?\n ", max_size=40))
def test_no_punctuation_breaks_the_reader(text: str) -> None:
    read(text)
