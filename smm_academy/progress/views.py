"""Pages of progress: the own rating, the skill map, one skill, the skill check, the plan.

A check's questions are pages of `quizzes`; its first page asks for the own rating and its result
shows the map, so both stand here.
"""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.accounts.cookies import whoever_acts
from smm_academy.clock import now
from smm_academy.errors import NotFound
from smm_academy.lessons.queries import lesson_cards, readings_of
from smm_academy.measurement.norm_queries import check_key, norms_like
from smm_academy.measurement.norms import FEWEST
from smm_academy.measurement.queries import curriculum, map_at, map_of, map_of_sitting
from smm_academy.progress import forms, review_page
from smm_academy.progress.cards import outlook as review_outlook, portion_of
from smm_academy.progress.check_page import check_result
from smm_academy.progress.comparison_page import Standing, group_title, standing
from smm_academy.progress.next_step import advise
from smm_academy.progress.operations import choose_comparison, rate_oneself
from smm_academy.progress.plan import make_plan
from smm_academy.progress.plan_page import PlanLine, plan_lines
from smm_academy.progress.queries import (
    comparison_choice,
    doings_of,
    done_since,
    goals_of,
    last_rated,
    lately,
    others,
    ratings_at,
    ratings_of,
    review_cards,
    shelf_of,
    work_for,
)
from smm_academy.progress.weeks import local_day, rhythm_of
from smm_academy.quizzes.operations import start_check
from smm_academy.quizzes.queries import (
    CheckOutlook,
    attempt_of,
    check_outlook,
    check_sitting,
    check_standing,
)
from smm_academy.quizzes.skill_check import FEWEST_NEW, PLENTY_NEW
from smm_academy.sittings.models import Sitting
from smm_academy.web.application import session
from smm_academy.web.forms import status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.paths import local_path
from smm_academy.web.viewer import viewer

blueprint = Blueprint("progress", __name__, url_prefix="/progress", template_folder="templates")
own_check = Blueprint("own_check", __name__, url_prefix="/check", template_folder="templates")


@blueprint.get("")
@login_required
def skill_map() -> str:
    """Show what to do next and why, what is due, the 13 skills, and what was done lately."""
    at, locale = now(), interface_locale()
    today = local_day(at, viewer().timezone)
    known = curriculum(session(), viewer())
    found = map_of(session(), viewer(), at)
    ratings = ratings_of(session(), viewer())
    readings = readings_of(session(), viewer())
    lessons = lesson_cards(session(), viewer(), locale, readings)
    work = work_for(session(), viewer(), known, lessons, locale)
    done = doings_of(session(), viewer(), readings, at)
    rhythm = rhythm_of(done.days(viewer().timezone), goals_of(session(), viewer()), today)
    cards = review_cards(session(), viewer(), readings, locale)
    ahead = review_outlook(cards, today)
    outlook = check_standing(session(), viewer(), at)
    return render_template(
        "progress/map.html",
        headline=forms.headline(advise(found, ratings, work), known, found, locale),
        groups=forms.skill_groups(known, found, ratings, work, locale),
        steps=[step[locale] for step in known.steps],
        rated=bool(ratings),
        activity=forms.activity(lately(done, viewer(), lessons, at)),
        review=review_page.head_of(portion_of(cards, today), ahead),
        ahead=review_page.ahead_words(ahead),
        outlook=outlook,
        compared=_compared(outlook.last),
        week=review_page.week_panel(rhythm, today, locale),
        active="progress",
    )


@blueprint.get("/start")
def start() -> str:
    """Ask for the own rating: 13 statements, four steps each."""
    return render_template(
        "progress/rating.html",
        known=curriculum(session(), viewer()),
        ratings=ratings_of(session(), viewer()),
        locale=interface_locale(),
        next=local_path(request.args.get("next"), ""),
        active="progress",
    )


@blueprint.post("/start")
def rate() -> Response:
    """Keep the own rating; what is left out stays open."""
    at = now()
    person = whoever_acts(at)
    known = curriculum(session(), viewer())
    steps = {
        skill.id: int(request.form[skill.id])
        for skill in known.skills
        if request.form.get(skill.id, "") in {str(step) for step in range(len(known.steps))}
    }
    rate_oneself(session(), person, steps, at)
    flash(
        _("Kept. Your own view is on the map now; the measured one follows as you practise."),
        "done",
    )
    onward = "/progress" if person.is_authenticated else "/check"
    return redirect(local_path(request.form.get("next"), onward))


@blueprint.get("/plan")
@login_required
def plan() -> str:
    """Show what to do next, step by step, and why."""
    outlook = check_outlook(session(), viewer(), interface_locale(), now())
    return render_template(
        "progress/plan.html", steps=_plan(outlook), outlook=outlook, active="progress"
    )


@blueprint.route("/comparison", methods=["GET", "POST"])
@login_required
def comparison() -> Response:
    """Say whom somebody is compared with; let them out of it, or see no comparison."""
    left_out, hidden = comparison_choice(session(), viewer())
    form = forms.ComparisonForm(data={"left_out": left_out, "hidden": hidden})
    if form.validate_on_submit():
        choose_comparison(
            session(),
            viewer(),
            now(),
            left_out=bool(form.left_out.data),
            hidden=bool(form.hidden.data),
        )
        flash(_("Kept."), "done")
        return redirect("/progress/comparison")
    page = render_template(
        "progress/comparison.html",
        form=form,
        norms=norms_like(session(), check_key("")),
        group_title=group_title,
        fewest=FEWEST,
        active="progress",
    )
    return make_response(page, status_of(form))


@blueprint.get("/check/<sitting_id>")
def checked(sitting_id: str) -> Response:
    """Show what a skill check found, beside what its person believed before it."""
    sitting = check_sitting(session(), viewer(), sitting_id)
    ended = sitting.finished_at
    if ended is None:
        return redirect(f"/check/{sitting_id}")
    locale = interface_locale()
    known = curriculum(session(), viewer())
    found = map_at(session(), viewer(), ended)
    ratings = ratings_at(session(), viewer(), sitting.started_at)
    work = work_for(session(), viewer(), known, lesson_cards(session(), viewer(), locale), locale)
    outlook = check_outlook(session(), viewer(), locale, now())
    own = map_of_sitting(session(), viewer(), sitting, ended)
    language = sitting.content_locale
    page = render_template(
        "progress/check_result.html",
        sitting=sitting,
        compared=standing(others(session(), viewer(), language), own.overall, language),
        result=check_result(
            known,
            own,
            ratings,
            attempt_of(session(), sitting).stopped or "",
            locale,
        ),
        groups=forms.skill_groups(known, found, ratings, work, locale),
        scale=[step[locale] for step in known.steps],
        steps=_plan(outlook),
        outlook=outlook,
        active="progress",
    )
    return make_response(page)


@own_check.get("")
def check() -> str:
    """Say what the skill check is before it is begun, and ask for the own view first."""
    rated = last_rated(session(), viewer())
    return render_template(
        "progress/check.html",
        outlook=check_outlook(session(), viewer(), interface_locale(), now()),
        rated=rated,
        fewest=FEWEST_NEW,
        plenty=PLENTY_NEW,
        active="progress",
    )


@own_check.post("")
def begin_check() -> Response:
    """Begin a skill check, or go on with the open one."""
    at = now()
    person = whoever_acts(at)
    sitting = start_check(session(), person, interface_locale(), at)
    return redirect(f"/check/{sitting.id}")


@blueprint.get("/<skill_id>")
@login_required
def skill(skill_id: str) -> Response:
    """Show one skill: what it means, what was measured, what there is to do."""
    known = curriculum(session(), viewer())
    if skill_id not in {one.id for one in known.skills}:
        raise NotFound("There is no such skill.")
    locale = interface_locale()
    found = map_of(session(), viewer(), now())
    ratings = ratings_of(session(), viewer())
    work = work_for(session(), viewer(), known, lesson_cards(session(), viewer(), locale), locale)
    groups = forms.skill_groups(known, found, ratings, work, locale)
    title = known.skill(skill_id).title[locale]
    page = render_template(
        "progress/skill.html",
        skill=known.skill(skill_id),
        locale=locale,
        line=next(line for group in groups for line in group.skills if line.name == title),
        estimate=found.skill(skill_id),
        work=work[skill_id],
        steps=[step[locale] for step in known.steps],
        active="progress",
    )
    return make_response(page)


def _compared(last: Sitting | None) -> Standing | None:
    """Return how the viewer's last check compares with others', once there are enough of them."""
    if last is None or last.finished_at is None:
        return None
    known = others(session(), viewer(), last.content_locale)
    if known is None or not known.group.shares:
        return None
    own = map_of_sitting(session(), viewer(), last, last.finished_at)
    return standing(known, own.overall, last.content_locale)


def _plan(outlook: CheckOutlook) -> tuple[PlanLine, ...]:
    """Return the viewer's plan; what was done since the last check is ticked."""
    locale = interface_locale()
    since = outlook.last.finished_at if outlook.last else None
    steps = make_plan(
        map_of(session(), viewer(), now()),
        ratings_of(session(), viewer()),
        shelf_of(session(), viewer(), lesson_cards(session(), viewer(), locale), locale),
        done_since(session(), viewer(), since),
    )
    return plan_lines(steps, curriculum(session(), viewer()), locale)
