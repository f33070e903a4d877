"""Records can be stored as JSON and read back."""

from dataclasses import dataclass
from typing import Literal

import pytest

from smm_academy.revisions.records import from_plain, to_plain


@dataclass(frozen=True)
class Circle:
    radius: float
    type: Literal["circle"] = "circle"


@dataclass(frozen=True)
class Square:
    side: int
    type: Literal["square"] = "square"


@dataclass(frozen=True)
class Drawing:
    name: str
    shapes: tuple[Circle | Square, ...]
    frame: Square | None = None
    size: tuple[int, str] = (1, "cm")


DRAWING = Drawing("one", (Circle(1.5), Square(2)), Square(9), (3, "mm"))


def test_a_record_comes_back_as_it_was() -> None:
    assert from_plain(Drawing, to_plain(DRAWING)) == DRAWING


def test_keys_of_a_newer_release_are_passed_over() -> None:
    assert from_plain(Square, {"side": 2, "colour": "red"}) == Square(2)


def test_keys_that_are_missing_have_their_defaults() -> None:
    assert from_plain(Drawing, {"name": "two", "shapes": []}) == Drawing("two", ())


def test_a_record_of_no_known_type_is_refused() -> None:
    with pytest.raises(TypeError, match="triangle"):
        from_plain(Drawing, {"name": "x", "shapes": [{"type": "triangle"}]})
