"""Whether a message asks for what is on the person's own list, or known to them: "from my watchlist", "what do I own
that fits tonight", "something to rewatch".

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


_AGAIN = re.compile(
    r"""\bre-?(?:watch|read|play|visit|listen(?:\s+to)?|view|hear|discover|experience|binge)(?:ing|able)?\b
    | \b(?:watch|see|read|hear|listen\s+to|play|put\s+on|enjoy|go\s+back\s+to)\s+(?:\w+\s+){0,2}?
        (?:again|once\s+more|a\s+second\s+time)\b
    | \bnothing\s+new\b | \b(?:old|proven|familiar)\s+favou?rites?\b | \bsomething\s+familiar\b
    | \b(?:something|anything|ones?)\s+(?:that\s+)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:already\s+)?
        (?:seen|read|heard|played|know|loved)\b
    | 重看 | 重读 | 重温 | 再[看读听玩]一遍""",
    re.I | re.X,
)
_NO_WISH = re.compile(
    r"""(?:\b(?:not|never|no|nothing|without|can|could|was|were|been|keep|kept|am|just)|n['’]t|['’]m|不)\s*(?:\w+\s+){0,3}$""",
    re.I | re.X,
)
"""What leads up to words of doing it again that refuse it, or tell of it."""
_NEW_TO_ME = re.compile(r"\bnew\s+(?:to|for)\s+(?:me|us)\b", re.I)
"""That is no matter of years."""
_NEW = re.compile(
    r"""\b(?:something|anything|ones?)\s+(?:\w+\s+)?(?:new|unseen|unread|fresh)\b | \bnew\s+to\s+(?:me|us)\b
    | \b(?:i|we)\s+(?:have|['’]ve)?\s*(?:n['’]t|haven['’]t|not|never)\s+(?:\w+\s+)?
        (?:seen|read|heard|played|watched)\b""",
    re.I | re.X,
)


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
    if before != "list":
        asked = (m for m in _ASKED.finditer(text) if not _KEPT.search(text[: m.start()]))
        if found := next(asked, None):
            return ModeSaid("list", *found.span())
    return _of_what_is_known(text, before)


def _of_what_is_known(text: str, before: Mode) -> ModeSaid | None:
    """What is known already may be shown again, or no more."""
    wished = (m for m in _AGAIN.finditer(text) if not _NO_WISH.search(text[: m.start()]))
    if found := next(wished, None):
        return ModeSaid("both", *found.span())
    if found := _NEW_TO_ME.search(text):
        return ModeSaid("new" if before in ("seen", "both") else before, *found.span())
    found = _NEW.search(text) or _AGAIN.search(text)
    return ModeSaid("new", *found.span()) if found and before in ("seen", "both") else None
