"""How much of what people look at each place of a page gets.

A place counts by the discount of nDCG, 1 / log2(1 + place), as in Singh and Joachims, "Fairness of exposure in
rankings" (KDD 2018). Knows nothing of items.
"""

from __future__ import annotations

import numpy as np

from ...arrays import Floats


def exposure_of_places(count: int) -> Floats:
    """The parts of a page's exposure that its places have, shape (count,), summing to 1."""
    weights = 1 / np.log2(np.arange(count) + 2)
    return np.asarray(weights / weights.sum())
