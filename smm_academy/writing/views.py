"""Pages of authors: their shelf, the editor with its live check, what went before."""

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from smm_academy.accounts.models import HOUSE, Role
from smm_academy.accounts.queries import organisations_by_id, people_by_id
from smm_academy.clock import now
from smm_academy.errors import Invalid, NotFound
from smm_academy.organisations.operations import open_organisation
from smm_academy.revisions.models import ChainKind
from smm_academy.revisions.queries import find_chain, history_of, revision_at
from smm_academy.revisions.sources import written_lines
from smm_academy.web.application import forget, reading, session
from smm_academy.web.errors import say
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer
from smm_academy.writing import operations, queries
from smm_academy.writing.differences import as_written, compare
from smm_academy.writing.forms import (
    NewTextForm,
    PublishForm,
    SchoolForm,
    has_file,
    read_file,
    read_kind,
    read_number,
    read_picture,
    read_typed,
)
from smm_academy.writing.models import Manuscript
from smm_academy.writing.operations import Kept
from smm_academy.writing.pictures import LARGEST_PICTURE, reencode
from smm_academy.writing.proof import Around, Language, Proof, prove
from smm_academy.writing.proof_page import ProofPage, proof_page, sample_proofs
from smm_academy.writing.sent import Beginning, Publication, Typed, Upload
from smm_academy.writing.shelf import TRANSLATED, address_of, places_of

blueprint = Blueprint("writing", __name__, url_prefix="/teach", template_folder="templates")

SCHOOL_ROLES = (Role.OWNER, Role.INSTRUCTOR)
ID = "int(max=2147483647)"


@blueprint.url_value_preprocessor
def allow_pictures(endpoint: str | None, _values: object) -> None:
    """Let a draft come with a picture larger than any form, before anything reads the request."""
    if endpoint == "writing.save":
        request.max_content_length = LARGEST_PICTURE + 100_000


@blueprint.get("")
def desk() -> str:
    """Show an author's shelf; everybody else, what an author gets and how to begin."""
    if not viewer().holds(Role.INSTRUCTOR):
        return _face(SchoolForm(formdata=None))
    shelves = queries.shelves(session(), viewer(), interface_locale())
    wanted = request.args.get("q", "").strip().casefold()
    return render_template(
        "writing/desk.html", shelves=shelves, wanted=wanted, house=HOUSE, active="teach"
    )


@blueprint.post("/schools")
@login_required
def open_school() -> AnyResponse:
    """Open a school: whoever does owns it and teaches in it."""
    form = SchoolForm()
    if form.validate_on_submit():
        with refusals(form):
            open_organisation(session(), viewer(), form.name.data, SCHOOL_ROLES, now())
            flash(_("Your school is open. A complete lesson waits for your words."), "done")
            return redirect("/teach/new?kind=lesson")
    return make_response(_face(form), status_of(form))


@blueprint.route("/new", methods=["GET", "POST"])
@login_required
def new() -> AnyResponse:
    """Begin a lesson, a quiz or a brand from a sound text."""
    kind = read_kind(request.values.get("kind", "lesson"))
    places = _places()
    form = NewTextForm(request.form if request.method == "POST" else request.args)
    form.offer(places)
    if request.method == "GET":
        form.locale.data = form.locale.data or interface_locale()
    elif form.organisation.data not in places:
        raise NotFound("There is no such organisation.")
    elif form.validate():
        module = form.module.data if kind is ChainKind.LESSON else ""
        beginning = Beginning(
            form.organisation.data, kind, form.locale.data, form.title.data.strip(), module
        )
        begun = operations.begin_text(session(), viewer(), beginning, now())
        return redirect(f"/teach/drafts/{begun.id}")
    page = render_template("writing/new.html", form=form, kind=kind, active="teach")
    return make_response(page, status_of(form) if request.method == "POST" else 200)


@blueprint.get("/library")
@login_required
def library() -> str:
    """List what the house serves, each to be copied to one's own school."""
    places = {place: name for place, name in _places().items() if place != HOUSE}
    texts = queries.house_texts(session(), interface_locale())
    return render_template("writing/library.html", texts=texts, places=places, active="teach")


@blueprint.get(f"/drafts/<{ID}:manuscript_id>")
@login_required
def edit(manuscript_id: int) -> AnyResponse:
    """Show a draft in the editor, checked."""
    manuscript = queries.own_manuscript(session(), viewer(), manuscript_id)
    return _editor(manuscript, Typed(manuscript.source, manuscript.version))


@blueprint.post(f"/drafts/<{ID}:manuscript_id>")
@login_required
def save(manuscript_id: int) -> AnyResponse:
    """Save a draft, with a file or a picture if one is sent; a script gets JSON.

    Where somebody else saved before, both texts are shown and nothing is kept.
    """
    typed = read_typed(request)
    try:
        kept = _keep(manuscript_id, typed)
    except Invalid as refusal:
        if _is_script():
            raise
        forget()
        manuscript = queries.own_manuscript(reading(), viewer(), manuscript_id)
        return _editor(manuscript, typed, refused=say(refusal))
    if _is_script():
        return _saved(kept)
    if not kept.is_ours:
        return _editor(kept.manuscript, typed, clashes=True)
    return redirect(f"/teach/drafts/{manuscript_id}")


@blueprint.post(f"/drafts/<{ID}:manuscript_id>/check")
@login_required
def check(manuscript_id: int) -> AnyResponse:
    """Check what is typed and show what it looks like; nothing is kept."""
    typed = read_typed(request)
    return _editor(queries.own_manuscript(reading(), viewer(), manuscript_id), typed)


@blueprint.post(f"/drafts/<{ID}:manuscript_id>/publish")
@login_required
def publish(manuscript_id: int) -> AnyResponse:
    """Save a draft and let it serve, unless it has errors."""
    typed, form = read_typed(request), PublishForm()
    manuscript = queries.own_manuscript(reading(), viewer(), manuscript_id)
    proof, _around = _proof(manuscript, as_written(typed.source, manuscript.source))
    publication = Publication(
        typed, proof, wording_only=form.wording_only.data, caught_up=form.caught_up.data
    )
    refused = _("Nothing is published yet: mend the errors first. The draft is saved.")
    try:
        kept = operations.publish_text(session(), viewer(), manuscript_id, publication, now())
    except Invalid as refusal:
        forget()
        return _editor(
            queries.own_manuscript(reading(), viewer(), manuscript_id), typed, refused=say(refusal)
        )
    if not kept.is_ours:
        return _editor(kept.manuscript, typed, clashes=True)
    if kept.chain_id is None:
        return _editor(kept.manuscript, typed.on(kept.manuscript.version), refused=refused)
    flash(_("Published. Whoever is in the middle of it keeps what they began with."), "done")
    return redirect(f"/teach/texts/{kept.chain_id}")


@blueprint.post(f"/drafts/<{ID}:manuscript_id>/discard")
@login_required
def discard(manuscript_id: int) -> AnyResponse:
    """Throw a draft away."""
    operations.discard_text(session(), viewer(), manuscript_id, now())
    flash(_("The draft is gone. What was published before stays."), "done")
    return redirect("/teach")


@blueprint.get(f"/drafts/<{ID}:manuscript_id>/source")
@login_required
def draft_source(manuscript_id: int) -> Response:
    """Hand out a draft as the file that it would be."""
    manuscript = queries.own_manuscript(session(), viewer(), manuscript_id)
    return _file(queries.written_of(manuscript).path, manuscript.source)


@blueprint.post(f"/texts/<{ID}:chain_id>/edit")
@login_required
def begin_editing(chain_id: int) -> AnyResponse:
    """Begin to change a text, or go on where somebody began."""
    begun = operations.begin_editing(session(), viewer(), chain_id, now())
    return redirect(f"/teach/drafts/{begun.id}")


@blueprint.post(f"/texts/<{ID}:chain_id>/translate")
@login_required
def translate(chain_id: int) -> AnyResponse:
    """Begin a text in the other language."""
    begun = operations.begin_translation(session(), viewer(), chain_id, now())
    return redirect(f"/teach/drafts/{begun.id}")


@blueprint.post(f"/texts/<{ID}:chain_id>/copy")
@login_required
def copy(chain_id: int) -> AnyResponse:
    """Begin one's own version of a text that serves."""
    place = read_number(request.form.get("organisation"))
    begun = operations.begin_copy(session(), viewer(), chain_id, place, now())
    return redirect(f"/teach/drafts/{begun.id}")


@blueprint.get(f"/texts/<{ID}:chain_id>")
@login_required
def history(chain_id: int) -> str:
    """Show a text's revisions, and what changed between two of them."""
    chain = queries.own_chain(session(), viewer(), chain_id)
    past = history_of(session(), chain)
    newest = past[0].number
    after = read_number(request.args.get("to"), newest)
    before = read_number(request.args.get("from"), max(1, after - 1))
    old, new_one = (revision_at(session(), chain, number) for number in (before, after))
    return render_template(
        "writing/history.html",
        chain=chain,
        title=queries.title_of(session(), chain, interface_locale()),
        past=past,
        before=before,
        after=after,
        comparison=compare(old.source, new_one.source),
        address=address_of(ChainKind(chain.kind), chain.key) if chain.published_id else "",
        is_translated=chain.kind in TRANSLATED,
        active="teach",
    )


@blueprint.get(f"/texts/<{ID}:chain_id>/revisions/<{ID}:number>/source")
@login_required
def revision_source(chain_id: int, number: int) -> Response:
    """Hand out a revision as the file that it was or would be."""
    chain = queries.own_chain(session(), viewer(), chain_id)
    found = revision_at(session(), chain, number)
    ending = f".{chain.locale}.md" if chain.locale else ".yaml"
    return _file(found.origin or f"{chain.key}{ending}", found.source)


@blueprint.post(f"/texts/<{ID}:chain_id>/restore")
@login_required
def restore(chain_id: int) -> AnyResponse:
    """Publish an earlier revision's text again."""
    number = read_number(request.form.get("number"))
    operations.restore_text(session(), viewer(), chain_id, number, now())
    flash(_("The earlier text is published again, as a new revision."), "done")
    return redirect(f"/teach/texts/{chain_id}")


@blueprint.post(f"/texts/<{ID}:chain_id>/withdraw")
@login_required
def withdraw(chain_id: int) -> AnyResponse:
    """Take a text out of service."""
    operations.withdraw_text(session(), viewer(), chain_id, now())
    flash(_("Withdrawn. Nobody new can open it; answers and revisions are kept."), "done")
    return redirect(f"/teach/texts/{chain_id}")


@blueprint.post(f"/texts/<{ID}:chain_id>/serve")
@login_required
def serve(chain_id: int) -> AnyResponse:
    """Let a text that was withdrawn serve again."""
    operations.serve_again(session(), viewer(), chain_id, now())
    flash(_("Published again."), "done")
    return redirect(f"/teach/texts/{chain_id}")


def _face(form: SchoolForm) -> str:
    sound, broken = sample_proofs("pl" if interface_locale() == "pl" else "en")
    return render_template(
        "writing/face.html", form=form, sound=sound, broken=broken, active="teach"
    )


def _places() -> dict[int, str]:
    """Return the organisations for which the viewer writes, by id. Raises `NotFound` for none."""
    found = organisations_by_id(session(), list(places_of(viewer())))
    if not found:
        raise NotFound("Open a school first.")
    return dict(sorted(found.items(), key=lambda place: (place[0] == HOUSE, place[1])))


def _keep(manuscript_id: int, typed: Typed) -> Kept:
    """Keep what the editor sent: a file's text in place of its own, a picture beside it."""
    if has_file(request, "file"):
        text = read_file(request)
        flash(_("The file’s text is in the draft."), "done")
        return operations.take_file(session(), viewer(), manuscript_id, text, now())
    if not has_file(request, "picture"):
        return operations.save_text(session(), viewer(), manuscript_id, typed, now())
    name, raw = read_picture(request)
    upload = Upload(name, reencode(raw))
    kept, address = operations.add_picture(
        session(), viewer(), manuscript_id, typed, upload, now()
    )
    if kept.is_ours:
        said = _("The picture is kept. This line shows it; say in alt what is to be seen:")
        flash(f'{said} :::figure src={address} alt="…"', "done")
    return kept


def _proof(manuscript: Manuscript, source: str) -> tuple[Proof, Around]:
    around = queries.surroundings(reading(), manuscript)
    return prove(queries.written_of(manuscript, source), around), around


def _shown(manuscript: Manuscript, source: str) -> ProofPage:
    proof, around = _proof(manuscript, source)
    language: Language = "pl" if interface_locale() == "pl" else "en"
    return proof_page(proof, ChainKind(manuscript.kind), around.brands, language)


def _editor(
    manuscript: Manuscript, typed: Typed, *, clashes: bool = False, refused: str = ""
) -> AnyResponse:
    """Return the page of the editor with what was typed, whatever became of it."""
    shown = "\n".join(written_lines(typed.source))
    chain = manuscript.key and find_chain(
        reading(), manuscript.organisation_id, manuscript.kind, manuscript.key, manuscript.locale
    )
    page = render_template(
        "writing/editor.html",
        manuscript=manuscript,
        source=shown,
        # Saving again on top of the other's text is then a decision, no accident.
        version=manuscript.version if clashes else typed.version,
        shown=_shown(manuscript, shown),
        clash=compare(manuscript.source, shown) if clashes else None,
        editor=people_by_id(reading(), [manuscript.editor_id or 0]).get(
            manuscript.editor_id or 0, ""
        ),
        refused=refused,
        chain=chain,
        behind=queries.originals_change(reading(), manuscript),
        form=PublishForm(formdata=None),
        pictures={
            path.rpartition("/figures/")[2]: sha256 for path, sha256 in manuscript.pictures.items()
        },
        active="teach",
    )
    return make_response(page, 409 if clashes else 422 if refused else 200)


def _saved(kept: Kept) -> AnyResponse:
    """Tell a script what became of its text."""
    if kept.is_ours:
        return jsonify(version=kept.manuscript.version)
    name = people_by_id(reading(), [kept.manuscript.editor_id or 0])
    said = _("%(name)s saved this draft in another window.", name=", ".join(name.values()) or "?")
    return make_response(jsonify(version=kept.manuscript.version, error=said), 409)


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _file(path: str, source: str) -> Response:
    response = Response(source.encode(), mimetype="text/plain")
    name = path.rpartition("/")[2]
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
