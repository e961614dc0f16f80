"""Whether a message asks for what is on the person's own list, is theirs or known to them: "from my watchlist",
"what do I own that fits tonight", "something to rewatch".

English and Chinese. Knows no list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...session import Mark, Mode

_LIST = (
    r"(?:my|our)\s+(?:own\s+)?(?:(?:watch|read(?:ing)?|play|wish|to[\s-]?(?:read|watch|play|do)|want[\s-]to[\s-]\w+)[\s-]?)?"
    r"(?:lists?|backlog|shelf|shelves|pile|collection|library|queue)\b(?!\s+of\b)"
)
_OWNS = r"(?:I|we)(?:\s+already)?\s+(?:own\b|have\s+at\s+home\b)"
_FITS = r"(?:\s+(?:that|which)\s+(?:would\s+)?(?:fits?|works?|suits?))?(?:\s+(?:tonight|today|now|this\s+evening)\b)?"
_THING = r"(?:something|anything|one|what|which|only|those|ones|[a-z]+s)"
_ASKED = re.compile(
    rf"(?<!take\s)(?<!remove\s)(?:\b(?:only\s+|just\s+)?(?:from|out\s+of|among)\s+(?:what\s+is\s+on\s+)?{_LIST}"
    rf"|\b{_THING}(?:\s+(?:that\s+)?(?:is|are)|['’]s)?\s+on\s+{_LIST}"
    rf"|\b(?:from|of|among)\s+(?:what|the\s+[a-z]+|those|everything)\s+(?:that\s+|which\s+)?{_OWNS}{_FITS}"
    rf"|\b(?:something|anything|one|only\s+[a-z]+|only\s+what)\s+(?:that\s+|which\s+)?{_OWNS}{_FITS}"
    rf"|\bwhat\s+do\s+{_OWNS}{_FITS}"
    r"|(?:从|在|就)我的?(?:片单|书单|清单|列表|单子)[里上中]?|我的(?:片单|书单|清单|列表|单子)[里上中]|我们?(?:已经)?拥有的)",
    re.I,
)
_ALL_OWN = re.compile(rf"{_OWNS}|\b(?:my|our)\s+(?:own\s+)?(?:collection|library)\b|拥有", re.I)
"""Of what is asked for, what is more than a list of wishes."""
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


def mode_said(text: str, before: Mode, marks: Sequence[Mark] = ()) -> ModeSaid | None:
    """None where nothing is said of that. Who asks for their own, of whom no mark says what they have, gets what is on
    their list."""
    if found := _NOT_ASKED.search(text):
        return ModeSaid("new", *found.span()) if before in ("list", "own") else None
    asked = (m for m in _ASKED.finditer(text) if not _KEPT.search(text[: m.start()]))
    if found := next(asked, None):
        mode: Mode = "own" if _ALL_OWN.search(found[0]) and any(mark.owned for mark in marks) else "list"
        return ModeSaid(mode, *found.span())
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
