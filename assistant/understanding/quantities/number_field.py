"""A number field of a catalogue as people speak of it: its words, its unit, what it measures and what its column holds.

Knows one column at a time, and nothing of messages.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from penchant.retriever import Catalogue
from penchant.retriever.catalogue import Field
from penchant.retriever.catalogue.inference import spoken_name
from penchant.retriever.catalogue.values import Unit, unit_named
from penchant.retriever.catalogue.values.units import MONEY

from ..text import STOPWORDS
from .field_words import alike_words, are_people, words_of_amounts, words_of_field

YEAR, DATE = "year", "date"
_LEGACY = {"minutes": "min", "minute": "min", "hours": "h", "year": YEAR, "released": YEAR, "published": YEAR}
_RATING_WORDS = frozenset(("rate", "rated", "rating", "score", "scored", "star", "user"))
_MONEY_WORDS = frozenset(("price", "cost"))
_VOWELS = re.compile("[aeiou]")
_MULTIPLE = re.compile("^(?:kilo|mega|giga|tera|milli|micro|centi|nano)(?=[a-z]{3})")
"""What a unit has before it that is so many or so small a part of another."""
_IN_THOUSANDS = (1e3, 1e6)
"""What a column may count in that does not say so."""
_YEARS = (1900, 2100)
_SHORTEST = 3
_HUNDRED = 100.0
_FAR = 10
"""A bound so many times beyond what a column holds is not said of it: "three weeks", where items take minutes."""
_NO_LIKENESS = 100
"""What is more times as much as the middle of a column, or as little, is in another unit, be there a few so large."""
_MANY = 100
"""From there on the middle of a column is likelier in the smaller of two units: of grams."""


@dataclass(frozen=True)
class NumberField:
    """A number field: its words (stems; `alike` those that stand for them), unit, and what its column holds.

    middle: what half of the items have less than; partner: the field that holds the other end of a range ("2 to 4
    players").
    """

    name: str
    words: frozenset[str]
    alike: frozenset[str]
    dimension: str
    unit: Unit | None
    field: Field
    low: float
    high: float
    middle: float
    whole: bool
    filled: float
    partner: str = ""

    def holds(self, number: float) -> bool:
        """Whether a number could be one of the column's."""
        return self.low - abs(self.low) / 2 <= number <= self.high * 1.5

    def may_mean(self, number: float, bounded: bool) -> bool:
        """Whether a number can be said of it: one of the column's or, as a bound ("at most"), one not far from it."""
        return self.holds(number) or (bounded and self.low / _FAR <= number <= self.high * _FAR)

    def scale(self, number: float, unit: Unit | None, said: float = 1.0) -> float:
        """In what it counts, where neither it nor the number has a unit but of money, and it holds nothing like it: in
        as many as are `said` ("15k"), else in thousands or millions, where "a million copies" are 1."""
        if (
            not (unit or self.unit)
            and 1 < number <= _HUNDRED
            and self.high <= 1
            and self.low <= number / _HUNDRED <= self.high
        ):
            return _HUNDRED  # of 100, where the column has parts of one
        measured = self.dimension not in ("", MONEY) or (self.unit and self.unit.dimension != MONEY)
        far = self.high * (_FAR if self.dimension == MONEY else 1.0)
        if measured or (unit and unit.dimension != MONEY) or number < _IN_THOUSANDS[0] or far >= number:
            return 1.0
        scales = (said,) if said > 1 and self.dimension == MONEY else (said, *_IN_THOUSANDS)
        return next((scale for scale in scales if self.low <= number / scale <= self.high), 1.0)

    @property
    def spoken(self) -> str:
        """Its name as one speaks of it, nothing cut short: "distance to road"."""
        known = words_of_amounts()["abbreviated"]
        return " ".join(known.get(word.casefold(), word) for word in spoken_name(self.name).split())

    def said(self, word: str) -> float:
        """How clearly a word (its stem) speaks of the field: 2 for one of its own, also compounded ("bathroom")."""
        if self.dimension == "count" and word in _RATING_WORDS:
            return 0.5  # "rated over 8" is seldom about how many rated
        own = 0.5 * any(name.startswith(word) for name in self.words)  # "beds" of bedrooms
        return 2.0 if self.is_named(word) else (1.0 + own) * (word in self.alike)

    def is_named(self, word: str) -> bool:
        """Whether a word (its stem) is one of the field's own, also compounded ("bathroom", "megapixel")."""
        return bool({word, _MULTIPLE.sub("", word)} & self.words) or any(
            len(own) > 3 and word.startswith(own) for own in self.words
        )

    def is_cut_short(self, word: str) -> bool:
        """Whether a word is the beginning of one of its own, of all letters or of consonants ("eps", "pgs", "lvls"), or
        goes on where one of its own is cut short ("cylinders" of `cyl`)."""
        short = word.casefold().removesuffix("s")
        every = (own for name in self.words for own in (name, name[:1] + _VOWELS.sub("", name[1:])))
        if any(_SHORTEST <= len(own) < len(short) and short.startswith(own) for own in self.words):
            return True
        return len(short) > 1 and short not in STOPWORDS and any(own.startswith(short) for own in every)

    def is_per(self, unit: Unit) -> bool:
        """Whether it counts so many of a unit to something ("l/100km", of litres)."""
        counted, per, _ = self.field.unit.partition("/")
        return bool(counted and per) and unit_named(counted) == unit

    @property
    def counts_in(self) -> Unit | None:
        """The unit that it has, or that its name says, which may be no more than that: nights are days."""
        if self.unit or "night" in self.words:
            return self.unit or unit_named("days")
        plural = self.name.isalpha() and len(self.name) > _SHORTEST and self.name.endswith("s")
        return unit_named(self.name) if plural else None

    @property
    def is_count(self) -> bool:
        """Whether it holds whole numbers without a unit: of what there are so many."""
        return self.whole and self.unit is None

    @property
    def is_place(self) -> bool:
        """Whether it holds places in a list, of which the first is the best."""
        return self.field.better == "less" and not self.unit and not self.dimension

    @property
    def counts_people(self) -> bool:
        """Whether its name says that it counts people: students, employees, owners."""
        return self.unit is None and any(map(are_people, self.field.words or self.words))

    @property
    def is_dated(self) -> bool:
        """Whether it holds years or dates, also under a name that does not say so: "Founded"."""
        return self.dimension in (YEAR, DATE) or (self.whole and not self.unit and _YEARS[0] < self.high <= _YEARS[1])

    def is_about(self, concept: str) -> bool:
        return self.dimension == concept or concept in self.words or concept in self.alike


def number_field(catalogue: Catalogue, name: str) -> NumberField | None:
    """The number field of a name; None where nothing is known of it."""
    field, column = catalogue.schema.field(name), catalogue.numbers[name]
    known = column[~np.isnan(column)]
    if field is None or not len(known):
        return None
    words = words_of_field(field)
    unit = unit_of(field)
    return NumberField(
        name,
        words,
        alike_words(words, _dimension(field, unit, words)) if field.unit != "count" else frozenset(),
        _dimension(field, unit, words),
        unit,
        field,
        float(known.min()),
        float(known.max()),
        float(np.median(known)),
        bool((known == np.round(known)).all()),
        len(known) / len(column),
    )


def dimension_of(field: Field) -> str:
    """What a number field measures: "time", "money", "year"; empty if neither unit nor name tells."""
    return _dimension(field, unit_of(field), words_of_field(field))


def unit_of(field: Field) -> Unit | None:
    """The unit that a number field counts in, by the schema or the field's name; of years none."""
    return None if field.unit in (YEAR, DATE) else unit_named(field.unit or _LEGACY.get(field.name.casefold(), ""))


def _dimension(field: Field, unit: Unit | None, words: Collection[str]) -> str:
    if field.unit in (YEAR, DATE) or _LEGACY.get(field.name.casefold()) == YEAR:
        return field.unit or YEAR
    if unit and unit.name != "years":
        return unit.dimension
    if field.unit in ("rating", "count", "money") or field.unit.startswith("/"):
        return "rating" if field.unit.startswith("/") else field.unit
    if not field.unit and _MONEY_WORDS & set(words):
        return "money"
    return "age" if "age" in words or (unit and unit.name == "years") else ""


def in_unit(amount: float, unit: Unit | None, field: NumberField) -> float:
    """An amount as the field counts it."""
    if unit and (own := field.counts_in) and unit.dimension == own.dimension and unit.dimension != MONEY:
        return round(amount * unit.to(own), 6)
    if unit and not field.unit and (own := _unit_as_large(amount, unit, field)):
        return round(amount * unit.to(own), 6)
    if unit and unit.dimension == "share" and not field.unit and field.low >= 0 and field.high <= 1:
        return amount / 100  # of 100, where the column has parts of one
    return amount


def _unit_as_large(amount: float, unit: Unit, field: NumberField) -> Unit | None:
    """The unit in which a column that measures a dimension, and does not say in what, holds such an amount: of 66 to
    264 "two metres" are centimetres. Else one in which its middle is not far from it: of phones of 95 to 290 "over a
    kilo" are grams; else the larger, where it holds small numbers."""
    known = _usual_units(unit, field)
    far = {one: _times(amount * unit.to(one), field.middle) for one in known}
    near = (one for one in known if far[one] <= _FAR)
    likely = known[:1] if field.middle < _MANY or known[:1] == [unit] else known[1:2]
    return _held(amount, unit, field) or next(near, None) or next(iter(likely), None)


def _held(amount: float, unit: Unit, field: NumberField) -> Unit | None:
    held = (one for one in _usual_units(unit, field) if field.low <= amount * unit.to(one) <= field.high)
    return next((one for one in held if _times(amount * unit.to(one), field.middle) <= _NO_LIKENESS), None)


def _usual_units(unit: Unit, field: NumberField) -> list[Unit]:
    """In what a column may be that measures what a unit does, the most usual first; none if it measures something
    else."""
    names = words_of_amounts()["usual_units"].get(unit.dimension, ())
    measured = words_of_amounts()["measured"].get(unit.dimension, ())
    known = [unit_named(name) if name else unit for name in names] if field.words & set(measured) else []
    return [one for one in known if one]


def _times(amount: float, other: float) -> float:
    """How many times as much the larger of two is."""
    least, most = sorted((amount, other))
    return most / least if least > 0 else 1.0


def how_unusual(amount: float, unit: Unit, field: NumberField) -> int:
    """The place of the unit in which a column would hold an amount among the usual ones; that of none is the last."""
    usual, own = _usual_units(unit, field), _held(amount, unit, field)
    return usual.index(own) if own else len(usual)


def written(number: float) -> str:
    """A number as the value of an interest has it: without an exponent."""
    return str(np.format_float_positional(number, precision=6, trim="-"))
