"""Pages of raters: what waits, one reply at a time, blind; how far they agree. And a way out."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from simulator import Locale
from smm_academy.clock import now
from smm_academy.shifts import rating_operations as operations, rating_page, rating_queries
from smm_academy.shifts.models import Rating
from smm_academy.shifts.queries import disagreements_of
from smm_academy.shifts.rating import lines_to_rate
from smm_academy.shifts.rating_forms import RatingForm, ReadingForm, form_for
from smm_academy.web.application import session
from smm_academy.web.forms import status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("rating", __name__, template_folder="templates")
REPLY = "/rate/replies/<sitting_id>/<message_id>"
LANGUAGES = ("en", "pl")


@blueprint.get("/rate")
def overview() -> str:
    """Show what waits for a rater in each language."""
    queues = {name: rating_queries.queue_of(session(), viewer(), name) for name in LANGUAGES}
    return render_template("rating/overview.html", queues=queues, place="overview")


@blueprint.get("/rate/<any(en,pl):language>/next")
def next_reply(language: str) -> Response:
    """Lead to the next reply in the rater's own order, behind the one that they come from."""
    sitting_id, _slash, message_id = request.args.get("after", "").partition("/")
    queue = rating_queries.queue_of(session(), viewer(), language)
    found = queue.after((sitting_id, message_id))
    if found is None:
        flash(_("You have rated every reply in this language. Thank you."), "done")
        return redirect("/rate")
    return redirect(f"/rate/replies/{found[0]}/{found[1]}")


@blueprint.get(REPLY)
def reply(sitting_id: str, message_id: str) -> Response:
    """Show a reply to rate; once it is rated, what the machine said of it."""
    rated = rating_queries.own_rating(session(), viewer(), sitting_id, message_id)
    if rated is None:
        return _blind_page(sitting_id, message_id, None)
    return _open_page(sitting_id, message_id, rated)


@blueprint.post(REPLY)
def rate(sitting_id: str, message_id: str) -> Response:
    """Keep a rater's marks."""
    _shift, message = rating_queries.reply_to_rate(session(), viewer(), sitting_id, message_id)
    form = form_for(rating_page.line_titles(message, _locale()))
    if not form.validate():
        return _blind_page(sitting_id, message_id, form)
    marks = form.marks(lines_to_rate(message))
    operations.rate(session(), viewer(), (sitting_id, message_id), marks, now())
    return redirect(f"/rate/replies/{sitting_id}/{message_id}", 303)


@blueprint.get("/rate/agreement")
def agreement() -> str:
    """Show how far raters agree with one another and with the machine."""
    rated = rating_queries.rated_replies(session(), viewer())
    found = rating_queries.agreement_of(rated)
    return render_template(
        "rating/agreement.html",
        tables={name: rating_page.agreement_rows(rows, _locale()) for name, rows in found.items()},
        rated=len(rated),
        disagreed=sum(bool(one.disagreed) for one in rated),
        place="agreement",
    )


@blueprint.get("/rate/ratings.csv")
def ratings_csv() -> Response:
    """Hand over every mark, without names and without anybody's words."""
    rows = rating_queries.rating_rows(rating_queries.rated_replies(session(), viewer()))
    response = make_response(rating_page.as_csv(rows))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=ratings.csv"
    return response


@blueprint.route("/practice/reading", methods=["GET", "POST"])
@login_required
def reading() -> Response:
    """Say what raters read, and let somebody keep their replies out of it."""
    objects = rating_queries.objects_to_reading(session(), viewer())
    form = ReadingForm(objects=objects)
    if form.validate_on_submit():
        operations.say_of_reading(session(), viewer(), objects=form.objects.data, at=now())
        flash(_("Kept."), "done")
        return redirect("/practice/reading")
    return make_response(render_template("rating/reading.html", form=form, active="practice"))


def _locale() -> Locale:
    return "pl" if interface_locale() == "pl" else "en"


def _blind_page(sitting_id: str, message_id: str, form: RatingForm | None) -> Response:
    shift, message = rating_queries.reply_to_rate(session(), viewer(), sitting_id, message_id)
    titles = rating_page.line_titles(message, _locale())
    form = form or form_for(titles)
    page = render_template(
        "rating/reply.html",
        shown=rating_page.blind_reply(shift, message, _locale()),
        form=form,
        lines=form.lines(list(titles)),
        queue=rating_queries.queue_of(session(), viewer(), shift.locale),
        reply=f"{sitting_id}/{message_id}",
    )
    return make_response(page, status_of(form))


def _open_page(sitting_id: str, message_id: str, rated: Rating) -> Response:
    shift, message = rating_queries.reply_to_rate(session(), viewer(), sitting_id, message_id)
    disagreed = disagreements_of(session(), sitting_id)
    page = render_template(
        "rating/rated.html",
        shown=rating_page.blind_reply(shift, message, _locale()),
        lines=rating_page.two_readings(message, rated, disagreed, _locale()),
        queue=rating_queries.queue_of(session(), viewer(), shift.locale),
        reply=f"{sitting_id}/{message_id}",
    )
    return make_response(page)
