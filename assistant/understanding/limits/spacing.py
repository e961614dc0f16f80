"""How long ago something known must be for it to come again: "that I haven't seen in a year", "nothing I read in the
last six months", 一年没看过的. Knows wording, English and Chinese, and no marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..text import CHINESE_NUMBER, NUMBER, number

_SAW = r"(?:seen|saw|watched|read|heard|listened\s+to|played)"
_HAVE = r"(?:i|we)(?:['’]ve|\s+have)?\s+(?:last\s+)?"
_LONG = r"(?:ages|a\s+(?:very\s+)?long\s+time|a\s+(?:good\s+)?while|forever|(?:many\s+)?years|(?:many\s+)?months)"
_UNIT = r"(?:day|week|fortnight|month|year)"
_SPAN = rf"(?:(?:{NUMBER}|a\s+couple\s+of|a\s+few)\s+{_UNIT}s?|(?<=last\s|past\s){_UNIT}|{_LONG})"
_LEAST = r"(?:(?:at\s+least|more\s+than|over|about|the\s+(?:last|past)|like)\s+)*"
_CHINESE = rf"(?:{CHINESE_NUMBER}|几)(?:个?(?:月|星期|礼拜)|天|周|年)"
_SPACED = re.compile(
    rf"""\b(?:i|we)\s+(?:have\s+not|haven['’]?t|have\s+never|did\s+not|didn['’]?t)\s+(?:re-?)?{_SAW}
        (?:\s+again)?\s+(?:for|in|within)\s+{_LEAST}(?P<unseen>{_SPAN})\b
    | \b{_HAVE}{_SAW},?\s+but\s+not\s+(?:for|in|within)\s+{_LEAST}(?P<before>{_SPAN})\b
    | \b(?:nothing|none|not(?:\s+(?:anything|ones?|what))?)\s+(?:that\s+|of\s+what\s+)?{_HAVE}{_SAW}
        \s+(?:for|in|within|during|over)\s+{_LEAST}(?P<lately>{_SPAN})\b
    | \b{_HAVE}{_SAW}\s+{_LEAST}(?P<ago>{_SPAN})\s+ago\b
    | (?P<chinese>{_CHINESE})(?:以来|里)?(?:都)?没有?(?:再)?[看读听玩]过?的?""",
    re.I | re.X,
)
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365, "天": 1, "周": 7, "星期": 7, "礼拜": 7}
_CHINESE_DAYS = {"月": 30, "年": 365}
_FEW = {"years": 730, "months": 90}
_LONG_AGO = 365


@dataclass(frozen=True, slots=True)
class Spaced:
    """So many days since something was seen, and where a message says so. `asks`: whether what was seen before is asked
    for by it, and not only what was seen since is refused."""

    days: int
    start: int
    end: int
    asks: bool = True


def spacing_said(text: str) -> Spaced | None:
    """The first that a message says, if any."""
    found = _SPACED.search(text)
    words = found and next(filter(None, found.groups()), "")
    return Spaced(_days(words.lower()), *found.span(), asks=not found["lately"]) if found and words else None


def _days(words: str) -> int:
    if re.fullmatch(_LONG, words):
        return _FEW.get(words.split()[-1], _LONG_AGO)
    unit = next(days for name, days in (_DAYS | _CHINESE_DAYS).items() if name in words)
    return max(1, round(_count(words) * unit))


def _count(words: str) -> float:
    if "few" in words or "几" in words:
        return 3
    if "couple" in words:
        return 2
    counted = re.sub(r"\s*(?:(?:day|week|fortnight|month|year)s?|个?(?:月|星期|礼拜)|天|周|年)$", "", words)
    return number(counted) if counted else 1
