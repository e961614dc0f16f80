"""Orders that no superlative alone says: "as light as possible", "the worst mileage", "the highest ranked", "nearest to
300".

English. Knows number fields and the limits that are said beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from penchant.retriever import HIGHEST, LOWEST, nearest_to, parse_range

from ..quantities import Amount, NumberField, NumberFields, Range, amounts, in_unit, written
from ..text import STOPWORDS, before, tokens
from .column_choice import column_of

_AS_CAN_BE = re.compile(
    r"""\b(?:just\s+)?as\s+(?P<degree>[a-z]{3,})(?P<thing>(?:\s+[\w'’-]+){0,6}?)
    \s+as\s+(?:(?:is\s+|it['’]s\s+)?(?:humanly\s+)?possible|can\s+be|they\s+(?:come|get|go)|it\s+(?:gets|goes)
    |(?:you|i|we)\s+can(?:\s+(?:get|find|go|manage|afford|have))?)\b(?P<after>\s+to\s+(?:the\s+|my\s+)?[\w-]+)?""",
    re.I | re.X,
)
_NO_DEGREE = frozenset("soon much well far same good quick quickly fast often".split())
"""What asks to be quick, or as good as can be: of no column, unless a thing is named."""
_LONGEST = 4
_LINKS = frozenset("and but or so with then also just".split())
"""What begins what is said to be as big as can be."""
_QUALITY = re.compile(
    r"\bthe\s+(?:very\s+)?(?P<degree>best|worst)(?P<thing>(?:\s+[a-z][\w-]*){1,3})"
    r"|\bwith\s+(?:the\s+)?(?P<led>best|worst)(?P<what>(?:\s+[a-z][\w-]*){1,3})",
    re.I,
)
_PLACED = re.compile(
    r"\b(?P<end>highest|top|best|lowest|worst)[\s-]+(?P<place>rank(?:ed|ing)?|placed|place|positioned|position)\b", re.I
)
_NEAREST = re.compile(
    r"""\b(?:(?:the\s+)?(?:ones?\s+)?(?:nearest|closest)\s+(?:(?:one|ones)\s+)?(?:to|around)
    |(?:as\s+)(?:near|close)(?:\s+as\s+(?:possible|you\s+can(?:\s+get)?))?\s+to|(?:as\s+)(?:near|close)\s+to|the\s+(?:closer|nearer)\s+to)\s+(?=[^\s\w]?\d)""",
    re.I | re.X,
)
_POSSIBLE = re.compile(r"\s+as\s+(?:possible|you\s+can(?:\s+get)?|can\s+be)\b(?:\s+(?:first|please))?|\s+first\b", re.I)
_RATED = frozenset(("rate", "rated", "rating", "review", "score"))
_DATED = ("year", "date", "age")


def find_extremes(text: str, fields: NumberFields) -> list[Range]:
    """The orders of a text that stand in such forms, not overlapping."""
    found: list[Range] = []
    for one in (*_as_can_be(text, fields), *_placed(text, fields), *_quality(text, fields)):
        if not any(known.meets(one.start, one.end) for known in found):
            found.append(one)
    return found


def find_nearest(text: str, fields: NumberFields, said: Sequence[Range]) -> list[Range]:
    """ "Between 200 and 400 pages, nearest to 300": what comes nearest to an amount first. Of the field of which a
    limit around it is said, else of one whose words stand beside it, or that has its unit."""
    found = []
    for match in _NEAREST.finditer(text):
        amount = next((a for a in amounts(text[match.end() :], ()) if a.first == 0), None)
        field = _field_of(text, match, amount, fields, said) if amount else None
        if amount and field:
            end = match.end() + amount.last
            behind = _POSSIBLE.match(text, end)
            number = written(in_unit(amount.low, amount.unit, field))
            found.append(
                Range(field.name, nearest_to(number), match.start(), behind.end() if behind else end, sure=True)
            )
    return found


def _field_of(
    text: str, match: re.Match[str], amount: Amount, fields: NumberFields, said: Sequence[Range]
) -> NumberField | None:
    around = [fields.fields[r.facet] for r in said if r.facet in fields.fields and _holds(r.value, amount.low)]
    if around:
        return around[-1]
    every = [f for f in fields.fields.values() if f.may_mean(in_unit(amount.low, amount.unit, f), True)]
    led = [w.form for w in tokens(text[: match.start()]) if w.text.casefold() not in STOPWORDS][::-1][:3]
    behind = [w.form for w in tokens(text[match.end() + amount.last :])][:2]
    named = fields.named([*behind, *led], every)
    same = [f for f in every if f.unit and amount.unit and f.unit.dimension == amount.unit.dimension]
    return named[0][1] if named else same[0] if same else None


def _holds(value: str, number: float) -> bool:
    if value[:1].isalpha():
        return False
    low, high = parse_range(value)
    return low <= number <= high


def _as_can_be(text: str, fields: NumberFields) -> Iterator[Range]:
    for match in _AS_CAN_BE.finditer(text):
        words = [
            w.text for w in tokens(f"{match['thing']} {match['after'] or ''}") if w.text.casefold() not in STOPWORDS
        ]
        degree = match["degree"].casefold()
        degree = {"many": "most", "few": "fewest", "little": "least", "much": "most"}.get(degree, degree)
        if not words:
            words = _led_by(text, match.start(), fields)
        if match["degree"].casefold() in _NO_DEGREE and not words:
            continue
        if column := column_of(degree, " ".join(words), fields):
            yield replace(_order(column.fields[0], column.much, *match.span()), sure=True)


def _led_by(text: str, start: int, fields: NumberFields) -> list[str]:
    """The words right before an order that name a column: "the battery as big as possible"."""
    led = list(takewhile(lambda w: w.text.casefold() not in _LINKS, reversed(tokens(before(text, start)))))[:_LONGEST]
    words = [w.text for w in reversed(led) if w.text.casefold() not in STOPWORDS]
    return words if any(f.is_named(w.form) for w in led for f in fields.fields.values()) else []


def _quality(text: str, fields: NumberFields) -> Iterator[Range]:
    """ "The worst mileage", "with the best battery life": of a column that the thing itself is called."""
    for match in _QUALITY.finditer(text):
        degree = (match["degree"] or match["led"]).casefold()
        thing = match["thing"] or match["what"]
        first = tokens(thing)[0]
        named = [f for f in fields.fields.values() if f.is_named(first.form) and f.dimension not in _DATED]
        if named and first.form not in _RATED and (column := column_of(degree, thing.strip(), fields)):
            yield _order(column.fields[0], column.much, *match.span())


def _placed(text: str, fields: NumberFields) -> Iterator[Range]:
    """ "The highest ranked": the first places."""
    places = [f for f in fields.fields.values() if f.is_place]
    for match in _PLACED.finditer(text) if places else ():
        first = match["end"].casefold() in ("highest", "top", "best")
        yield Range(places[0].name, LOWEST if first else HIGHEST, *match.span())


def _order(field: NumberField, much: bool, start: int, end: int) -> Range:
    return Range(field.name, HIGHEST if much else LOWEST, start, end)
