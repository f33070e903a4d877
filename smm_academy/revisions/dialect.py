"""CommonMark written as the older dialect of Markdown that the renderer reads.

Authors write what GitHub shows. The renderer wants a blank line before a list or a table, an
indent of four for what belongs to a list item, and ``1.`` where CommonMark also takes ``1)``.
"""

import re
from dataclasses import dataclass, field

_INDENT = 4
_MARKER = re.compile(r"^(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> {1,4})(?=\S)")
_FENCE = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})")
_ROW = re.compile(r"^ {0,3}\|")
_STARTS = re.compile(r"^ {0,3}(?:#{1,6} |\||`{3,}|~{3,}|>)")


def as_older_dialect(text: str) -> str:
    """Return a CommonMark text in the dialect of the renderer; code is only moved sideways."""
    page = _Page()
    for line in text.split("\n"):
        page.add(line)
    return "\n".join(page.lines)


@dataclass(slots=True)
class _Page:
    """The lines written so far, and the list items that are open.

    An item is kept as the column at which its text begins, and whether it is numbered.
    ``block_is_list`` says whether the lines since the last blank one began with an item.
    """

    lines: list[str] = field(default_factory=list)
    items: list[tuple[int, bool]] = field(default_factory=list)
    fence: str = ""
    block_is_list: bool = False
    after_quote: bool = False

    def add(self, line: str) -> None:
        fence = _FENCE.match(line)
        if self.fence:
            self.lines.append(self._moved(line))
            if fence and fence["fence"].startswith(self.fence) and line.strip() == fence["fence"]:
                self.fence = ""
        elif not line.strip():
            self.lines.append("")
        else:
            self._add_text(line)
            self.fence = fence["fence"] if fence else ""

    def _add_text(self, line: str) -> None:
        marker = _MARKER.match(line)
        starts_block = not self._follows_text()
        if starts_block:
            self.block_is_list = marker is not None
        self._keep_quotes_apart(line, starts_block=starts_block)
        closed = self._close_items(line) if marker or starts_block or _STARTS.match(line) else []
        if marker is None:
            if not starts_block and _ROW.match(line) and not _ROW.match(self.lines[-1]):
                self.lines.append("")
            self.lines.append(self._moved(line))
            return
        numbered = marker["mark"] not in "-*+"
        if not starts_block and not self.block_is_list:
            if numbered and marker["mark"][:-1] != "1" and not self.items and not closed:
                self.lines.append(line)
                return
            self.lines.append("")
        elif not starts_block and closed and closed[-1][1] != numbered:
            self.lines.append("")
        self.block_is_list = True
        mark = marker["mark"].replace(")", ".")
        self.lines.append(f"{self._margin()}{mark} {line[marker.end() :]}")
        self.items.append((marker.end(), numbered))

    def _close_items(self, line: str) -> list[tuple[int, bool]]:
        indent = len(line) - len(line.lstrip(" "))
        closed = []
        while self.items and indent < self.items[-1][0]:
            closed.append(self.items.pop())
        return closed

    def _keep_quotes_apart(self, line: str, *, starts_block: bool) -> None:
        is_quote = line.startswith(">")
        if is_quote and self.after_quote and starts_block:
            self.lines += ["<!-- -->", ""]
        self.after_quote = is_quote or (self.after_quote and not starts_block)

    def _follows_text(self) -> bool:
        return bool(self.lines and self.lines[-1])

    def _margin(self) -> str:
        return " " * (_INDENT * len(self.items))

    def _moved(self, line: str) -> str:
        offset = self.items[-1][0] if self.items else 0
        indent = len(line) - len(line.lstrip(" "))
        return self._margin() + line[min(indent, offset) :]
