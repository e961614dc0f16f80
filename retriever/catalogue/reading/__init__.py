"""Files as people have them, row by row: delimited text, JSON, Parquet, spreadsheets, databases; packed or not.

What a file is, is told from its first bytes and not from its name. A row that does not fit is handed on with its line
and the reason. Knows nothing of what a cell means.
"""

from .contents import text_of, unpacked
from .delimited import rows_delimited_by
from .json_rows import json_tables, name_of
from .named_value import NamedValue
from .row import BadRow, Row
from .sources import read_rows, rows_in

__all__ = [
    "BadRow",
    "NamedValue",
    "Row",
    "json_tables",
    "name_of",
    "read_rows",
    "rows_delimited_by",
    "rows_in",
    "text_of",
    "unpacked",
]
