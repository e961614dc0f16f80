"""A whole table: its columns typed, and the schema that they make. Knows no files, and nothing of vectors."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..item import Item
from ..schema import RESERVED, Field, Schema
from .column import Column
from .headers import says_place
from .typed import typed

_MOST_FACETS = 8
"""Each has a block of its own in every vector; values of further ones are matched as they are written."""


def typed_columns(cells: Mapping[str, Sequence[Any]]) -> list[Column]:
    """Every column of a table as values; columns in which nothing is known are left out."""
    columns = [column for name, values in cells.items() for column in typed(name, values)]
    columns = [replace(column, kind="hidden") if column.name in RESERVED else column for column in columns]
    return _fewer_facets(columns)


def _fewer_facets(columns: Sequence[Column]) -> list[Column]:
    facets = sorted((c for c in columns if c.kind == "facet"), key=lambda column: -column.filled)
    beyond = {column.name for column in facets[_MOST_FACETS:]}
    return [replace(column, kind="name") if column.name in beyond else column for column in columns]


def schema_of(columns: Sequence[Column]) -> Schema:
    """The schema of typed columns. The prior is the column of counts that speaks of most people."""
    fields = tuple(_field(column) for column in columns)
    prior = _prior(columns)
    return Schema(fields, prior=prior.name if prior else "")


def _field(column: Column) -> Field:
    single = (
        column.kind == "name"
        and says_place(column.name)
        and not any(isinstance(value, tuple) for value in column.values)
    )
    return Field(
        column.name,
        column.kind,
        single=single,
        unit=column.unit,
        better=column.better,
        bound=column.bound,
        words=column.words,
    )


def _prior(columns: Sequence[Column]) -> Column | None:
    counts = [column for column in columns if column.kind == "number" and column.unit == "count"]
    return max(counts, key=_reach, default=None)


def _reach(column: Column) -> tuple[bool, float]:
    known = [float(value) for value in column.values if isinstance(value, int | float)]
    return column.filled > 0.5, statistics.median(known)


def infer_schema(items: Sequence[Item]) -> Schema:
    """A schema from the names and values of the items' fields, which stay as they are."""
    names = dict.fromkeys(name for item in items for name in item.fields)
    return schema_of(typed_columns({name: [item.fields.get(name) for item in items] for name in names}))
