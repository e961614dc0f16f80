"""Amounts, years and decades in a sentence: the row has such a number, and of what the sentence says it is of.

A number may be rounded only where the sentence says so ("about two hours"). So many picks may be counted.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from penchant.retriever.catalogue.values import Unit
from penchant.retriever.ranking import parse_range

from ...understanding.linking import Gazetteer
from ...understanding.quantities import Range, find_ranges
from ...understanding.quantities.amounts import Amount
from ...understanding.quantities.number_fields import NumberField, in_unit, words_of_amounts
from ...understanding.text import number, stem
from ..statements import amounts_of_items, plainer, vocabulary
from .differences import adds_up, fits, in_years, is_between, is_together, lies_between
from .reading import Reading
from .rows import Row

_PICKS = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:picks?|options?|choices|titles?|items|suggestions?|recommendations?|matches|ones"
    r"|of\s+(?:these|those|them|the|all)|with|in|from)\b",
    re.I,
)
_COUNTED = re.compile(r"\b(?:these|those|all|both|of\s+the|of|here\s+are|either\s+of\s+the)\s+$", re.I)
_THE = re.compile(r"\b(?:the|other|top|my)\s+$", re.I)
_NO = re.compile(r"\s*(?:no|not|nothing|never|none)\b|n['’]t\b", re.I)
_JUST = re.compile(r"\b(?:just|barely|only|slightly|a\s+(?:little|bit|touch|shade|hair))\s+(?:\w+\s+)?$", re.I)
_SOME = re.compile(r"\b(one|two|three|four)\s+of\s+(?:these|those|them|the)\b", re.I)
_OPPOSITE = {"": "<", "~": "<", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_DECADE = re.compile(r"\b\d{2,4}['’]?s\b", re.I)
_COSTS = frozenset(map(stem, "cost costs costing price priced at for from pay is".split()))
_COMPANY = 10
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
_CLOSE, _SPOKEN, _ROUGH, _CONVERTED, _NEAR = 0.004, 0.015, 0.1, 0.03, 0.2


@dataclass(frozen=True, slots=True)
class _Said:
    """An amount with the words right before it, the nearest first, and right behind it."""

    amount: Amount
    left: Sequence[str]
    right: Sequence[str]
    just: bool
    in_words: bool = False
    is_denied: bool = False
    is_one_of_several: bool = False

    @property
    def is_year(self) -> bool:
        return not self.amount.unit and not self.in_words and _FIRST_YEAR <= self.amount.low <= _LAST_YEAR


class Figures:
    """Says whether the numbers of a sentence are those of rows."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._fields = gazetteer.number_fields
        self._schema = gazetteer.schema
        self._free = vocabulary().free
        self._known = gazetteer.words
        self._counted = frozenset(word for field in self._fields.fields.values() for word in field.words)

    def hold(self, reading: Reading) -> bool:
        """Whether every one is."""
        text = plainer(reading.sentence.blotted)
        years = [r for r in find_ranges(text, self._schema) if not self._fields.is_amount(r.facet)]
        decades = [Range("", m[0], *m.span()) for m in _DECADE.finditer(text)]
        decades = [d for d in decades if not any(r.meets(d.start, d.end) for r in years)]
        apart = [*years, *decades]
        return (
            all(self._year_holds(reading, r) for r in years)
            and all(reading.holds(d.start, lambda row, d=d: row.has(d.value)) for d in decades)  # type: ignore[misc]
            and all(self._amount_holds(reading, one) for one in self._amounts(reading, text, apart))
        )

    def _amounts(self, reading: Reading, text: str, apart: Sequence[Range]) -> Iterator[_Said]:
        words, found = reading.sentence.words, amounts_of_items(text, self._counted)
        told = [amount for amount in found if not self._counts_picks(reading, amount)]
        parts = Counter(reading.sentence.part(amount.first) for amount in told)
        for amount in found:
            if not any(r.meets(amount.first, amount.last) for r in apart):
                left = _near([w.form for w in words if w.end <= amount.first][-3:][::-1])
                right = [w.form for w in words if w.start >= amount.last][:3]
                denied = reading.sentence.clauses.is_denied(amount.first) and not _NO.match(text, amount.start)
                several = parts[reading.sentence.part(amount.first)] > 1
                in_words = text[amount.first].isalpha()
                yield _Said(amount, left, right, bool(_JUST.search(text[: amount.first])), in_words, denied, several)

    def _year_holds(self, reading: Reading, said: Range) -> bool:
        """ "From the 1980s", "after 1999"."""
        if reading.sentence.clauses.is_of_the_person(said.start) or reading.is_quoted(said.start, said.end):
            return True
        low, high = parse_range(said.value)
        return reading.holds(
            said.start,
            lambda row: low <= row.number(said.facet) <= high or any(low <= n <= high for n in row.told_numbers),
        )

    def _amount_holds(self, reading: Reading, said: _Said) -> bool:
        amount = said.amount
        if self._counts_picks(reading, amount):
            return True
        text = reading.sentence.blotted
        if reading.is_quoted(amount.first, amount.last):
            return True
        if is_between(text, amount):
            return lies_between(reading, amount, self._fields)
        of_person = reading.sentence.clauses.is_of_the_person(amount.first)
        if (of_person and {amount.low, amount.high} <= reading.said.numbers) or (
            said.left[:1] == ["your"] and amount.low <= _COMPANY
        ):
            return True  # of what was said, or of whom the person has along
        part = reading.sentence.part(amount.first)
        if is_together(text[part.start : part.end]) and adds_up(reading, amount, self._fields):
            return True
        if said.is_one_of_several:
            return reading.some_holds(amount.first, lambda row: self._is_of(row, said))
        if least := _subset(text[part.start : amount.first]):
            return sum(self._is_of(row, said) for row in reading.rows_at(amount.first)) >= least
        return reading.holds(amount.first, lambda row: self._is_of(row, said))

    def _counts_picks(self, reading: Reading, amount: Amount) -> bool:
        """ "These three", "two of them", "4 picks": no more than there are."""
        text = reading.sentence.blotted
        if amount.unit or amount.low > len(reading.rows) or amount.low != int(amount.low):
            return False
        led, next_words = text[: amount.first], [w.form for w in reading.sentence.words if w.start >= amount.last][:1]
        free = all(word in self._free for word in next_words)
        return bool(_COUNTED.search(led) or _PICKS.match(text, amount.last) or (_THE.search(led) and free))

    def _is_of(self, row: Row, said: _Said) -> bool:
        """Whether the row has it: in the field of its unit or its word, or in its prose."""
        said = replace(said, amount=in_years(said.amount))
        if self._counts_values(row, said.amount):
            return True
        fields = self._meant(row, said)
        if any(_is_number(row, field, said) for field in fields):
            return True
        if fields and not said.amount.unit:
            return False
        return self._in_prose(row, said) or self._is_bare(row, said)

    def _meant(self, row: Row, said: _Said) -> list[NumberField]:
        """The fields that an amount speaks of, of those that the row fills."""
        filled = [f for f in self._fields.fields.values() if not row.lacks_number(f.name)]
        if unit := said.amount.unit:
            return [f for f in filled if f.dimension == unit.dimension] or _shares(filled, said)
        named = [f for f in filled if any(f.said(word) for word in said.right[:2])]
        named = named or [f for f in filled if any(f.said(word) for word in said.left)]
        money = [f for f in filled if f.dimension == "money" and said.left and said.left[0] in _COSTS]
        if named or (said.is_year and self._fields.year):
            return named
        return money or (_priced(filled) if said.amount.sign and not _counts_something(said, self._free) else [])

    def _counts_values(self, row: Row, amount: Amount) -> bool:
        """ "Two grapes", where the row has two."""
        word = stem(amount.word) if amount.word else ""
        return bool(word) and any(len(row.values(name)) == amount.low for name in row.lists(word))

    def _in_prose(self, row: Row, said: _Said) -> bool:
        """The number stands in the row, and so does what is counted."""
        amount = said.amount
        if unit := amount.unit:
            return any(
                a.unit and _is_same(a.low * a.unit.factor, amount.low * unit.factor, a.unit, unit) for a in row.amounts
            )
        if not {amount.low, amount.high} <= row.numbers:
            return False
        return any(row.says(word) or word not in self._known for word in said.right if word not in self._free)

    def _is_bare(self, row: Row, said: _Said) -> bool:
        """A number with nothing counted behind it: a year, or whatever number the row has."""
        amount = said.amount
        word = stem(amount.word) if amount.word else ""
        if amount.unit or (word and word not in self._free and not row.says(word)):
            return False
        year = self._fields.year
        if said.is_year and year and not row.lacks_number(year.name):
            return amount.low == row.number(year.name) or amount.low in row.numbers
        return amount.low in row.numbers


def _is_number(row: Row, field: NumberField, said: _Said) -> bool:
    amount, unit = said.amount, said.amount.unit
    if unit and field.unit and unit.dimension == "money" == field.unit.dimension and unit.name != field.unit.name:
        return False  # between currencies nothing is converted
    value = row.number(field.name)
    low, high = in_unit(amount.low, unit, field), in_unit(amount.high, unit, field)
    if amount.sign == ".." and field.partner:
        return {value, row.number(field.partner)} == {low, high}
    converted = bool(unit and field.unit and unit.name != field.unit.name)
    if said.just and amount.sign and abs(value - low) > _NEAR * abs(low):
        return False
    denied = said.is_denied and (value != low or amount.sign in (">", "<"))
    sign = _OPPOSITE.get(amount.sign, "..") if denied else amount.sign
    close = _CONVERTED if converted else _SPOKEN if said.in_words else _CLOSE
    return fits(value, (low, high), sign, (close, _ROUGH))


def _near(left: Sequence[str]) -> list[str]:
    """The words before an amount, back to one that begins something else."""
    return list(itertools.takewhile(lambda word: word not in ("and", "but", "while"), left))


def _subset(led: str) -> int:
    """How many of several are meant: 2 in "two of these stay under ..."."""
    match = _SOME.search(led)
    return int(number(match[1])) if match else 0


def _shares(fields: Sequence[NumberField], said: _Said) -> list[NumberField]:
    """The fields that percent may be of, where none says what it counts in: "nine percent" of alcohol."""
    alike = words_of_amounts()["measured"]["share"] if said.amount.unit and said.amount.unit.name == "%" else ()
    return [f for f in fields if not f.dimension and f.words & set(alike)]


def _priced(fields: Sequence[NumberField]) -> list[NumberField]:
    """What a number alone is of, where a sentence bounds it: a price, if there is one."""
    return [f for f in fields if f.dimension == "money"] or list(fields)


def _counts_something(said: _Said, free: Collection[str]) -> bool:
    return said.right[:1] == ["of"] or (bool(said.amount.word) and stem(said.amount.word) not in free)


def _is_same(one: float, other: float, unit: Unit, other_unit: Unit) -> bool:
    return unit.dimension == other_unit.dimension and abs(one - other) <= _CONVERTED * max(one, other)
