"""Cells that say again, in a line of their own, what another column of the row holds. Knows no files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_LINES = re.compile(r"(?P<name>\S.*?)\s*\n\s*(?P<said>[-+]?\d+(?:[.,]\d+)?)\s*", re.S)
_MOSTLY = 0.95
_SOME = 0.3


def without_repeated(cells: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """The table, in which a name above a number that another column has is the name alone."""
    return {name: _alone(name, values, cells) for name, values in cells.items()}


def _alone(name: str, values: list[Any], cells: Mapping[str, list[Any]]) -> list[Any]:
    found = {n: match for n, cell in enumerate(values) if isinstance(cell, str) and (match := _lines(cell))}
    if len(found) < _SOME * len(values) or not any(
        _holds(other, found) for column, other in cells.items() if column != name
    ):
        return values
    return [found[n]["name"] if n in found else cell for n, cell in enumerate(values)]


def _lines(cell: str) -> re.Match[str] | None:
    return _LINES.fullmatch(cell) if "\n" in cell else None


def _holds(values: Sequence[Any], found: Mapping[int, re.Match[str]]) -> bool:
    same = sum(_number(values[n]) == _number(match["said"]) for n, match in found.items())
    return same >= _MOSTLY * len(found)


def _number(cell: Any) -> float | None:
    try:
        return float(str(cell).replace(",", "."))
    except ValueError:
        return None
