"""A column's cells worked on: what repeats, once. Knows nothing of what the work is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import NoneType
from typing import Any, TypeVar

_Made = TypeVar("_Made")

_ALIKE = (str, float)
"""Equal ones are the same. 1 and True are equal too, and are not."""


def each_once(work: Callable[[Any], _Made], cells: Sequence[Any]) -> list[_Made]:
    """What the work makes of each cell. In a column of texts, or of fractions, equal ones are worked on once."""
    kinds = set(map(type, cells)) - {NoneType}
    if len(kinds) > 1 or not kinds.issubset(_ALIKE):
        return [work(cell) for cell in cells]
    made = {cell: work(cell) for cell in set(cells)}
    return [made[cell] for cell in cells]
