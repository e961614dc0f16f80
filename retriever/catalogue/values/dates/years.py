"""Years as catalogues of works write them: "c. 1665", "1907-08", "1880s", "17th century", "Paris, June-July 1907".

Of a time the first year is kept, with the month where one is said before it. Knows nothing of columns' names.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from typing import Any

_SAMPLE = 60
_ENOUGH = 0.9
_BARE = 0.5
"""So many cells say nothing but when; else they are names with a year in them."""
_SPAN_BEYOND = 12
"""What follows a year by a hyphen and is more is no month: "1914-26"."""
_MONTHS = {name.casefold(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names)}
_MONTH = "|".join(sorted(filter(None, _MONTHS), key=len, reverse=True))
_ABOUT = (
    r"(?:c(?:a|ca|irca)?\.?|about|around|approx(?:imately)?\.?|before|after|early|mid(?:dle)?|late|by|um|vers|gegen)"
)
_SEASON = "spring|summer|autumn|fall|winter"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[,.]?"
_YEAR = r"(?P<year>1\d{3}|20\d\d)(?!\d)"
_END = r"(?P<end>\d{4}|\d{1,2})(?!\d)"
_WHEN = rf"""(?:{_ABOUT}[\s-]*(?:the\s+)?)*
    (?:{_DAY}\s+)?(?:(?:(?P<month>{_MONTH})|{_SEASON})\b\.?(?:\s*[-–—/]\s*(?:{_MONTH}|{_SEASON})\b\.?)?,?\s+)?
    (?:{_DAY}\s+)?
    (?:{_YEAR}(?:(?P<decade>['’]?s)|\s*[-–—/]\s*{_END})?|(?P<century>\d{{1,2}})(?:st|nd|rd|th)[\s-]+century)
    \s*\??"""
_CELL = re.compile(
    rf"[(\[]?(?P<place>[^\d,;()]{{2,30}}(?:,\s*[^\d,;()]{{2,30}}?)??,?\s+)??{_WHEN}[)\]]?(?P<remark>\s*[,;(\[].*)?",
    re.I | re.X,
)
_LOOSE = re.compile(
    rf"(?:^|[\s(,]){_ABOUT}[\s-]*1?\d{{3}}|(?<!\d)(?:1\d|20)\d\d(?:['’]?s\b|[–—]\d{{2}}(?!\d))|\d(?:st|nd|rd|th)\s+century"
    r"|^(?:1\d|20)\d\d\s?[,;(\[]\D+(?:1\d|20)\d\d(?!\d)",
    re.I,
)
_SHORT_SPAN = re.compile(r"(?<![\d-])(?:1\d|20)\d\d[-/](\d\d)(?![\d-])")


def as_years(values: Sequence[Any], loosely: bool = True) -> list[str | None] | None:
    """The column as ISO dates of a year or a month, None where a cell tells none; None if less than 90 % of a sample
    do, or less than half say nothing else. loosely: only if some are written as no date or number is ("c. 1665")."""
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    if not distinct or not all(isinstance(value, str) for value in distinct):
        return None
    sample = distinct[:: max(1, len(distinct) // _SAMPLE)]
    if loosely and not any(map(is_loose, sample)):
        return None
    found = [match for cell in sample if (match := _CELL.fullmatch(cell.strip()))]
    bare = sum(not (match["place"] or match["remark"]) for match in found)
    if len(found) < _ENOUGH * len(sample) or bare < _BARE * len(sample):
        return None
    known = {cell: year_of(cell) for cell in distinct}
    return [None if value is None else known.get(value) for value in values]


def year_of(cell: str) -> str | None:
    """The year or month that one cell tells, where it is known to tell one."""
    match = _CELL.fullmatch(cell.strip())
    return _first(match) if match else None


def is_loose(cell: str) -> bool:
    """Whether a cell tells a year as no table of dates or numbers does."""
    spans = _SHORT_SPAN.findall(cell)
    return bool(_LOOSE.search(cell)) or any(int(end) > _SPAN_BEYOND for end in spans)


def _first(match: re.Match[str]) -> str:
    if match["century"]:
        return f"{100 * (int(match['century']) - 1):04}"
    month = "" if match["end"] or not match["month"] else f"-{_MONTHS[match['month'].casefold()]:02}"
    return match["year"] + month
