"""Pages of progress: the own rating, the skill map, one skill."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.clock import now
from smm_academy.errors import NotFound
from smm_academy.lessons.queries import lesson_cards
from smm_academy.measurement.queries import curriculum, map_of
from smm_academy.progress import forms
from smm_academy.progress.next_step import advise
from smm_academy.progress.operations import rate_oneself
from smm_academy.progress.queries import lately, ratings_of, work_for
from smm_academy.web.application import session
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("progress", __name__, url_prefix="/progress", template_folder="templates")


@blueprint.get("")
@login_required
def skill_map() -> str:
    """Show what to do next and why, the 13 skills, and what was done lately."""
    at, locale = now(), interface_locale()
    known = curriculum(session(), viewer())
    found = map_of(session(), viewer(), at)
    ratings = ratings_of(session(), viewer())
    lessons = lesson_cards(session(), viewer(), locale)
    work = work_for(session(), viewer(), known, lessons, locale)
    return render_template(
        "progress/map.html",
        headline=forms.headline(advise(found, ratings, work), known, found, locale),
        groups=forms.skill_groups(known, found, ratings, work, locale),
        steps=[step[locale] for step in known.steps],
        rated=bool(ratings),
        activity=forms.activity(lately(session(), viewer(), lessons, at)),
        active="progress",
    )


@blueprint.get("/start")
@login_required
def start() -> str:
    """Ask for the own rating: 13 statements, four steps each."""
    return render_template(
        "progress/rating.html",
        known=curriculum(session(), viewer()),
        ratings=ratings_of(session(), viewer()),
        locale=interface_locale(),
        active="progress",
    )


@blueprint.post("/start")
@login_required
def rate() -> Response:
    """Keep the own rating; what is left out stays open."""
    known = curriculum(session(), viewer())
    steps = {
        skill.id: int(request.form[skill.id])
        for skill in known.skills
        if request.form.get(skill.id, "") in {str(step) for step in range(len(known.steps))}
    }
    rate_oneself(session(), viewer(), steps, now())
    flash(
        _("Kept. Your own view is on the map now; the measured one follows as you practise."),
        "done",
    )
    return redirect("/progress")


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
