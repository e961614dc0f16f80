"""What a tab was sent last of each part of the page, so that it is sent only what has changed; and of the text that its
browser keeps, only the pieces that are new.

Knows nothing of what the parts show.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from .view import View

_PARTS = ("top", "chat", "panel", "picks", "bring", "keep")
_SEAM = re.compile(r"(?<=\},)(?=\{)")
"""Between two entries of a list in JSON; also where a text happens to say so, which does no harm."""

Pieces = list[str | tuple[int, int]]


class Sent:
    """Of one tab. `number` counts the views of the whole page: the browser tells which of them it had last, and with
    which its text came.

    Not safe to share between threads.
    """

    def __init__(self) -> None:
        self.number = 0
        self._last = View()
        self._texts: dict[int, str] = {}

    def news(self, view: View, seen: int | None, kept: int = 0) -> View:
        """The parts that the tab does not have as they are; all of them if `seen`, the number of the view that whoever
        gets this had last, is not that of the last one that was sent: then something was missed or came in between, and
        what was sent before is not relied on any more, but for the text that the browser has from the view `kept`."""
        known = self._last if seen == self.number else View()
        parts = {name: getattr(view, name) for name in _PARTS}
        self._last = replace(known, **{name: part for name, part in parts.items() if part is not None})
        changed = {name: None if part == getattr(known, name) else part for name, part in parts.items()}
        wire, keep = self._numbered(view.wire), changed["keep"]
        if keep is None or wire is None:
            return View(**changed, wire=wire)
        at = kept if known.keep is None else max(self._texts, default=0)
        return View(**changed, wire=wire, kept=self._pieces(keep, at))

    def _pieces(self, text: str, at: int) -> dict[str, Any]:
        """The text by that of an earlier view, of which the last two are known."""
        before = self._texts.get(at, "")
        last = max(self._texts, default=0)
        self._texts = {last: self._texts.get(last, ""), self.number: text}
        return {"of": at if before else 0, "parts": spliced(text, before)}

    def _numbered(self, wire: dict[str, Any] | None) -> dict[str, Any] | None:
        if wire is None:
            return None
        self.number += 1
        return {"told": self.number, **wire}


def spliced(text: str, before: str) -> Pieces:
    """The text as new words and as stretches of the text before, by where these begin and end there.

    Places are counted in UTF-16, as browsers count.
    """
    old = _SEAM.split(before)
    ends = list(accumulate(len(piece.encode("utf-16-le")) // 2 for piece in old))
    places = {piece: (end - len(piece.encode("utf-16-le")) // 2, end) for piece, end in zip(old, ends, strict=True)}
    return _joined([places.get(piece, piece) if before else piece for piece in _SEAM.split(text)])


def _joined(pieces: Sequence[str | tuple[int, int]]) -> Pieces:
    """Neighbours as one."""
    found: Pieces = []
    for piece in pieces:
        match found[-1:], piece:
            case [str() as words], str():
                found[-1] = words + piece
            case [(int() as start, int() as end)], (begin, stop) if begin == end:
                found[-1] = (start, stop)
            case _:
                found.append(piece)
    return found
