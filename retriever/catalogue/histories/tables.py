"""The tables in files as people have them, with columns as forms have them. A file that is none is named, and no more.

Knows nothing of what a column means.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...errors import CatalogueError
from ..reading import BadRow, Row, json_tables, rows_delimited_by, rows_in, text_of, unpacked
from .services import bare_column, plain_column, services

_DELIMITERS = ",;\t|"
_TIME = re.compile(r"\d{1,2} [A-Za-z]{3} \d{4},? \d\d:\d\d")
_SCROBBLES = "artist,album,track,date\n"
"""What the commonest export of Last.fm leaves out: its header."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with plain column names, and those that could not be read. reason: why there is no table."""

    name: str
    rows: Sequence[Row] = ()
    bad: Sequence[BadRow] = ()
    reason: str = ""

    @property
    def columns(self) -> set[str]:
        return {name for row in self.rows for name in row.cells}

    def cells(self, name: str) -> list[Any]:
        return [row.cells.get(name) for row in self.rows]


def tables_of(name: str, data: bytes) -> Iterator[Table]:
    """The tables in a file's bytes, packed or not."""
    try:
        for member, part in unpacked(name, data):
            yield from _tables(member, part)
    except CatalogueError as error:
        yield Table(name, reason=str(error))


def _tables(name: str, data: bytes) -> Iterator[Table]:
    try:
        for table, rows in _rows(name, data):
            good = [replace(row, cells=_plain(row)) for row in rows if isinstance(row, Row)]
            yield Table(table, good, [row for row in rows if isinstance(row, BadRow)])
    except CatalogueError as error:
        yield Table(name, reason=str(error))


def _plain(row: Row) -> dict[str, Any]:
    plain = {plain_column(name): value for name, value in row.cells.items()}
    return {bare_column(name): value for name, value in plain.items()} | plain


def _rows(name: str, data: bytes) -> Iterator[tuple[str, list[Row | BadRow]]]:
    if b"\0" in data[:1000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield name, list(rows_in(name, data))
        return
    text = text_of(data, name)
    if text.lstrip()[:1] in ("{", "["):
        yield from json_tables(name, text)
        return
    first = text.partition("\n")[0]
    if _is_scrobble(first):
        text = _SCROBBLES + text
        yield name, [replace(row, line=row.line - 1) for row in rows_delimited_by(name, text, ",")]
        return
    known = next((delimiter for delimiter in _DELIMITERS if _is_header(first, delimiter)), None)
    yield name, list(rows_delimited_by(name, text, known) if known else rows_in(name, data))


def _is_header(line: str, delimiter: str) -> bool:
    """Whether it is the header of a form: then its delimiter needs no guess, whatever the texts below hold."""
    columns = [plain_column(cell) for cell in _cells(line, delimiter)]
    return services().form({*columns, *map(bare_column, columns)}) is not None


def _is_scrobble(line: str) -> bool:
    cells = _cells(line, ",")
    return len(cells) == 4 and bool(_TIME.fullmatch(cells[3].strip()))


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.strip()], delimiter=delimiter), [])
