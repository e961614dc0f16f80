"""Values of fields that are taken from a column or from titles, for rows that come later, however few they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..inference import converted, whole
from ..item import Value
from ..schema import OF_TITLES, Field
from ..values import Quantity, decimal_is_comma, unit_named
from .fact_reader import FactReader, shares_in
from .openings import maker_of
from .skeleton import Fact


def taken_values(field: Field, cells: Sequence[Any], aside: bool) -> list[Value | None]:
    """What a field is in rows that have these cells in its source (of a field of titles: these titles), None where they
    do not say. aside: whether the source is a number, so that only what stands in brackets behind it is meant."""
    if field.source == OF_TITLES:
        return [maker_of(str(cell), field.told_by) for cell in cells]
    comma = decimal_is_comma([cell for cell in cells if isinstance(cell, str)])
    if field.kind != "number":
        return [shares_in(cell, comma) for cell in cells]
    reader = FactReader([Fact(field.told_by[0], field.told_by[1:])], aside, comma)
    return [_amount(field, *reader.read(cell)) for cell in cells]


def _amount(field: Field, said: Quantity | None) -> Value | None:
    if said is None:
        return None
    return whole(converted(said, said.high if field.bound == "high" else said.low, unit_named(field.unit)))
