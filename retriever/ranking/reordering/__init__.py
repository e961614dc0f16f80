"""The page put in another order than that of scores, where its owner wants that: genres in the proportions of a taste,
and a floor under what the least shown get.

Knows rows, values and an order. Changes no score, and knows nothing of interests or vectors.
"""

from .calibrated import calibrated
from .distributions import Distribution, divergence, genre_field, of_item, of_wants
from .floor import with_floor
from .places import exposure_of_places
from .reordered import SELDOM_SHOWN, VARIETY, Calibration, Floor, Reordered, reordered

__all__ = [
    "SELDOM_SHOWN",
    "VARIETY",
    "Calibration",
    "Distribution",
    "Floor",
    "Reordered",
    "calibrated",
    "divergence",
    "exposure_of_places",
    "genre_field",
    "of_item",
    "of_wants",
    "reordered",
    "with_floor",
]
