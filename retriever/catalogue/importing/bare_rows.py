"""Rows that are no things: a total below a table, and a row of which next to nothing is filled."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from ..values import each_once, is_missing

_COLUMNS = 6
"""Of fewer it is not told that a row has too little."""
_FILLED = 5
_BARE = 2
_FEW = 0.05
"""Where more rows are so, that is how the table is."""
_SUMMED = 3
"""Rows that a total is of, at least."""


def bare_rows(cells: Mapping[str, Sequence[Any]], count: int) -> Mapping[int, str]:
    """The places of such rows, with the reason."""
    if count < _SUMMED + 1:
        return {}
    filled = [0] * count
    for values in cells.values():
        filled = [many + known for many, known in zip(filled, each_once(_is_filled, values), strict=True)]
    total = {count - 1: "a total of the rows above"} if _is_total(cells, count - 1) else {}
    if len(cells) < _COLUMNS or statistics.median(filled) < _FILLED:
        return total
    bare = {n: f"{many} of {len(cells)} cells filled" for n, many in enumerate(filled) if many <= _BARE}
    return total | (bare if len(bare) <= max(1, _FEW * count) else {})


def _is_filled(cell: Any) -> bool:
    return not is_missing(cell)


def _is_total(cells: Mapping[str, Sequence[Any]], last: int) -> bool:
    """Whether the last row has, of two columns or more, what all rows above have together, and is blank elsewhere."""
    said = {name: _number(values[last]) for name, values in cells.items() if not is_missing(values[last])}
    if len(said) == len(cells):
        return False
    sums = [
        math.isclose(amount, sum(known), rel_tol=1e-6)
        for name, amount in said.items()
        if amount and len(known := [n for cell in cells[name][:last] if (n := _number(cell)) is not None]) >= _SUMMED
    ]
    return len(sums) > 1 and all(sums)


def _number(cell: Any) -> float | None:
    try:
        return None if is_missing(cell) else float(str(cell).replace(",", ""))
    except ValueError:
        return None
