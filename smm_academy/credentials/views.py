"""Pages of certificates: the test of the house, one's own certificates, checking one."""

from flask import Blueprint, flash, make_response, redirect, render_template
from flask_login import login_required
from werkzeug.wrappers import Response

from smm_academy.assessments.report_page import Figure, band_title
from smm_academy.clock import now
from smm_academy.credentials import operations, queries
from smm_academy.credentials.forms import CertificateForm, TestForm
from smm_academy.credentials.models import Certificate
from smm_academy.measurement.curriculum import Curriculum
from smm_academy.measurement.queries import curriculum
from smm_academy.web.application import session
from smm_academy.web.forms import refusals, status_of
from smm_academy.web.locale import gettext as _, interface_locale
from smm_academy.web.viewer import viewer

blueprint = Blueprint("credentials", __name__, template_folder="templates")


@blueprint.get("/certificates")
def certificates() -> Response:
    """Say how a certificate is earned; to whoever signed in, how they stand."""
    form = TestForm(formdata=None, locale=interface_locale())
    return _page(form, CertificateForm(formdata=None, name=viewer().name))


@blueprint.post("/certificates")
@login_required
def begin() -> Response:
    """Begin the test of the house."""
    form = TestForm()
    if form.validate():
        with refusals(form):
            begun = operations.begin_test(session(), viewer(), form.locale.data, now())
            return redirect(f"/assessments/{begun.id}", 303)
    return _page(form, CertificateForm(formdata=None, name=viewer().name))


@blueprint.post("/certificates/<candidacy_id>")
@login_required
def issue(candidacy_id: str) -> Response:
    """Issue the certificate that a test has earned."""
    form = CertificateForm()
    if form.validate():
        with refusals(form):
            made = operations.issue(session(), viewer(), candidacy_id, form.name.data, now())
            return redirect(f"/verify/{made.id}", 303)
    return _page(TestForm(formdata=None, locale=interface_locale()), form)


@blueprint.post("/certificates/<certificate_id>/withdraw")
@login_required
def withdraw(certificate_id: str) -> Response:
    """Take a certificate back, or show it again."""
    operations.withdraw(session(), viewer(), certificate_id, now())
    flash(_("Saved."), "done")
    return redirect("/certificates")


@blueprint.get("/verify/<certificate_id>")
def verify(certificate_id: str) -> Response:
    """Show anybody who has the address what a certificate says, and whether it holds."""
    found = queries.certificate(session(), certificate_id)
    known = curriculum(session(), viewer())
    page = render_template(
        "credentials/certificate.html",
        certificate=found,
        overall=_figure(found.figures["overall"], _("Overall")),
        areas=_areas(found, known),
        is_own=viewer().id == found.person_id,
    )
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _areas(found: Certificate, known: Curriculum) -> list[Figure]:
    locale = interface_locale()
    return [_figure(row, known.areas[row["id"]][locale]) for row in found.figures["areas"]]


def _figure(row: dict[str, object], title: str) -> Figure:
    low, high, band = float(str(row["low"])), float(str(row["high"])), band_title(str(row["band"]))
    words = _(
        "%(title)s: %(band)s, between %(low)d and %(high)d of 100",
        title=title,
        band=band,
        low=low,
        high=high,
    )
    mean, chance = float(str(row["mean"])), int(str(row["chance"]))
    return Figure(
        title,
        told=True,
        band=str(row["band"]),
        band_title=band,
        measured=mean,
        low=low,
        high=high,
        chance=chance,
        answers=0,
        words=words,
    )


def _page(form: TestForm, naming: CertificateForm) -> Response:
    standing = queries.standing_of(session(), viewer(), now()) if viewer().id else None
    page = render_template(
        "credentials/certificates.html", form=form, naming=naming, standing=standing
    )
    return make_response(page, max(status_of(form), status_of(naming)))
