"""The times that a text names with a word that leads them: "in July", "not before October", "from mid June until the
end of July", "May or June".

English. Knows no columns, and not what day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..text import before
from .calendar_words import Time, time_of, times

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


@dataclass(frozen=True, slots=True)
class Said:
    """A time with how it stands there: "in", or the sign of a bound. counted: told from today, or one of several.
    relative: told from today. loose: of a year only as it comes next ("this summer")."""

    time: Time
    sign: str
    start: int
    end: int
    counted: bool = False
    loose: bool = False
    relative: bool = False


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
    if to and between and said.sign == "in" and (other := at(text, to.end())):
        time, end = other
        both = replace(said.time, high=time.high, year=time.year or said.time.year)
        yield replace(said, time=both, end=end)
        return
    yield replace(said, counted=bool((more := _OR.match(text, said.end)) and at(text, more.end())))
    while (joint := _OR.match(text, said.end)) and said.sign == "in" and (other := at(text, joint.end())):
        said = replace(said, time=other[0], start=joint.end(), end=other[1], counted=True)
        yield said


def at(text: str, start: int) -> tuple[Time, int] | None:
    """The time that begins just there."""
    found = [(match.end(), time) for form in times() if (match := form.match(text, start)) and (time := time_of(match))]
    end, time = max(found, key=lambda one: one[0], default=(0, None))
    return (time, end) if time else None
