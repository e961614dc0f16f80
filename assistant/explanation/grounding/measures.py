"""Whether a number that a sentence says is that of a field, or of what a row's prose measures.

Knows units, bounds and how far a number may be rounded. Knows no sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever.catalogue.values import Unit

from ...understanding.quantities.amounts import Amount
from ...understanding.quantities.field_words import words_of_amounts
from ...understanding.quantities.number_field import NumberField, in_unit
from ..evidence import Row
from .differences import fits

_OPPOSITE = {"": "<", "~": "<", ">": "<=", ">=": "<", "<": ">=", "<=": ">"}
_FIRST_YEAR, _LAST_YEAR = 1000, 2200
_CALENDAR = 0.09
"""A month is four weeks, or a little more."""
_CLOSE, _SPOKEN, _ROUGH, _CONVERTED, _NEAR = 0.004, 0.015, 0.1, 0.03, 0.2


@dataclass(frozen=True, slots=True)
class SaidAmount:
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


def is_number(row: Row, field: NumberField, said: SaidAmount) -> bool:
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
    if converted and unit and unit.name == "months":
        close = _CALENDAR
    return fits(value, (low, high), sign, (close, _ROUGH))


def shares(fields: Sequence[NumberField], said: SaidAmount) -> list[NumberField]:
    """The fields that percent may be of, where none says what it counts in: "nine percent" of alcohol."""
    alike = words_of_amounts()["measured"]["share"] if said.amount.unit and said.amount.unit.name == "%" else ()
    return [f for f in fields if not f.dimension and f.words & set(alike)]


def priced(fields: Sequence[NumberField], amount: float) -> list[NumberField]:
    """What a number alone is of, where a sentence bounds it: a price, if it could be one, else whatever it could be."""
    money = [f for f in fields if f.dimension == "money"]
    if any(f.holds(amount) for f in money):
        return money
    return [f for f in fields if f.holds(amount)] or money or list(fields)


def is_same(one: float, other: float, unit: Unit, other_unit: Unit) -> bool:
    return unit.dimension == other_unit.dimension and abs(one - other) <= _CONVERTED * max(one, other)
