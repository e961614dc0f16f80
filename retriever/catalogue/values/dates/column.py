"""A column of dates as ISO texts, by the form that most of its cells have.

Which of day and month stands first is told by the column, or else by the file. Knows nothing of columns' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from .forms import any_language, common, plain
from .years import as_years, is_loose, year_of

_EPOCH = re.compile(r"\d{9,13}(?:\.0)?")
_MILLISECONDS = 10**11
_LONGEST = 40
_SAMPLE = 60
_LOOKED_AT = 500
_ENOUGH = 0.9
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_LIKE_DATE = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|^\d{1,2}[-\s][A-Za-z]{3,9}[-\s]\d{2}\b"
    r"|^\D{0,4}\d{1,2}[./-]\d{1,2}[./-]\d{2}\b|\bago$|^vor \d|前$",
    re.I,
)
_SLASHED = re.compile(r"\D{0,4}(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})\b")
_UNTIL = re.compile(r"\s+(?:to|until|till|bis|à|–|—|-)\s+.*", re.I)


def as_dates(values: Sequence[Any], day_first: bool | None = None) -> list[str | None] | None:
    """The column as ISO dates, None where a cell holds none; None if less than 90 % of a sample are dates. Of a time
    from one day to another it is the first. day_first: what other columns of the file tell of "3/4"."""
    distinct = list(dict.fromkeys(value for value in values if value is not None))
    if not distinct or not all(isinstance(value, str) for value in distinct):
        return None
    sample = [_first_day(cell) for cell in distinct[:: max(1, len(distinct) // _SAMPLE)]]
    if sum(len(cell) <= _LONGEST and bool(_LIKE_DATE.search(cell)) for cell in sample) < _ENOUGH * len(sample):
        return None
    first = _day_first(sample, day_first)
    known = _read(lambda cell: plain(cell) or common(cell, first), distinct, sample)
    if known is None and (years := as_years(values, loosely=False)) is not None:
        return years
    known = known or _read(any_language, distinct, sample)
    return None if known is None else [None if value is None else known[value] for value in values]


def known_dates(values: Sequence[str | None]) -> list[str | None]:
    """Cells that are known to be dates, however few and differently written they are; None where one tells none."""
    return [None if value is None else _known_date(value) for value in values]


def _known_date(cell: str) -> str | None:
    year = year_of(cell)
    return year if year and is_loose(cell) else next(iter(as_dates([cell]) or ()), None) or year


def _read(read: Callable[[str], str], distinct: Sequence[str], sample: Sequence[str]) -> dict[str, str | None] | None:
    """What a reader makes of each cell; None if it reads less than 90 % of a sample."""
    if sum(bool(read(cell)) for cell in sample) < _ENOUGH * len(sample):
        return None
    return {cell: read(_first_day(cell)) or None for cell in distinct}


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


def day_first_in(values: Sequence[Any]) -> bool | None:
    """Whether "3/4" is the third of April in a column of dates, by those that leave no doubt; None if none tells."""
    some = values[:: max(1, len(values) // _LOOKED_AT)]
    sample = list(dict.fromkeys(value for value in some if isinstance(value, str)))
    found = [match for cell in sample if (match := _SLASHED.match(cell))]
    return _told(found) if len(found) >= _ENOUGH * len(sample) else None


def _told(found: Iterable[re.Match[str]]) -> bool | None:
    doubtless = {int(match[1]) > int(match[2]) for match in found if 12 < max(int(match[1]), int(match[2])) <= 31}
    return doubtless.pop() if len(doubtless) == 1 else True if doubtless else None


def _day_first(cells: Iterable[str], file: bool | None) -> bool:
    """Whether "3/4" is the third of April: by dates that leave no doubt, in the column or else in the file; else by the
    point between."""
    found = [match for cell in cells if (match := _SLASHED.match(cell))]
    told = _told(found)
    known = file if told is None else told
    return any("." in match[0] for match in found) if known is None else known
