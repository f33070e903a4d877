"""The texts that an author begins with: sound, short, and telling how a text is written."""

import json
import re
from functools import cache
from importlib.resources import files

from smm_academy.revisions.models import ChainKind

_REMARK = re.compile(r"^#(?P<locale>en|pl): (?P<text>.*\n)", re.MULTILINE)


def starting_text(kind: ChainKind, locale: str, key: str, title: str) -> str:
    """Return a sound text of a kind to begin with; a brand's remarks are in the language given.

    Raises ``FileNotFoundError`` for a kind that nobody begins from nothing.
    """
    name = f"{kind}.yaml" if kind is ChainKind.BRAND else f"{kind}.{locale}.md"
    text = _start(name)
    if kind is ChainKind.BRAND:
        text = _REMARK.sub(
            lambda remark: f"# {remark['text']}" if remark["locale"] == locale else "", text
        )
    # A title in straight quotes may hold whatever YAML would read as something else.
    return _filled(text, key, json.dumps(title, ensure_ascii=False))


def sample_lesson(locale: str) -> str:
    """Return a lesson short enough to stand on a page."""
    return _start(f"sample.{locale}.md")


def _filled(text: str, key: str, title: str) -> str:
    """Return a text with its gaps filled; as in a format string, doubled braces are plain."""
    filled = text.replace("{{", "\x00").replace("}}", "\x01")
    filled = filled.replace("{id}", key).replace("{title}", title)
    return filled.replace("\x00", "{").replace("\x01", "}")


@cache
def _start(name: str) -> str:
    return files("smm_academy.writing").joinpath("starts", name).read_text("utf-8")
