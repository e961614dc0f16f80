"""What a tab was sent last of each part of the page, so that it is sent only what has changed.

Knows nothing of what the parts show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .view import View

_PARTS = ("top", "chat", "panel", "picks", "bring", "keep")


class Sent:
    """Of one tab. `number` counts the views of the whole page: the browser tells which of them it had last.

    Not safe to share between threads.
    """

    def __init__(self) -> None:
        self.number = 0
        self._last = View()

    def news(self, view: View, seen: int | None) -> View:
        """The parts that the tab does not have as they are; all of them if `seen`, the number of the view that whoever
        gets this had last, is not that of the last one that was sent: then something was missed or came in between, and
        what was sent before is not relied on any more."""
        known = self._last if seen == self.number else View()
        parts = {name: getattr(view, name) for name in _PARTS}
        self._last = replace(known, **{name: part for name, part in parts.items() if part is not None})
        changed = {name: None if part == getattr(known, name) else part for name, part in parts.items()}
        return View(**changed, wire=self._numbered(view.wire))

    def _numbered(self, wire: dict[str, Any] | None) -> dict[str, Any] | None:
        if wire is None:
            return None
        self.number += 1
        return {"told": self.number, **wire}
