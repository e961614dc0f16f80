"""What a file tells in no column of its own: facts that share a cell, that stand as names and values, and makers by
whom titles begin.

Each becomes a column, and can be taken from rows that come later. Knows no files, and nothing of vectors.
"""

from .amount_columns import with_facts
from .later_rows import taken_values
from .named_columns import with_known_names, with_named
from .openings import with_makers

__all__ = ["taken_values", "with_facts", "with_known_names", "with_makers", "with_named"]
