"""Which values of a catalogue are of a kind that is refused by its name: no meat is no bacon, and no mushrooms are no
chestnut mushrooms.

Knows English nouns, and values as they are written. Knows nothing of items or messages.
"""

from .compounds import is_joint, takes_away
from .kinds import Kinds
from .nouns import TABLE, Nouns, nouns

__all__ = ["TABLE", "Kinds", "Nouns", "is_joint", "nouns", "takes_away"]
