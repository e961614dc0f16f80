"""Whether a message asks for what is on the person's own list: "from my watchlist", "what do I own that fits tonight".

English and Chinese. Knows no list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...session import Mode

_LIST = (
    r"(?:my|our)\s+(?:own\s+)?(?:(?:watch|read(?:ing)?|play|wish|to[\s-]?(?:read|watch|play|do)|want[\s-]to[\s-]\w+)[\s-]?)?"
    r"(?:lists?|backlog|shelf|shelves|pile|collection|library|queue)\b(?!\s+of\b)"
)
_OWN = r"(?:I|we)(?:\s+already)?\s+own\b"
_THING = r"(?:something|anything|one|what|which|only|those|ones|[a-z]+s)"
_ASKED = re.compile(
    rf"(?<!take\s)(?<!remove\s)(?:\b(?:only\s+|just\s+)?(?:from|out\s+of|among)\s+(?:what\s+is\s+on\s+)?{_LIST}"
    rf"|\b{_THING}(?:\s+(?:that\s+)?(?:is|are)|['’]s)?\s+on\s+{_LIST}"
    rf"|\b(?:from|of|among)\s+(?:what|the\s+[a-z]+|those|everything)\s+(?:that\s+|which\s+)?{_OWN}"
    rf"|\b(?:something|anything|one|only\s+[a-z]+|only\s+what)\s+(?:that\s+|which\s+)?{_OWN}"
    rf"|\bwhat\s+do\s+(?:I|we)\s+(?:already\s+)?own\b"
    r"|(?:从|在|就)我的?(?:片单|书单|清单|列表|单子)[里上中]?|我的(?:片单|书单|清单|列表|单子)[里上中])",
    re.I,
)
_NOT_ASKED = re.compile(
    rf"(?:\b(?:not|n['’]t|never|nothing)\s+(?:just\s+|only\s+|necessarily\s+)?(?:(?:from|on|out\s+of)\s+)"
    rf"|\b(?:beyond|outside(?:\s+of)?|besides|forget(?:\s+about)?|leave)\s+){_LIST}|不要?[从在]我的?(?:片单|书单|清单|列表)",
    re.I,
)
_KEPT = re.compile(
    r"\b(?:put|add|save|move|remove|delete|cross|take|took|keep|stays?|already|it|it['’]s|this|that|is)\s*$", re.I
)
"""What leads up to a list that something is put on, or is on."""


@dataclass(frozen=True, slots=True)
class ModeSaid:
    """Which items may be shown from now on by a message, and where it says so."""

    mode: Mode
    start: int
    end: int


def mode_said(text: str, before: Mode) -> ModeSaid | None:
    """None where nothing is said of that, or what is so already."""
    if found := _NOT_ASKED.search(text):
        return ModeSaid("new", *found.span()) if before == "list" else None
    if before == "list":
        return None
    asked = (m for m in _ASKED.finditer(text) if not _KEPT.search(text[: m.start()]))
    return next((ModeSaid("list", *m.span()) for m in asked), None)
