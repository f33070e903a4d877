"""What arrives: a request whose texts hold nothing that a database refuses."""

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

NUL = "\x00"


class Incoming(Request):
    """A request; the character NUL, which nobody types and PostgreSQL keeps in no text, is cut."""

    def _load_form_data(self) -> None:
        super()._load_form_data()
        if any(NUL in value for values in self.form.listvalues() for value in values):
            self.__dict__["form"] = ImmutableMultiDict(
                (name, value.replace(NUL, "")) for name, value in self.form.items(multi=True)
            )
