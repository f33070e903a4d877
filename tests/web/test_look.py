"""The look: colours that read, sheets without shortcuts, pieces that say what they show."""

import re
from pathlib import Path

import pytest

from simulator.channels import CHANNELS
from simulator.moves import MOVES

SITE = Path(__file__).parents[2] / "smm_academy"
STATIC = SITE / "web" / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
TEMPLATES = sorted(SITE.glob("*/templates/**/*.html"))

# Text and what it stands on; WCAG 2.2 AA asks 4.5 of text and 3 of a control's edge.
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "muted", "petrol", "warning")
      for ground in ("paper", "surface", "sunken", "raised", "petrol-wash")),
    *((f"{mark}-pen", ground) for mark in ("earned", "partly", "lost")
      for ground in (mark, "surface", "paper")),
    *(("ink", f"tint-{number}") for number in range(1, 7)),
    *(("ink", mark) for mark in ("earned", "partly", "lost", "warning-wash")),
    ("on-petrol", "petrol"), ("on-petrol", "petrol-hover"), ("warning", "warning-wash"),
    ("muted", "warning-wash"), ("missing-pen", "surface"),
]  # fmt: skip
EDGE_PAIRS = [("line-strong", "surface"), ("line-strong", "paper"), ("petrol", "surface")]
THEMES = ("light", "dark")


def colours() -> dict[str, dict[str, str]]:
    found = re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (STATIC / "css/tokens.css").read_text()
    )
    return {name: dict(zip(THEMES, pair, strict=True)) for name, *pair in found}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4
        for level in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_reads_on_its_ground(text: str, ground: str, theme: str) -> None:
    palette = colours()

    assert contrast(palette[text][theme], palette[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_the_edge_of_a_control_is_seen(edge: str, ground: str, theme: str) -> None:
    palette = colours()

    assert contrast(palette[edge][theme], palette[ground][theme]) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_needs_no_id_and_no_force(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", rules)

    assert "!important" not in rules
    assert not [selector for selector in selectors if re.search(r"#[a-z]", selector)]
    assert len(sheet.read_text().splitlines()) < 400


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_puts_nothing_in_the_window(script: Path) -> None:
    text = script.read_text()

    assert len(text.splitlines()) < 150
    assert "window." not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_page_has_nothing_inline(template: Path) -> None:
    text = template.read_text()

    assert " style=" not in text
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]* src=)", text)


def test_every_icon_that_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons/icons.svg").read_text()))
    named = {
        name
        for template in TEMPLATES
        for name in re.findall(r'icon\("(\w+)"', template.read_text())
    }

    assert named <= drawn


def test_every_move_and_every_channel_has_an_icon() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (STATIC / "icons/icons.svg").read_text()))

    assert set(MOVES) <= drawn
    assert set(CHANNELS) <= drawn


def test_every_class_of_a_page_has_a_rule() -> None:
    ruled = {
        name for sheet in SHEETS for name in re.findall(r"\.([a-z][\w-]*)", sheet.read_text())
    }
    plain = re.compile(r'class="([^"{}]+)"')
    used = {
        name
        for template in TEMPLATES
        for names in plain.findall(template.read_text())
        for name in names.split()
    }

    assert used <= ruled


def test_every_sheet_and_script_is_described() -> None:
    described = (STATIC / "README.md").read_text()

    assert not [path.name for path in SHEETS + SCRIPTS if f"`{path.name}`" not in described]
