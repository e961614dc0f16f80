"""What a person does with a message: judges items, asks about them, takes back, relates; dialogue acts beside plain
wishes.

Knows what was linked, the cues and the session. Knows nothing of open phrases, vectors or models.
"""

from .alternatives import is_alternative, narrows, with_alternatives
from .children import is_child, is_unfit, unfit_for_children
from .dialogue_acts import DialogueActParser
from .implied_kind import ImpliedKind
from .kin import KinReader, KinSaid
from .relations import Placed

__all__ = [
    "DialogueActParser",
    "ImpliedKind",
    "KinReader",
    "KinSaid",
    "Placed",
    "is_alternative",
    "is_child",
    "is_unfit",
    "narrows",
    "unfit_for_children",
    "with_alternatives",
]
