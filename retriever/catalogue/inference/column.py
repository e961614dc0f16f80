"""A column of values of one kind, and what it was taken for. Knows nothing of how that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import NoneType
from typing import Any

from ..item import Value
from ..schema import Better, Bound, Kind

NEARLY = 0.97
"""So much of a column may speak for all of it."""
_PLAIN = (str, int, float, NoneType)
FEW_ROWS = 10
"""Of so many rows or fewer, little is told."""


@dataclass(frozen=True)
class Column:
    """A column of values, None where nothing is known; and what it was taken for, how sure that is from 0 to 1, and why
    one might doubt it."""

    name: str
    kind: Kind
    values: Sequence[Value | None]
    unit: str = ""
    better: Better = ""
    bound: Bound = ""
    words: tuple[str, ...] = ()
    aside: bool = False
    sure: float = 1.0
    warnings: tuple[str, ...] = ()
    source: str = ""
    told_by: tuple[str, ...] = ()

    @property
    def filled(self) -> float:
        return sum(value is not None for value in self.values) / max(1, len(self.values))


def strings(values: Sequence[Any]) -> list[Value | None]:
    """Cells as they are, or as texts; what lists texts stays several."""
    return [value if isinstance(value, _PLAIN) else _text(value) for value in values]


def _text(value: Any) -> Value:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)


def share(cells: Sequence[str], test: Callable[[str], Any]) -> float:
    return sum(count for cell, count in Counter(cells).items() if test(cell)) / len(cells)


def odd(before: Sequence[Any], after: Sequence[Any]) -> tuple[str, ...]:
    odd = [str(old) for old, new in zip(before, after, strict=True) if old is not None and new is None]
    shown = ", ".join(repr(text[:30]) for text in list(dict.fromkeys(odd))[:3])
    return (f"left out in {len(odd)} rows: {shown}",) if odd else ()
