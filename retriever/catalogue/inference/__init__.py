"""What the columns of a table are: id, title, prose, names, values with meaning, categories, numbers with their units.

Values decide first and names second. Knows no files, and nothing of vectors.
"""

from .column import Column
from .headers import is_only, joint_of, says, says_place, spoken, spoken_name, words_of
from .keys import Keys, find_keys, grouped
from .known_column import known_values
from .number_column import converted, number_columns, whole
from .numbered_columns import joined, joined_as
from .repeated import without_repeated
from .table import infer_schema, schema_of, typed_columns
from .text_column import in_one_spelling
from .typed import typed

__all__ = [
    "Column",
    "Keys",
    "converted",
    "find_keys",
    "grouped",
    "in_one_spelling",
    "infer_schema",
    "is_only",
    "joined",
    "joined_as",
    "joint_of",
    "known_values",
    "number_columns",
    "says",
    "says_place",
    "schema_of",
    "spoken",
    "spoken_name",
    "typed",
    "typed_columns",
    "whole",
    "without_repeated",
    "words_of",
]
