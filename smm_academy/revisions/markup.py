"""Markdown to HTML that is safe to show: no script, no style, no foreign picture survives."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from threading import local
from typing import Any

import markdown  # type: ignore[import-untyped]  # the package ships no types
import nh3

from smm_academy.revisions.dialect import as_older_dialect
from smm_academy.revisions.sources import Findings, Line, Locale, Place, slug

CALLOUTS: dict[str, dict[Locale, str]] = {
    "note": {"en": "Note", "pl": "Uwaga"},
    "tip": {"en": "Tip", "pl": "Wskazówka"},
    "important": {"en": "Important", "pl": "Ważne"},
    "warning": {"en": "Warning", "pl": "Ostrzeżenie"},
    "caution": {"en": "Caution", "pl": "Ostrożnie"},
    "key": {"en": "Key point", "pl": "Najważniejsze"},
}
"""The title of each kind of callout, by language."""

# A page has its own h1 and its own landmarks; a text inside it has neither.
_TAGS = nh3.ALLOWED_TAGS - {
    "area",
    "article",
    "center",
    "footer",
    "h1",
    "header",
    "hgroup",
    "map",
    "nav",
}
_ATTRIBUTES = {
    "*": {"lang", "title"},
    "a": {"href"},
    "code": {"class"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "align", "scope"},
    "th": {"colspan", "rowspan", "align", "scope"},
    "time": {"datetime"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_LANGUAGE_CLASS = re.compile(r"^language-[a-z0-9+-]{1,20}$")
_ALIGNMENT = re.compile(r"text-align:\s*(left|center|right)")
_FILE = re.compile(r"\.(?:svg|png|jpe?g|gif|webp)$", re.IGNORECASE)
_OUTSIDE = re.compile(r"^(?:https?:)?//", re.IGNORECASE)
_ALERT = re.compile(r"^\s*\[!(?P<kind>[A-Za-z]+)\]\s*")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]*)[^)]*\)")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\((?P<href>[^)\s]*)[^)]*\)")
# The same two as some authors write them: as HTML, and with the address on a line of its own.
_TAG_IMAGE = re.compile(r"<img\b(?![^>]*\balt=[\"'][^\"']*[^\s\"'])[^>]*>", re.IGNORECASE)
_TAG_ADDRESS = re.compile(r"<(?:a|img)\b[^>]*?\b(?:href|src)=[\"'](?P<at>[^\"']*)", re.IGNORECASE)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?(?P<at>[^\s>]+)")
# One line in which no character means anything: most options of most questions.
_PLAIN = re.compile(
    r"^(?!\d+[.)])(?:[^\W_]|[\"'„“(])(?:[^\W_]|[ ,.;?!\"'()„”“’–—%$€£/=÷×…:-])*(?<! )\Z"
)
_CODE_SPAN = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: its level (2 to 6), its anchor, its words."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML that may be shown as it is, with the headings in it."""

    html: str
    headings: tuple[Heading, ...] = ()


@dataclass(slots=True)
class Anchors:
    """Hands out the anchors of one page, each once."""

    taken: set[str] = field(default_factory=set)

    def take(self, title: str) -> str:
        """Return an anchor for a heading that no other heading of the page has."""
        wanted = slug(title) or "section"
        anchor, number = wanted, 2
        while anchor in self.taken:
            anchor, number = f"{wanted}-{number}", number + 1
        self.taken.add(anchor)
        return anchor


_readers = local()

Resolve = Callable[[str], str]
"""Turns an address as the author wrote it into one that the site serves."""


def render(
    text: str,
    locale: Locale = "en",
    *,
    anchors: Anchors | None = None,
    resolve: Resolve | None = None,
) -> Rendered:
    """Return the HTML of a Markdown text.

    Outside links get ``rel``; headings get ids from `anchors`; ``> [!NOTE]`` becomes a callout
    with its title in the language given; tables stand in a box that scrolls. `resolve` is asked
    for every link and picture that is not outside.
    """
    anchors = anchors or Anchors()
    if _PLAIN.match(text):
        return Rendered(f"<p>{text}</p>")
    raw = _reader().reset().convert(as_older_dialect(text))
    page = _Page(locale, anchors, resolve)
    page.feed(_sanitised(raw))
    page.close()
    return Rendered("".join(page.parts), tuple(page.headings))


def render_inline(text: str, locale: Locale = "en") -> str:
    """Return the HTML of one paragraph without the paragraph around it."""
    shown = render(text, locale).html.strip()
    inner = shown.removeprefix("<p>").removesuffix("</p>")
    return inner if shown.startswith("<p>") and "<p>" not in inner else shown


def words_of(fragment: str) -> str:
    """Return the plain words of an HTML fragment, in one line."""
    spaced = re.sub(r"</(?:p|li|h\d|td|th|tr|pre|blockquote)>|<br>", " ", fragment)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", spaced)).split())


def callout(kind: str, body: str, locale: Locale, title: str = "") -> str:
    """Return a callout of rendered HTML; its title is the author's or that of its kind."""
    label = html.escape(title or CALLOUTS[kind][locale])
    return (
        f'<aside class="callout callout-{kind}" aria-label="{label}">\n'
        f'<p class="callout-title">{label}</p>\n{body}\n</aside>'
    )


def figure(src: str, alt: str, caption: str = "") -> str:
    """Return a picture with its words; `caption` is rendered HTML."""
    picture = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}" loading="lazy">'
    below = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>\n{picture}{below}\n</figure>"


def check_markup(lines: Sequence[Line], findings: Findings) -> None:
    """Name pictures without words, pictures from outside, links that lead nowhere."""
    for line in lines:
        if line.in_code:
            continue
        shown = _CODE_SPAN.sub(lambda span: " " * len(span[0]), line.text)
        for image in _IMAGE.finditer(shown):
            place = line.place(image.start() + 1)
            if not image["alt"].strip():
                findings.error(
                    place,
                    "M101",
                    "this picture has no alternative text",
                    "say between the brackets what it shows: ![What it shows](…)",
                )
            check_alternative(image["alt"], image["src"], place, findings)
            check_picture(image["src"], place.column, line, findings)
        for image in _TAG_IMAGE.finditer(shown):
            findings.error(
                line.place(image.start() + 1),
                "M101",
                "this picture has no alternative text",
                "say between the brackets what it shows: ![What it shows](…)",
            )
        for link in _LINK.finditer(shown):
            if not link["href"] or link["href"].lower().startswith(("javascript:", "data:")):
                findings.error(
                    line.place(link.start() + 1),
                    "M103",
                    "this link leads nowhere",
                    "write a web address or the path of a lesson between the parentheses",
                )


def check_alternative(alt: str, src: str, place: Place, findings: Findings) -> None:
    """Name an alternative text that is only the name of the file."""
    said, name = _letters(alt), _letters(PurePosixPath(src).name.partition(".")[0])
    if said and (said == name or _FILE.search(alt.strip())):
        findings.error(
            place,
            "M104",
            "the alternative text is the name of a file",
            "say what the picture shows to somebody who does not see it",
        )


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def check_picture(src: str, column: int, line: Line, findings: Findings) -> None:
    """Name a picture that stands on another host or has no address."""
    if not src or ":" in src.partition("/")[0] or _OUTSIDE.match(src):
        findings.error(
            line.place(column),
            "M102",
            "this picture is not a file of ours",
            "put the file beside the text and write its path",
        )


def links(lines: Sequence[Line]) -> list[tuple[str, Line, int]]:
    """Return every address that a text links to or shows, with its line and column."""
    found = []
    for line in lines:
        if line.in_code:
            continue
        shown = _CODE_SPAN.sub(lambda span: " " * len(span[0]), line.text)
        found += [(link["href"], line, link.start("href") + 1) for link in _LINK.finditer(shown)]
        found += [(image["src"], line, image.start("src") + 1) for image in _IMAGE.finditer(shown)]
        for pattern in (_TAG_ADDRESS, _REFERENCE):
            found += [(one["at"], line, one.start("at") + 1) for one in pattern.finditer(shown)]
    return found


def is_outside(address: str) -> bool:
    """Tell whether an address is another site's, or no page at all (mail, telephone)."""
    return bool(_OUTSIDE.match(address)) or address.lower().startswith(("mailto:", "tel:"))


def _reader() -> Any:  # noqa: ANN401 - the package ships no types
    """Return this thread's Markdown reader: making one costs more than reading a paragraph."""
    if not hasattr(_readers, "markdown"):
        _readers.markdown = markdown.Markdown(
            extensions=[
                "tables",
                "sane_lists",
                "pymdownx.highlight",
                "pymdownx.superfences",
                "pymdownx.tilde",
            ],
            extension_configs={
                "pymdownx.highlight": {"use_pygments": False},
                "pymdownx.tilde": {"subscript": False},
            },
            output_format="html",
        )
    return _readers.markdown


def _sanitised(raw: str) -> str:
    aligned = re.sub(r'style="text-align: (left|center|right);?"', r'align="\1"', raw)
    headed = re.sub(r"<(/?)h1\b", r"<\1h2", aligned)
    return nh3.clean(
        headed,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed_value,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
        strip_comments=True,
    )


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    if (
        tag == "img"
        and name == "src"
        and (_OUTSIDE.match(value) or ":" in value.partition("/")[0])
    ):
        return None
    if name == "class":
        return value if _LANGUAGE_CLASS.match(value) else None
    return value


class _Page(HTMLParser):
    """Goes through clean HTML once and adds what the site needs to it."""

    def __init__(self, locale: Locale, anchors: Anchors, resolve: Resolve | None) -> None:
        super().__init__(convert_charrefs=False)
        self.locale: Locale = locale
        self.anchors = anchors
        self.resolve = resolve
        self.parts: list[str] = []
        self.headings: list[Heading] = []
        self.quotes: list[int] = []
        self.callouts: set[int] = set()
        self.heading_at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._address(values, "href")
            if is_outside(values.get("href", "")):
                values["rel"] = "external noopener noreferrer"
        elif tag == "img":
            self._address(values, "src")
            values.setdefault("loading", "lazy")
        elif tag == "blockquote":
            self.quotes.append(len(self.parts))
        elif _is_heading(tag):
            self.heading_at = len(self.parts)
        elif tag == "table":
            self.parts.append('<div class="table-scroll" tabindex="0">')
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in values.items())
        self.parts.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote" and self.quotes:
            opened = self.quotes.pop()
            self.parts.append("</aside>" if opened in self.callouts else "</blockquote>")
            return
        self.parts.append(f"</{tag}>")
        if tag == "table":
            self.parts.append("</div>")
        elif _is_heading(tag):
            title = words_of("".join(self.parts[self.heading_at :]))
            anchor = self.anchors.take(title)
            self.parts[self.heading_at] = f'<{tag} id="{anchor}">'
            self.headings.append(Heading(int(tag[1]), anchor, title))

    def handle_data(self, data: str) -> None:
        alert = _ALERT.match(data)
        if alert and self._begins_quote() and alert["kind"].lower() in CALLOUTS:
            kind = alert["kind"].lower()
            opened = self.quotes[-1]
            self.callouts.add(opened)
            head = callout(kind, "", self.locale).removesuffix("\n\n</aside>")
            self.parts[opened] = head
            data = data[alert.end() :]
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def _address(self, values: dict[str, str], name: str) -> None:
        address = values.get(name, "")
        if self.resolve and address and not is_outside(address):
            values[name] = self.resolve(address)

    def _begins_quote(self) -> bool:
        if not self.quotes:
            return False
        since = [part for part in self.parts[self.quotes[-1] + 1 :] if part.strip()]
        return since == ["<p>"]


def _is_heading(tag: str) -> bool:
    return tag in {"h2", "h3", "h4", "h5", "h6"}
