"""Files as people have them, row by row: delimited text, JSON, Parquet, spreadsheets, databases; packed or not.

What a file is, is told from its first bytes and not from its name. A row that does not fit is handed on with its line
and the reason. Knows nothing of what a cell means.
"""

from .json_rows import name_of
from .row import BadRow, Row
from .sources import read_rows

__all__ = ["BadRow", "Row", "name_of", "read_rows"]
