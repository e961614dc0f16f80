"""What a person says a column is instead: another kind, another name; and the file as it is with that.

Values are read anew as the kind that was named. Knows nothing of where a correction comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from penchant.retriever import CatalogueFile, Field, Item, PenchantError
from penchant.retriever.catalogue.inference import Column, known_values, schema_of, spoken
from penchant.retriever.catalogue.item import Value
from penchant.retriever.catalogue.schema import RESERVED, Kind
from penchant.retriever.catalogue.values import as_lists

MOST_FACETS = 12
"""Each has a block of its own in every vector."""
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said of a column; what is empty stays as it was taken for."""

    kind: Kind | None = None
    name: str = ""

    def then(self, later: Correction) -> Correction:
        """Both, where they differ the later."""
        return Correction(later.kind or self.kind, later.name or self.name)


def corrected(read: CatalogueFile, corrections: Mapping[str, Correction]) -> CatalogueFile:
    """The file with what was said instead. Raises PenchantError for what a column cannot be."""
    if not corrections:
        return read
    columns = corrected_columns(read.columns, corrections)
    items = [_item(item, n, columns) for n, item in enumerate(read.items)]
    return replace(read, items=items, columns=columns, schema=schema_of(columns))


def corrected_columns(columns: Sequence[Column], corrections: Mapping[str, Correction]) -> list[Column]:
    """Only the columns. Raises PenchantError."""
    found = [_column(column, corrections.get(column.name, Correction())) for column in columns]
    called = {column.name: now.name for column, now in zip(columns, found, strict=True)}
    found = [replace(column, source=called.get(column.source, column.source)) for column in found]
    names = [column.name.casefold() for column in found]
    if twice := next((column.name for column in found if names.count(column.name.casefold()) > 1), None):
        raise PenchantError(f"two columns would be called “{twice}”; choose another name for one of them")
    if sum(column.kind == "facet" for column in found) > MOST_FACETS:
        raise PenchantError(f"at most {MOST_FACETS} columns can be what things are like; take one for a name instead")
    return found


def _item(item: Item, n: int, columns: Sequence[Column]) -> Item:
    return replace(item, fields={c.name: value for c in columns if (value := c.values[n]) is not None})


def _column(column: Column, said: Correction) -> Column:
    if said.kind and said.kind != column.kind:
        values = _READERS.get(said.kind, _plain)(column, said.kind)
        column = replace(column, kind=said.kind, values=values, unit="", better="", bound="", sure=1.0, warnings=())
    if said.name and said.name != column.name:
        column = replace(column, name=_checked(said.name), words=spoken(said.name, None))
    return column


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name.isprintable() or not name or len(name) > _LONGEST_NAME:
        raise PenchantError(f"a column's name is one line of 1 to {_LONGEST_NAME} characters")
    if name.casefold() in RESERVED:
        raise PenchantError(f"no column can be called “{name}”: that name has another meaning here")
    return name


def _plain(column: Column, kind: Kind) -> Sequence[Value | None]:
    return known_values(Field(column.name, kind), column.values, several=False)


def _lists(column: Column, kind: Kind) -> Sequence[Value | None]:
    """One text a cell, or several where its cells hold lists."""
    several = kind != "category" and as_lists(column.values) is not None
    return known_values(Field(column.name, kind), column.values, several)


def _numbers(column: Column, kind: Kind) -> Sequence[Value | None]:
    """A few cells that are none are left out; a column of other things is refused."""
    with suppress(PenchantError):
        return _plain(column, kind)
    values = [_number(column, cell) for cell in column.values]
    known, found = (sum(value is not None for value in one) for one in (column.values, values))
    if found * 2 < known:
        odd = next(
            cell for cell, value in zip(column.values, values, strict=True) if cell is not None and value is None
        )
        text = ", ".join(odd) if isinstance(odd, tuple) else str(odd)
        raise PenchantError(f"“{column.name}” cannot be numbers: most of it is none, such as “{text[:40]}”")
    return values


def _number(column: Column, cell: Value | None) -> Value | None:
    with suppress(PenchantError):
        return known_values(Field(column.name, "number"), [cell], several=False)[0]
    return None


_READERS: Mapping[Kind, Callable[[Column, Kind], Sequence[Value | None]]] = {
    "number": _numbers,
    "facet": _lists,
    "name": _lists,
}
