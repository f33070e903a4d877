"""Pages of the review and its week, and of portfolios."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.clock import now
from smm_academy.lessons.queries import readings_of
from smm_academy.progress import forms, operations, portfolio_page, queries, review_page
from smm_academy.progress.cards import Card, Portion, due_cards, outlook, portion_of
from smm_academy.progress.spacing import Rating, remembered
from smm_academy.progress.unsubscribing import read_stop_token
from smm_academy.progress.weeks import goal_in, local_day, monday_of, rhythm_of
from smm_academy.quizzes.drawing import lay_out
from smm_academy.quizzes.forms import question_form
from smm_academy.quizzes.grading import grade
from smm_academy.quizzes.responses import field_names, read_response
from smm_academy.web.application import academy, reading, session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("reviews", __name__, template_folder="templates")

RATINGS = {str(rating.value): rating for rating in Rating}


@blueprint.get("/review")
@login_required
def review() -> Response:
    """Show what is due today, what comes when, and how the week goes."""
    return _review_page(None)


@blueprint.post("/review/rhythm")
@login_required
def choose_rhythm() -> Response:
    """Set the goal for the week, and whether a letter comes on Mondays."""
    form = forms.RhythmForm()
    if not form.validate():
        return _review_page(form)
    days, digest = int(form.days.data), bool(form.digest.data)
    operations.choose_rhythm(session(), viewer(), days, now(), digest=digest)
    flash(_("Kept."), "done")
    return redirect("/review")


@blueprint.get("/review/card")
@login_required
def card() -> Response:
    """Ask the next card: a question, or a key point by its cue and then with its answer."""
    cards = _cards()
    portion = portion_of(cards, _today())
    if portion.card is None:
        return redirect("/review")
    shown = request.args.get("shown") == portion.card.source
    return _card_page(portion.card, portion, {}, shown=shown)


@blueprint.post("/review/card")
@login_required
def answer() -> Response:
    """Keep the answer to a card: how well it came to mind, or what a question was answered."""
    cards = _cards()
    due = {card.source: card for card in due_cards(cards, _today())}
    asked = due.get(request.form.get("card", ""))
    if asked is None:
        # Answered before, in another window perhaps, or not theirs: what is next is what counts.
        return redirect("/review/card")
    portion = portion_of(cards, _today())
    if asked.question is not None:
        return _answer_question(asked, portion)
    rating = RATINGS.get(request.form.get("rating", ""))
    if rating is None:
        wrong = _("Choose one of the four answers.")
        return _card_page(asked, portion, {}, shown=True, wrong=wrong)
    operations.answer_card(session(), viewer(), asked, rating, now())
    return redirect(_onwards(portion))


@blueprint.get("/review/digest/<token>")
def ask_to_stop_digest(token: str) -> str:
    """Ask whether the letters shall end; opening a link alone changes nothing."""
    read_stop_token(academy().settings.secret_key, token)
    return render_template("progress/stop_digest.html", token=token, stopped=False)


@blueprint.post("/review/digest/<token>")
def stop_digest(token: str) -> str:
    """End the letters, by a button or by a mail program's one click."""
    person_id = read_stop_token(academy().settings.secret_key, token)
    operations.stop_digest(session(), person_id)
    return render_template("progress/stop_digest.html", token=token, stopped=True)


@blueprint.get("/progress/portfolio")
@login_required
def portfolios() -> Response:
    """List the learner's portfolios, and the replies that a new one can show."""
    form = forms.PortfolioForm(formdata=None, data={"name": viewer().name})
    return _portfolios_page(form)


@blueprint.post("/progress/portfolio")
@login_required
def publish() -> Response:
    """Publish chosen replies at an unlisted address."""
    form = forms.PortfolioForm()
    if form.validate():
        replies = queries.showable_replies(reading(), viewer())
        showable = frozenset(map(portfolio_page.key_of, replies))
        showing = _showing(form, form.replies.data)
        with refusals(form):
            made = operations.publish_portfolio(session(), viewer(), showing, showable, now())
            flash(
                _("Published. Whoever has the address can read it; nobody else finds it."), "done"
            )
            return redirect(f"/portfolio/{made.id}")
    return _portfolios_page(form)


@blueprint.route("/progress/portfolio/<portfolio_id>/edit", methods=["GET", "POST"])
@login_required
def edit(portfolio_id: str) -> Response:
    """Change a published portfolio: its words, which replies it shows, and their order."""
    found = queries.own_shown_portfolio(reading(), viewer(), portfolio_id)
    form = forms.PortfolioForm(obj=found.portfolio)
    shown = portfolio_page.offers(found.replies, interface_locale())
    if request.method == "GET":
        form.replies.data = [offer.value for offer in shown]
    elif form.validate():
        move = request.form.get("move", "")
        order = portfolio_page.reordered(form.replies.data, move)
        possible = [*found.replies, *queries.showable_replies(reading(), viewer())]
        showable = frozenset(map(portfolio_page.key_of, possible))
        with refusals(form):
            operations.change_portfolio(
                session(), viewer(), portfolio_id, _showing(form, order), showable
            )
            if move:
                return redirect(f"/progress/portfolio/{portfolio_id}/edit#replies")
            flash(_("Saved. The address is the same."), "done")
            return redirect(f"/portfolio/{portfolio_id}")
    return _edit_page(form, found.portfolio.id, shown)


@blueprint.post("/progress/portfolio/<portfolio_id>/take-back")
def take_back(portfolio_id: str) -> Response:
    """Take a portfolio back, at once."""
    operations.take_back(session(), viewer(), portfolio_id)
    flash(_("Taken back. The address leads nowhere now."), "done")
    return redirect("/progress/portfolio")


@blueprint.get("/portfolio/<portfolio_id>")
def portfolio(portfolio_id: str) -> Response:
    """Show a portfolio to whoever has its address; search engines are asked to leave it out."""
    found = queries.shown_portfolio(session(), portfolio_id)
    page = render_template(
        "progress/shown_portfolio.html",
        portfolio=found.portfolio,
        replies=portfolio_page.shown(found.replies, interface_locale()),
        own=found.portfolio.person_id == viewer().id,
        address=f"{academy().settings.base_url}/portfolio/{portfolio_id}",
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _today() -> date:
    return local_day(now(), viewer().timezone)


def _cards() -> list[Card]:
    """Return what the viewer reviews, read before anything is written."""
    readings = readings_of(reading(), viewer())
    return queries.review_cards(reading(), viewer(), readings, interface_locale())


def _onwards(portion: Portion) -> str:
    """Return where an answer leads: the next card, or the review's page when it was the last."""
    return "/review" if portion.number == portion.size else "/review/card"


def _review_page(form: forms.RhythmForm | None) -> Response:
    at, locale = now(), interface_locale()
    today = local_day(at, viewer().timezone)
    readings = readings_of(reading(), viewer())
    cards = queries.review_cards(reading(), viewer(), readings, locale)
    days = queries.doings_of(reading(), viewer(), readings, at).days(viewer().timezone)
    goals = queries.goals_of(reading(), viewer())
    chosen = {
        "days": str(goal_in(goals, monday_of(today))),
        "digest": queries.wants_digest(reading(), viewer()),
    }
    shown = form or forms.RhythmForm(formdata=None, data=chosen)
    portion, ahead = portion_of(cards, today), outlook(cards, today)
    rhythm = rhythm_of(days, goals, today)
    page = render_template(
        "progress/review.html",
        head=review_page.head_of(portion, ahead),
        portion=portion,
        ahead=review_page.ahead_words(ahead),
        anything=bool(cards),
        week=review_page.week_panel(rhythm, today, locale),
        past=review_page.past_weeks(rhythm, locale),
        form=shown,
        active="progress",
    )
    return make_response(page, status_of(shown))


def _card_page(
    asked: Card,
    portion: Portion,
    fields: dict[str, list[str]],
    *,
    shown: bool = False,
    wrong: str = "",
) -> Response:
    today, question = _today(), asked.question
    layout = lay_out(question, today.toordinal()) if question else None
    page = render_template(
        "progress/card.html",
        card=asked,
        portion=portion,
        form=question_form(question, layout, fields) if question and layout else None,
        cue="" if question else review_page.cue(asked),
        shown=shown,
        choices=review_page.choices(asked, today) if shown else [],
        wrong=wrong,
        active="progress",
    )
    return make_response(page, 422 if wrong else 200)


def _answer_question(asked: Card, portion: Portion) -> Response:
    if asked.question is None:
        raise TypeError(asked)
    question = asked.question
    fields = {name: request.form.getlist(name) for name in field_names(question)}
    graded = grade(question, read_response(question, fields))
    if not graded.is_answered and "unsure" not in request.form:
        wrong = _("There is no answer yet. Give one, or say that you do not know.")
        return _card_page(asked, portion, fields, wrong=wrong)
    rating = Rating.GOOD if graded.is_correct else Rating.AGAIN
    operations.answer_card(session(), viewer(), asked, rating, now())
    back = remembered(asked.memory, rating, _today()).due_on
    page = render_template(
        "progress/answered.html",
        card=asked,
        portion=portion,
        question=question,
        grade=graded,
        back=review_page.back_words(back, _today()),
        onwards=_onwards(portion),
        active="progress",
    )
    return make_response(page)


def _showing(form: forms.PortfolioForm, order: Sequence[str]) -> operations.Showing:
    return operations.Showing(
        form.title.data.strip(),
        (form.name.data or "").strip(),
        [portfolio_page.read_key(value) for value in order],
        " ".join((form.introduction.data or "").split()),
    )


def _edit_page(
    form: forms.PortfolioForm, portfolio_id: str, shown: Sequence[portfolio_page.Offer]
) -> Response:
    there = {offer.value for offer in shown}
    others = portfolio_page.offers(
        queries.showable_replies(reading(), viewer()), interface_locale()
    )
    page = render_template(
        "progress/edit_portfolio.html",
        form=form,
        portfolio_id=portfolio_id,
        shown=shown,
        others=[offer for offer in others if offer.value not in there],
        chosen=set(form.replies.data or ()),
        active="progress",
    )
    return make_response(page, status_of(form))


def _portfolios_page(form: forms.PortfolioForm) -> Response:
    page = render_template(
        "progress/portfolios.html",
        form=form,
        portfolios=queries.portfolios_of(reading(), viewer()),
        offers=portfolio_page.offers(
            queries.showable_replies(reading(), viewer()), interface_locale()
        ),
        chosen=set(form.replies.data or ()),
        active="progress",
    )
    return make_response(page, status_of(form))
