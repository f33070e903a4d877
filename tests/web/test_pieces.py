"""The macros that pages are made of, rendered on their own."""

import re

import jinja2
import pytest
from wtforms import BooleanField, Form, StringField, validators

from smm_academy.web.assets import FOLDER

SKILL = {
    "name": "Empathy",
    "url": "/progress/empathy",
    "words": "Empathy: close",
    "level_title": "close",
    "own": 62,
    "measured": 34,
    "low": 26,
    "high": 43,
    "enough": True,
    "action_title": "Practise 6 min",
    "action_url": "/practice",
}


class Letter(Form):
    """A form with a field to get wrong."""

    name = StringField("Name", [validators.InputRequired("Type a name.")])
    agreed = BooleanField("I agree")


@pytest.fixture
def pages() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER.parent / "templates"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(asset=lambda name: f"/static/{name}", csrf_token=lambda: "token")
    return environment


def draw(pages: jinja2.Environment, module: str, macro: str, *arguments: object) -> str:
    rendered: str = getattr(pages.get_template(f"web/{module}.html").module, macro)(*arguments)
    return str(rendered)


def test_a_mark_is_said_in_words_and_shown_by_a_sign(pages: jinja2.Environment) -> None:
    pieces = [("We are sorry.", "earned", 1), (" ", ""), ("Couriers!", "lost", 2)]

    shown = draw(pages, "evidence", "marked_reply", pieces, "Your reply")

    assert re.search(r"\[earned: </span>We are .*✓1", shown)
    assert re.search(r"\[lost: </span>.*Couriers!.*✗2", shown)


def test_what_is_missing_has_its_slot(pages: jinja2.Environment) -> None:
    shown = draw(pages, "evidence", "marked_reply", [("when", "missing")], "Your reply")

    assert "missing here: when" in shown


def test_a_reply_cannot_bring_markup_of_its_own(pages: jinja2.Environment) -> None:
    shown = draw(pages, "evidence", "marked_reply", [("<b>hi</b> you", "earned")], "Your reply")

    assert "<b>" not in shown
    assert "&lt;b&gt;hi" in shown


def test_a_wrong_field_is_tied_to_its_error(pages: jinja2.Environment) -> None:
    form = Letter(data={})
    form.validate()

    shown = draw(pages, "macros", "form_field", form.name, "As on a certificate.")

    assert 'aria-describedby="name-hint name-error"' in shown
    assert 'id="name-error"' in shown
    assert 'aria-invalid="true"' in shown


def test_a_right_field_names_no_error(pages: jinja2.Environment) -> None:
    shown = draw(pages, "macros", "form_field", Letter(data={"name": "Ewa"}).name)

    assert "aria-" not in shown


def test_the_list_of_errors_leads_to_its_fields(pages: jinja2.Environment) -> None:
    form = Letter(data={})
    form.validate()

    shown = draw(pages, "macros", "form_errors", form)

    assert '<a href="#name">Name</a>: Type a name.' in shown


def test_a_measured_skill_shows_dot_and_interval(pages: jinja2.Environment) -> None:
    shown = draw(pages, "figures", "skill_row", SKILL)

    assert 'class="skill-measured" cx="34%"' in shown
    assert 'x="26%" y="10" width="17%"' in shown


def test_a_skill_with_too_few_answers_shows_no_dot(pages: jinja2.Environment) -> None:
    shown = draw(pages, "figures", "skill_row", SKILL | {"enough": False})

    assert "skill-measured" not in shown
    assert "skill-interval-wide" in shown


def test_a_bad_hour_is_low_on_the_ribbon(pages: jinja2.Environment) -> None:
    shown = draw(
        pages, "figures", "day_ribbon", [(480, 0.2), (540, -0.4), (600, 0.1)], 480, 960, "…"
    )

    assert shown.count("ribbon-low") == 1
    assert 'x="540"' in shown


def test_two_lines_of_two_replies_share_no_id(pages: jinja2.Environment) -> None:
    line = {"number": 1, "title": "Tone", "mark": "earned", "earned": "8", "possible": "10"}

    shown = draw(pages, "evidence", "rubric_line", line | {"reason": "Calm."}, "/disagree")

    assert " id=" not in shown
    assert "<label>" in shown
