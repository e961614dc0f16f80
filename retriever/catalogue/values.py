"""Cells of a file as values of a field: lists, what counts as unknown, and which types there are.

Knows nothing of rows, files or what a field means.
"""

from __future__ import annotations

import math
from typing import Any

from ..errors import CatalogueError
from .item import Value

LIST_SEPARATOR = "|"


def split_cell(cell: str) -> str | list[str]:
    return [part.strip() for part in cell.split(LIST_SEPARATOR)] if LIST_SEPARATOR in cell else cell


def is_unknown(value: Any) -> bool:
    return value in (None, "", [], ()) or (isinstance(value, float) and math.isnan(value))


def checked_value(value: Any, name: str, where: str) -> Value:
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise CatalogueError(f"{where}: the field {name!r} must be a text, a number or a list of texts, not {value!r:.60}")
