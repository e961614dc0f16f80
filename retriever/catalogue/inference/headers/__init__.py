"""The words of columns' names: what they tell of a column, the units that they state, and how people ask for it.

Knows nothing of values.
"""

from .concepts import is_only, says, says_marks, says_measure, says_place, says_size, says_votes
from .distinction import asked_by
from .persons import is_family, is_given, joint_of
from .speech import spoken, spoken_name
from .units import header_rate, header_unit, says_calendar
from .wording import words_of

__all__ = [
    "asked_by",
    "header_rate",
    "header_unit",
    "is_family",
    "is_given",
    "is_only",
    "joint_of",
    "says",
    "says_calendar",
    "says_marks",
    "says_measure",
    "says_place",
    "says_size",
    "says_votes",
    "spoken",
    "spoken_name",
    "words_of",
]
