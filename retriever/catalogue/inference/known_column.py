"""A column whose field is known already: cells as values of that kind, however few they are.

A single row says little of what its columns are; what the catalogue knows decides. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...errors import CatalogueError
from ..item import Value
from ..schema import Field, Kind
from ..values import (
    as_code_names,
    as_dates,
    as_given_names,
    as_lists,
    as_quantities,
    is_missing,
    known_dates,
    split_by_mark,
    unit_named,
    yes_or_no,
)
from .column import strings
from .headers import says
from .number_column import converted, whole
from .typed import cleaned

DATE, YES_NO = "date", "yes/no"


def known_values(field: Field, cells: Sequence[Any], several: bool) -> list[Value | None]:
    """The values of a field, None where nothing is known. several: whether its items hold lists.

    Raises CatalogueError for a cell that can be no value of the field.
    """
    known = [None if is_missing(cell) else cleaned(cell) for cell in cells]
    values = _READERS[field.kind](field, known, several)
    for cell, value in zip(known, values, strict=True):
        if cell is not None and value is None:
            what = field.unit if field.unit in (DATE, YES_NO) else field.kind
            raise CatalogueError(f"{field.name}: {str(cell)[:50]!r} is no {what}; correct it, or leave it out")
    return values


def _numbers(field: Field, known: Sequence[Any], several: bool) -> list[Value | None]:
    if field.unit == DATE:
        texts = [None if cell is None else str(cell) for cell in known]
        return list(as_dates(texts) or known_dates(texts))
    unit = unit_named(field.unit) if field.unit else None
    counted = unit is None or unit.dimension == "storage"
    found = as_quantities(known, counted) or [(as_quantities([cell], counted) or [None])[0] for cell in known]
    ends = [None if q is None else q.high if field.bound == "high" else q.low for q in found]
    return [
        None if q is None or end is None else whole(converted(q, end, unit)) for q, end in zip(found, ends, strict=True)
    ]


def _category(field: Field, known: Sequence[Any], several: bool) -> list[Value | None]:
    if field.unit == YES_NO:
        return [None if cell is None else yes_or_no(cell) for cell in known]
    return _plain(field, known, several)


def _texts(field: Field, known: Sequence[Any], several: bool) -> list[Value | None]:
    """One text or several, and names as the catalogue writes them."""
    if field.kind == "name":
        known = (says(field.name, "people") and as_given_names(known)) or known
        known = as_code_names(known, says(field.name, "place"), says(field.name, "state")) or known
    if several or any(isinstance(cell, list | tuple) for cell in known):
        lists = as_lists(known) or [None if cell is None else split_by_mark(str(cell)) for cell in known]
        return [values or None for values in lists]
    return strings(known)


def _plain(field: Field, known: Sequence[Any], several: bool) -> list[Value | None]:
    return [tuple(map(str, cell)) if isinstance(cell, list | tuple) else strings([cell])[0] for cell in known]


_READERS: Mapping[Kind, Callable[[Field, Sequence[Any], bool], list[Value | None]]] = {
    "number": _numbers,
    "category": _category,
    "facet": _texts,
    "name": _texts,
    "text": _plain,
    "image": _plain,
    "hidden": _plain,
}
