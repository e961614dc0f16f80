"""Amounts between rows: "a year older", "two hundred more", "six points apart", "together they cost 36", "twice
as long".

They are reckoned from the number fields of the rows. English.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.values import unit_named

from ...understanding.quantities.amounts import Amount
from ...understanding.quantities.number_field import NumberField, in_unit
from ...understanding.quantities.number_fields import NumberFields
from ...understanding.text import NUMBER, number, stem
from ..evidence import Reading, Row

_APART = re.compile(
    r"[\s-]*(?:\w+\s+){0,2}?(?P<more>[a-z]{2,}er|more|less|fewer|apart|behind|ahead|between|separate\w*|to\s+spare|(?:of\s+)?each\s+other|(?:above|below)(?=\W*$))\b",
    re.I,
)
_NOT_APART = re.compile(
    r"\b(?:other|another|over|under|after|however|together|whether|never|dinner|summer|winter|number)\b", re.I
)
_LED = re.compile(
    r"\b(?:differ\w*\s+by|apart\s+by|difference\s+(?:is|of)|by|leaves\s+you|saves?\s+(?:you)?)\s+(?:(?:about|around|only|just|some|(?:more|less)\s+than)\s+)?(?:an?\s+)?$",
    re.I,
)
_THAN_A_NUMBER = re.compile(r"\s+than\s+[a-z]*\d", re.I)
_TOGETHER = re.compile(r"\b(?:together|in\s+total|altogether|combined|in\s+all|the\s+lot)\b", re.I)
MULTIPLES = re.compile(
    r"(?:\b(?P<sign>more|less|over|under|nearly|almost|about)\s+(?:than\s+)?)?"
    r"\b(?:(?P<times>twice|thrice|half|double|triple)\s+(?:as|the|what|that|of)"
    rf"|(?P<many>{NUMBER})\s+times\s+(?:as|what|the|that))\b|\b(?P<verb>doubles|halves|triples)\b",
    re.I,
)
_TIMES = {
    "twice": 2.0,
    "thrice": 3.0,
    "half": 0.5,
    "double": 2.0,
    "triple": 3.0,
    "doubles": 2.0,
    "halves": 0.5,
    "triples": 3.0,
}
_SPANS = {"century": 100.0, "centurie": 100.0, "decade": 10.0}
_ROUGH, _CLOSE = 0.15, 0.03


def is_between(text: str, amount: Amount) -> bool:
    """Whether an amount is said to lie between items."""
    if _LED.search(text[: amount.first]):
        return True
    match = _APART.match(text, amount.last)
    if match is None or _NOT_APART.fullmatch(match["more"]):
        return False
    if match["more"].casefold() in ("later", "earlier") and amount.unit and amount.unit.name != "years":
        return False  # "three hours later" is told within one
    return not _THAN_A_NUMBER.match(text, match.end())


def is_together(text: str) -> bool:
    """Whether what a text counts is of several items at once."""
    return bool(_TOGETHER.search(text))


def lies_between(reading: Reading, amount: Amount, fields: NumberFields) -> bool:
    """Whether some pick that is spoken of is so far from another, or from what the person said, in a field that it can
    be said of."""
    own = reading.rows_at(amount.first)
    return any(
        _fits(abs(one.number(f.name) - other), _in(amount, f), amount.sign)
        for f in _fields(amount, fields)
        for one in own
        for other in (*(row.number(f.name) for row in reading.rows if row is not one), *reading.said.numbers)
    )


def adds_up(reading: Reading, amount: Amount, fields: NumberFields) -> bool:
    """Whether the rows that are spoken of come to an amount together."""
    rows = reading.rows_at(amount.first)
    return any(
        _fits(sum(row.number(f.name) * times for row in rows), _in(amount, f), amount.sign)
        for f in _fields(amount, fields)
        for times in (1.0, *_times(rows, f, fields))
    )


def in_years(amount: Amount) -> Amount:
    """An amount of decades or centuries as one of years."""
    scale = _SPANS.get(_word(amount))
    if scale is None:
        return amount
    return replace(amount, low=amount.low * scale, high=amount.high * scale, unit=unit_named("years"))


def _times(rows: Sequence[Row], field: NumberField, fields: NumberFields) -> list[float]:
    """How often it comes in one row, where another field says so: "hours_per_week" in so many "weeks"."""
    words = words_of(field.name)
    if "per" not in words[1:-1] or len(rows) != 1:
        return []
    return [
        rows[0].number(f.name) for f in fields.fields.values() if f.name != field.name and stem(words[-1]) in f.words
    ]


def is_multiple(reading: Reading, match: re.Match[str], fields: NumberFields) -> bool:
    """ "More than twice what the other costs": of some number field, and some other pick."""
    times = number(match["many"]) if match["many"] else _TIMES[(match["times"] or match["verb"]).casefold()]
    sign = (match["sign"] or "").casefold()
    found = _ratios(reading.rows_at(match.start()), reading.rows, fields)
    if sign in ("more", "over"):
        return any(times < ratio < 2 * times for ratio in found)
    if sign in ("less", "under"):
        return any(times / 2 < ratio < times for ratio in found)
    return any(abs(ratio - times) <= 0.1 * times for ratio in found)


def _ratios(rows: Sequence[Row], others: Sequence[Row], fields: NumberFields) -> list[float]:
    """How many times as much the one has as the other, of every number field."""
    names = list(fields.fields)
    pairs = [(a.number(n), b.number(n)) for n, a, b in itertools.product(names, rows, others) if a is not b]
    return [one / other for one, other in pairs if one == one and other]


def _fields(amount: Amount, fields: NumberFields) -> list[NumberField]:
    every = list(fields.fields.values())
    word = _word(amount)
    if word in _SPANS or (amount.unit and amount.unit.name == "years"):
        return [f for f in every if f.dimension in ("year", "date") and not f.field.aside]
    if amount.unit:
        return [f for f in every if f.dimension == amount.unit.dimension]
    named = [f for f in every if word and f.said(word)]
    return named or [f for f in every if f.dimension not in ("year", "date")]


def _word(amount: Amount) -> str:
    return stem(amount.word.rstrip(".")) if amount.word else ""


def _in(amount: Amount, field: NumberField) -> float:
    scale = _SPANS.get(_word(amount), 1.0)
    return in_unit(amount.low, None if field.dimension in ("year", "date") else amount.unit, field) * scale


def fits(value: float, bounds: tuple[float, float], sign: str, close: tuple[float, float]) -> bool:
    """Whether a number is what bounds and a sign say; `close`: how near it has to be where no sign is there, and where
    it is "about" that."""
    low, high = bounds
    exact, rough = close
    return {
        "": abs(value - low) <= exact * abs(low),
        "~": abs(value - low) <= rough * abs(low),
        "<": value < low,
        "<=": value <= low,
        ">": value > low,
        ">=": value >= low,
        "..": low <= value <= high,
    }[sign]


def _fits(value: float, low: float, sign: str) -> bool:
    return fits(value, (low, low), "" if sign == ".." else sign, (_CLOSE, _ROUGH))
