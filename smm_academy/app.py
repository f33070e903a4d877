"""Builds the site: settings, database, slices, and the tables that connect them."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from smm_academy.accounts import jobs as account_jobs
from smm_academy.accounts.cookies import set_up_sign_in
from smm_academy.accounts.holdings import EXTENSION, Holding, erase_person
from smm_academy.accounts.views import blueprint as accounts
from smm_academy.admin import jobs as admin_jobs
from smm_academy.admin.operations import CONTENT_CHECK
from smm_academy.admin.views import blueprint as admin
from smm_academy.assessments import jobs as assessment_jobs
from smm_academy.assessments.candidate_operations import erase_candidacies, export_candidacies
from smm_academy.assessments.candidate_views import blueprint as candidates
from smm_academy.assessments.views import blueprint as assessments
from smm_academy.classes import jobs as class_jobs
from smm_academy.classes.operations import erase_memberships, export_classes
from smm_academy.classes.queries import kept_guests
from smm_academy.classes.views import blueprint as classes
from smm_academy.classes.weighting_views import blueprint as weightings
from smm_academy.config import Settings
from smm_academy.credentials.operations import erase_certificates, export_certificates
from smm_academy.credentials.views import blueprint as credentials
from smm_academy.database.session import Database
from smm_academy.jobs.operations import Handler
from smm_academy.jobs.queue import JobQueue
from smm_academy.lessons.operations import erase_readings, export_readings
from smm_academy.lessons.views import blueprint as lessons
from smm_academy.mail import jobs as mail_jobs
from smm_academy.mail.letters import SEND
from smm_academy.measurement.calibration_operations import CALIBRATION, calibration
from smm_academy.measurement.operations import erase_evidence, export_evidence
from smm_academy.organisations.views import blueprint as organisations
from smm_academy.progress import jobs as progress_jobs
from smm_academy.progress.operations import erase_progress, export_progress
from smm_academy.progress.review_views import blueprint as reviews
from smm_academy.progress.views import blueprint as progress, own_check
from smm_academy.quizzes import jobs as quiz_jobs
from smm_academy.quizzes.operations import erase_answers, export_answers
from smm_academy.quizzes.views import blueprint as quizzes, checks
from smm_academy.revisions.views import blueprint as media
from smm_academy.shifts import jobs as shift_jobs
from smm_academy.shifts.desk_views import blueprint as desk
from smm_academy.shifts.draft_views import blueprint as drafts
from smm_academy.shifts.operations import erase_shifts, export_shifts
from smm_academy.shifts.opinion_operations import ASK
from smm_academy.shifts.opinion_views import blueprint as opinions
from smm_academy.shifts.pair_views import blueprint as pairs
from smm_academy.shifts.rating_views import blueprint as rating
from smm_academy.shifts.views import blueprint as shifts
from smm_academy.shifts.what_if_views import blueprint as what_if
from smm_academy.sittings.operations import erase_sittings, export_sittings
from smm_academy.sittings.views import blueprint as sittings
from smm_academy.web.about import blueprint as about
from smm_academy.web.application import SAFE_METHODS, Academy, forget
from smm_academy.web.assets import asset_url, blueprint as assets
from smm_academy.web.compression import set_up_compression
from smm_academy.web.errors import set_up_errors
from smm_academy.web.headers import set_up_headers
from smm_academy.web.health import blueprint as health
from smm_academy.web.locale import set_up_locale
from smm_academy.web.logs import set_up_request_log
from smm_academy.web.templating import set_up_templates
from smm_academy.web.viewer import viewer
from smm_academy.writing.operations import erase_texts, export_texts
from smm_academy.writing.statistics_views import blueprint as item_statistics
from smm_academy.writing.views import blueprint as writing

BLUEPRINTS = (
    assets,
    health,
    about,
    accounts,
    organisations,
    media,
    sittings,
    shifts,
    desk,
    what_if,
    pairs,
    drafts,
    opinions,
    rating,
    quizzes,
    checks,
    lessons,
    progress,
    own_check,
    reviews,
    writing,
    item_statistics,
    assessments,
    candidates,
    credentials,
    classes,
    weightings,
    admin,
)
HOLDINGS: dict[str, Holding] = {
    "classes": Holding(export_classes, erase_memberships),
    "credentials": Holding(export_certificates, erase_certificates),
    "assessments": Holding(export_candidacies, erase_candidacies),
    "writing": Holding(export_texts, erase_texts),
    "progress": Holding(export_progress, erase_progress),
    "lessons": Holding(export_readings, erase_readings),
    "shifts": Holding(export_shifts, erase_shifts),
    "quizzes": Holding(export_answers, erase_answers),
    "measurement": Holding(export_evidence, erase_evidence),
    "sittings": Holding(export_sittings, erase_sittings),
}
"""Slice -> how it exports and erases what it holds of a person, the highest slice first."""

RECURRING = {
    account_jobs.RETENTION: account_jobs.RETENTION_EVERY,
    CONTENT_CHECK: admin_jobs.CONTENT_CHECK_EVERY,
    quiz_jobs.EXPIRY: quiz_jobs.EXPIRY_EVERY,
    progress_jobs.DIGESTS: progress_jobs.DIGESTS_EVERY,
    progress_jobs.NORMS: progress_jobs.NORMS_EVERY,
    shift_jobs.EXPIRY: shift_jobs.EXPIRY_EVERY,
    class_jobs.RETENTION: class_jobs.RETENTION_EVERY,
    assessment_jobs.RETENTION: assessment_jobs.RETENTION_EVERY,
    assessment_jobs.NORMS: assessment_jobs.NORMS_EVERY,
}
"""Job -> how often it is due."""

SIGNED_LINKS = ("smm_academy.progress.review_views.stop_digest",)
"""Views that mail programs post to by themselves: a signature in the address is their token."""

LARGEST_REQUEST = 1_000_000
LIMITS = ["240 per minute"]


def create_app(settings: Settings) -> Academy:
    """Return the site for these settings; nothing is opened but the database's door."""
    app = Academy("smm_academy", static_folder=None, template_folder=None)
    app.settings = settings
    app.database = Database(settings.database_url)
    app.database.committed = JobQueue(settings).announce
    app.extensions[EXTENSION] = HOLDINGS
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        SESSION_COOKIE_NAME="__Host-smm_form" if settings.secure else "smm_form",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=int(timedelta(hours=12).total_seconds()),
        RATELIMIT_ENABLED=settings.limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
    )
    if not settings.local:
        # One proxy in front, as docs/operating.md describes.
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    set_up(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def set_up(app: Academy) -> None:
    """Give an application everything that its pages share."""
    set_up_request_log(app)
    set_up_headers(app, secure=app.settings.secure)
    set_up_compression(app)
    limiter = Limiter(whoever_asks, app=app, default_limits=LIMITS)  # type: ignore[arg-type]
    # Reading is cheap; what writes or works is counted.
    limiter.request_filter(lambda: request.method in SAFE_METHODS)
    forgery = CSRFProtect(app)
    for view in SIGNED_LINKS:
        forgery.exempt(view)
    set_up_sign_in(app)
    set_up_locale(app)
    set_up_templates(app, asset_url)
    set_up_errors(app)
    app.teardown_appcontext(lambda _error: forget())


def whoever_asks() -> str:
    """Return whose requests are counted: the person's, or the address's where nobody is known.

    A class types behind one address; counted together, its autosaves would be turned away.
    """
    return f"person {viewer().id}" if viewer().id else str(get_remote_address())


def handlers(app: Academy, settings: Settings) -> Mapping[str, Handler]:
    """Return what the worker runs, by the name of the job."""
    erase = partial(erase_person, app.extensions[EXTENSION])
    return {
        SEND: mail_jobs.sender(settings),
        CONTENT_CHECK: admin_jobs.content_check(app.database),
        CALIBRATION: calibration(app.database),
        quiz_jobs.EXPIRY: quiz_jobs.close_expired,
        shift_jobs.EXPIRY: shift_jobs.close_expired,
        ASK: shift_jobs.opinion_asker(app.database, settings.opinion),
        progress_jobs.DIGESTS: progress_jobs.plan_digests,
        progress_jobs.DIGEST: progress_jobs.digest_writer(settings),
        progress_jobs.NORMS: progress_jobs.norm_taker(app.database),
        class_jobs.RETENTION: class_jobs.forget_ended,
        account_jobs.RETENTION: account_jobs.retention(erase, kept_guests),
        assessment_jobs.RETENTION: assessment_jobs.retention(erase),
        assessment_jobs.NORMS: assessment_jobs.norm_taker(app.database),
    }
