"""Rows of delimited text: CSV, TSV and their kin, with any delimiter and quoting.

CleverCSV finds the dialect (van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
patterns", 2019); Python's csv reads it.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from ...errors import CatalogueError
from .header import Grid, rows_under_header
from .row import BadRow, Row

_SAMPLE = 20_000
_DELIMITERS = ",;\t|"
_ALONE = "\x1f"
"""For a file of one column: a delimiter that no text has."""


def delimited_rows(name: str, text: str) -> Iterator[Row | BadRow]:
    """The rows of a text, each with the line on which it ends."""
    return rows_under_header(name, _grid(name, text, *_dialect(text)))


def rows_delimited_by(name: str, text: str, delimiter: str) -> Iterator[Row | BadRow]:
    """The same of a text whose delimiter is known, quoted as usual."""
    return rows_under_header(name, _grid(name, text, delimiter, '"', None))


def _grid(name: str, text: str, delimiter: str, quote: str, escape: str | None) -> Grid:
    csv.field_size_limit(sys.maxsize)  # the default refuses long descriptions
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, escapechar=escape, skipinitialspace=True
    )
    try:
        for cells in reader:
            yield reader.line_num, list(map(str.strip, cells))
    except csv.Error as error:
        raise CatalogueError(f"{name}:{reader.line_num}: not CSV: {error}") from error


def _dialect(text: str) -> tuple[str, str, str | None]:
    """Delimiter, quote and escape character."""
    import clevercsv

    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    try:
        found = clevercsv.Sniffer().sniff(sample, delimiters=list(_DELIMITERS))
    except clevercsv.Error:
        found = None
    if found is None:
        header = sample.partition("\n")[0]
        return max(_DELIMITERS, key=header.count) if any(d in header for d in _DELIMITERS) else _ALONE, '"', None
    return found.delimiter or _ALONE, found.quotechar or '"', found.escapechar or None
