"""Training that promises every person it learns from differential privacy: clipped, with noise, and accounted for.

Knows people as lists of pairs with labels. Knows nothing of ratings, catalogues or files.
"""

from .pairs import Pair, People, drawn
from .promise import Promise, check_promised, promise

__all__ = ["Pair", "People", "Promise", "check_promised", "drawn", "promise"]
