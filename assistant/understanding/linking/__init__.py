"""Which of the catalogue's values, names, titles and numbers a message means, and what it gives that the catalogue
lacks.

Knows the catalogue and the cues. Knows nothing of what a person is doing with them.
"""

from .entity_linking import EntityLinker, is_introduced
from .gazetteer import Gazetteer, Match
from .lexicon import Entry, Forms
from .orders import is_order
from .parsed_message import JOINT, ParsedMessage, Span, find_numbers, parse
from .ranges import Range, find_ranges, number_fields
from .unknown_names import unknown_names

__all__ = [
    "JOINT",
    "EntityLinker",
    "Entry",
    "Forms",
    "Gazetteer",
    "Match",
    "ParsedMessage",
    "Range",
    "Span",
    "find_numbers",
    "find_ranges",
    "is_introduced",
    "is_order",
    "number_fields",
    "parse",
    "unknown_names",
]
