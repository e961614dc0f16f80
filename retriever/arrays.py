"""What arrays of numbers are called. Knows nothing of what is in them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
"""Scores, weights, measures: double precision, of any shape."""
