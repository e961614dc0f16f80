"""Which number column a degree is of, and which way: "closer to the centre", "as light as possible", "nearest to 300",
"high in protein", "a good dribbler".

Knows number fields, and nothing of values, names and titles: see linking.
"""

from .column_choice import Column, column_of, plain_adjectives
from .column_comparisons import column_comparatives
from .extremes import find_extremes, find_nearest
from .much_or_little import DegreeReader
from .ordinals import find_ordinals
from .places_in_order import at_place, is_count_of_order
from .roots import root

__all__ = [
    "Column",
    "DegreeReader",
    "at_place",
    "column_comparatives",
    "column_of",
    "find_extremes",
    "find_nearest",
    "find_ordinals",
    "is_count_of_order",
    "plain_adjectives",
    "root",
]
