"""Structured logs: one line a request, each with the request's id, none with what people wrote."""

import logging
import secrets
import sys
import time
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request

QUIET = frozenset({"assets.asset", "health.healthz", "health.readyz"})
ID_CHARACTERS = 32


def set_up_logs() -> None:
    """Write logs as JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def set_up_request_log(app: Flask) -> None:
    """Give each request an id and write one line when it is answered."""
    log = structlog.get_logger()

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        usable = (
            given.isascii() and given.replace("-", "").isalnum() and len(given) <= ID_CHARACTERS
        )
        g.request_id = given if usable else secrets.token_hex(8)
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if request.endpoint not in QUIET and "began" in g:
            log.info(
                "request",
                method=request.method,
                # The rule, not the path: addresses can carry tokens.
                route=str(request.url_rule or urlsplit(request.path).path[:80]),
                status=response.status_code,
                milliseconds=round((time.perf_counter() - g.began) * 1000, 1),
            )
        return response
