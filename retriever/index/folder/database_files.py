"""The files in which Chroma keeps a database, read without it: which there are, and what is still in a damaged one.

A folder below holds a graph of vectors. Until Chroma has written it out, which the file _WRITTEN shows, all is in the
database, and the other files of that folder are nothing: Chroma makes them anew whenever it opens them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

DATABASE = "chroma.sqlite3"
_WRITTEN = "index_metadata.pickle"
_ROWS = (
    "SELECT id, key, string_value FROM embedding_metadata WHERE key IN ('id', 'item', 'digest', 'texts') ORDER BY id"
)
_METADATA = """
SELECT key, coalesce(str_value, int_value, float_value) FROM collection_metadata
JOIN collections ON collections.id = collection_id WHERE name = 'penchant-items'
"""


def is_database(path: Path) -> bool:
    """Whether Chroma keeps a database in the folder; connecting to any other folder would make one there."""
    return (path / DATABASE).is_file()


def graphs(folder: Path) -> list[Path]:
    """The folders below in which there is something, or was: also those that lack a file now."""
    return sorted(path for path in folder.iterdir() if path.is_dir() and (path / _WRITTEN).exists())


def rescued(folder: Path) -> tuple[dict[str, Any], list[Mapping[str, str]]]:
    """What can still be read of an index: its metadata (empty if that is lost), and its rows.

    A table that is damaged in the middle is read from both ends.
    """
    if not is_database(folder):
        return {}, []
    rows: dict[int, dict[str, str]] = {}
    with closing(sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)) as database:
        metadata = dict(_found(database, _METADATA))
        for order in ("ASC", "DESC"):
            for number, key, value in _found(database, f"{_ROWS} {order}"):
                rows.setdefault(number, {})[key] = value
    return metadata, [rows[number] for number in sorted(rows) if len(rows[number]) == 4]


def _found(database: sqlite3.Connection, asked: str) -> Iterator[tuple[Any, ...]]:
    """What is found before the first damage."""
    with suppress(sqlite3.Error):
        yield from database.execute(asked)
