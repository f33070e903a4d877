"""An employer and candidates, over HTTP: everybody by the pages that they see."""

from __future__ import annotations

import re

from smm_academy.web.application import Academy
from tests.people import Page, Visitor

LINK = re.compile(r"http://localhost(/a/[\w-]+)")
REPLY = "I am sorry that the wrong table sent you the wrong size. The exchange is free."


def unmarked(page: Page) -> str:
    """Return a page's words as they were written, without the signs of what earned and lost."""
    words = re.sub(r"\[(?:earned|lost): (.*?) (?:[✓✗]\d+ ?)+\]", r"\1", page.text)
    return re.sub(r" (?=[.,])", "", words)


def employer(app: Academy, email: str = "boss@firm.example") -> Visitor:
    """Register an employer with an organisation and one assessment."""
    boss = Visitor(app)
    boss.registers(email, "Robert")
    confirm(boss)
    boss.opens("/hire")
    boss.sends("/hire/organisations", name="Firm & Sons")
    return boss


def confirm(visitor: Visitor) -> None:
    link = re.findall(r"http://localhost(/confirm/\S+)", visitor.letters()[-1])[-1]
    visitor.opens(link)
    visitor.sends(link)


def makes_test(boss: Visitor, outline: str = "short", **values: str) -> Page:
    boss.opens(f"/hire/assessments/new?outline={outline}")
    page = boss.sends(
        "/hire/assessments/new",
        **{"name": "Community manager", "purpose": "choosing whom we meet", **values},
    )
    assert page.status == 200, page.text
    return page


def invites(boss: Visitor, name: str = "Anna Kowal", email: str = "") -> str:
    """Invite somebody; return the path of the link that the page shows once."""
    assert boss.page is not None
    path = re.sub(r"/invitations$", "", boss.page.path)
    page = boss.sends(f"{path}/invitations", name=name, email=email)
    found = LINK.search(page.html)
    assert found, page.text
    return found[1]


def begins(app: Academy, link: str, locale: str = "en") -> Visitor:
    candidate = Visitor(app)
    candidate.opens(link)
    page = candidate.sends(link, locale=locale, read="y")
    assert page.status == 200, page.text
    assert page.path.startswith("/assessments/")
    return candidate


def answers_everything(candidate: Visitor) -> None:
    """Hand in the questions without answers, then let the shift's day pass after one reply."""
    assert candidate.page is not None
    home = candidate.page.path
    candidate.sends(f"{home}/questions")
    assert candidate.page.status == 200
    sitting = re.search(r"/quizzes/sittings/([\w-]+)/", candidate.page.path)
    assert sitting
    candidate.opens(f"/quizzes/sittings/{sitting[1]}/overview")
    handed_in = candidate.sends(f"/quizzes/sittings/{sitting[1]}/submit")
    assert "told at the end" in handed_in.text
    candidate.opens(home)
    desk = candidate.sends(f"{home}/shift")
    candidate.moves("open")
    message = next(
        form.fields["message"][0] for form in candidate.page.forms if form.offers("move", "reply")
    )
    candidate.moves("reply", message, text=REPLY)
    candidate.opens(f"{desk.path}/finish")
    debrief = candidate.sends(f"{desk.path}/finish")
    assert debrief.status == 200
    candidate.opens(home)
