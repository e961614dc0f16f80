"""One cell as an ISO date: in forms that leave nothing open, in the common ones, and in any language.

dateutil reads the common forms, dateparser those of other languages and "3 days ago".
"""

from __future__ import annotations

import re
from datetime import datetime

_ISO = re.compile(r"((?:1[0-9]|20)\d\d)-(\d\d)(?:-(\d\d))?(?:[T ].*)?")
_HAN = re.compile(r"((?:1[0-9]|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")
_MONTH_YEAR = re.compile(r"(?:[^\W\d]{1,4}\.?\s+)?(\d{1,2})[./-]((?:1[0-9]|20)\d\d)")
_WRITTEN_OUT = re.compile(r"(0?[1-9]|[12]\d|3[01])[./-](0?[1-9]|[12]\d|3[01])[./-]((?:1[0-9]|20)\d\d)")
_BARE_YEAR = re.compile(r"\W*[^\W\d]{0,2}\W*(?:1[5-9]|20)\d\d\W*")
_YEAR_ONLY = re.compile(r"(?:[^\W\d]+\.?\s+){0,2}((?:1[5-9]|20)\d\d)(?:\s*(?:AD|CE))?", re.I)


def plain(cell: str) -> str:
    """Forms that leave nothing open; empty for others."""
    cell = cell.strip()
    if match := _ISO.fullmatch(cell) or _HAN.fullmatch(cell):
        return _iso(*(int(part or 0) for part in match.groups()))
    if (numbers := re.findall(r"\d+", cell)) and len(numbers) == 1 and _BARE_YEAR.fullmatch(cell):
        return str(numbers[0])
    if match := _MONTH_YEAR.fullmatch(cell):
        return _iso(int(match[2]), int(match[1]))
    return ""


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    try:
        datetime(year, month or 1, day or 1)
    except ValueError:
        return ""
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def common(cell: str, day_first: bool) -> str:
    from dateutil import parser

    if match := _WRITTEN_OUT.fullmatch(cell.strip()):  # as dateutil reads it, and a hundred times as fast
        first, second, year = map(int, match.groups())
        month_first = first <= 12 and (second > 12 or not day_first)
        return _iso(year, *((first, second) if month_first else (second, first)))
    if not re.search(r"\d", cell):
        return ""
    try:
        one, other = (
            parser.parse(cell, dayfirst=day_first, default=datetime(*d)) for d in ((2000, 1, 1), (2001, 2, 2))
        )
    except (ValueError, OverflowError, TypeError):
        match = _YEAR_ONLY.fullmatch(cell.strip())
        return match[1] if match else ""
    if one.year != other.year:
        return ""
    return _iso(one.year, one.month if one.month == other.month else 0, one.day if one.day == other.day else 0)


def any_language(cell: str) -> str:
    import dateparser

    found = dateparser.parse(cell, settings={"PREFER_DAY_OF_MONTH": "first"})
    return _iso(found.year, found.month, found.day) if found else ""
