"""Times of the calendar in words: "in July", "on Saturday or Sunday", "from 16 August 2027 on".

Knows languages. Knows no items: what a range of a date field is of, see retriever.catalogue.calendar.
"""

from __future__ import annotations

import calendar
import math

from penchant.retriever.catalogue import Part

from .language import Speech

_FIRST, _LAST = 101, 1231
_MONTH = 31
_CHINESE_DAYS = "一二三四五六日"


def calendar_text(part: Part, low: float, high: float, speech: Speech) -> str:
    """A range of a part of dates in words."""
    if part == "weekday":
        days = [_weekday(day, speech) for day in range(int(low), int(high) + 1)]
        return speech.say("on time", low=speech.listed(days, "or"))
    if part == "season" and high - low > _MONTH and not _is_whole(int(low), int(high)):
        low, high = (-math.inf if low == _FIRST else low), (math.inf if high == _LAST else high)
    if math.isinf(low) or math.isinf(high):
        end = math.ceil(low) if math.isfinite(low) else math.floor(high)
        return speech.say("since time" if math.isinf(high) else "until time", low=_day(end, speech))
    return _between(int(low), int(high), speech)


def _between(low: int, high: int, speech: Speech) -> str:
    """Whole months by their names, and days by theirs."""
    whole = _is_whole(low, high)
    first, last = ((_month if whole else _day)(end, speech) for end in (low, high))
    if first == last:
        return speech.say("in time" if whole else "on time", low=first)
    return speech.say("between times", low=first, high=last)


def _is_whole(low: int, high: int) -> bool:
    return low % 100 == 1 and high % 100 >= _last(high)


def _last(day: int) -> int:
    """The last day of the month of a day; of no certain year's February the 28th will do."""
    year, month = day // 10_000, day // 100 % 100
    return calendar.monthrange(year or 2023, month)[1]


def _weekday(day: int, speech: Speech) -> str:
    return f"周{_CHINESE_DAYS[day - 1]}" if speech.language == "zh" else calendar.day_name[day - 1]


def _month(day: int, speech: Speech) -> str:
    year, month = day // 10_000, day // 100 % 100
    if speech.language == "zh":
        return f"{year}年{month}月" if year else f"{month}月"
    return f"{calendar.month_name[month]} {year}" if year else calendar.month_name[month]


def _day(day: int, speech: Speech) -> str:
    number = day % 100
    return f"{_month(day, speech)}{number}日" if speech.language == "zh" else f"{number} {_month(day, speech)}"
