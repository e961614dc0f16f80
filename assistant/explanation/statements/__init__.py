"""What a sentence about picks is made of: the picks it names, the parts about each, what it denies, and whose words
it gives.

Knows English wording and titles. Knows nothing of rows, and not whether a sentence is true.
"""

from .amount_wording import amounts_of_items, plainer
from .clauses import Clauses, clauses
from .mentions import Called, Mention, designated
from .parts import Part
from .sentence import Sentence, take_apart
from .vocabulary import BEGINNING, Role, Vocabulary, akin, called, named_after, vocabulary

__all__ = [
    "BEGINNING",
    "Called",
    "Clauses",
    "Mention",
    "Part",
    "Role",
    "Sentence",
    "Vocabulary",
    "akin",
    "amounts_of_items",
    "called",
    "clauses",
    "designated",
    "named_after",
    "plainer",
    "take_apart",
    "vocabulary",
]
