"""Which of the catalogue's values, names and titles a message means, and with these its numbers.

Knows the catalogue and the cues. Knows nothing of what a person is doing with them.
"""

from .entity_linking import EntityLinker, is_own_word
from .gazetteer import Gazetteer, Match
from .lexicon import Entry, Forms, headings
from .numbers import find_numbers
from .superlatives import is_of_all, is_of_shown
from .written_titles import is_introduced, is_likened

__all__ = [
    "EntityLinker",
    "Entry",
    "Forms",
    "Gazetteer",
    "Match",
    "find_numbers",
    "headings",
    "is_introduced",
    "is_likened",
    "is_of_all",
    "is_of_shown",
    "is_own_word",
]
