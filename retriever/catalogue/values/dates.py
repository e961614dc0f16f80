"""Dates in a column, in whatever form, as ISO texts: "2018-03-01", or "2018-03" and "2018" where no more is said; also
counted in seconds or milliseconds since 1970.

dateutil reads the common forms, dateparser those of other languages and "3 days ago". Knows nothing of columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

_EPOCH = re.compile(r"\d{9,13}(?:\.0)?")
_MILLISECONDS = 10**11
_LONGEST = 40
_SAMPLE = 60
_ENOUGH = 0.9
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LIKE_DATE = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|^\d{1,2}[-\s][A-Za-z]{3,9}[-\s]\d{2}\b"
    r"|^\D{0,4}\d{1,2}[./-]\d{1,2}[./-]\d{2}\b|\bago$|^vor \d|前$",
    re.I,
)
_ISO = re.compile(r"((?:1[0-9]|20)\d\d)-(\d\d)(?:-(\d\d))?(?:[T ].*)?")
_HAN = re.compile(r"((?:1[0-9]|20)\d\d)\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")
_MONTH_YEAR = re.compile(r"(?:[^\W\d]{1,4}\.?\s+)?(\d{1,2})[./-]((?:1[0-9]|20)\d\d)")
_SLASHED = re.compile(r"\D{0,4}(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b")
_WRITTEN_OUT = re.compile(r"(0?[1-9]|[12]\d|3[01])[./-](0?[1-9]|[12]\d|3[01])[./-]((?:1[0-9]|20)\d\d)")
_BARE_YEAR = re.compile(r"\W*[^\W\d]{0,2}\W*(?:1[5-9]|20)\d\d\W*")
_YEAR_ONLY = re.compile(r"(?:[^\W\d]+\.?\s+){0,2}((?:1[5-9]|20)\d\d)(?:\s*(?:AD|CE))?", re.I)
_UNTIL = re.compile(r"\s+(?:to|until|till|bis|à|–|—|-)\s+.*", re.I)


def as_dates(values: Sequence[Any]) -> list[str | None] | None:
    """The column as ISO dates, None where a cell holds none; None if less than 90 % of a sample are dates. Of a time
    from one day to another it is the first."""
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    if not distinct or not all(isinstance(value, str) for value in distinct):
        return None
    sample = [_first_day(cell) for cell in distinct[:: max(1, len(distinct) // _SAMPLE)]]
    if sum(len(cell) <= _LONGEST and bool(_LIKE_DATE.search(cell)) for cell in sample) < _ENOUGH * len(sample):
        return None
    day_first = _day_first(sample)
    for read in (lambda cell: _plain(cell) or _common(cell, day_first), _any_language):
        if sum(bool(read(cell)) for cell in sample) >= _ENOUGH * len(sample):
            known = {cell: read(_first_day(cell)) or None for cell in distinct}
            return [None if value is None else known[value] for value in values]
    return None


def _first_day(cell: str) -> str:
    begun = _UNTIL.sub("", cell)
    return begun if _YEAR.search(begun) else cell


def as_epochs(values: Sequence[Any]) -> list[str | None] | None:
    """A column of seconds or milliseconds since 1970 as ISO dates; None if any cell is filled otherwise, or none is."""
    if all(value is None or _EPOCH.fullmatch(str(value)) for value in values) and any(values):
        return [None if value is None else _day(float(value)) for value in values]
    return None


def _day(seconds: float) -> str:
    seconds = seconds / 1000 if seconds > _MILLISECONDS else seconds
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _plain(cell: str) -> str:
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


def _common(cell: str, day_first: bool) -> str:
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


def _any_language(cell: str) -> str:
    import dateparser

    found = dateparser.parse(cell, settings={"PREFER_DAY_OF_MONTH": "first"})
    return _iso(found.year, found.month, found.day) if found else ""


def _day_first(cells: Iterable[str]) -> bool:
    """Whether "3/4" is the third of April: by dates that leave no doubt, else by the point between."""
    found = [match for cell in cells if (match := _SLASHED.match(cell))]
    if any(int(match[1]) > 12 for match in found):
        return True
    return not any(int(match[2]) > 12 for match in found) and any("." in match[0] for match in found)
