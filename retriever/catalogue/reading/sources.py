"""From a path to rows: a file, a folder of files, or what is packed in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...errors import CatalogueError
from .contents import contents, text_of
from .delimited import delimited_rows
from .json_rows import json_rows
from .row import BadRow, Row
from .tables import duckdb_rows, parquet_rows, sheet_rows, sqlite_rows

_PARQUET, _SQLITE, _OLE, _ZIP = b"PAR1", b"SQLite format 3\x00", b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
_DUCKDB, _DUCKDB_AT = b"DUCK", 8


def read_rows(path: Path | str, query: str = "") -> Iterator[Row | BadRow]:
    """The rows of a file, or of all files in a folder; of a database, what a query finds.

    Raises CatalogueError for what is not there or cannot be read.
    """
    path = Path(path)
    if path.is_dir():
        files = sorted(f for f in path.iterdir() if f.is_file() and not f.name.startswith("."))
        if not files:
            raise CatalogueError(f"{path}: no files in the folder")
        for file in files:
            yield from read_rows(file, query)
        return
    if not path.is_file():
        raise CatalogueError(f"{path}: no such file or folder; give a table: CSV, JSON, Parquet, Excel, SQLite, ...")
    with path.open("rb") as opened:
        head = opened.read(_DUCKDB_AT + len(_DUCKDB))
    if head[_DUCKDB_AT:] == _DUCKDB:
        yield from duckdb_rows(str(path), query)
        return
    if query and head[:6] != _SQLITE[:6]:
        raise CatalogueError(f"{path}: no database; a query needs a SQLite or DuckDB file")
    for name, data in contents(path):
        yield from rows_in(name, data, query)


def rows_in(name: str, data: bytes, query: str = "") -> Iterator[Row | BadRow]:
    """The rows of one unpacked file; see read_rows."""
    if data.startswith(_PARQUET):
        return parquet_rows(name, data)
    if data.startswith(_SQLITE):
        return sqlite_rows(name, data, query)
    if data.startswith((_OLE, _ZIP)):
        return sheet_rows(name, data)
    text = text_of(data, name)
    return json_rows(name, text) if text.lstrip()[:1] in ("{", "[") else delimited_rows(name, text)
