"""Times that a message names, as ranges of the catalogue's dates: "in July", "not before October", "this summer", "on a
weekend", "the first week of May".

English. Knows the columns of dates. Knows nothing of polarity.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from ..quantities import NumberField, NumberFields, Range
from .calendar_words import SEASONS, Time
from .date_fields import date_fields, is_of_its_own, meant, name_before
from .month_numbers import month_ranges
from .said_times import Said, at, said_times

_THIS = re.compile(
    r"\b(?:(?:in|during|over|for|on|by)\s+)?(?P<which>this|next|last|the\s+coming|coming)\s+(?:(?P<season>"
    + "|".join(SEASONS)
    + r")|(?P<unit>year|month|week(?:end)?)|(?P<time>\w+))\b|\b(?P<day>today|tomorrow|tonight|yesterday)\b",
    re.I,
)
_CLAUSE = re.compile(r"[.!?;\n]|,(?!\s*\d)")
_TOLD = re.compile(
    r"\b(?:set|takes?\s+place|turn(?:s|ing|ed)?|about|birthday|anniversary|wedding|exam|happens?|born|i['’]ve|we['’]ve|i\s+(?:was|had|did|went|got|bought)"
    r"|we\s+(?:were|had|did|went|got|moved)|moved|went|my\s+\w+\s+(?:is|was))\b[^.!?;]*$",
    re.I,
)
"""What is told of other times."""
_ANY_DAY = "1..7"
"""Of the week."""


def find_dates(text: str, fields: NumberFields, today: date) -> list[Range]:
    """The ranges that a text states of the days, months and seasons of the catalogue's dates, else of its months."""
    if not date_fields(fields):
        return [*month_ranges(text, fields)]
    stated = list(said_times(text))
    later = [one for one in _relative(text, today) if not any(one.start < s.end and s.start < one.end for s in stated)]
    found = [*(_since(one, text, today) for one in stated), *later]
    return [one for said in found for one in _ranges(said, text, fields)]


def _relative(text: str, today: date) -> Iterator[Said]:
    for match in _THIS.finditer(text):
        if time := _relative_time(match, today):
            loose = bool(match["season"] or match["time"]) and match["which"].casefold() != "last"
            yield Said(time, "in", *match.span(), counted=True, loose=loose, relative=True)


def _relative_time(match: re.Match[str], today: date) -> Time | None:
    """ "This summer", "next weekend", "last year", "tomorrow"."""
    which = (match["which"] or "").casefold()
    step = {"last": -1, "next": 1}.get(which, 0)
    if match["day"]:
        days = {"tomorrow": 1, "yesterday": -1}.get(match["day"].casefold(), 0)
        return _of_days(today + timedelta(days), 1)
    unit = (match["unit"] or "").casefold()
    monday = today - timedelta(today.weekday()) + timedelta(weeks=step)
    if unit in ("week", "weekend"):
        return _of_days(monday, 7) if unit == "week" else _of_days(monday + timedelta(5), 2)
    if unit == "year":
        return Time(year=today.year + step)
    if unit == "month":
        month = today.month - 1 + step
        return Time(month % 12 * 100 + 101, month % 12 * 100 + 131, today.year + month // 12)
    found = at(match["season"] or match["time"], 0)
    if not found or found[0].year or found[0].weekday:
        return None
    time = found[0]
    over = time.high < today.month * 100 + today.day and time.low <= time.high
    year = today.year + (1 if over and step >= 0 else 0) - (1 if step < 0 and not over else 0)
    return replace(time, year=year)


def _of_days(first: date, count: int) -> Time:
    last = first + timedelta(count - 1)
    return Time(first.month * 100 + first.day, last.month * 100 + last.day, first.year)


def _ranges(said: Said, text: str, fields: NumberFields) -> Iterator[Range]:
    led, behind = _CLAUSE.split(text[: said.start])[-1], _CLAUSE.split(text[said.end :])[0]
    field, named = meant(led, behind, fields)
    if field is None or (is_told(text, said) and not named):
        return
    if said.time.is_year and not named:
        if not said.counted:
            return  # what is said of years alone is read elsewhere
        field = fields.year or field
    dated = said.time.year and (said.time.is_year or not said.relative)  # nothing came out next week
    if not (named or dated or is_of_its_own(field)):
        return
    start = name_before(text, said.start, field.name)
    for value in _values(said, field, fields):
        yield Range(field.name, value, start, said.end, stated=True, sure=named)


def _since(said: Said, text: str, today: date) -> Said:
    """ "Since June" is since the last one."""
    if said.time.year or said.time.weekday or not re.match(r"since\b", text[said.start :], re.I):
        return said
    ahead = said.time.low > today.month * 100 + today.day
    return replace(said, time=replace(said.time, year=today.year - ahead))


def is_told(text: str, said: Said) -> bool:
    """Whether something else is told of a time: "my birthday is in May"."""
    return bool(_TOLD.search(_CLAUSE.split(text[: said.start])[-1]))


def _values(said: Said, field: NumberField, fields: NumberFields) -> Iterator[str]:
    """The values of a time: its days of the year, or of one year, and its days of the week."""
    time = said.time
    if time.weekday and not fields.any_within(field.name, _ANY_DAY):
        return  # no day is known of any, but months or years
    if time.weekday:
        yield f"{time.weekday[0]}..{time.weekday[1]}"
        if (time.low, time.high) == (101, 1231):
            return
    if said.loose and not fields.any_within(field.name, str(time.year)):
        time = replace(time, year=0)  # none of that year is here: whichever there is
    yield from _bounds(time, said.sign) if said.sign != "in" else _inside(time)


def _inside(time: Time) -> Iterator[str]:
    if time.is_year:
        yield str(time.year)
    elif time.year:
        over = time.high < time.low
        yield f"{_dated(time.year, time.low)}..{_dated(time.year + over, time.high)}"
    elif time.high < time.low:
        yield from (f"{time.low}..1231", f"101..{time.high}")
    else:
        yield f"{time.low}..{time.high}"


def _bounds(time: Time, sign: str) -> Iterator[str]:
    if time.is_year:
        yield f"{sign} {time.year}"
        return
    first = _beside(time.high, 1) if sign == ">" else time.low
    last = _beside(time.low, -1) if sign == "<" else time.high
    over = (sign == ">" and first == 101) - (sign == "<" and last == 1231)  # into the next year, or the one before
    if time.year:
        year = time.year + over
        yield f">= {_dated(year, first)}" if sign[0] == ">" else f"<= {_dated(year, last)}"
    elif not over:
        yield f"{first}..1231" if sign[0] == ">" else f"101..{last}"


def _dated(year: int, day: int) -> int:
    """A day of a year: 20010228, also where the 29th is said of it."""
    return year * 10_000 + min(day, day // 100 * 100 + monthrange(year, day // 100)[1])


def _beside(day: int, step: int) -> int:
    """The day before or after one of the year."""
    found = date(2024, day // 100, day % 100) + timedelta(step)
    return found.month * 100 + found.day
