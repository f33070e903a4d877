"""The first use of each term of the glossary in a lesson becomes a link to its meaning.

Headings, links, code, quotations and questions are left as they are: a heading is a landmark, a
link has an end already, a quotation is somebody's own words, and a question asks what the text
before it explained.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from smm_academy.lessons.glossary import Glossary, Term
from smm_academy.lessons.passages import Lesson, Passage
from smm_academy.revisions.sources import Locale

GLOSSARY_PATH = "/learn/glossary"
LINKED_KINDS = frozenset({"prose", "note", "warning", "key"})
"""The kinds of passages in which terms are linked."""

_CLOSED = frozenset(
    {"a", "blockquote", "code", "figcaption", "h2", "h3", "h4", "h5", "h6", "pre", "th"}
)
_CALLOUT_TITLE = '<p class="callout-title">'
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?(?P<name>[a-z0-9]+)")


class Finder:
    """Finds terms in running text of one language, the longest form first.

    A phrase in which a word means something else is longer than the word, so it is met first.
    """

    def __init__(self, glossary: Glossary, locale: Locale) -> None:
        self._terms: dict[str, Term | None] = {}
        forms: list[str] = []
        for term in (one for one in glossary if one.linked):
            for form in term.wording(locale).written:
                self._terms.setdefault(_folded(form), term)
                forms.append(form)
            for phrase in term.wording(locale).others:
                self._terms[_folded(phrase)] = None
                forms.append(phrase)
        forms.sort(key=lambda form: (-len(form), form))
        found = "|".join(map(_pattern, forms)) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w-])(?:{found})(?![\w-])")

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Term]]:
        """Yield each place of a text where a term stands, with the term."""
        for found in self._pattern.finditer(text):
            term = self._terms[_folded(found[0])]
            if term is not None:
                yield found, term


def link_terms(lesson: Lesson, glossary: Glossary) -> Lesson:
    """Return a lesson in which the first use of each term leads to the glossary."""
    if not glossary:
        return lesson
    linker = Linker(Finder(glossary, lesson.locale), lesson.locale)
    return replace(lesson, passages=tuple(map(linker.passage, lesson.passages)))


@dataclass(slots=True)
class Linker:
    """Goes through a lesson from its beginning; ``linked`` names the terms met so far."""

    finder: Finder
    locale: Locale
    linked: set[str] = field(default_factory=set)

    def passage(self, passage: Passage) -> Passage:
        """Return a passage with the terms in it linked that were not linked before."""
        if passage.kind not in LINKED_KINDS:
            return passage
        return replace(passage, html=self.html(passage.html))

    def html(self, fragment: str) -> str:
        """Return an HTML fragment with the terms in it linked that were not linked before."""
        parts: list[str] = []
        closed: list[str] = []
        for part in _TAG.split(fragment):
            if part.startswith("<"):
                _follow(part, closed)
                parts.append(part)
            else:
                parts.append(part if closed else self._words(part))
        return "".join(parts)

    def _words(self, text: str) -> str:
        shown, last = [], 0
        for found, term in self.finder.find(text):
            if term.id in self.linked:
                continue
            self.linked.add(term.id)
            meaning = html.escape(term.wording(self.locale).meaning)
            shown += [
                text[last : found.start()],
                f'<a class="term" href="{GLOSSARY_PATH}#{term.id}" title="{meaning}">',
                f"{found[0]}</a>",
            ]
            last = found.end()
        return "".join([*shown, text[last:]])


def _follow(tag: str, closed: list[str]) -> None:
    """Note that a tag opens or closes a part in which nothing is linked."""
    named = _NAME.match(tag)
    name = named["name"] if named else ""
    if tag.startswith("</"):
        if closed and closed[-1] == name:
            closed.pop()
    elif name in _CLOSED or tag == _CALLOUT_TITLE:
        closed.append(name)


def _pattern(form: str) -> str:
    """Return what finds a form: an abbreviation as it is written, all else in any case."""
    words = r"\s+".join(map(re.escape, html.escape(form, quote=False).split()))
    return words if form.isupper() else f"(?i:{words})"


def _folded(form: str) -> str:
    return " ".join(html.unescape(form).casefold().split())
