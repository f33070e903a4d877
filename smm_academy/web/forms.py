"""What every form shares."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf import FlaskForm
from wtforms import Form as AnyForm

from smm_academy.errors import Invalid
from smm_academy.web.application import forget
from smm_academy.web.errors import say


class Form(FlaskForm):
    """A form of the site; the application checks the token against forgery on every post."""

    class Meta(FlaskForm.Meta):
        """No second check per form."""

        csrf = False


@contextmanager
def refusals(form: AnyForm) -> Iterator[None]:
    """Put an `Invalid` that a block raises beside its field, and undo what the block did."""
    try:
        yield
    except Invalid as refusal:
        forget()
        field = form[refusal.field] if refusal.field in form else next(iter(form))
        field.errors = [*field.errors, say(refusal)]


def status_of(form: AnyForm) -> int:
    """Return the status of a page that shows a form: 422 when something in it is to be mended."""
    return 422 if form.errors else 200
