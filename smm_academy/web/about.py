"""Pages that say how things are: privacy, scoring, licence."""

from flask import Blueprint, render_template

blueprint = Blueprint("about", __name__)


@blueprint.get("/privacy")
def privacy() -> str:
    """Say which data are kept, why, how long, and how to take or delete them."""
    return render_template("web/privacy.html")


@blueprint.get("/scoring")
def scoring() -> str:
    """Say how scores and measurements are made, and what they do not claim."""
    return render_template("web/scoring.html")


@blueprint.get("/licence")
def licence() -> str:
    """Say under which terms the site may be used."""
    return render_template("web/licence.html")
