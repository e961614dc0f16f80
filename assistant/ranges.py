"""Numbers in a message: years, decades, durations, pages, prices, as ranges of the catalogue's number fields.

Knows which field is meant by its name and unit. Knows nothing of polarity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from penchant.retriever import Schema

_UNITS = {
    "year": re.compile(r"^(year|released?|published|release_year|date)$", re.I),
    "minutes": re.compile(r"(minutes|runtime|duration|running_time|cook_time|prep_time)", re.I),
    "pages": re.compile(r"(^|_)(pages|page_count)", re.I),
    "price": re.compile(r"(price|cost)", re.I),
}
_N = r"(\d{1,5}(?:\.\d+)?)"
_COMPARISONS = {
    "<=": r"(?:at\s+most|up\s+to|not?\s+(?:more|longer)\s+than|max(?:imum)?(?:\s+of)?|within)",
    ">=": r"(?:at\s+least|not?\s+(?:less|fewer|shorter)\s+than|min(?:imum)?(?:\s+of)?)",
    "<": r"(?:under|below|(?:less|fewer|shorter|cheaper)\s+than)",
    ">": r"(?:over|above|more\s+than|longer\s+than)",
}
_COMPARED_AFTER = {
    "<=": r"\s+(?:or\s+(?:less|under|shorter|fewer|below)|max(?:imum)?|tops|at\s+most)\b",
    ">=": r"\s+(?:or\s+(?:more|longer|over|above)|min(?:imum)?|at\s+least)\b",
}
_MINUTES = r"(?:-?\s*(?:min(?:ute)?s?\b)|\s*分钟)"
_HOURS = r"(?:-?\s*(?:h(?:ou)?rs?\b|h\b)|\s*(?:个)?小时)"
_PAGES = r"\s*(?:pages?\b|页)"
_WORDS = {
    "one": 1,
    "an": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "half an": 0.5,
    "one and a half": 1.5,
}
_HALF = r"(\s+and\s+a\s+half)?"
_CHINESE = {character: n for n, character in enumerate("一二三四五六七八九", 1)} | {"两": 2, "半": 0.5}
_DECADE = re.compile(
    r"\b(?:(?:the\s+)?(?:early|mid|late)[\s-]+)?(?:the\s+)?['’]?((?:1[89]|20)?\d0)['’]?s\b"
    r"|([2-9](?=0)|[二三四五六七八九](?=十))[0十]年代",
    re.I,
)
_DECADE_WORDS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_YEAR = r"((?:1[89]|20)\d\d)"


@dataclass(frozen=True, slots=True)
class Range:
    """A range for a number field, in the form of Interest.value, and where the message says it."""

    facet: str
    value: str
    start: int
    end: int


def number_fields(schema: Schema) -> dict[str, str]:
    """The schema's number field for each unit that it has: year, minutes, pages, price."""
    return {unit: name for unit, form in _UNITS.items() for name in schema.of("number") if form.search(name)}


def find_ranges(text: str, schema: Schema) -> list[Range]:
    """The ranges a text states, for the number fields the schema has."""
    fields = number_fields(schema)
    found: list[Range] = []
    for unit, value, start, end in (*_years(text), *_amounts(text)):
        if unit in fields and not any(r.start < end and start < r.end for r in found):
            found.append(Range(fields[unit], value, start, end))
    return found


def _years(text: str) -> Iterator[tuple[str, str, int, int]]:
    patterns = (
        (rf"\b(?:between|from)\s+{_YEAR}\s*(?:and|to|-|–|until)\s*{_YEAR}\b", "{low}..{high}"),
        (rf"\b(?:before|earlier\s+than|older\s+than|prior\s+to|pre)[\s-]+{_YEAR}\b", "< {0}"),
        (rf"\b(?:after|newer\s+than|later\s+than|post)[\s-]+{_YEAR}\b", "> {0}"),
        (rf"\b(?:since|from)\s+{_YEAR}\s+(?:on|onwards?)\b|\bsince\s+{_YEAR}\b", ">= {0}"),
        (rf"\b(?:from|in|of|released\s+in|year)\s+{_YEAR}\b", "{0}"),
        (rf"{_YEAR}年(?:以后|之后)", ">= {0}"),
        (rf"{_YEAR}年(?:以前|之前)", "< {0}"),
    )
    for pattern, form in patterns:
        for match in re.finditer(pattern, text, re.I):
            years = [group for group in match.groups() if group]
            value = form.format(*years, low=min(years), high=max(years))
            yield "year", value, match.start(), match.end()
    for match in _DECADE.finditer(text):
        decade = int(match[1] or f"{_CHINESE.get(match[2], match[2])}0")
        first = decade if decade > 99 else 2000 + decade if decade < 20 else 1900 + decade
        yield "year", f"{first}..{first + 9}", match.start(), match.end()
    for n, word in enumerate(_DECADE_WORDS, 2):
        for match in re.finditer(rf"\b{word}\b", text, re.I):
            yield "year", f"19{n}0..19{n}9", match.start(), match.end()


def _amounts(text: str) -> Iterator[tuple[str, str, int, int]]:
    words = "|".join(sorted(_WORDS, key=len, reverse=True))
    around = [(sign, rf"{before}\s+", "") for sign, before in _COMPARISONS.items()]
    for sign, before, after in (*around, *((sign, r"\b", after) for sign, after in _COMPARED_AFTER.items())):
        for match in re.finditer(rf"{before}{_N}{_MINUTES}{after}", text, re.I):
            yield "minutes", f"{sign} {match[1]}", match.start(), match.end()
        for match in re.finditer(rf"{before}(?:{_N}|({words})){_HOURS}{_HALF}{after}", text, re.I):
            hours = float(match[1] or _WORDS[match[2].lower()]) + 0.5 * bool(match[3])
            yield "minutes", f"{sign} {hours * 60:.12g}", match.start(), match.end()
        for match in re.finditer(rf"{before}{_N}{_PAGES}{after}", text, re.I):
            yield "pages", f"{sign} {match[1]}", match.start(), match.end()
        money = rf"(?:[$€£¥]\s*{_N}|{_N}\s*(?:dollars|euros?|bucks|pounds|元|块))"
        for match in re.finditer(rf"{before.removesuffix(chr(92) + 'b')}{money}{after}", text, re.I):
            yield "price", f"{sign} {match[1] or match[2]}", match.start(), match.end()
    yield from _spans(text)
    for match in re.finditer(rf"(?:{_N}|([{''.join(_CHINESE)}]))\s*(?:分钟|个?小时)(?:以内|以下|之内)", text):
        minutes = float(match[1] or _CHINESE[match[2]]) * (60 if "小时" in match[0] else 1)
        yield "minutes", f"<= {minutes:.12g}", match.start(), match.end()


def _spans(text: str) -> Iterator[tuple[str, str, int, int]]:
    """ "Between 90 and 120 minutes", "300-400 pages"."""
    for unit, after in (("minutes", _MINUTES), ("pages", _PAGES)):
        for match in re.finditer(rf"{_N}\s*(?:and|to|-|–|到)\s*{_N}{after}", text, re.I):
            low, high = sorted(match.groups(), key=float)
            yield unit, f"{low}..{high}", match.start(), match.end()
