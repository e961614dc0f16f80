"""When items are, by the calendar: in July, on a weekend, after the 15th of August.

A range of a date field says by its numbers of what it is: 1 to 7 are days of the week from Monday on, 101 to 1231 the
days of any year (701 is the first of July), 10000101 and more single days (20270815), anything else years. Knows no
messages.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from .item import Item
from .schema import Field, Schema

Part = Literal["", "weekday", "season", "day"]
"""Of what a range is: of years and plain numbers, of days of the week, of days of any year, of single days."""

DATE = "date"
_A_DAY = 10_000_101
_WEEK, _YEAR = 7, 366
_FIRST, _LAST = 101, 1231
_MONTH = 31
_EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday."""

Days = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Spans:
    """From which day to which items are, shape (n,), NaT where unknown; `dated` where more than the year is known,
    `exact` where the day is."""

    first: Days
    last: Days
    dated: Mask
    exact: Mask


def part_of(field: Field | None, low: float, high: float) -> Part:
    """Of which part of a date a range of a field is."""
    if field is None or field.unit != DATE:
        return ""
    ends = [end for end in (low, high) if math.isfinite(end)]
    if ends and all(abs(end) >= _A_DAY for end in ends):
        return "day"
    if len(ends) < 2:
        return ""
    if 1 <= low <= high <= _WEEK:
        return "weekday"
    return "season" if low <= high and _is_of_year(low) and _is_of_year(high) else ""


def _is_of_year(number: float) -> bool:
    month, day = divmod(number, 100)
    return number == round(number) and 1 <= month <= 12 and 1 <= day <= _MONTH


def spans_of(items: Sequence[Item], name: str, schema: Schema) -> Spans:
    """The days of a date field; where it is the beginning of what another field is the end of, up to that."""
    begun = [_days(item.values(name)) for item in items]
    partner = _partner(name, schema)
    ended = [_days(item.values(partner)) for item in items] if partner else begun
    first = np.array([days[0] for days in begun], dtype="datetime64[D]")
    last = np.array([end[1] for end in ended], dtype="datetime64[D]")
    own = np.array([days[1] for days in begun], dtype="datetime64[D]")
    lengths = np.array([len((item.values(name) or ("",))[0]) for item in items])
    late = np.where(np.isnat(last) | (last < first), own, last)
    return Spans(first, late, lengths > len("2027"), lengths > len("2027-08"))


def _partner(name: str, schema: Schema) -> str:
    """The only field of dates up to which something is that begins in a field."""
    field = schema.field(name)
    ends = [f.name for f in schema.fields if f.unit == DATE and f.bound == "high"]
    return ends[0] if field and field.bound == "low" and len(ends) == 1 else ""


def _days(values: Sequence[str]) -> tuple[np.datetime64, np.datetime64]:
    """The first and last day of "2027-08-15", "2027-08" or "2027"."""
    written = values[0][:10] if values else ""
    try:
        begin = np.datetime64(written or "NaT")
    except ValueError:
        begin = np.datetime64("NaT")
    if np.isnat(begin):
        return begin.astype("datetime64[D]"), begin.astype("datetime64[D]")
    return begin.astype("datetime64[D]"), (begin + 1).astype("datetime64[D]") - np.timedelta64(1, "D")


def within(spans: Spans, part: Part, low: float, high: float) -> Mask:
    """Which items lie, if only in part, in a range of a part of dates."""
    if part == "weekday":
        return _on_weekdays(spans, low, high)
    known = ~np.isnat(spans.first)
    if part == "season":
        return _in_season(spans, low, high) & spans.dated & known
    ends_after = spans.first if math.isinf(high) else spans.last  # what starts after a day is not what goes on then
    since = ends_after >= _day(math.ceil(low)) if math.isfinite(low) else known
    return known & since & (spans.first <= _day(math.floor(high)) if math.isfinite(high) else known)


def _on_weekdays(spans: Spans, low: float, high: float) -> Mask:
    found = np.zeros(len(spans.first), dtype=bool)
    for more in range(_WEEK):
        day = spans.first + np.timedelta64(more, "D")
        weekday = (day.astype(np.int64) + _EPOCH_WEEKDAY) % _WEEK + 1
        found |= (day <= spans.last) & (low <= weekday) & (weekday <= high)
    return found & spans.exact & ~np.isnat(spans.first)


def _in_season(spans: Spans, low: float, high: float) -> Mask:
    begin, end = _day_of_year(spans.first), _day_of_year(spans.last)
    if high - low > _MONTH and low == _FIRST:
        return begin <= high  # "before October": what begins by then
    if high - low > _MONTH and high == _LAST:
        return begin >= low
    whole = (spans.last - spans.first).astype(np.int64) >= _YEAR - 1
    over = begin > end  # from one year into the next
    meets = np.where(over, (begin <= high) | (end >= low), (begin <= high) & (end >= low))
    return np.asarray(whole | meets)


def _day_of_year(days: Days) -> npt.NDArray[np.int64]:
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    return np.asarray(month * 100 + (days - months).astype(np.int64) + 1)


def _day(number: int) -> np.datetime64:
    """The day that 20270815 is; one beyond a month's last is the next month's first."""
    year, rest = divmod(number, 10_000)
    month, day = divmod(rest, 100)
    return (
        np.datetime64(f"{year:04}-{min(max(month, 1), 12):02}") + np.timedelta64(0, "D") + np.timedelta64(day - 1, "D")
    )


def is_within(item: Item, field: Field, low: float, high: float, schema: Schema) -> bool | None:
    """Whether an item lies in a range of a number field; None where nothing is known."""
    number = item.number(field.name)
    if math.isnan(number):
        return None
    if part := part_of(field, low, high):
        return bool(within(spans_of([item], field.name, schema), part, low, high)[0])
    return low <= number <= high
