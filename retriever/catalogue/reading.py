"""Reads items from JSON Lines (plain or gzipped), CSV and Parquet.

Checks every row before anything is built from it, and names file and line in each error. Knows nothing of schemas
beyond the four columns `id`, `title`, `text` and `metadata`.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import CatalogueError
from .item import Item
from .values import checked_value, is_unknown, split_cell

_ID, _TITLE = ("id", "item_id"), ("title", "name")
_NESTED = ("metadata", "fields")

NumberedRow = tuple[int, Mapping[str, Any]]


def read_items(path: Path | str) -> list[Item]:
    """All items of a `.jsonl`, `.jsonl.gz`, `.csv` or `.parquet` file, in order.

    Raises CatalogueError for a row that is not an object, lacks an id or title, repeats an id, or holds a field
    whose type differs from earlier rows (a number here, a text there).
    """
    path = Path(path)
    if not path.is_file():
        raise CatalogueError(f"{path}: no such file; give a .jsonl, .jsonl.gz, .csv or .parquet file of items")
    items: list[Item] = []
    lines: dict[str, int] = {}
    types: dict[str, tuple[str, int]] = {}
    for line, row in read_rows(path):
        item = _item(row, where := f"{path}:{line}")
        if item.id in lines:
            raise CatalogueError(f"{where}: the id {item.id!r} was already used on line {lines[item.id]}")
        lines[item.id] = line
        _check_types(item, line, types, where)
        items.append(item)
    if not items:
        raise CatalogueError(f"{path}: no items in the file")
    return items


def read_rows(path: Path) -> Iterator[NumberedRow]:
    """The rows of a file with their line numbers. Raises CatalogueError for what is not of the kind its name says."""
    name = path.name.removesuffix(".gz")
    try:
        if name.endswith((".jsonl", ".ndjson")):
            yield from _json_rows(path)
        elif name.endswith(".csv"):
            yield from _csv_rows(path)
        elif name.endswith(".parquet"):
            yield from _parquet_rows(path)
        else:
            raise CatalogueError(f"{path}: unknown kind of file; use .jsonl, .jsonl.gz, .csv or .parquet")
    except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error


def _json_rows(path: Path) -> Iterator[NumberedRow]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise CatalogueError(f"{path}:{number}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise CatalogueError(f"{path}:{number}: expected one JSON object on each line")
            yield number, row


def _csv_rows(path: Path) -> Iterator[NumberedRow]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            for row in reader:
                if None in row or None in row.values():
                    raise CatalogueError(f"{path}:{reader.line_num}: the row does not fit the header")
                yield reader.line_num, {name: split_cell(cell) for name, cell in row.items()}
        except csv.Error as error:
            raise CatalogueError(f"{path}:{reader.reader.line_num}: not CSV: {error}") from error


def _parquet_rows(path: Path) -> Iterator[NumberedRow]:
    import pyarrow
    import pyarrow.parquet

    try:
        yield from enumerate(pyarrow.parquet.read_table(path).to_pylist(), 1)
    except pyarrow.ArrowInvalid as error:
        raise CatalogueError(f"{path}: not Parquet: {error}") from error


def _item(row: Mapping[str, Any], where: str) -> Item:
    flat = {name: value for name, value in row.items() if name not in _NESTED}
    for name in _NESTED:
        nested = row.get(name) or {}
        if not isinstance(nested, Mapping):
            raise CatalogueError(f"{where}: {name!r} must be an object of fields, not {nested!r:.60}")
        flat |= nested
    identity = next((flat.pop(name) for name in _ID if flat.get(name) not in (None, "")), None)
    title = next((flat.pop(name) for name in _TITLE if flat.get(name) not in (None, "")), None)
    if identity is None:
        raise CatalogueError(f"{where}: no id; give each item an 'id'")
    if title is None:
        raise CatalogueError(f"{where}: no title; give each item a 'title'")
    text = str(flat.pop("text", None) or "")
    known = {name: checked_value(value, name, where) for name, value in flat.items() if not is_unknown(value)}
    return Item(str(identity), str(title), text, known)


def _check_types(item: Item, line: int, types: dict[str, tuple[str, int]], where: str) -> None:
    for name, value in item.fields.items():
        kind = "number" if isinstance(value, int | float) and not isinstance(value, bool) else "text"
        first, first_line = types.setdefault(name, (kind, line))
        if kind != first:
            message = f"the field {name!r} is a {kind} here and a {first} on line {first_line}; make them alike"
            raise CatalogueError(f"{where}: {message}")
