"""The time that somebody has: "I have 90 minutes", "a two-hour flight", "three evenings". Not the length of an item.

English and Chinese. Knows occasions and how long some of them are taken to be. Knows no catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ...session import SpareTime
from ..cues import revisions
from ..text import CHINESE_NUMBER, NUMBER, before, number
from .field_words import words_of_amounts

_UNIT = r"(?:h|hrs?|hours?|m|mins?|minutes?)"
_AMOUNT = (
    rf"(?P<n>{NUMBER})[\s-]*(?P<unit>{_UNIT})\b(?P<half>\s+and\s+a\s+half)?"
    rf"(?:\s*(?:and\s+)?(?P<more>{NUMBER})\s*(?:m(?:in(?:ute)?s?)?\b|(?=\s*(?:before|until|[.,;!?]|$))))?"
)
_ROUGHLY = r"(?:\s+(?:only|just|about|around|maybe|some|roughly|exactly|precisely|at\s+most|up\s+to|another|like))*\s+"
_OWNS = (
    rf"(?:\b(?:I|we)(?:\s+(?:only|just|still|now))*(?:\s+have|['’]ve|\s+got)(?:\s+got)?"
    rf"|(?:^|[.,;!?]\s*|\b(?:and|but|so)\s+)(?:(?:(?:only|just|still)\s+)*got|(?:only|just)\s+have))"
    rf"{_ROUGHLY}"
)
"""Also where nobody is named: "got ten minutes", at the beginning of a clause."""
_AMOUNT_ALONE = re.compile(
    rf"(?:(?:the|my|those|about)\s+)*(?:{_AMOUNT}|(?:spare\s+)?time)(?:\s+(?:limit|rule|thing|part))?", re.I
)
_GOES_ON = r"(?:to\s+(?:kill|spare|fill|pass)|free|left|of\s+free\s+time|off)\b"
_SPOKEN_OF = re.compile(
    r"\b(?:about|set|takes?\s+place|plays?|like|called|titled|is|are|was|than|over|under|up\s+to|at\s+most|within)\s+"
    r"(?:(?:on|in|during)\s+)?(?:just\s+|only\s+)?(?:an?\s+|the\s+)?$",
    re.I,
)
"""What leads up to an occasion that is the story's, to a limit, and to how far it is to the beach."""
_NOT_AFTER = (
    r"(?!\s*(?:from\b|to\s+the\b|away\b|in\s+(?:it|that|this)\b|(?:a|per|each|every)\s+(?:day|week|month|year)\b))"
)
_A_WEEK = r"(?:(?P<weeks>\S+)\s+weeks?(?:\s+of|['’]s?))\s+"
_NO_LIMIT = re.compile(
    r"\bno\s+time\s+limit\b|\b(?:however|no\s+matter\s+how)\s+long\b(?:\s+(?:it|they|that)\s+(?:takes?|is|are))?"
    r"|\btime\s+(?:does\s+not|doesn['’]t)\s+matter\b|\ball\s+the\s+time\s+in\s+the\s+world\b|\bany\s+length\b|时间不限|不限时间",
    re.I,
)
_CHINESE = re.compile(
    rf"我们?[只还就大概]*有(?P<n>{CHINESE_NUMBER})\s*(?:个(?P<half>半)?)?(?P<unit>小时|钟头|分钟)(?!的)"
)
_SPEAKS_OF_TIME = re.compile(
    r"h(?:ou)?rs?\b|\dh\b|\bh\b|min|evening|morning|afternoon|weekend|commute|小时|钟头|分钟", re.I
)
"""What every time has: most messages have none of it, and need not be looked at for long."""
_TIMES = r"(?:(?:more|free|short|long|spare)\s+)*(?:seconds?|min|hours?|hrs?|days?|evenings?|weeks?|months?|years?)"
_SEVERAL = re.compile(
    rf"\b(?:a\s+(?:few|couple\s+of|handful\s+of|bunch\s+of|series\s+of)|several|multiple)\b(?!\s+{_TIMES})"
    rf"|\b(?!(?:one|a|an|1)\b){NUMBER}\s+(?:short|shorter|quick|small)\s+(?!{_TIMES})"
    rf"|\b(?:short|shorter|quick|small)\s+ones\b|\b(?:double|triple)\s+(?:bill|feature)\b|\bmarathon\b"
    r"|\bone\s+after\s+(?:another|the\s+other)\b|几[部本张首集篇]|[两三四五]部短",
    re.I,
)
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Spare:
    """The time that a text says somebody has, none of it where they say that it does not matter; and where."""

    time: SpareTime
    start: int
    end: int


def spare_time(text: str, before: SpareTime | None = None) -> Spare | None:
    """The time somebody has by a text, None if it says nothing of that; `before`: what they had said of it."""
    if free := _NO_LIMIT.search(text):
        return Spare(SpareTime(), *free.span())
    if before and (back := _taken_back(text, before)):
        return back
    found = next(_found(text), None) if _SPEAKS_OF_TIME.search(text) else None
    return replace(found, time=replace(found.time, several=asks_for_several(text))) if found else None


def _taken_back(text: str, before: SpareTime) -> Spare | None:
    """ "Forget the 90 minutes", "never mind the time": where that much was said before, or no amount is."""
    for revision in revisions(text):
        said = _AMOUNT_ALONE.fullmatch(revision.what.strip())
        if said and (not said["n"] or _time(said.groupdict()).minutes in (before.minutes, before.total)):
            return Spare(SpareTime(), revision.start, revision.end)
    return None


def asks_for_several(text: str) -> bool:
    """Whether a text asks for more than one thing for a time: "a few short ones", "a double feature"."""
    return bool(_SEVERAL.search(text))


def _found(text: str) -> Iterator[Spare]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start = match.start("of") if "of" in pattern.groupindex else match.start()
            if not _SPOKEN_OF.search(before(text, start)):
                yield Spare(_time(match.groupdict()), match.start(), match.end())
    for match in _CHINESE.finditer(text):
        minutes = (number(match["n"]) + 0.5 * bool(match["half"])) * (1 if match["unit"] == "分钟" else 60)
        yield Spare(SpareTime(minutes), *match.span())


def _time(said: dict[str, str | None]) -> SpareTime:
    """A match as time: how many sittings, how long each, and by which occasion that was taken for granted."""
    occasion = _singular(said.get("occasion") or "")
    count = number(said.get("count") or "one")
    if weeks := said.get("weeks"):
        count = _number(weeks) * words_of_amounts()["a_week"].get(occasion, _DAYS_A_WEEK)
    if not said.get("n"):
        times, length = _known()[occasion]
        return SpareTime(length, max(1, round(count * times)), occasion)
    minutes = number(said["n"] or "") + 0.5 * bool(said.get("half"))
    minutes *= 1 if (said["unit"] or "").casefold().startswith("m") else 60
    return SpareTime(minutes + (number(more) if (more := said.get("more")) else 0), max(1, round(count)))


def _number(word: str) -> float:
    try:
        return number(word)
    except ValueError:
        return 1.0


def _singular(word: str) -> str:
    word = word.casefold()
    known = (*words_of_amounts()["occasions"], *words_of_amounts()["journeys"])
    return word if word in known else word.removesuffix("s")


def _known() -> dict[str, list[int]]:
    """Of occasions, and of journeys of which several are spoken of: how many sittings, of how many minutes each."""
    words = words_of_amounts()
    return {**words["occasions"], **words["usual_journeys"]}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What says it most clearly first."""
    words = words_of_amounts()
    spans, every = "|".join(words["occasions"]), "|".join((*words["journeys"], *words["occasions"]))
    known = "|".join(_known())
    occasion, adjective = (
        rf"(?P<occasion>(?:{every})s?)\b",
        r"(?:(?:free|long|short|rainy|quiet|daily|train|bus|lunch)\s+)*",
    )
    several = rf"(?P<count>{NUMBER})\s+{adjective}"
    goes_on = "to for free left before until till tonight today now and so of on in this".replace(" ", "|")
    not_of_an_item = rf"(?![\s-]+(?!(?:{goes_on})\b)[a-z]+)"
    whole = r"(?:hours|hrs|h|m|mins|minutes)"
    owned = _AMOUNT.replace(_UNIT, whole)
    forms = (
        rf"(?P<of>{_A_WEEK}){adjective}{occasion}\s*(?:of|at|with)\s*{_AMOUNT}(?:\s+each)?",
        rf"(?P<of>{several}){occasion}\s*(?:of|at|with)\s*{_AMOUNT}(?:\s+each)?",
        rf"(?P<of>\b(?:an?|my|our|the)\s+){adjective}{occasion}\s+(?:of|takes|lasts|is){_ROUGHLY}{_AMOUNT}",
        rf"(?P<of>){_AMOUNT}[\s-]+{adjective}(?P<occasion>{every})\b",
        rf"{_OWNS}{owned}",
        rf"{_OWNS}{_AMOUNT}{not_of_an_item}",
        rf"\b(?:there\s+(?:is|are)|there['’]s){_ROUGHLY}{_AMOUNT}\s+{_GOES_ON}",
        rf"{_AMOUNT}\s+(?:is|are)\s+all\s+(?:that\s+)?(?:I|we)(?:\s+have|['’]ve)",
        rf"\b(?:to\s+)?fill(?:ing)?{_ROUGHLY}{_AMOUNT}",
        rf"{_AMOUNT}\s+(?:that\s+)?(?:I|we)(?:\s+have|['’]ve\s+got)(?=\s*(?:$|[.,;!?]|left\b|free\b))",
        rf"{_AMOUNT}\s+to\s+(?:kill|spare|fill)\b",
        rf"(?:{_OWNS}|\bfill(?:ing)?\s+)(?P<count>{NUMBER})\s+{adjective}(?P<occasion>(?:{spans})s?)\b(?:\s+{_GOES_ON})?",
        rf"(?:^\s*|\bfor\s+|\bover\s+){several}(?P<occasion>(?:{known})s)\b(?!\s+(?:in|with|at)\b)",
        rf"(?:^\s*|\bfor\s+|\bover\s+|\bfill(?:ing)?\s+|{_OWNS}){_A_WEEK}{adjective}(?P<occasion>(?:{known})s)\b",
    )
    return tuple(re.compile(form + _NOT_AFTER, re.I) for form in forms)
