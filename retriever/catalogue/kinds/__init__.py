"""Which values of a catalogue are of a kind that is refused by its name: no meat is no bacon, and no mushrooms are no
chestnut mushrooms; which say for whom an item is, and what is of which place.

Knows English nouns, and values as they are written. Knows nothing of items or messages.
"""

from .adjectives import ADJECTIVES, Adjectives, adjectives
from .audiences import BOTH, Audience, audience_of, audiences, is_of_people
from .compounds import is_joint, takes_away
from .kinds import Kinds
from .nouns import TABLE, Nouns, Sense, nouns
from .other_names import Named, OtherNames
from .place_names import PLACE_NAMES, Place, known_places

__all__ = [
    "ADJECTIVES",
    "BOTH",
    "PLACE_NAMES",
    "TABLE",
    "Adjectives",
    "Audience",
    "Kinds",
    "Named",
    "Nouns",
    "OtherNames",
    "Place",
    "Sense",
    "adjectives",
    "audience_of",
    "audiences",
    "is_joint",
    "is_of_people",
    "known_places",
    "nouns",
    "takes_away",
]
