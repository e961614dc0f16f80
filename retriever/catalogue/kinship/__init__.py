"""What binds items together: the parts of a series, the works of one maker, the versions of one work.

Read from values and titles, whatever a catalogue's columns are called. Knows nothing of wishes, places or scores.
"""

from .binding_fields import BindingFields, binding_fields
from .kinship import BRAND, MAKER, SERIES, VERSION, Bond, BondKind, Kinship
from .versions import says_edition

__all__ = [
    "BRAND",
    "MAKER",
    "SERIES",
    "VERSION",
    "BindingFields",
    "Bond",
    "BondKind",
    "Kinship",
    "binding_fields",
    "says_edition",
]
