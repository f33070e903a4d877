"""Pages of the simulator: the first drill, practice, the desk, the debrief, trying again."""

from dataclasses import replace

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response

from simulator import CHANNELS, ENGINE_VERSION, Locale, MoveRefused, start as open_desk
from smm_academy.accounts.cookies import whoever_acts
from smm_academy.clock import now
from smm_academy.errors import Invalid, NotFound
from smm_academy.shifts import (
    debrief_page,
    desk_page,
    draft_page,
    offer_queries,
    operations,
    queries,
    rating_operations,
    week_page,
    words,
)
from smm_academy.shifts.choosing import (
    DISTRESSING,
    FIRST,
    FIRST_KINDS,
    KINDS_BY_SKILL,
    choose_drill,
)
from smm_academy.shifts.duties_debrief_page import duty_sections
from smm_academy.shifts.forms import (
    ReplyForm,
    SealedDrill,
    new_seed,
    read_intensity,
    seal,
    unseal,
)
from smm_academy.shifts.models import Shift
from smm_academy.shifts.moments_page import moments
from smm_academy.shifts.operations import Beginning
from smm_academy.shifts.opinion_page import add_opinions, opinion_host
from smm_academy.shifts.opinion_queries import opinions_in
from smm_academy.shifts.rating_page import add_readings
from smm_academy.shifts.rating_queries import marks_in
from smm_academy.sittings.models import Activity, Sitting
from smm_academy.sittings.operations import Opening
from smm_academy.sittings.queries import own_sitting, sittings_of
from smm_academy.sittings.sitter import is_confined, sitter
from smm_academy.web.application import academy, reading, session
from smm_academy.web.errors import say
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.paths import local_path
from smm_academy.web.viewer import NOBODY, viewer

blueprint = Blueprint("shifts", __name__, template_folder="templates")

FIRST_TRIES = 200


@blueprint.get("/")
def landing() -> Response:
    """Show the product itself: a message that waits for an answer."""
    if viewer().is_authenticated:
        return redirect("/progress")
    return _first_drill("shifts/landing.html", ReplyForm(formdata=None), _drill_at_hand())


@blueprint.get("/try")
def try_one() -> Response:
    """Show one message to answer, without an account."""
    return _first_drill("shifts/try.html", ReplyForm(formdata=None), _drill_at_hand())


@blueprint.post("/try")
def send_first() -> Response:
    """Score a visitor's reply; only now do they and their drill become rows."""
    at, form = now(), ReplyForm()
    drill = unseal(academy().settings.secret_key, request.form.get("drill", ""))
    if not form.validate():
        return _first_drill("shifts/try.html", form, drill)
    brand = queries.brand_revision(reading(), viewer(), drill.brand)
    beginning = Beginning(brand, None, drill.kind, drill.locale, drill.seed)
    try:
        drilled = operations.prepare_drill(reading(), beginning, form.text.data)
    except MoveRefused as refusal:
        form.text.errors = [refusal.sentence(_locale())]
        return _first_drill("shifts/try.html", form, drill)
    sitting = operations.write_drill(session(), whoever_acts(at), beginning, drilled, at)
    return redirect(f"/shifts/{sitting.id}/debrief")


@blueprint.get("/practice")
def practice() -> str:
    """List what can be practised: single messages and whole shifts, each with its size."""
    locale = _locale()
    return render_template(
        "shifts/practice.html",
        scenarios=offer_queries.scenario_cards(session(), viewer(), locale),
        brands=(brands := offer_queries.drill_cards(session(), viewer(), locale)),
        draft_brands=draft_page.draft_brands(brands),
        running=(running := _running()),
        running_day=_running_day(running),
        kind_title=lambda kind: words.kind_title(kind, locale),
        duty_words=words.duty_words,
        intensities=words.intensity_titles().items(),
        warning_words=words.warning,
        active="practice",
    )


@blueprint.route("/practice/drill", methods=["GET", "POST"])
def drill() -> Response:
    """Offer a drill of a kind, a skill or a brand; begin it when the button is pressed."""
    if request.method == "POST":
        sealed = unseal(academy().settings.secret_key, request.form.get("drill", ""))
        brand = queries.brand_revision(reading(), viewer(), sealed.brand)
        return _begin(Beginning(brand, None, sealed.kind, sealed.locale, sealed.seed, _opening()))
    offers = offer_queries.drill_cards(session(), viewer(), _locale())
    kinds = [request.args["kind"]] if request.args.get("kind") else None
    kinds = kinds or list(KINDS_BY_SKILL.get(request.args.get("skill", ""), ()))
    seed = new_seed()
    chosen, kind = choose_drill(offers, seed, kinds=kinds, brand=request.args.get("brand", ""))
    page = render_template(
        "shifts/drill.html",
        drill=seal(academy().settings.secret_key, SealedDrill(chosen, kind, _locale(), seed)),
        brand=next(offer for offer in offers if offer.brand == chosen),
        kind=words.kind_title(kind, _locale()) if request.args.get("kind") else "",
        warned=kind in DISTRESSING,
        return_to=local_path(request.args.get("from"), ""),
        active="practice",
    )
    return make_response(page)


@blueprint.post("/practice/shifts/<key>")
def begin_shift(key: str) -> Response:
    """Begin a shift in a scenario."""
    scenario = queries.scenario_revision(reading(), viewer(), key)
    brand = queries.brand_revision(reading(), viewer(), scenario.parsed["brand"])
    intensity = read_intensity(request.form)
    beginning = Beginning(brand, scenario, "", _locale(), new_seed(), _opening())
    return _begin(replace(beginning, intensity=intensity))


@blueprint.get("/shifts/<sitting_id>/debrief")
def debrief(sitting_id: str) -> Response:
    """Show how a drill or shift went, and why, from its record."""
    sits = sitter(sitting_id)
    shift = queries.own_shift(session(), sits, sitting_id)
    sitting = own_sitting(session(), sits, sitting_id)
    record, locale = queries.record_of(shift), _locale()
    seen = queries.disagreements_of(session(), sitting_id)
    cards = debrief_page.message_cards(record, locale, seen)
    add_readings(cards, marks_in(session(), sitting_id))
    host = opinion_host(academy().settings.opinion, viewer(), sitting)
    add_opinions(cards, opinions_in(session(), sitting_id), host, locale, now())
    shared = {
        "shift": shift,
        "sitting": sitting,
        "record": record,
        "active": "practice",
        "confined": is_confined(sitting),
    }
    if sitting.activity == Activity.DRILL:
        card = cards[0] if len(cards) == 1 else next(one for one in cards if one["counts"])
        return make_response(
            render_template(
                "shifts/drill_debrief.html",
                card=card,
                verdict=debrief_page.drill_verdict(card),
                numbers=debrief_page.message_numbers(card),
                planted=draft_page.planted_faults(record, locale),
                **shared,
            )
        )
    head, rows = debrief_page.day_table(record)
    page = render_template(
        "shifts/debrief.html",
        cards=cards,
        verdict=debrief_page.shift_verdict(record),
        moments=moments(record, locale, f"/shifts/{sitting_id}/debrief"),
        day=debrief_page.day(record),
        table=(head, rows),
        numbers=debrief_page.shift_card(record),
        duties=duty_sections(record, locale),
        weights_note=debrief_page.weights_note(record, locale),
        chapters=week_page.chapters(record),
        promises=(kept := week_page.settled(record, f"/shifts/{sitting_id}/debrief")),
        promise_words=week_page.count_words(kept) if any(kept.values()) else "",
        **shared,
    )
    return make_response(page)


@blueprint.route("/shifts/<sitting_id>/messages/<message_id>/retry", methods=["GET", "POST"])
def retry(sitting_id: str, message_id: str) -> Response:
    """Try a message again: another reply, marked at once beside the first."""
    form, sits = ReplyForm(), sitter(sitting_id)
    if form.validate_on_submit():
        with refusals(form):
            operations.retry(session(), sits, sitting_id, message_id, form.text.data, now())
            return redirect(f"/shifts/{sitting_id}/messages/{message_id}/retry#tries")
    shift = operations.shift_to_practise(session(), sits, sitting_id)
    return _retry_page(shift, message_id, form)


@blueprint.post("/shifts/<sitting_id>/messages/<message_id>/disagree/<criterion>")
def disagree(sitting_id: str, message_id: str, criterion: str) -> Response:
    """Keep why somebody does not agree with a line of their scorecard."""
    sentence = request.form.get("sentence", "")
    line = (message_id, criterion)
    try:
        rating_operations.disagree(
            session(), sitter(sitting_id), sitting_id, line, sentence, now()
        )
        flash(_("Thank you. A rater will read it beside your reply."), "done")
    except Invalid as refusal:
        flash(say(refusal), "warning")
    return redirect(f"/shifts/{sitting_id}/debrief#{message_id}")


def _locale() -> Locale:
    return "pl" if interface_locale() == "pl" else "en"


def _opening() -> Opening:
    return Opening(return_to=local_path(request.form.get("return_to"), ""))


def _begin(beginning: Beginning) -> Response:
    at = now()
    state = operations.first_state(reading(), beginning)
    sitting = operations.begin(session(), whoever_acts(at), beginning, state, at)
    return redirect(f"/shifts/{sitting.id}")


def _running() -> Sitting | None:
    if not viewer().id:
        return None
    sittings = sittings_of(session(), viewer(), (Activity.SHIFT, Activity.DRILL))
    return next((one for one in sittings if one.finished_at is None), None)


def _running_day(running: Sitting | None) -> str:
    """Return where somebody stands in the campaign that they left, empty for other shifts."""
    if running is None:
        return ""
    shift = queries.own_shift(session(), viewer(), running.id)
    days = queries.setting_of(session(), shift).scenario.days
    if not days or shift.engine_version != ENGINE_VERSION:
        return ""
    desk = queries.desk_of(session(), shift)
    day = desk.days[desk.day - 1]
    return f"{week_page.day_words(desk.day, len(days))}: {day.title}"


def _first_drill(template: str, form: ReplyForm, drill: SealedDrill | None = None) -> Response:
    """Show the message of a drill with what is true beside it; nothing is written."""
    drill = drill or _draw_first()
    setting = _first_setting(drill)
    state = open_desk(setting.scenario, setting.brand, drill.seed).desk()
    shown = state.messages[0]
    sealed = seal(academy().settings.secret_key, drill)
    page = render_template(
        template,
        form=form,
        drill=sealed,
        # Its seal names a drill as well as what is in it would, and tells nothing.
        name=f"drill {sealed.rpartition('.')[2]}",
        message=shown,
        post=desk_page.first_post(shown, _locale()),
        brand=setting.brand,
        facts=desk_page.facts_for(setting),
        told=[answer.text for answer in state.briefing],
        limit=CHANNELS[shown.channel].reply_limit,
        locale=drill.locale,
        active="try",
    )
    return make_response(page, status_of(form))


def _drill_at_hand() -> SealedDrill | None:
    """Return the drill that an address names, in the reader's language: a reload keeps it."""
    try:
        held = unseal(academy().settings.secret_key, request.args.get("drill", ""))
    except Invalid:
        return None
    return held if held.locale == _locale() else None


def _draw_first() -> SealedDrill:
    """Draw the message of a first visit: one to which a public reply is the whole answer."""
    offers = offer_queries.drill_cards(reading(), NOBODY, _locale())
    for _try in range(FIRST_TRIES):
        seed = new_seed()
        brand, kind = choose_drill(offers, seed, kinds=FIRST_KINDS)
        drill = SealedDrill(brand, kind, _locale(), seed)
        if (kind, _first_setting(drill).scenario.messages[0].channel) in FIRST:
            return drill
    raise NotFound("There is no message of this kind to practise yet.")


def _first_setting(drill: SealedDrill) -> queries.Setting:
    revision = queries.brand_revision(reading(), NOBODY, drill.brand)
    return queries.drill_setting(reading(), revision.id, drill.kind, drill.locale, drill.seed)


def _retry_page(shift: Shift, message_id: str, form: ReplyForm) -> Response:
    record, locale = queries.record_of(shift), _locale()
    message = queries.recorded_message(record, message_id)
    tries = queries.retries_of(session(), shift.sitting_id, message_id)
    page = render_template(
        "shifts/retry.html",
        shift=shift,
        first=debrief_page.message_card(message, locale, {}),
        tries=[
            debrief_page.message_card(
                debrief_page.tried_again(message, one.text, one.scorecard), locale, {}
            )
            for one in reversed(tries)
        ],
        form=form,
        limit=CHANNELS[message["channel"]].reply_limit,
        active="practice",
    )
    return make_response(page, status_of(form))
