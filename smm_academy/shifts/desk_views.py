"""Pages of an open shift: the desk with its rooms, the moves made there, the end of the day."""

from dataclasses import dataclass, field

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from simulator import Desk, Locale, MoveRefused
from smm_academy.clock import now
from smm_academy.errors import Conflict, Invalid, NotFound
from smm_academy.shifts import (
    desk_page,
    operations,
    queries,
    report_page,
    rooms_page,
    timeline_page,
    week_page,
)
from smm_academy.shifts.desk_forms import Place, read_desk_move, read_place
from smm_academy.shifts.forms import read_seen
from smm_academy.shifts.models import Shift
from smm_academy.shifts.queries import Setting
from smm_academy.shifts.typed_figures import Answers
from smm_academy.sittings.models import Sitting
from smm_academy.sittings.queries import own_sitting
from smm_academy.sittings.sitter import is_confined, sitter
from smm_academy.sittings.timing import is_over, seconds_left
from smm_academy.web.application import forget, reading, session
from smm_academy.web.errors import say
from smm_academy.web.locale import interface_locale
from smm_academy.web.spreadsheet import as_csv
from smm_academy.web.viewer import Viewer

blueprint = Blueprint("desk", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a move was not made, and what was typed for it; nothing of it is lost."""

    said: str = ""
    status: int = 200
    typed: Answers = field(default_factory=Answers)


@blueprint.get("/shifts/<sitting_id>")
def desk(sitting_id: str) -> Response:
    """Show the desk of an open shift, or one of its rooms."""
    sits = sitter(sitting_id)
    shift = queries.own_shift(session(), sits, sitting_id)
    if shift.record is not None:
        return redirect(f"/shifts/{sitting_id}/debrief")
    sitting = own_sitting(session(), sits, sitting_id)
    if is_over(sitting.deadline, now()):
        return redirect(f"/shifts/{sitting_id}/finish")
    return _desk(shift, sitting, read_place(request.args), Refused())


@blueprint.post("/shifts/<sitting_id>")
def move(sitting_id: str) -> Response:
    """Make a move at the desk; what is not possible says why and changes nothing."""
    sits, place = sitter(sitting_id), read_place(request.form)
    seen = read_seen(request.form)
    try:
        made = read_desk_move(request.form, _locale())
        prepared = operations.prepare_move(reading(), sits, sitting_id, made, seen, now())
        operations.write_move(session(), sits, prepared, now())
    except (MoveRefused, Conflict) as refusal:
        said = refusal.sentence(_locale()) if isinstance(refusal, MoveRefused) else say(refusal)
        return _refused(sits, sitting_id, place, Refused(said, 409, _typed()))
    except Invalid as refusal:
        return _refused(sits, sitting_id, place, Refused(say(refusal), 422, _typed()))
    if prepared.record is not None:
        return redirect(f"/shifts/{sitting_id}/debrief", 303)
    return redirect(place.address(f"/shifts/{sitting_id}"), 303)


@blueprint.get("/shifts/<sitting_id>/evening")
def evening(sitting_id: str) -> Response:
    """Show what a day of a campaign leaves behind, and offer to end it."""
    sits = sitter(sitting_id)
    shift = queries.own_shift(session(), sits, sitting_id)
    if shift.record is not None:
        return redirect(f"/shifts/{sitting_id}/debrief")
    state, url = queries.desk_of(session(), shift), f"/shifts/{sitting_id}"
    if week_page.today(state) is None:
        return redirect(f"{url}/finish")
    page = render_template(
        "shifts/evening.html",
        shift=shift,
        desk=state,
        evening=week_page.evening(state, _locale(), url),
        undone=rooms_page.undone(state, url),
        url=url,
        active="practice",
    )
    return make_response(page)


@blueprint.get("/shifts/<sitting_id>/figures.csv")
def figures(sitting_id: str) -> Response:
    """Hand over the day's figures as the report shows them, for a spreadsheet."""
    shift = queries.own_shift(session(), sitter(sitting_id), sitting_id)
    if shift.record is not None:
        rows = report_page.recorded_rows(queries.record_of(shift), _locale())
    else:
        duties = queries.desk_of(session(), shift).duties
        if duties is None or duties.report is None:
            raise NotFound("This day has no report.")
        rows = report_page.figure_rows(duties.report, _locale())
    response = make_response(as_csv(rows, _locale()))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=figures.csv"
    return response


@blueprint.route("/shifts/<sitting_id>/finish", methods=["GET", "POST"])
def finish(sitting_id: str) -> Response:
    """Ask whether the rest of the day may pass, then let it, and show the debrief."""
    sits = sitter(sitting_id)
    if request.method == "POST":
        prepared = operations.prepare_end(reading(), sits, sitting_id)
        operations.write_move(session(), sits, prepared, now())
        return redirect(f"/shifts/{sitting_id}/debrief")
    shift = queries.own_shift(session(), sits, sitting_id)
    if shift.record is not None:
        return redirect(f"/shifts/{sitting_id}/debrief")
    sitting = own_sitting(session(), sits, sitting_id)
    state = queries.desk_of(session(), shift)
    page = render_template(
        "shifts/finish.html",
        shift=shift,
        desk=state,
        undone=rooms_page.undone(state, f"/shifts/{sitting_id}"),
        over=is_over(sitting.deadline, now()),
        confined=is_confined(sitting),
        active="practice",
    )
    return make_response(page)


def _locale() -> Locale:
    return "pl" if interface_locale() == "pl" else "en"


def _typed() -> Answers:
    return Answers(request.form.items())


def _refused(sits: Viewer, sitting_id: str, place: Place, refused: Refused) -> Response:
    # Another window may have moved since we began to read: look at the desk afresh.
    forget()
    shift = queries.own_shift(reading(), sits, sitting_id)
    return _desk(shift, own_sitting(reading(), sits, sitting_id), place, refused)


def _desk(shift: Shift, sitting: Sitting, place: Place, refused: Refused) -> Response:
    setting, state = queries.setting_of(reading(), shift), queries.desk_of(reading(), shift)
    url = f"/shifts/{shift.sitting_id}"
    if place.room == "inbox" and not place.message and len(state.messages) == 1:
        place = Place("inbox", message=state.messages[0].id)
    if place.room == "inbox":
        last = desk_page.last_done(state, place.message)
    else:
        made = queries.find_move(reading(), shift.sitting_id, shift.moves_made)
        last = rooms_page.last_done(made, state, place)
    template = "desk" if place.room == "inbox" else f"room_{place.room}"
    page = render_template(
        f"shifts/{template}.html",
        shift=shift,
        setting=setting,
        desk=state,
        page=desk_page.desk_page(setting, state, place.message, _locale(), url),
        said=refused.said or last,
        refused=bool(refused.said),
        typed=refused.typed,
        url=url,
        seconds=seconds_left(sitting.started_at, sitting.deadline, now()),
        sitting=sitting,
        confined=is_confined(sitting),
        active="practice",
        place=place,
        rooms=rooms_page.rooms(setting, state, place.room, url),
        alarm=rooms_page.alarm(state, url),
        day=timeline_page.timeline(setting, state),
        room=_room(setting, state, place, url),
    )
    return make_response(page, refused.status)


def _room(setting: Setting, state: Desk, place: Place, url: str) -> object:
    """Return what a room shows. Raises `NotFound` for one that the day has not."""
    if place.room == "inbox":
        return None
    if state.duties is None:
        raise NotFound("There is no such room at this desk.")
    return rooms_page.room(setting, state, place, _locale(), url)
