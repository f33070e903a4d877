"""Pages of quizzes: which there are, one question at a time, handing in, the result.

The skill check is a quiz with a way forward only; its pages stand under an address of their own.
"""

from collections.abc import Mapping

from flask import Blueprint, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from smm_academy.accounts.cookies import whoever_acts
from smm_academy.clock import now
from smm_academy.errors import Invalid
from smm_academy.measurement.parameter_queries import strengths_of
from smm_academy.quizzes import operations, queries
from smm_academy.quizzes.drawing import lay_out
from smm_academy.quizzes.forms import QuestionForm, question_form
from smm_academy.quizzes.grading import Grade, grade
from smm_academy.quizzes.responses import field_names
from smm_academy.quizzes.skill_check import more_to_come
from smm_academy.sittings.models import Activity, Feedback, Sitting
from smm_academy.sittings.queries import drafts_of, find_open
from smm_academy.sittings.sitter import is_confined, sitter
from smm_academy.sittings.timing import is_over, seconds_left
from smm_academy.web.application import session
from smm_academy.web.errors import say
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.paths import local_path
from smm_academy.web.viewer import viewer

blueprint = Blueprint("quizzes", __name__, url_prefix="/quizzes", template_folder="templates")
checks = Blueprint("checks", __name__, url_prefix="/check")


@blueprint.get("")
def catalogue() -> str:
    """List the quizzes for practice, with how the viewer did."""
    cards = queries.quiz_cards(session(), viewer(), interface_locale())
    return render_template("quizzes/catalogue.html", cards=cards, active="quizzes")


@blueprint.get("/<key>")
def quiz(key: str) -> str:
    """Say what a quiz is before it is started: how many questions, how long, what counts."""
    bank = queries.published_bank(session(), viewer(), key, interface_locale())
    return render_template(
        "quizzes/quiz.html",
        quiz=bank.quiz,
        attempts=queries.attempts_at(session(), viewer(), key),
        running=find_open(session(), viewer(), Activity.QUIZ, key) if viewer().id else None,
        return_to=local_path(request.args.get("from"), ""),
        active="quizzes",
    )


@blueprint.post("/<key>")
def start(key: str) -> Response:
    """Start an attempt, or go on with the open one."""
    at = now()
    person = whoever_acts(at)
    bank = queries.published_bank(session(), person, key, interface_locale())
    return_to = local_path(request.form.get("return_to"), "")
    sitting = operations.start_attempt(session(), person, bank, return_to, at)
    return redirect(f"/quizzes/sittings/{sitting.id}/1")


@blueprint.get("/sittings/<sitting_id>/<int:number>")
def question(sitting_id: str, number: int) -> Response:
    """Show one question of an attempt."""
    sitting = queries.quiz_sitting(session(), sitter(sitting_id), sitting_id)
    if sitting.finished_at is not None:
        return redirect(f"/quizzes/sittings/{sitting_id}/result")
    return _question_page(sitting, number)


@blueprint.post("/sittings/<sitting_id>/<int:number>")
def answer(sitting_id: str, number: int) -> Response:
    """Save an answer and go on, or check it where feedback comes after each question."""
    at = now()
    sitting = queries.quiz_sitting(session(), sitter(sitting_id), sitting_id)
    attempt = queries.attempt_of(session(), sitting)
    asked = queries.questions_of(session(), attempt)
    one = operations.question_at(asked, number)
    fields = {name: request.form.getlist(name) for name in field_names(one.question)}
    operations.keep_answer(session(), sitter(sitting_id), sitting_id, number, fields, at)
    if sitting.feedback == Feedback.AFTER_QUESTION:
        operations.check_answer(session(), sitter(sitting_id), sitting_id, number, at)
        return redirect(f"/quizzes/sittings/{sitting_id}/{number}")
    following = f"{number + 1}" if number < len(asked) else "overview"
    return redirect(f"/quizzes/sittings/{sitting_id}/{following}")


@blueprint.get("/sittings/<sitting_id>/overview")
def overview(sitting_id: str) -> Response:
    """Show which questions are answered, before handing in."""
    sitting = queries.quiz_sitting(session(), sitter(sitting_id), sitting_id)
    if sitting.finished_at is not None:
        return redirect(f"/quizzes/sittings/{sitting_id}/result")
    page = render_template(
        "quizzes/overview.html",
        sitting=sitting,
        asked=queries.questions_of(session(), queries.attempt_of(session(), sitting)),
        given=_given(sitting),
        title=queries.settings_of(session(), sitting).title,
        seconds=seconds_left(sitting.started_at, sitting.deadline, now()),
        confined=is_confined(sitting),
        active="quizzes",
    )
    return make_response(page)


@blueprint.post("/sittings/<sitting_id>/submit")
def submit(sitting_id: str) -> Response:
    """Hand an attempt in."""
    operations.submit_attempt(session(), sitter(sitting_id), sitting_id, now())
    return redirect(f"/quizzes/sittings/{sitting_id}/result")


@blueprint.get("/sittings/<sitting_id>/result")
def result(sitting_id: str) -> Response:
    """Show how an attempt went and why, question by question."""
    sitting = queries.quiz_sitting(session(), sitter(sitting_id), sitting_id)
    if sitting.finished_at is None:
        return redirect(f"/quizzes/sittings/{sitting_id}/overview")
    page = render_template(
        "quizzes/result.html",
        sitting=sitting,
        confined=is_confined(sitting),
        attempt=queries.attempt_of(session(), sitting),
        settings=queries.settings_of(session(), sitting),
        graded=_graded(sitting),
        active="quizzes",
    )
    return make_response(page)


@checks.get("/<sitting_id>")
def go_on(sitting_id: str) -> Response:
    """Lead to where a check is: at its open question, or at its result."""
    sitting = queries.check_sitting(session(), viewer(), sitting_id)
    return redirect(_place_in_check(sitting))


@checks.get("/<sitting_id>/<int:number>")
def check_question(sitting_id: str, number: int) -> Response:
    """Show the open question of a check; an answered one leads on to it."""
    sitting = queries.check_sitting(session(), viewer(), sitting_id)
    asked = queries.questions_of(session(), queries.attempt_of(session(), sitting))
    if sitting.finished_at is not None or number != len(asked):
        if 1 <= number < len(asked):
            flash(_("That question is answered already; a check only goes forward."), "info")
        return redirect(_place_in_check(sitting))
    return _check_page(sitting)


@checks.post("/<sitting_id>/<int:number>")
def answer_check(sitting_id: str, number: int) -> Response:
    """Keep an answer for good and go on with what follows from it."""
    fields = request.form.to_dict(flat=False)
    at = now()
    try:
        told = operations.answer_check(session(), viewer(), sitting_id, number, fields, at)
    except Invalid as error:
        sitting = queries.check_sitting(session(), viewer(), sitting_id)
        return _check_page(sitting, fields, say(error))
    if told == "kept before":
        flash(_("That question was answered before; the first answer counts."), "info")
    elif told == "over":
        flash(_("The check had ended when this answer came; it does not count."), "warning")
    return redirect(f"/check/{sitting_id}")


@checks.post("/<sitting_id>/end")
def end_check(sitting_id: str) -> Response:
    """End a check with what was answered."""
    operations.end_check(session(), viewer(), sitting_id, now())
    return redirect(f"/check/{sitting_id}")


@checks.get("/<sitting_id>/answers")
def check_answers(sitting_id: str) -> Response:
    """Show, once a check has ended, what was right and why."""
    sitting = queries.check_sitting(session(), viewer(), sitting_id)
    if sitting.finished_at is None:
        return redirect(_place_in_check(sitting))
    page = render_template(
        "quizzes/check_answers.html",
        sitting=sitting,
        graded=_graded(sitting),
        active="progress",
    )
    return make_response(page)


def _place_in_check(sitting: Sitting) -> str:
    if sitting.finished_at is not None:
        return f"/progress/check/{sitting.id}"
    attempt = queries.attempt_of(session(), sitting)
    return f"/check/{sitting.id}/{len(attempt.questions)}"


def _check_page(
    sitting: Sitting, typed: Mapping[str, list[str]] | None = None, fault: str = ""
) -> Response:
    attempt = queries.attempt_of(session(), sitting)
    *before, one = queries.questions_of(session(), attempt)
    answers = queries.answers_of(session(), sitting.id)
    draft = drafts_of(session(), sitting.id).get(str(one.number))
    if typed is None:
        typed = draft.value if draft else {}
    layout = lay_out(one.question, operations.seed_of(sitting.id))
    page = render_template(
        "quizzes/check_question.html",
        sitting=sitting,
        one=one,
        form=question_form(one.question, layout, typed),
        version=draft.version if draft else 0,
        fault=fault,
        more=more_to_come(
            [(past.item_key, past.question, answers[past.item_key].points) for past in before],
            strengths_of(session(), {past.item_key: past.revision_id for past in before}),
        ),
        over=is_over(sitting.deadline, now()),
        active="progress",
    )
    return make_response(page, 422 if fault else 200)


def _graded(sitting: Sitting) -> list[tuple[queries.Asked, Grade]]:
    answers = queries.answers_of(session(), sitting.id)
    asked = queries.questions_of(session(), queries.attempt_of(session(), sitting))
    return [
        (one, grade(one.question, answers[one.item_key].value["response"]))
        for one in asked
        if one.item_key in answers
    ]


def _question_page(sitting: Sitting, number: int) -> Response:
    attempt = queries.attempt_of(session(), sitting)
    asked = queries.questions_of(session(), attempt)
    one = operations.question_at(asked, number)
    settled = queries.answers_of(session(), sitting.id).get(one.item_key)
    draft = drafts_of(session(), sitting.id).get(str(number))
    settings = queries.settings_of(session(), sitting)
    layout = lay_out(
        one.question,
        operations.seed_of(sitting.id),
        shuffle=settings.shuffle_options,
    )
    form: QuestionForm = question_form(one.question, layout, draft.value if draft else {})
    page = render_template(
        "quizzes/question.html",
        sitting=sitting,
        title=settings.title,
        asked=asked,
        one=one,
        form=form,
        version=draft.version if draft else 0,
        grade=grade(one.question, settled.value["response"]) if settled else None,
        given=_given(sitting),
        seconds=seconds_left(sitting.started_at, sitting.deadline, now()),
        confined=is_confined(sitting),
        over=is_over(sitting.deadline, now()),
        active="quizzes",
    )
    return make_response(page)


def _given(sitting: Sitting) -> set[int]:
    """Return the numbers of the questions that have an answer, graded or only saved."""
    attempt = queries.attempt_of(session(), sitting)
    graded = queries.answers_of(session(), sitting.id)
    saved = {
        int(field)
        for field, draft in drafts_of(session(), sitting.id).items()
        if field.isdecimal() and any(value for values in draft.value.values() for value in values)
    }
    return saved | {
        one.number for one in queries.questions_of(session(), attempt) if one.item_key in graded
    }
