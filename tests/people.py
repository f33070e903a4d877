"""People who use the site over HTTP, by its own links and forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP
from html.parser import HTMLParser
from typing import Any

from werkzeug.test import TestResponse

from smm_academy.app import handlers
from smm_academy.clock import now
from smm_academy.jobs.worker import run_due
from smm_academy.web.application import Academy

PASSWORD = "a long enough sentence"


@dataclass
class Form:
    """A form as a page offers it: where it goes, what it carries, what its buttons add."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def offers(self, name: str, value: str) -> bool:
        """Tell whether a button, a choice or a field of the form says this."""
        said = [*self.choices.get(name, []), *self.fields.get(name, [])]
        return (name, value) in self.buttons or value in said

    def first_button(self) -> dict[str, str]:
        """Return what the form's first button sends, as pressing Enter does."""
        return dict([self.buttons[0]]) if self.buttons and self.buttons[0][0] else {}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self._select: str | None = None
        self._first_option: str | None = None
        self._textarea: str | None = None
        self._chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "form":
            self.forms.append(Form(found.get("action", ""), found.get("method", "get").lower()))
        if self.forms:
            self._read_control(self.forms[-1], tag, found)

    def _read_control(self, form: Form, tag: str, found: dict[str, str]) -> None:
        name = found.get("name")
        if tag == "select" and name:
            self._select, self._chosen, self._first_option = name, False, None
        if tag == "option" and self._select:
            self._read_option(form, self._select, found)
        if tag == "textarea" and name:
            self._textarea = name
            form.fields[name] = [""]
        if tag == "button" and found.get("type", "submit") == "submit":
            form.buttons.append((name or "", found.get("value", "")))
        if tag == "input" and name:
            self._read_input(form, name, found)

    def _read_option(self, form: Form, select: str, found: dict[str, str]) -> None:
        value = found.get("value", "")
        form.choices.setdefault(select, []).append(value)
        if self._first_option is None:
            self._first_option = value
        if "selected" in found:
            form.fields[select] = [value]
            self._chosen = True

    def _read_input(self, form: Form, name: str, found: dict[str, str]) -> None:
        if found.get("type") in {"checkbox", "radio"}:
            form.choices.setdefault(name, []).append(found.get("value", ""))
            if "checked" not in found:
                form.fields.setdefault(name, [])
                return
        form.fields.setdefault(name, []).append(found.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select:
            if not self._chosen and self._first_option is not None:
                self.forms[-1].fields[self._select] = [self._first_option]
            self._select = None
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea and self.forms:
            self.forms[-1].fields[self._textarea][0] += data.removeprefix("\n")
        self.words.append(data)


class Page:
    """A page that somebody sees."""

    def __init__(self, response: TestResponse, path: str) -> None:
        self.status = response.status_code
        self.response = response
        self.path = path
        self.html = response.get_data(as_text=True)
        reader = _Reader()
        reader.feed(self.html)
        self.forms = reader.forms
        self.links = reader.links
        self.text = re.sub(r"\s+", " ", " ".join(reader.words))

    def form(self, action: str) -> Form:
        """Return the form whose address ends like this."""
        for found in self.forms:
            if re.split(r"[?#]", found.action or self.path)[0].endswith(action):
                return found
        offered = [found.action for found in self.forms]
        message = f"no form leads to {action}; the page {self.path} ({self.status}) has {offered}"
        raise AssertionError(message)


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, app: Academy, language: str = "en") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Accept-Language": language, "Accept": "text/html"}
        self.page: Page | None = None
        self.email = ""

    def opens(self, path: str) -> Page:
        """Open an address, following redirects."""
        return self._see(self.client.get(path, headers=self.headers, follow_redirects=True))

    def sends(self, action: str, **values: Any) -> Page:
        """Fill in a form of the page at hand and send it, following redirects."""
        assert self.page is not None
        return self._sends(self.page.form(action), values)

    def moves(self, kind: str, message: str = "", **values: Any) -> Page:
        """Make a move at the desk by the form that offers it, for a message where it says which.

        Fields that the form does not have are a mistake of the test.
        """
        assert self.page is not None
        fitting = [
            form
            for form in self.page.forms
            if form.offers("move", kind) and message in {"", *form.fields.get("message", [])}
        ]
        assert fitting, f"the desk ({self.page.status}) offers no {kind!r} for {message!r}"
        assert set(values) <= set(fitting[0].fields), fitting[0]
        return self._sends(fitting[0], {**fitting[0].first_button(), "move": kind, **values})

    def _sends(self, form: Form, values: dict[str, Any]) -> Page:
        assert self.page is not None
        filled = {name: value for name, value in form.fields.items() if value}
        filled.update({name: _as_list(value) for name, value in values.items()})
        return self._see(
            self.client.open(
                (form.action or self.page.path).partition("#")[0],
                method=form.method.upper(),
                data=filled,
                headers=self.headers,
                follow_redirects=True,
            )
        )

    def posts(self, path: str, **values: Any) -> Page:
        """Send something without having seen a form for it, with a token that is good."""
        token = self.token()
        data = {"csrf_token": token, **{name: _as_list(value) for name, value in values.items()}}
        return self._see(
            self.client.post(path, data=data, headers=self.headers, follow_redirects=True)
        )

    def posts_json(self, path: str, body: object) -> TestResponse:
        """Send JSON as the page's scripts do."""
        headers = {**self.headers, "X-CSRFToken": self.token(), "Accept": "application/json"}
        return self.client.post(path, json=body, headers=headers)

    def token(self) -> str:
        """Return a token against forgery that belongs to this browser."""
        page = Page(self.client.get("/sign-in", headers=self.headers), "/sign-in")
        return next(form.fields["csrf_token"][0] for form in page.forms if form.fields)

    def registers(self, email: str, name: str = "Ola") -> Page:
        """Open an account."""
        self.email = email
        self.opens("/register")
        return self.sends("/register", name=name, email=email, password=PASSWORD)

    def signs_in(self, email: str, password: str = PASSWORD) -> Page:
        """Sign in."""
        self.opens("/sign-in")
        return self.sends("/sign-in", email=email, password=password)

    def letters(self) -> list[str]:
        """Let the worker send what is due; return the texts of all letters, oldest first."""
        settings = self.app.settings
        with self.app.app_context():
            run_due(self.app.database, handlers(self.app, settings), now())
        files = sorted((settings.instance / "mail").glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=SMTP).get_content() for path in files]

    def _see(self, response: TestResponse) -> Page:
        path = response.request.path
        self.page = Page(response, path)
        return self.page


def _as_list(value: Any) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in values]
