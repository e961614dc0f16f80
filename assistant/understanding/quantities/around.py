"""An amount and the text around it, and what the amount is of a number field: whether that may be so much, and whether
it tells the items apart.

Knows amounts and number fields, and nothing of grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from penchant.retriever.catalogue.values import Unit, unit_named
from penchant.retriever.catalogue.values.units import MONEY

from ..text import STOPWORDS, Token, before, stem
from ..text.comparisons import EARNED, RATE
from .amounts import Amount
from .field_words import words_of_amounts
from .number_field import NumberField, in_unit, written
from .number_fields import NumberFields

LIMITS = ("<", "<=", ">", ">=", "..")
_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\s(?:and|but|or|with|plus)\s", re.I)
_PER = re.compile(r"\bper\s+$", re.I)
"""What stands before a word that nothing is asked for by: "2 cents per page" are of no number of pages."""
_NEAR, _FAR = 3, 6
_MOST_PEOPLE = 12
_MUCH = ("high", "low", "much", "many", "lots", "plenty")
_FOR = re.compile(r"\bfor\s+(?:(?:up\s+to|at\s+least|all|the)\s+)?$", re.I)
_KILO, _METRE = re.compile(r"[\s-]*k\b", re.I), re.compile(r"[\s-]*m\b", re.I)


@dataclass(frozen=True, slots=True)
class Around:
    """An amount and the text around it: its words, and from where to where no other amount stands."""

    text: str
    words: Sequence[Token]
    amount: Amount
    left: int
    right: int

    @property
    def clause(self) -> tuple[int, int]:
        """From where to where the amount's clause reaches."""
        stop = _CLAUSE.search(self.text, self.amount.end, self.right)
        cuts = [m.end() for m in _CLAUSE.finditer(self.text[self.left : self.amount.start])]
        return self.left + (cuts[-1] if cuts else 0), stop.start() + 1 if stop else self.right

    @property
    def near(self) -> list[str]:
        """The stems near the amount within its clause, the nearest first; what follows before what leads."""
        amount, (begin, last) = self.amount, self.clause
        behind = (w for w in self.words if amount.end <= w.start < last)
        after = [w.form for w in behind if not _PER.search(before(self.text, w.start))][:_NEAR]
        leading = [w.form for w in reversed(self.words) if begin <= w.start < amount.start][:_FAR]
        if not amount.sign or amount.sign == "~":  # "two baths": only what stands right beside is counted
            after, leading = after[:2], leading[:2]
        inside = [w.form for w in self.words if amount.start <= w.start < amount.first][::-1]
        own = [stem(amount.word)] if amount.word else []
        own += ["earning"] if EARNED.search(before(self.text, amount.start)) else []
        return list(dict.fromkeys([*own, *after, *inside, *leading]))

    @property
    def led(self) -> list[Token]:
        """What stands right before a bare amount, behind a comma: "a big garden, at least 300"; the nearest first."""
        cuts = [m.end() for m in _CLAUSE.finditer(self.text[self.left : self.amount.start])]
        if not (cuts and self.is_bare and self.text[: self.left + cuts[-1]].rstrip().endswith(",")):
            return []
        begin, last = ([0, *cuts][-2] + self.left, cuts[-1] + self.left)
        return [w for w in reversed(self.words) if begin <= w.start < last][:_NEAR]

    @property
    def every(self) -> list[str]:
        """The stems of the whole text, the nearest first."""
        apart = [w for w in self.words if not self.amount.start <= w.start < self.amount.end]
        return [w.form for w in sorted(apart, key=lambda w: abs(w.start - self.amount.first))]

    @property
    def what_follows(self) -> str:
        """The word behind the amount, or behind what compares it."""
        behind = (w.text for w in self.words if self.amount.end <= w.start < self.clause[1])
        return self.amount.word or next(behind, "")

    @property
    def spoken(self) -> str:
        """The amount's clause."""
        return self.text[slice(*self.clause)].strip()

    @property
    def is_bare(self) -> bool:
        """Whether an amount's clause has no words but those of the amount and its comparison."""
        begin, end = self.clause
        apart = (w for w in self.words if not self.amount.start <= w.start < self.amount.end)
        return not any(begin <= w.start < end and w.text.casefold() not in STOPWORDS for w in apart)


def as_meant(text: str, amount: Amount, fields: NumberFields) -> Amount:
    """An amount with its unit, or what it counts, where only the columns or what leads up to it tell."""
    amount = _of_metre(text, _of_kilo(text, amount, fields), fields)
    return _for_money(text, _of_people(text, _as_rate(text, _of_nights(amount, fields))), fields)


def _of_people(text: str, amount: Amount) -> Amount:
    """ "Room for seven", "a tent for two": a few of whom nothing else is said are people."""
    few = amount.high <= _MOST_PEOPLE and not (amount.unit or amount.adjective)
    alone = few and (not amount.word or amount.word.casefold() in STOPWORDS)
    return replace(amount, word="people") if alone and _FOR.search(text[: amount.first]) else amount


def _for_money(text: str, amount: Amount, fields: NumberFields) -> Amount:
    """ "The best you have for 15000": a price, where one is so high and no year is meant."""
    plain = not (amount.unit or amount.sign or amount.adjective) and amount.word.casefold() in ("", *STOPWORDS)
    high = amount.low > _MOST_PEOPLE and not (fields.year and fields.year.holds(amount.low))
    paid = plain and high and _FOR.search(text[: amount.first])
    held = paid and any(f.low <= counted(amount, f)[0] <= f.high for f in fields.of(MONEY))
    return replace(amount, unit=Unit("", MONEY, 1.0), sign="<=") if held else amount


def _as_rate(text: str, amount: Amount) -> Amount:
    """The amount as one of money, where a rate follows a bare number; any other as it is."""
    said = None if amount.unit else RATE.match(text, amount.last) or RATE.match(text, amount.end)
    return replace(amount, unit=Unit("", MONEY, 1.0), word="", end=max(amount.end, said.end())) if said else amount


def _of_kilo(text: str, amount: Amount, fields: NumberFields) -> Amount:
    """ "60 k": so many kilometres, where something is as far, else thousands."""
    written_k = _KILO.match(text, amount.last) if amount.unit is None and amount.word.casefold() == "k" else None
    if written_k is None:
        return amount
    kilometres, end = unit_named("km"), max(amount.end, written_k.end())
    far = [f for f in fields.of("length") if f.may_mean(in_unit(amount.low, kilometres, f), True)]
    if far:
        return replace(amount, unit=kilometres, word="", end=end)
    return replace(amount, low=amount.low * 1e3, high=amount.high * 1e3, word="", end=end, scaled=1e3)


def _of_metre(text: str, amount: Amount, fields: NumberFields) -> Amount:
    """ "1.90 m": so many metres, where something is as long."""
    written_m = _METRE.match(text, amount.last) if amount.word.casefold() == "m" else None
    metres = unit_named("m")
    length = words_of_amounts()["measured"]["length"]
    lengths = (
        f for f in fields.fields.values() if f.dimension == "length" or (not f.dimension and f.words & set(length))
    )
    long = any(f.holds(in_unit(amount.low, metres, f)) for f in lengths)
    if written_m is None or amount.unit or amount.adjective or not long:
        return amount
    return replace(amount, unit=metres, word="", end=max(amount.end, written_m.end()))


def _of_nights(amount: Amount, fields: NumberFields) -> Amount:
    """Nights are days, where something is counted in days or more."""
    days = unit_named("days")
    own = [f.counts_in for f in fields.fields.values() if f.counts_in and f.counts_in.dimension == "time"]
    counted_so = days and stem(amount.word.casefold()) == "night" and any(one.factor >= days.factor for one in own)
    return replace(amount, unit=days) if counted_so else amount


def counted(amount: Amount, field: NumberField) -> tuple[float, float]:
    """The two ends of an amount as a field counts them, in its unit and in as many of them ("15k" of thousands)."""
    scale = field.scale(amount.low, amount.unit, amount.scaled)
    low, high = (in_unit(end, amount.unit, field) / scale for end in (amount.low, amount.high))
    return low, high


def usual_prices(amount: Amount, every: Sequence[NumberField]) -> list[NumberField]:
    """Without the prices that would count an amount in thousands, where others count it as it is said, nor anything
    else where the amount stands alone and is a price; and without the least and the most of one that is a column of
    its own."""
    plain = [f for f in every if f.dimension == MONEY and counted(amount, f)[0] == amount.low]
    alone = not (amount.unit or amount.word) and any(f.holds(amount.low) for f in plain)
    left = [f for f in every if f in plain or not plain or _counts_plainly(amount, f, alone)]
    own = [f.words for f in left if f.dimension == MONEY and not f.field.bound]
    return [f for f in left if not (f.dimension == MONEY and f.field.bound and any(one <= f.words for one in own))]


def _counts_plainly(amount: Amount, field: NumberField, alone: bool) -> bool:
    return field.dimension != MONEY and not (alone and counted(amount, field)[0] != amount.low)


def may_mean(amount: Amount, field: NumberField) -> bool:
    """Whether an amount can be said of a field: it holds such, or a bound is not far from what it holds."""
    return field.may_mean(counted(amount, field)[0], amount.sign not in ("", "~"))


def tells(amount: Amount, field: NumberField, fields: NumberFields) -> bool:
    """Whether an amount says something of a field: some of the column's numbers are so, and some are not."""
    parts = amount.low % 1 != 0 and field.is_count and field.dimension in ("", "count")  # no 4.5 guests
    return not parts and fields.divided(field.name, as_range(amount, field)) > 0


def as_range(amount: Amount, field: NumberField) -> str:
    """An amount as a range of a field."""
    low, high = counted(amount, field)
    sign = amount.sign.replace("~", "")
    return f"{written(low)}..{written(high)}" if sign == ".." else f"{sign} {written(low)}"


def led_up_to(said: Around, free: Sequence[NumberField], fields: NumberFields) -> NumberField | None:
    """The field of which much or little is said right before a bound: "a big garden, at least 300"."""
    ends = [adjective for end in words_of_amounts()["ends"].values() for side in end.values() for adjective in side]
    if said.amount.sign not in LIMITS or not {*ends, *_MUCH}.intersection(w.text.casefold() for w in said.led):
        return None
    named = [field for _, field in fields.named([w.form for w in said.led], free)]
    return named[0] if named and tells(said.amount, named[0], fields) else None
