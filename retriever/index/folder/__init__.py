"""The folder of an index as files: who may write there, whether they are as they were left, and how to read them where
nothing can be written; and what errors of Chroma's mean.

Knows the files of Chroma's databases. Knows nothing of vectors.
"""

from .database_errors import in_words, reads, writes
from .database_files import is_database, rescued
from .readable_copy import readable_copy
from .seal import break_seal, check_seal, is_sealed, set_seal, stamp
from .writing_lock import LOCK, alone

__all__ = [
    "LOCK",
    "alone",
    "break_seal",
    "check_seal",
    "in_words",
    "is_database",
    "is_sealed",
    "readable_copy",
    "reads",
    "rescued",
    "set_seal",
    "stamp",
    "writes",
]
