"""Limits that go on from one that was set before: "make it 25", "below three then", "twice that is fine".

English. Knows amounts, number fields and what is known of the person; knows nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from penchant.retriever import HIGHEST, LOWEST, Interest, parse_range

from ..quantities import Amount, NumberField, NumberFields, Range, amounts, written
from ..text import STOPWORDS, before

_TIMES = re.compile(
    r"\b(?P<factor>twice|double|three\s+times|half)\s+(?:of\s+)?(?:that|this|as\s+much|the\s+(?:price|amount|money|time|length))\b",
    re.I,
)
_FACTORS = {"twice": 2.0, "double": 2.0, "half": 0.5}
_LED = re.compile(
    r"\b(?:make\s+(?:it|that)|(?:let['’]?s|i['’]?d)\s+say|say|rather|what\s+about|how\s+about|more\s+like|go(?:ing)?|stretch|raise\s+it|drop\s+it|cut\s+it)"
    r"(?:\s+(?:up|down))?(?:\s+to)?\s+$",
    re.I,
)
_FEW_WORDS = 6
_THOUSANDS = 1e3
_MANY = 20
"""So few may be counted picks."""


def resumed_limits(text: str, fields: NumberFields, wanted: Sequence[Interest], known: Sequence[Range]) -> list[Range]:
    """The ranges by which a text changes the limit that was set last; `known`: what is said of numbers otherwise."""
    last = _last(fields, wanted)
    if last is None:
        return []
    field = fields.fields[last.facet]
    found = [_multiplied(last, match) for match in _TIMES.finditer(text)]
    for amount in _bare(text):
        if not any(r.meets(amount.start, amount.end) for r in (*known, *found)):
            number = _in_thousands(amount, field, last.value, fields)
            if number <= _MANY and not field.holds(number):
                continue  # "no more than two" after two hours: so few picks
            sign = amount.sign if amount.sign not in ("", "~") else re.match(r"[<>]?=?", last.value)[0]  # type: ignore[index]
            found.append(Range(last.facet, _beside(f"{sign} {written(number)}", last.value), amount.start, amount.end))
    return [replace(r, stated=True, sure=True) for r in found]


def beside_before(found: Sequence[Range], wanted: Sequence[Interest]) -> list[Range]:
    """Ranges as they are with what was said before: "up to 2500" leaves the lower end of "1500 to 2000"."""
    ends = {i.facet: i.value for i in wanted if i.level == "want" and not i.parked and ".." in i.value}
    return [replace(r, value=_beside(r.value, ends[r.facet])) if r.facet in ends else r for r in found]


def _last(fields: NumberFields, wanted: Sequence[Interest]) -> Interest | None:
    """The limit of an amount that was set last."""
    limits = [
        i
        for i in wanted
        if fields.is_amount(i.facet) and i.level == "want" and not i.parked and i.value not in (HIGHEST, LOWEST)
    ]
    return max(limits, key=lambda i: i.turn, default=None)


def _bare(text: str) -> Iterator[Amount]:
    """Amounts of which nothing says what they are of, where the text is hardly more, or leads up to them."""
    short = len(text.split()) <= _FEW_WORDS
    for amount in amounts(text, ()):
        alone = not (amount.unit or amount.aged) and (not amount.word or amount.word.casefold() in STOPWORDS)
        led = _LED.search(before(text, amount.start))
        if alone and (led or (short and amount.sign not in ("", "~"))):
            yield amount


def _multiplied(last: Interest, match: re.Match[str]) -> Range:
    factor = _FACTORS.get(match["factor"].casefold(), 3.0)
    value = re.sub(r"-?\d+(?:\.\d+)?", lambda number: written(float(number[0]) * factor), last.value)
    return Range(last.facet, value, *match.span())


def _in_thousands(amount: Amount, field: NumberField, before: str, fields: NumberFields) -> float:
    """The number meant: "below three" where four thousand was said is three thousand."""
    scaled = amount.low * _THOUSANDS
    said_so = max(abs(end) for end in parse_range(before) if abs(end) != float("inf")) >= _THOUSANDS
    return scaled if said_so and not field.holds(amount.low) and field.may_mean(scaled, True) else amount.low


def _beside(new: str, before: str) -> str:
    """A bound with the other end of a range said before, where it goes with that; without it otherwise."""
    if ".." not in before:
        return new.strip()
    (low, high), (least, most) = parse_range(new), parse_range(before)
    if low == float("-inf") and high > least:
        return f"{written(least)}..{written(high)}"
    if high == float("inf") and low < most:
        return f"{written(low)}..{written(most)}"
    return f"{written(least)}..{written(low)}" if low == high > least else new.strip()
