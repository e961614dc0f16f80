"""What a file tells in no column of its own: facts that share a cell, and makers by whom titles begin.

Each becomes a column that says what it is taken from, so that it can be taken from rows that come later. Knows no
files, and nothing of vectors.
"""

from .amount_columns import with_facts
from .later_rows import taken_values
from .openings import with_makers

__all__ = ["taken_values", "with_facts", "with_makers"]
