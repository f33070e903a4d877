"""An employer tests a candidate, over HTTP: from the first form to the decision."""

from __future__ import annotations

import re

import pytest

from smm_academy.web.application import Academy
from tests.hiring import REPLY, answers_everything, begins, employer, invites, makes_test, unmarked
from tests.people import Visitor


def test_an_employer_tests_a_candidate(app: Academy) -> None:
    boss = employer(app)
    makes_test(boss)
    link = invites(boss)
    home = boss.page.path if boss.page else ""

    candidate = begins(app, link)
    answers_everything(candidate)
    own = candidate.opens(f"{candidate.page.path}/result")  # type: ignore[union-attr]
    assert "Your result" in own.text
    assert "Learn" not in own.text

    listed = boss.opens(re.sub(r"/invitations$", "", home))
    assert "Anna Kowal" in listed.text
    report = boss.opens(next(one for one in listed.links if one.startswith("/hire/candidates/")))
    assert report.status == 200
    assert "not enough data" in report.text
    read = boss.opens(f"{report.path}/transcript")
    assert REPLY in unmarked(read)
    boss.opens(report.path)
    decided = boss.sends(report.path, decision="hold", reason="The interview decides.")
    assert "Robert decided" in decided.text
    table = boss.opens(re.sub(r"/invitations$", "/results.csv", home))
    assert "Anna Kowal" in table.html
    assert boss.opens(re.sub(r"/invitations$", "/compare", home)).status == 200


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_public_face_has_a_whole_sample(sqlite_app: Academy, language: str) -> None:
    visitor = Visitor(sqlite_app, language)

    assert visitor.opens("/hire").status == 200
    sample = visitor.opens("/hire/sample")

    assert sample.status == 200
    assert "rubric-line" in sample.html
