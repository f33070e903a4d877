"""Every code of a problem is held by a test that can fail."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("revisions", "lessons", "quizzes", "authoring")
CODE = re.compile(r"\b[CGKLMQS][1-3]\d\d\b")


def codes_in(folder: str) -> set[str]:
    return {
        code
        for name in FOLDERS
        for path in (ROOT / folder / name).glob("*.py")
        for code in CODE.findall(path.read_text("utf-8"))
    }


def test_every_code_is_tested() -> None:
    assert codes_in("smm_academy") - codes_in("tests") == set()
