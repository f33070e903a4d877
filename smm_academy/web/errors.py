"""Turns refusals into pages: the right status, a clear sentence, a way on."""

from dataclasses import dataclass

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from smm_academy.errors import (
    AcademyError,
    Closed,
    Conflict,
    Invalid,
    NotAllowed,
    NotFound,
    TooMany,
)
from smm_academy.web.application import forget
from smm_academy.web.locale import gettext

STATUS: dict[type[AcademyError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Invalid: 422,
    Closed: 409,
    Conflict: 409,
    TooMany: 429,
}
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an error page says."""

    status: int
    title: str
    text: str


def say(error: AcademyError) -> str:
    """Return an error's sentence in the reader's language."""
    return str(gettext(error.message, **error.values))


def set_up_errors(app: Flask) -> None:
    """Answer every refusal of an application with a page, or with JSON where a script asked."""

    @app.errorhandler(AcademyError)
    def refuse(error: AcademyError) -> Response:
        status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
        return _answer(Sentence(status, _title(status), say(error)))

    @app.errorhandler(CSRFError)
    def refuse_forgery(_error: CSRFError) -> Response:
        text = gettext(
            "This page was open for too long, or the form did not come from it. "
            "Go back, reload the page and send it again; what you typed is still there."
        )
        return _answer(Sentence(400, _title(400), text))

    @app.errorhandler(HTTPException)
    def refuse_request(error: HTTPException) -> Response:
        status = error.code or 500
        response = _answer(Sentence(status, _title(status), _text(status)))
        for name, value in error.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        log.error("request failed", exc_info=error)
        forget()
        return _answer(Sentence(500, _title(500), _text(500)))


def _answer(sentence: Sentence) -> Response:
    accepted = request.accept_mimetypes
    if accepted["application/json"] <= accepted["text/html"]:
        body: str | Response = render_template("web/error.html", sentence=sentence)
    else:
        body = jsonify(error=sentence.text)
    return make_response(body, sentence.status)


def _title(status: int) -> str:
    titles = {
        400: gettext("That could not be read"),
        401: gettext("Please sign in"),
        403: gettext("That is not yours to open"),
        404: gettext("There is nothing here"),
        405: gettext("That is not how this page works"),
        409: gettext("Something changed in the meantime"),
        413: gettext("That is too large"),
        422: gettext("Something is missing or wrong"),
        429: gettext("One moment, please"),
    }
    return str(titles.get(status, gettext("Something went wrong on our side")))


def _text(status: int) -> str:
    texts = {
        403: gettext("You are signed in as somebody who may not see this page."),
        404: gettext("The address may be mistyped, or the page was moved or taken away."),
        405: gettext("Go back and use the buttons of the page."),
        413: gettext("Send less at a time: 1 MB at most."),
        429: gettext("That was very often in a short time. Wait a minute and try again."),
        500: gettext(
            "Nothing you saved is lost. Try again; if it happens again, "
            "tell whoever runs the site."
        ),
    }
    return str(texts.get(status, gettext("Go back and try again.")))
