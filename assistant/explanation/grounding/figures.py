"""Amounts, years and decades in a sentence: the row has such a number, and of what the sentence says it is of.

A number may be rounded only where the sentence says so ("about two hours"). So many picks may be counted.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from penchant.retriever.ranking import parse_range

from ...understanding.linking import Gazetteer
from ...understanding.quantities import Range, find_ranges
from ...understanding.quantities.amounts import Amount
from ...understanding.quantities.number_field import NumberField
from ...understanding.text import number, stem
from ..evidence import Reading, Row
from ..statements import amounts_of_items, called, plainer, vocabulary
from .differences import MULTIPLES, adds_up, in_years, is_between, is_together, lies_between
from .measures import SaidAmount, is_number, is_same, priced, shares
from .reckoning import is_reckoned

_PICKS = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:picks?|options?|choices|titles?|items|suggestions?|recommendations?|matches|ones"
    r"|of\s+(?:these|those|them|the|all)|with|in|from)\b",
    re.I,
)
_COUNTED = re.compile(r"\b(?:these|those|all|both|of\s+the|of|here\s+are|either\s+of\s+the)\s+$", re.I)
_THE = re.compile(r"\b(?:the|other|only|top|my)\s+$", re.I)
_NO = re.compile(r"\s*(?:no|not|nothing|never|none)\b|n['’]t\b", re.I)
_JUST = re.compile(r"\b(?:just|barely|only|slightly|a\s+(?:little|bit|touch|shade|hair))\s+(?:\w+\s+)?$", re.I)
_SOME = re.compile(r"\b(one|two|three|four)\s+of\s+(?:these|those|them|the)\b", re.I)
_DECADE = re.compile(r"\b\d{2,4}['’]?s\b", re.I)
_COSTS = frozenset(map(stem, "cost costs costing price priced at for from pay is".split()))
_AGAINST = re.compile(r"\b(?:next\s+to|against|versus|vs\.?|compared\s+(?:with|to)|instead\s+of|not)\s+$", re.I)
_OFTEN = re.compile(r"\b(?:once|twice|times|every|per)\s+$", re.I)
_PLACED = (["at"], ["for"], ["from"], ["by"])
"""Before a number that may be a price, a time of day or an age."""
_TWO = 2
_COMPANY = 10
_SMALL = 10
"""A larger number that stands in a row hardly stands there by chance."""


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

    def _amounts(self, reading: Reading, text: str, apart: Sequence[Range]) -> Iterator[SaidAmount]:
        words, found = reading.sentence.words, amounts_of_items(text, self._counted)
        told = [amount for amount in found if not self._counts_picks(reading, amount)]
        parts = Counter(reading.sentence.part(amount.first) for amount in told)
        for amount in found:
            if not any(r.meets(amount.first, amount.last) for r in apart) and not _is_apart(text, amount):
                left = _near([w.form for w in words if w.end <= amount.first][-3:][::-1])
                right = [w.form for w in words if w.start >= amount.last][:3]
                denied = reading.sentence.clauses.is_denied(amount.first) and not _NO.match(text, amount.start)
                several = parts[reading.sentence.part(amount.first)] > 1
                in_words = text[amount.first].isalpha()
                yield SaidAmount(
                    amount, left, right, bool(_JUST.search(text[: amount.first])), in_words, denied, several
                )

    def _year_holds(self, reading: Reading, said: Range) -> bool:
        """ "From the 1980s", "after 1999"."""
        if reading.sentence.clauses.is_of_the_person(said.start) or reading.is_quoted(said.start, said.end):
            return True
        low, high = parse_range(said.value)
        return reading.holds(
            said.start,
            lambda row: low <= row.number(said.facet) <= high or any(low <= n <= high for n in row.told_numbers),
        )

    def _amount_holds(self, reading: Reading, said: SaidAmount) -> bool:
        amount, text = said.amount, plainer(reading.sentence.blotted)
        if reading.is_quoted(amount.first, amount.last) or _is_the_persons(reading, said):
            return True
        if self._counts_picks(reading, amount) or self._counts_kinds(reading, amount):
            return True
        if is_between(text, amount):
            return lies_between(reading, amount, self._fields)
        return self._comes_out(reading, amount, text) or self._stands(reading, said, text)

    def _comes_out(self, reading: Reading, amount: Amount, text: str) -> bool:
        """Whether it is the sum of rows, or something else that can be reckoned from them."""
        part = reading.sentence.part(amount.first)
        takes_time = len(part.picks) == 1 and amount.unit is not None and amount.unit.dimension == "time"
        told = takes_time or is_together(text[part.start : part.end])
        return (told and adds_up(reading, amount, self._fields)) or is_reckoned(reading, amount, self._fields, text)

    def _stands(self, reading: Reading, said: SaidAmount, text: str) -> bool:
        """Whether the rows have it that the sentence speaks of there."""
        amount = said.amount
        if said.left[:1] == ["your"] and not amount.sign:
            said = replace(said, amount=replace(amount, sign="<="))  # "fits your 900"
        if _AGAINST.search(text[: amount.first]):
            return any(self._is_of(row, said) for row in reading.rows)
        if said.is_one_of_several:
            return reading.some_holds(amount.first, lambda row: self._is_of(row, said))
        if least := _subset(text[reading.sentence.part(amount.first).start : amount.first]):
            return sum(self._is_of(row, said) for row in reading.rows_at(amount.first)) >= least
        return reading.holds(amount.first, lambda row: self._is_of(row, said))

    def _counts_picks(self, reading: Reading, amount: Amount) -> bool:
        """ "These three", "two of them", "4 picks": no more than there are."""
        text = reading.sentence.blotted
        if amount.unit or amount.low > len(reading.rows) or amount.low != int(amount.low):
            return False
        led, next_words = text[: amount.first], [w.form for w in reading.sentence.words if w.start >= amount.last][:1]
        free = all(word in self._free for word in next_words)
        if amount.start == 0 and amount.low == len(reading.rows) > 1:
            return True
        return bool(_COUNTED.search(led) or _PICKS.match(text, amount.last) or (_THE.search(led) and free))

    def _counts_kinds(self, reading: Reading, amount: Amount) -> bool:
        """ "Four countries", where so many stand in the rows."""
        fields = [] if amount.unit or amount.low < _TWO else called(self._schema, [stem(amount.word.rstrip("."))])
        kinds = [{value for row in reading.rows_at(amount.first) for value in row.values(name)} for name in fields]
        return any(len(values) == amount.low for values in kinds)

    def _is_of(self, row: Row, said: SaidAmount) -> bool:
        """Whether the row has it: in the field of its unit or its word, or in its prose."""
        said = replace(said, amount=in_years(said.amount))
        if self._counts_values(row, said.amount):
            return True
        fields = self._meant(row, said)
        if any(is_number(row, field, said) for field in fields):
            return True
        if fields and not said.amount.unit:
            loose = said.left[:1] in _PLACED or not any(
                f.is_named(w) for f in fields for w in (*said.left, *said.right)
            )
            return loose and not said.amount.sign and {said.amount.low, said.amount.high} <= row.told_numbers
        return self._in_prose(row, said) or self._is_bare(row, said)

    def _meant(self, row: Row, said: SaidAmount) -> list[NumberField]:
        """The fields that an amount speaks of, of those that the row fills."""
        filled = [f for f in self._fields.fields.values() if not row.lacks_number(f.name)]
        if unit := said.amount.unit:
            return [f for f in filled if f.dimension == unit.dimension] or shares(filled, said)
        named = [f for f in filled if any(f.said(word) for word in said.right[:2])]
        named = named or [f for f in filled if any(f.said(word) for word in said.left)]
        if named or (said.is_year and self._fields.year):
            return named
        if said.left and said.left[0] in _COSTS:
            return [f for f in filled if f.dimension == "money" and f.may_mean(said.amount.low, bool(said.amount.sign))]
        return priced(filled, said.amount.low) if said.amount.sign and not _counts_something(said, self._free) else []

    def _counts_values(self, row: Row, amount: Amount) -> bool:
        """ "Two grapes", where the row has two."""
        word = stem(amount.word.rstrip(".")) if amount.word else ""
        return bool(word) and any(len(row.values(name)) == amount.low for name in row.lists(word))

    def _in_prose(self, row: Row, said: SaidAmount) -> bool:
        """The number stands in the row, and so does what is counted."""
        amount = said.amount
        if unit := amount.unit:
            return any(
                a.unit and is_same(a.low * a.unit.factor, amount.low * unit.factor, a.unit, unit) for a in row.amounts
            )
        if not {amount.low, amount.high} <= row.numbers:
            return False
        return any(row.says(word) or word not in self._known for word in said.right if word not in self._free)

    def _is_bare(self, row: Row, said: SaidAmount) -> bool:
        """A number with nothing counted behind it: a year, or whatever number the row has."""
        amount = said.amount
        word = stem(amount.word.rstrip(".")) if amount.word else ""
        known = not word or word in self._free or row.says(word) or amount.low > _SMALL
        if amount.unit or amount.sign == ".." or not known:
            return False
        year = self._fields.year
        if said.is_year and year and not row.lacks_number(year.name):
            return amount.low == row.number(year.name) or amount.low in row.numbers
        return amount.low in row.numbers


def _is_apart(text: str, amount: Amount) -> bool:
    """Whether a number is a multiple ("ten times what ..."), or says how often ("once a month")."""
    if MULTIPLES.match(text, amount.first):
        return True
    return text[amount.first : amount.last].casefold() in ("a", "an") and bool(_OFTEN.search(text[: amount.first]))


def _is_the_persons(reading: Reading, said: SaidAmount) -> bool:
    """Whether an amount is what the person said, or of whom they have along. A bound of theirs that the items keep is
    held against the rows."""
    amount = said.amount
    was_said = {amount.low, amount.high} <= reading.said.numbers
    if said.left[:1] in (["your"], ["you"]) or said.right[:2] == ["of", "you"]:
        return not amount.unit and not amount.sign and amount.low <= _COMPANY
    return was_said and reading.sentence.clauses.is_of_the_person(amount.first)


def _near(left: Sequence[str]) -> list[str]:
    """The words before an amount, back to one that begins something else."""
    return list(itertools.takewhile(lambda word: word not in ("and", "but", "while"), left))


def _subset(led: str) -> int:
    """How many of several are meant: 2 in "two of these stay under ..."."""
    match = _SOME.search(led)
    return int(number(match[1])) if match else 0


def _counts_something(said: SaidAmount, free: Collection[str]) -> bool:
    return said.right[:1] == ["of"] or (bool(said.amount.word) and stem(said.amount.word) not in free)
