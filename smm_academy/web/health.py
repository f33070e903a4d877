"""Answers for whoever watches over the site: alive, ready."""

from flask import Blueprint, Response, jsonify, make_response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from smm_academy.database.migrating import is_current
from smm_academy.web.application import academy

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return jsonify(status="alive")


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether the database answers and has every migration."""
    engine = academy().database.engine
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        current = is_current(engine)
    except SQLAlchemyError:
        return make_response(jsonify(status="the database does not answer"), 503)
    if not current:
        return make_response(jsonify(status="migrations are pending: run `db upgrade`"), 503)
    return jsonify(status="ready")
