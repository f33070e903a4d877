"""Pages of lessons: the course, its glossary, its sheets, one lesson and what is done in it."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from smm_academy.accounts.cookies import whoever_acts
from smm_academy.clock import now
from smm_academy.errors import NotFound
from smm_academy.lessons import operations, queries
from smm_academy.lessons.course import course_map, modules_of
from smm_academy.lessons.glossary import by_letter
from smm_academy.lessons.passages import Lesson, Passage
from smm_academy.quizzes.drawing import lay_out
from smm_academy.quizzes.forms import QuestionForm, question_form
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.responses import field_names, read_response
from smm_academy.web.application import session
from smm_academy.web.locale import interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("lessons", __name__, url_prefix="/learn", template_folder="templates")

CHECK_SEED = 1
"""Every reader meets the options of a question inside a lesson in the same order."""


@blueprint.get("")
def course() -> str:
    """List the lessons, module by module."""
    cards = queries.lesson_cards(session(), viewer(), interface_locale())
    return render_template(
        "lessons/course.html",
        cards=cards,
        modules=modules_of(cards),
        branches=course_map(cards),
        active="learn",
    )


@blueprint.get("/glossary")
def glossary() -> str:
    """List the words of the trade in both languages, by the letters of the reader's."""
    terms = queries.published_glossary(session(), viewer())
    letters = by_letter(terms, interface_locale())
    return render_template("lessons/glossary.html", letters=letters, active="learn")


@blueprint.get("/modules/<module>/sheet")
def sheet(module: str) -> str:
    """Show a module on paper: objectives, key points, questions, and the answers at the end."""
    lessons = queries.module_lessons(session(), viewer(), module, interface_locale())
    asked = {lesson.id: [_on_paper(one) for one in lesson.passages] for lesson in lessons}
    return render_template(
        "lessons/sheet.html", module=module, lessons=lessons, asked=asked, active="learn"
    )


@blueprint.get("/<key>")
def lesson(key: str) -> Response:
    """Show a lesson."""
    return _lesson_page(key, {})


@blueprint.post("/<key>/checks/<passage_id>")
def check(key: str, passage_id: str) -> Response:
    """Answer a question inside a lesson; it counts for nothing but learning."""
    found = queries.published_lesson(session(), viewer(), key, interface_locale())
    question = next(
        (one.question for one in found.passages if one.id == passage_id and one.question), None
    )
    if question is None:
        raise NotFound("This lesson has no such question.")
    fields = {name: request.form.getlist(name) for name in field_names(question)}
    if viewer().id:
        graded = grade(question, read_response(question, fields))
        missed = graded.is_answered and not graded.is_correct
        operations.answer_check(session(), viewer(), key, passage_id, now(), missed=missed)
    return _lesson_page(key, {passage_id: fields})


@blueprint.post("/<key>/place")
def place(key: str) -> Response:
    """Remember the block that a signed-in reader has reached; sent while they read."""
    queries.published_lesson(session(), viewer(), key, interface_locale())
    if viewer().id:
        operations.keep_place(session(), viewer(), key, request.form.get("block", ""), now())
    return make_response("", 204)


@blueprint.post("/<key>/finish")
def finish(key: str) -> Response:
    """Mark a lesson as finished and go on to what follows."""
    at = now()
    found = queries.published_lesson(session(), viewer(), key, interface_locale())
    operations.finish_lesson(session(), whoever_acts(at), key, at)
    following = _neighbours(found)[1]
    if request.form.get("then") == "quiz" and found.quiz:
        return redirect(f"/quizzes/{found.quiz}?from=/learn/{key}")
    return redirect(f"/learn/{following.id}" if following else "/learn")


def _lesson_page(key: str, answered: dict[str, dict[str, list[str]]]) -> Response:
    found = queries.published_lesson(session(), viewer(), key, interface_locale())
    before, after = _neighbours(found)
    forms, grades = {}, {}
    for passage in found.passages:
        question = passage.question
        if question is None:
            continue
        fields = answered.get(passage.id, {})
        forms[passage.id] = question_form(question, lay_out(question, CHECK_SEED), fields)
        if passage.id in answered:
            grades[passage.id] = grade(question, read_response(question, fields))
    page = render_template(
        "lessons/lesson.html",
        lesson=found,
        forms=forms,
        grades=grades,
        reading=queries.readings_of(session(), viewer()).get(key),
        before=before,
        after=after,
        active="learn",
    )
    return make_response(page)


def _on_paper(passage: Passage) -> tuple[QuestionForm, Grade] | None:
    """Return a question with nothing filled in, and what would have been right."""
    question = passage.question
    if question is None:
        return None
    form = question_form(question, lay_out(question, CHECK_SEED), {})
    return form, grade(question, read_response(question, {}))


def _neighbours(found: Lesson) -> tuple[Lesson | None, Lesson | None]:
    ordered = queries.published_lessons(session(), viewer(), interface_locale())
    place = next(number for number, one in enumerate(ordered) if one.id == found.id)
    return (
        ordered[place - 1] if place else None,
        ordered[place + 1] if place + 1 < len(ordered) else None,
    )
