"""A message taken apart: what it names, what of it is wanted, refused or only spoken of, and what the catalogue
lacks.

Knows linking, cues and the model's reading. Knows nothing of what a person is doing with it all.
"""

from .called_fields import called_fields, calling_words
from .other_words import wanted_words
from .parsed_message import JOINT, ParsedMessage, Span, fills_sentence
from .parser import parse
from .pick_counts import MOST_PICKS, counted_picks
from .unknown_names import unknown_names

__all__ = [
    "JOINT",
    "MOST_PICKS",
    "ParsedMessage",
    "Span",
    "called_fields",
    "calling_words",
    "counted_picks",
    "fills_sentence",
    "parse",
    "unknown_names",
    "wanted_words",
]
