"""The page put in another order than that of scores, where its owner wants that: genres in the proportions of a taste,
and a floor under what the least shown get; and no page all of one series or by one maker.

Knows rows, values, what binds items, and an order. Changes no score, and knows nothing of interests or vectors.
"""

from .calibrated import calibrated
from .distributions import Distribution, divergence, genre_field, of_item, of_wants
from .floor import with_floor
from .places import exposure_of_places
from .reordered import SELDOM_SHOWN, VARIETY, CalibratedGenres, Floor, Reordered, reordered
from .spread import Bounds, Fits, Spread, spread

__all__ = [
    "SELDOM_SHOWN",
    "VARIETY",
    "Bounds",
    "CalibratedGenres",
    "Distribution",
    "Fits",
    "Floor",
    "Reordered",
    "Spread",
    "calibrated",
    "divergence",
    "exposure_of_places",
    "genre_field",
    "of_item",
    "of_wants",
    "reordered",
    "spread",
    "with_floor",
]
