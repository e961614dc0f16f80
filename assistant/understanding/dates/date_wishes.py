"""Times that a message names, as ranges of the catalogue's dates: "in July", "not before October", "this summer", "on a
weekend", "the first week of May".

English. Knows the columns of dates. Knows nothing of polarity.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..quantities import NumberField, NumberFields, Range
from ..text import before
from .calendar_words import SEASONS, Time, time_of, times
from .date_fields import date_fields, is_of_its_own, meant, name_before

_SIGNS = (
    ("<", r"(?<!not\s)(?:before|prior\s+to|earlier\s+than|ahead\s+of)"),
    ("<=", r"(?:until|till|by(?:\s+the\s+end\s+of)?|up\s+to|no(?:t|thing)?\s+(?:later\s+than|after)|through\s+to)"),
    (">", r"(?<!not\s)(?<!nothing\s)(?:after|later\s+than|past|beyond)"),
    (">=", r"(?:since|(?:starting|beginning)(?:\s+from)?|from|as\s+of|no(?:t|thing)?\s+(?:before|earlier\s+than))"),
    ("in", r"(?:in|during|on|over|for|throughout|around|at|of|within|from|between|either|every)"),
)
_LED = tuple((sign, re.compile(rf"\b{cue}(?:\s+the)?\s+$", re.I)) for sign, cue in _SIGNS)
_ONWARDS = re.compile(r"\s*(?:(?:and|or)\s+)?(?:onwards?|later|after|on(?=\s*(?:$|[,.;!?])))\b", re.I)
_AND_EARLIER = re.compile(r"\s*(?:and|or)\s+(?:earlier|before)\b", re.I)
_TO = re.compile(r"\s*(?:to|till|until|through|thru|-|–|and)\s*", re.I)
_OR = re.compile(r"\s*(?:,|,?\s*(?:and|or)|&|/)\s*(?:in\s+|on\s+)?", re.I)
_FROM = re.compile(r"\b(?:from|between)(?:\s+the)?\s+$", re.I)
_THIS = re.compile(
    r"\b(?:(?:in|during|over|for|on|by)\s+)?(?P<which>this|next|last|the\s+coming|coming)\s+(?:(?P<season>"
    + "|".join(SEASONS)
    + r")|(?P<unit>year|month|week(?:end)?)|(?P<time>\w+))\b|\b(?P<day>today|tomorrow|tonight|yesterday)\b",
    re.I,
)
_WHOLE_YEARS = re.compile(r"(?:1[5-9]|20)\d\d", re.I)
_CLAUSE = re.compile(r"[.!?;\n]|,(?!\s*\d)")
_TOLD = re.compile(
    r"\b(?:set|takes?\s+place|about|birthday|anniversary|wedding|exam|happens?|born|i['’]ve|we['’]ve|i\s+(?:was|had|did|went|got|bought)"
    r"|we\s+(?:were|had|did|went|got|moved)|moved|went|my\s+\w+\s+(?:is|was))\b[^.!?;]*$",
    re.I,
)
"""What is told of other times."""


@dataclass(frozen=True, slots=True)
class Said:
    """A time with how it stands there: "in", or the sign of a bound. counted: told from today, or one of several.
    loose: of a year only as it comes next ("this summer")."""

    time: Time
    sign: str
    start: int
    end: int
    counted: bool = False
    loose: bool = False


def find_dates(text: str, fields: NumberFields, today: date) -> list[Range]:
    """The ranges that a text states of the days, months and seasons of the catalogue's dates."""
    if not date_fields(fields):
        return []
    stated = list(said_times(text))
    later = [one for one in _relative(text, today) if not any(one.start < s.end and s.start < one.end for s in stated)]
    found = [*(_since(one, text, today) for one in stated), *later]
    return [one for said in found for one in _ranges(said, text, fields)]


def said_times(text: str) -> Iterator[Said]:
    """The times that a text names with a word that leads them, in order."""
    done = 0
    while found := _next(text, done):
        time, match = found
        if time and (said := _with_lead(text, time, match)):
            yield from (spoken := [*_joined(text, said)])
            done = spoken[-1].end
        else:
            done = match.end()


def _next(text: str, start: int) -> tuple[Time | None, re.Match[str]] | None:
    """The next time that is named, the longest of those that begin first."""
    found = [match for form in times() if (match := form.search(text, start))]
    if not found:
        return None
    match = min(found, key=lambda one: (one.start(), -one.end()))
    return time_of(match), match


def _with_lead(text: str, time: Time, match: re.Match[str]) -> Said | None:
    """The time with the word that leads it; without one it is only heard of where days of the week are several."""
    begin = match.start() - (match[0] != match[0].lstrip())
    led = before(text, begin)
    for sign, cue in _LED:
        if lead := cue.search(led):
            return _bounded(text, Said(time, sign, begin - len(lead[0]), match.end()))
    named = match[0].casefold().endswith("s") and time.weekday is not None
    named |= not (text[:begin].strip() or text[match.end() :].strip(" .!?") or time.is_year)
    apart = match.groupdict().get("part") or match.groupdict().get("nth") or match.groupdict().get("day")
    return _bounded(text, Said(time, "in", begin, match.end())) if named or apart else None


def _bounded(text: str, said: Said) -> Said:
    """ "From May on" goes on, and "from May" is in it."""
    if onwards := _ONWARDS.match(text, said.end):
        return replace(said, sign=">=", end=onwards.end())
    if earlier := _AND_EARLIER.match(text, said.end):
        return replace(said, sign="<=", end=earlier.end())
    begun = re.match(r"(?:since|starting|beginning|as\s+of|no)", text[said.start :], re.I)
    return replace(said, sign="in") if said.sign == ">=" and not begun else said


def _joined(text: str, said: Said) -> Iterator[Said]:
    """With the time that it goes on to ("May to July"), or those beside it ("2023 or 2024")."""
    to = _TO.match(text, said.end)
    opened = bool(_FROM.search(text[: said.start] + text[said.start : said.end].split()[0] + " "))
    between = to and (opened or to[0].strip().casefold() != "and")
    if to and between and said.sign == "in" and (other := _at(text, to.end())):
        time, end = other
        both = replace(said.time, high=time.high, year=time.year or said.time.year)
        yield replace(said, time=both, end=end)
        return
    yield replace(said, counted=bool((more := _OR.match(text, said.end)) and _at(text, more.end())))
    while (joint := _OR.match(text, said.end)) and said.sign == "in" and (other := _at(text, joint.end())):
        said = replace(said, time=other[0], start=joint.end(), end=other[1], counted=True)
        yield said


def _at(text: str, start: int) -> tuple[Time, int] | None:
    """The time that begins just there."""
    found = [(match.end(), time) for form in times() if (match := form.match(text, start)) and (time := time_of(match))]
    end, time = max(found, key=lambda one: one[0], default=(0, None))
    return (time, end) if time else None


def _relative(text: str, today: date) -> Iterator[Said]:
    for match in _THIS.finditer(text):
        if time := _relative_time(match, today):
            loose = bool(match["season"] or match["time"]) and match["which"].casefold() != "last"
            yield Said(time, "in", *match.span(), counted=True, loose=loose)


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
    found = _at(match["season"] or match["time"], 0)
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
    if not (named or said.time.year or is_of_its_own(field)):
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
    if time.year:
        yield f">= {_dated(time.year, first)}" if sign[0] == ">" else f"<= {_dated(time.year, last)}"
    else:
        yield f"{first}..1231" if sign[0] == ">" else f"101..{last}"


def _dated(year: int, day: int) -> int:
    """A day of a year: 20010228, also where the 29th is said of it."""
    return year * 10_000 + min(day, day // 100 * 100 + monthrange(year, day // 100)[1])


def _beside(day: int, step: int) -> int:
    """The day before or after one of the year."""
    found = date(2024, day // 100, day % 100) + timedelta(step)
    return found.month * 100 + found.day
