"""Which of the catalogue's values, names, titles and numbers a message means.

Knows the catalogue and the cues. Knows nothing of what a person is doing with them.
"""

from .entity_linking import EntityLinker, is_introduced
from .gazetteer import Gazetteer, Match
from .lexicon import Entry, Forms
from .number_fields import NumberFields, dimension_of, unit_of
from .numbers import find_numbers
from .orders import is_order, said_degrees
from .ranges import Range, find_ranges, number_fields
from .spare_time import Spare, asks_for_several, spare_time

__all__ = [
    "EntityLinker",
    "Entry",
    "Forms",
    "Gazetteer",
    "Match",
    "NumberFields",
    "Range",
    "Spare",
    "asks_for_several",
    "dimension_of",
    "find_numbers",
    "find_ranges",
    "is_introduced",
    "is_order",
    "number_fields",
    "said_degrees",
    "spare_time",
    "unit_of",
]
