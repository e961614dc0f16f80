"""Which values of a catalogue are meant in other words than their own: "a whole flat" by Entire home/apt, "smoky" by
smokey, "bed-stuy" by Bedford-Stuyvesant.

Knows the message taken apart, what fields hold, and English words. Knows nothing of what a person is doing.
"""

from .alike_words import LIKELY, NEARLY, likeness
from .short_words import is_short_for
from .value_words import Worded, WordedField
from .worded_values import WordedValues

__all__ = ["LIKELY", "NEARLY", "Worded", "WordedField", "WordedValues", "is_short_for", "likeness"]
