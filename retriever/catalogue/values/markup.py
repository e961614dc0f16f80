"""HTML in a cell, as text. Knows nothing of columns."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_APART = frozenset("p br div li ul ol tr td th h1 h2 h3 h4 h5 h6 section".split())
_UNSEEN = frozenset(("script", "style"))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in _UNSEEN
        if tag in _APART:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _UNSEEN and self._hidden > 0
        if tag in _APART:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def plain_text(cell: str) -> str:
    """The cell without tags and entities; as it is if it has none."""
    if ("<" not in cell and "&" not in cell) or not _TAG.search(cell):
        return cell
    if "<" not in cell:
        return unescape(cell)
    parser = _Text()
    parser.feed(cell)
    parser.close()
    return " ".join("".join(parser.parts).split())
