"""Rows as items of a catalogue whose fields are known, and new values for items that it has.

What a file's columns are is not guessed: the fields say it. What is no field is the id, the title or the text. Nothing
is left out silently. Knows nothing of where the catalogue is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...errors import CatalogueError
from ..composite import taken_values, with_known_names
from ..inference import Keys, find_keys, joined_as, known_values
from ..item import Item, Value
from ..reading import BadRow, Row, read_rows
from ..schema import OF_TITLES, Field, Schema
from ..values import is_missing, plain_text
from .kept_rows import KeptRows

_TEXT, _TITLE = "text", "title"
_ENDS = {"low": " (from)", "high": " (to)"}


@dataclass(frozen=True, slots=True)
class KnownFields:
    """The fields of a catalogue. several: those whose items hold lists."""

    schema: Schema
    several: Collection[str] = ()

    def read(self, paths: Sequence[Path | str], identity: str = "", title: str = "", query: str = "") -> list[Item]:
        """The items of files or folders. identity, title: the columns to be taken for that; else they are found.

        Raises CatalogueError for what cannot be read, a column that is no field, and a cell that is no value of its
        field.
        """
        found = [row for path in paths for row in read_rows(path, query)]
        bad = [row for row in found if isinstance(row, BadRow)]
        if bad or not found:
            raise CatalogueError(str(bad[0]) if bad else f"{', '.join(map(str, paths))}: no items in the file")
        return self.items([row for row in found if isinstance(row, Row)], identity, title)

    def items(self, rows: Sequence[Row], identity: str = "", title: str = "") -> list[Item]:
        """The items of rows. Raises CatalogueError as `read`."""
        names = dict.fromkeys(name for row in rows for name in row.cells)
        cells = {name: [row.cells.get(name) for row in rows] for name in names}
        fields = [field.name for field in self.schema.fields]
        cells = joined_as(with_known_names(cells, fields), fields, self.several)
        where = rows[0].file
        keys = self._keys(cells, identity, title, where)
        self._check_columns(cells, keys, where)
        kept = KeptRows(rows, cells, keys)
        if kept.bad:
            raise CatalogueError(str(kept.bad[0]))
        try:
            columns = {field.name: self._column(field, cells, kept) for field in self.schema.fields}
        except CatalogueError as error:
            raise CatalogueError(f"{where}: {error}") from error
        texts = next((cells[name] for name in cells if name.casefold() == _TEXT), None)
        return [
            Item(name, called, _text(texts[place]) if texts else "", _known(columns, n))
            for n, (place, name, called) in enumerate(zip(kept.places, kept.ids, kept.titles, strict=True))
        ]

    def of_cells(self, rows: Sequence[Mapping[str, Any]]) -> list[Item]:
        """The items of rows that come from no file. Raises CatalogueError as `read`."""
        return self.items([Row("rows", n, row) for n, row in enumerate(rows, 1)])

    def changed(self, item: Item, values: Mapping[str, Any]) -> Item:
        """The item with new values of fields, its title or its text; a field whose value is missing is unknown then.

        Raises CatalogueError for what is no field, or no value of it.
        """
        item = replace(item, fields=dict(item.fields))
        for name, value in values.items():
            field = self.schema.field(name)
            if field is not None:
                (new,) = known_values(field, [value], name in self.several)
                item = replace(item, fields=_with(item.fields, name, new))
            elif name in (_TITLE, _TEXT) and isinstance(value, str) and (value.strip() or name == _TEXT):
                item = replace(item, title=_text(value)) if name == _TITLE else replace(item, text=_text(value))
            else:
                raise CatalogueError(f"{item.id}: there is no field {name!r} to set to {value!r}; {self._listed()}")
        return self._with_taken(item, values)

    def _with_taken(self, item: Item, values: Mapping[str, Any]) -> Item:
        """The item with what is taken from its new values, unless that was set itself."""
        told = {**values, **({OF_TITLES: values[_TITLE]} if _TITLE in values else {})}
        for field in self.schema.fields:
            if field.source in told and field.name not in values:
                (new,) = self._taken(field, [told[field.source]])
                item = replace(item, fields=_with(item.fields, field.name, new))
        return item

    def _keys(self, cells: Mapping[str, Sequence[Any]], identity: str, title: str, where: str) -> Keys:
        for name in filter(None, (identity, title)):
            if name not in cells:
                raise CatalogueError(f"{where}: there is no column {name!r}; columns: {', '.join(cells)}")
        fields = {name for field in self.schema.fields for name in _columns(field)}
        rest = {name: c for name, c in cells.items() if name not in fields and name.casefold() != _TEXT}
        identity = identity or (find_keys(rest).identity if rest else "")
        others = {name: c for name, c in rest.items() if name != identity}
        titles = (title,) if title else find_keys(others).title if others else ()
        if not titles:
            raise CatalogueError(f"{where}: no column has the titles; name it with --title")
        return Keys(identity, titles)

    def _check_columns(self, cells: Mapping[str, Sequence[Any]], keys: Keys, where: str) -> None:
        known = {keys.identity, *keys.title, *(name for field in self.schema.fields for name in _columns(field))}
        for name, values in cells.items():
            if name not in known and name.casefold() != _TEXT and not all(map(is_missing, values)):
                raise CatalogueError(f"{where}: {name!r} is no field of this catalogue; {self._listed()}")

    def _column(self, field: Field, cells: Mapping[str, Sequence[Any]], kept: KeptRows) -> Sequence[Value | None]:
        found = next((cells[name] for name in _columns(field) if name in cells), None)
        if found is not None:
            return known_values(field, [found[n] for n in kept.places], field.name in self.several)
        if field.source == OF_TITLES:
            return self._taken(field, kept.titles)
        if field.source in cells:
            return self._taken(field, [cells[field.source][n] for n in kept.places])
        return [None] * len(kept.places)

    def _taken(self, field: Field, cells: Sequence[Any]) -> Sequence[Value | None]:
        return taken_values(field, cells, self.schema.kind(field.source) == "number")

    def _listed(self) -> str:
        return f"its fields are {', '.join(field.name for field in self.schema.fields)}"


def _columns(field: Field) -> tuple[str, ...]:
    """The columns that a field may have come from: also the one of which it is an end of the ranges."""
    end = _ENDS.get(field.bound, "")
    return (field.name, field.name.removesuffix(end)) if end and field.name.endswith(end) else (field.name,)


def _known(columns: Mapping[str, Sequence[Value | None]], n: int) -> dict[str, Value]:
    return {name: value for name, values in columns.items() if (value := values[n]) is not None}


def _with(fields: Mapping[str, Value], name: str, value: Value | None) -> dict[str, Value]:
    rest = {other: known for other, known in fields.items() if other != name or value is not None}
    return rest if value is None else {**rest, name: value}


def _text(value: Any) -> str:
    return "" if is_missing(value) else plain_text(str(value)).strip()
