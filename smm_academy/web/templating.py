"""What every template may use: addresses of static files, the language, the theme."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask, request
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined

from smm_academy.clock import now
from smm_academy.web.application import academy
from smm_academy.web.locale import interface_locale, words

THEMES = ("light", "dark")


def set_up_templates(app: Flask, asset: Callable[[str], str]) -> None:
    """Let an application's templates find each other and what they share."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    loader = app.jinja_env.loader
    shared = FileSystemLoader(Path(__file__).parent / "templates")
    app.jinja_env.loader = ChoiceLoader([shared, *([loader] if loader else [])])
    # Straight to the catalogue: the extension's own functions look the language up at each word.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: words().gettext(message),
        lambda one, many, num: words().ngettext(one, many, num),
        newstyle=True,
    )
    app.jinja_env.globals.update(asset=asset, clock=now, get_locale=interface_locale)

    @app.context_processor
    def shared_context() -> dict[str, object]:
        theme = request.cookies.get("theme", "")
        return {
            "theme": theme if theme in THEMES else "",
            "here": request.full_path.rstrip("?") if request.method == "GET" else "/",
            "active": "",
            "demo": academy().settings.demo,
        }
