"""Rows of files that hold tables: Parquet, spreadsheets, databases."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

from ...errors import CatalogueError
from .header import rows_under_header
from .json_rows import flattened
from .row import BadRow, Row


def parquet_rows(name: str, data: bytes) -> Iterator[Row]:
    import pyarrow
    import pyarrow.parquet

    try:
        batches = pyarrow.parquet.ParquetFile(io.BytesIO(data)).iter_batches()
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from (Row(name, n, flattened(row)) for n, row in enumerate(rows, 1))
    except (pyarrow.ArrowInvalid, OSError) as error:
        raise CatalogueError(f"{name}: not Parquet: {error}") from error


def sheet_rows(name: str, data: bytes) -> Iterator[Row | BadRow]:
    """The rows of the sheet that has most; lines as a spreadsheet counts them."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets: list[list[list[Any]]] = [
            list(book.get_sheet_by_name(title).to_python(skip_empty_area=False)) for title in book.sheet_names
        ]
    except python_calamine.CalamineError as error:
        raise CatalogueError(f"{name}: not a spreadsheet: {error}") from error
    return rows_under_header(name, enumerate(map(_plain, sorted(sheets, key=len)[-1] if sheets else []), 1))


def _plain(cells: Sequence[Any]) -> list[Any]:
    """Dates as ISO texts, and whole numbers, which a spreadsheet keeps as decimal ones, as such."""
    return [
        int(cell)
        if isinstance(cell, float) and cell.is_integer()
        else cell
        if isinstance(cell, str | int | float)
        else str(cell)
        for cell in cells
    ]


def sqlite_rows(name: str, data: bytes, query: str = "") -> Iterator[Row]:
    """What a query finds, or all of the fullest table."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(data)
            database.execute("PRAGMA trusted_schema = OFF")
            tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            query = query or _everything(name, tables, lambda asked: database.execute(asked).fetchall())
            database.execute("PRAGMA query_only = ON")
            yield from _found(name, database.execute(query))
        except sqlite3.Error as error:
            raise CatalogueError(f"{name}: cannot be read: {error}") from error


def duckdb_rows(path: str, query: str = "") -> Iterator[Row]:
    """The same of a DuckDB file. Raises CatalogueError also where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError as error:
        raise CatalogueError(f'{path}: a DuckDB file; to read it: pip install "penchant[duckdb]"') from error
    try:
        with duckdb.connect(path, read_only=True, config={"enable_external_access": "false"}) as database:
            tables = [str(row[0]) for row in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
            query = query or _everything(path, tables, lambda asked: database.execute(asked).fetchall())
            found = database.execute(query)
            columns = [str(column[0]) for column in found.description or ()]
            rows = found.fetchall()
    except duckdb.Error as error:
        raise CatalogueError(f"{path}: cannot be read: {error}") from error
    for n, row in enumerate(rows, 1):
        yield Row(path, n, flattened(dict(zip(columns, row, strict=True))))


def _everything(name: str, tables: Sequence[str], ask: Callable[[str], Sequence[Sequence[Any]]]) -> str:
    """The query for all of the table that says most: things have many columns, and what is done with them many rows.

    Raises CatalogueError for a database without tables."""
    if not tables:
        raise CatalogueError(f"{name}: the database has no tables")

    def said(table: str) -> float:
        rows = ask(f"SELECT COUNT(*) FROM {_quoted(table)}")[0][0]
        literal = table.replace("'", "''")
        columns = len(ask(f"SELECT * FROM pragma_table_info('{literal}')"))
        return float(columns * rows**0.5)

    return f"SELECT * FROM {_quoted(max(tables, key=said))}"


def _found(name: str, cursor: sqlite3.Cursor) -> Iterator[Row]:
    columns = [column[0] for column in cursor.description]
    for n, row in enumerate(cursor, 1):
        yield Row(name, n, {c: v for c, v in zip(columns, row, strict=True) if not isinstance(v, bytes)})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
