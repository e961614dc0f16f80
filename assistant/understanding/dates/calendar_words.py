"""Times of the year as people say them: "the 15th of August", "late May 2024", "winter", "the first week of June",
"Saturdays".

English. Knows neither what day it is nor any catalogue.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from functools import cache

_MONTHS = {
    name.casefold(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if name
} | {"sept": 9}
_DAYS = {name.casefold(): n for names in (calendar.day_name, calendar.day_abbr) for n, name in enumerate(names, 1)}
_DAYS |= {"tues": 2, "thur": 4, "thurs": 4}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
"""The months of the north, first and last."""
_GROUPS = {"weekend": (6, 7), "weekday": (1, 5), "working day": (1, 5)}
_PARTS = {
    "early": (0, 1 / 3), "start": (0, 1 / 3), "beginning": (0, 1 / 3), "mid": (1 / 3, 2 / 3), "middle": (1 / 3, 2 / 3),
    "late": (2 / 3, 1), "end": (2 / 3, 1), "first half": (0, 1 / 2), "second half": (1 / 2, 1),
}  # fmt: skip
_WEEKS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
_WEEK, _LONGEST = 7, 31


@dataclass(frozen=True, slots=True)
class Time:
    """From one day of the year to another, both as 815 for the 15th of August, the second the smaller where a year ends
    between; of one `year` where that is said. weekday: of these days of the week, and no others."""

    low: int = 101
    high: int = 1231
    year: int = 0
    weekday: tuple[int, int] | None = None

    @property
    def is_year(self) -> bool:
        """Whether it is all of a year."""
        return bool(self.year) and (self.low, self.high) == (101, 1231)


def _either(words: object) -> str:
    return "|".join(sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


_MONTH = rf"(?P<month>{_either(_MONTHS)})\b\.?"
_SEASON = rf"(?P<season>{_either(SEASONS)})(?:time)?\b(?!\s+of\s+(?!the\s+year|\d))"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b(?!\s*(?:mm|cm|m|km|g|kg|ml|pages|people|pieces|hours|minutes)\b)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_UNTIL = r"(?P<until>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_PART = rf"(?:the\s+)?(?P<part>{_either(_PARTS)})(?:\s+of(?:\s+the)?\s+|\s+in\s+|[\s-]+)(?:the\s+)?"
_NTH = rf"(?:the\s+)?(?:very\s+)?(?P<nth>{_either(_WEEKS)})\s+(?P<of>week(?:end)?)\s+(?:of|in)\s+"
_SAID_YEAR = rf"(?:,?\s+(?:of\s+|in\s+)?{_YEAR})?"
_FORMS = (
    rf"(?:the\s+)?{_DAY}\s*(?:to|-|–|and)\s*(?:the\s+)?{_UNTIL}\s+(?:of\s+)?{_MONTH}{_SAID_YEAR}",
    rf"{_MONTH}\s+{_DAY}\s*(?:to|-|–)\s*{_UNTIL}(?![\d:]){_SAID_YEAR}",
    rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}{_SAID_YEAR}",
    rf"{_MONTH}\s+(?:the\s+)?{_DAY}(?![\d:]|\s*(?:%|€|am|pm)){_SAID_YEAR}",
    rf"{_NTH}{_MONTH}{_SAID_YEAR}",
    rf"(?:{_PART})?{_MONTH}{_SAID_YEAR}",
    rf"(?:{_PART})?(?:the\s+)?{_SEASON}(?:\s+months?\b)?{_SAID_YEAR}",
    rf"(?:{_PART})?{_YEAR}",
    rf"(?:an?\s+|the\s+)?(?P<group>{_either(_GROUPS)})s?\b",
    rf"(?:an?\s+|the\s+)?(?P<weekday>{_either(_DAYS)})s?\b(?!['’])",
)


@cache
def times() -> tuple[re.Pattern[str], ...]:
    """The forms, those that say most first."""
    return tuple(re.compile(form, re.I) for form in _FORMS)


def time_of(said: re.Match[str]) -> Time | None:
    """What one of the forms says; None for a day that no month has."""
    found = {name: value.casefold() for name, value in said.groupdict().items() if value}
    if "group" in found or "weekday" in found:
        day = _DAYS.get(found.get("weekday", ""), 0)
        return Time(weekday=_GROUPS[found["group"]] if "group" in found else (day, day))
    year = int(found.get("year", 0))
    if "season" in found:
        first, last = SEASONS[found["season"]]
        return _in_part(Time(first * 100 + 1, _last_of(last), year), found.get("part", ""))
    if "month" not in found:
        return _in_part(Time(year=year), found.get("part", ""))
    month = _MONTHS[found["month"]]
    whole = Time(month * 100 + 1, _last_of(month), year)
    if "day" in found:
        day = month * 100 + int(found["day"])
        last = month * 100 + int(found.get("until", found["day"]))
        return replace(whole, low=day, high=last) if day <= last <= whole.high else None
    return _in_week(whole, found) if "nth" in found else _in_part(whole, found.get("part", ""))


def _last_of(month: int) -> int:
    return month * 100 + calendar.monthrange(2024, month)[1]


def _in_part(whole: Time, part: str) -> Time:
    """A third or a half of some months."""
    if not part:
        return whole
    first, last = whole.low // 100, whole.high // 100
    count = (last - first) % 12 + 1
    begin, end = (share * count for share in _PARTS[part])
    return replace(whole, low=_at(first, begin), high=_at(first, end, ends=True))


def _at(first: int, months: float, ends: bool = False) -> int:
    """The day so many months after the first of one; as an end the day before."""
    whole, share = divmod(round(months, 6), 1)
    month = (first - 1 + int(whole)) % 12 + 1
    if ends and not share:
        return _last_of((month - 2) % 12 + 1)
    return month * 100 + int(share * _LONGEST) + (0 if ends else 1)


def _in_week(whole: Time, found: dict[str, str]) -> Time:
    """The days that a month's first week, or its weekend, may have."""
    month, nth = whole.low // 100, _WEEKS[found["nth"]]
    last = whole.high % 100
    begin = last - _WEEK + 1 if nth < 0 else (nth - 1) * _WEEK + 1
    weekday = (6, 7) if found["of"] == "weekend" else None
    return replace(whole, low=month * 100 + begin, high=month * 100 + begin + _WEEK - 1, weekday=weekday)
