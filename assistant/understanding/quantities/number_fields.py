"""The number fields of a catalogue as people speak of them: by their words, their units, and which end is "cheaper".

Knows the columns, and nothing of messages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from penchant.retriever import Catalogue, parse_range
from penchant.retriever.catalogue import Field
from penchant.retriever.catalogue.inference import spoken
from penchant.retriever.catalogue.values import Unit, unit_named

from ..text import stem

YEAR, DATE, PRIOR = "year", "date", "prior"
_LEGACY = {"minutes": "min", "minute": "min", "hours": "h", "year": YEAR, "released": YEAR, "published": YEAR}
_RATING_WORDS = frozenset(("rated", "rating", "score", "scored", "star", "user"))
_MONEY_WORDS = frozenset(("price", "cost"))


@dataclass(frozen=True)
class NumberField:
    """A number field: its words (stems; `alike` those that stand for them), unit, and what its column holds.

    partner: the field that holds the other end of a range ("2 to 4 players").
    """

    name: str
    words: frozenset[str]
    alike: frozenset[str]
    dimension: str
    unit: Unit | None
    field: Field
    low: float
    high: float
    whole: bool
    filled: float
    partner: str = ""

    def holds(self, number: float) -> bool:
        """Whether a number could be one of the column's."""
        return self.low - abs(self.low) / 2 <= number <= self.high * 1.5

    def may_mean(self, number: float, bounded: bool) -> bool:
        """Whether a number can be said of it: one of the column's or, as a bound ("at most"), one not far from it."""
        return self.holds(number) or (bounded and self.low / _FAR <= number <= self.high * _FAR)

    def said(self, word: str) -> float:
        """How clearly a word (its stem) speaks of the field: 2 for one of its own, also compounded ("bathroom")."""
        if self.dimension == "count" and word in _RATING_WORDS:
            return 0.5  # "rated over 8" is seldom about how many rated
        own = 0.5 * any(name.startswith(word) for name in self.words)  # "beds" of bedrooms
        return 2.0 if self.is_named(word) else (1.0 + own) * (word in self.alike)

    def is_named(self, word: str) -> bool:
        """Whether a word (its stem) is one of the field's own, also compounded ("bathroom")."""
        return word in self.words or any(len(own) > 3 and word.startswith(own) for own in self.words)

    def is_per(self, unit: Unit) -> bool:
        """Whether it counts so many of a unit to something ("l/100km", of litres)."""
        counted, per, _ = self.field.unit.partition("/")
        return bool(counted and per) and unit_named(counted) == unit

    def is_about(self, concept: str) -> bool:
        return self.dimension == concept or concept in self.words or concept in self.alike


_LONGEST_UNIT = 60.0
"""What is counted in days or years is an age or a delivery, and no length."""
_QUARTER, _THIRD = 1 / 4, 1 / 3
_FAR = 10
"""A bound so many times beyond what a column holds is not said of it: "three weeks", where items take minutes."""


class NumberFields:
    """All number fields of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._columns = catalogue.numbers
        found = [_number_field(catalogue, name) for name in catalogue.schema.of("number")]
        known = [field for field in found if field is not None]
        self.fields: Mapping[str, NumberField] = {field.name: _paired(field, known) for field in known}
        self.prior = catalogue.schema.prior

    def is_amount(self, name: str) -> bool:
        """Whether a field of that name is here, and holds neither years nor dates."""
        return name in self.fields and self.fields[name].dimension not in (YEAR, DATE)

    def of(self, dimension: str) -> list[NumberField]:
        """The fields of a dimension, the best known first."""
        return sorted((f for f in self.fields.values() if f.dimension == dimension), key=lambda f: -f.filled)

    @property
    def year(self) -> NumberField | None:
        """The field that "from the 90s" means: of years, else of dates, or of dates where these are better known."""
        return max([*self.of(YEAR), *self.of(DATE)], key=lambda field: round(field.filled, 1), default=None)

    @property
    def lengths(self) -> tuple[NumberField, ...]:
        """The fields that say how long an item takes: those of hours or less, the best known first, then of pages."""
        times = [f for f in self.of("time") if f.unit is None or f.unit.factor <= _LONGEST_UNIT]
        return (*times, *(f for f in self.fields.values() if f.is_about("page") and f not in times))

    def named(self, words: Iterable[str], among: Collection[NumberField]) -> list[tuple[float, NumberField]]:
        """The fields that words (the nearest first) speak of, with how clearly, the clearest first."""
        scores: dict[str, float] = {}
        for place, word in enumerate(words):
            for field in among:
                if value := field.said(word):
                    scores[field.name] = scores.get(field.name, 0.0) + value / (1 + 0.25 * place)
        by_name = {field.name: field for field in among}
        ranked = [(score - 0.05 * len(by_name[name].words), by_name[name]) for name, score in scores.items()]
        return sorted(ranked, key=lambda pair: -pair[0])

    def any_within(self, name: str, value: str) -> bool:
        """Whether any item lies in a range of a field, as Interest.value has it."""
        low, high = parse_range(value)
        column = self._columns[name]
        return bool(((low <= column) & (column <= high)).any())

    def quantile(self, field: NumberField, share: float) -> float:
        """The number that so many of the known ones lie below."""
        return float(np.nanquantile(self._columns[field.name], share))

    def degree(self, adjective: str, wanted: bool, kinds: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
        """The field and range of "short" or, where it is not wanted, "long": the lowest quarter, or all but the highest
        third.

        `kinds` are categories and their values that are wanted: a short book is short for a book, and counts pages.
        """
        about, sign = self.ends(adjective)
        about = [f for f in about if not (f.dimension == "age" and f.field.bound)]  # it is the person that is so old
        held = [self._catalogue.holding(facet, value) for facet, value in kinds]
        rows = np.logical_or.reduce(held) if held else np.ones(len(self._catalogue), dtype=bool)
        known = {f.name: self._columns[f.name][rows] for f in about}
        known = {name: column[~np.isnan(column)] for name, column in known.items()}
        name = max(known, key=lambda name: len(known[name]), default="")
        if not name or len(known[name]) <= rows.sum() / 2:
            return None  # a small gift is not one of the few things whose width is known
        low, share = (sign == "<") == wanted, _QUARTER if wanted else _THIRD
        bar = float(np.quantile(known[name], share if sign == "<" else 1 - share))
        return name, f"{'<=' if low else '>='} {written(round(bar) if self.fields[name].whole else bar)}"

    def ends(self, adjective: str) -> tuple[list[NumberField], str]:
        """The fields that an adjective is said of, the likeliest first, and "<" or ">": "cheap" of prices, "<"."""
        found: list[NumberField] = []
        sign = ""
        for concept, ends in words_of_amounts()["ends"].items():
            said = "<" if adjective in ends["less"] else ">" if adjective in ends["more"] else ""
            if said and (not sign or said == sign) and (fields := self._about(concept)):
                sign = said
                found += [field for field in fields if field not in found]
        return found, sign

    def _about(self, concept: str) -> list[NumberField]:
        if concept == PRIOR:
            return [self.fields[self.prior]] if self.prior in self.fields else []
        if concept == YEAR:
            return [field] if (field := self.year) else []
        measured = words_of_amounts()["measured"].get(concept)
        if measured is None:
            return [f for f in self.fields.values() if f.is_about(concept)]
        # A time is also called a length, and is not small.
        every = self.fields.values()
        return [f for f in every if f.dimension == concept or (not f.dimension and f.words & set(measured))]


@cache
def words_of_amounts() -> Mapping[str, Any]:
    here = resources.files("penchant.assistant.understanding.quantities")
    return tomllib.loads(here.joinpath("amount_words.toml").read_text(encoding="utf-8"))


def _number_field(catalogue: Catalogue, name: str) -> NumberField | None:
    field, column = catalogue.schema.field(name), catalogue.numbers[name]
    known = column[~np.isnan(column)]
    if field is None or not len(known):
        return None
    words = frozenset(stem(word) for word in (field.words or spoken(name, None)))
    unit = unit_of(field)
    return NumberField(
        name,
        words,
        _alike(words, _dimension(field, unit, words)) if field.unit != "count" else frozenset(),
        _dimension(field, unit, words),
        unit,
        field,
        float(known.min()),
        float(known.max()),
        bool((known == np.round(known)).all()),
        len(known) / len(column),
    )


def dimension_of(field: Field) -> str:
    """What a number field measures: "time", "money", "year"; empty if neither unit nor name tells."""
    return _dimension(field, unit_of(field), [stem(word) for word in (field.words or spoken(field.name, None))])


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


def _alike(words: Collection[str], dimension: str) -> frozenset[str]:
    """The words that stand for those of a field, or for what it measures: 价格 is asked for as a price."""
    spoken = {*words, *(w.removesuffix("s") for w in words)}
    spoken.add({"money": "price", "time": "duration"}.get(dimension, dimension))
    groups = [group for group in words_of_amounts()["alike"] if spoken & set(group)]
    return frozenset(word for group in groups for word in group) - frozenset(words)


def _paired(field: NumberField, known: Sequence[NumberField]) -> NumberField:
    other = {"low": "high", "high": "low"}.get(field.field.bound)
    partner = next((f.name for f in known if other and f.field.bound == other and f.words == field.words), "")
    return replace(field, partner=partner)


def in_unit(amount: float, unit: Unit | None, field: NumberField) -> float:
    """An amount as the field counts it."""
    if unit and field.unit and unit.dimension == field.unit.dimension and unit.dimension != "money":
        return round(amount * unit.to(field.unit), 6)
    return amount


def written(number: float) -> str:
    """A number as the value of an interest has it: without an exponent."""
    return str(np.format_float_positional(number, precision=6, trim="-"))
