"""What a search's order becomes by the owner's knobs, and which items were lifted for which reason.

Knows the order and its scores, rows of the catalogue and a taste. Knows nothing of how they came about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...arrays import Floats
from ...catalogue import Catalogue, Rows
from .calibrated import calibrated
from .distributions import Distribution, of_item
from .floor import with_floor

VARIETY = "for a variety of genres"
SELDOM_SHOWN = "as it is seldom shown"
"""Why an item was moved up, as people read it."""

_POOL = 5
"""The candidates for the places of a page are the first of the order, so many times more than there are places."""


@dataclass(frozen=True, slots=True)
class Reordered:
    """The order, and of the candidates that were lifted (by their numbers) why."""

    order: list[int]
    lifted: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CalibratedGenres:
    """The field whose values are calibrated, the taste in them, and Steck's lambda; off at 0."""

    by: str
    taste: Distribution
    weight: float


@dataclass(frozen=True, slots=True)
class Floor:
    """Ids of the least shown, and the part of a page's exposure that they get at least; off at 0."""

    least: frozenset[str]
    share: float


def reordered(
    order: Sequence[int],
    scores: Floats,
    rows: Rows,
    catalogue: Catalogue,
    places: int,
    genres: CalibratedGenres,
    floor: Floor,
) -> Reordered:
    """The order of candidates (numbers into scores (n,) and rows (n,)) with calibrated genres, then with the floor.

    A candidate counts at most as much as those before it, so that at a weight of 0 the order stays, whatever it was
    made by.
    """
    pool, rest = list(order[: _POOL * places]), list(order[_POOL * places :])
    lifted: dict[int, str] = {}
    if genres.weight > 0 and genres.taste and pool:
        own = [of_item(catalogue.items[rows[n]], genres.by) for n in pool]
        after = [pool[n] for n in calibrated(_relevance(scores[pool]), own, genres.taste, places, genres.weight)]
        lifted |= dict.fromkeys(_ahead(pool, after, places), VARIETY)
        pool = after
    if floor.share > 0 and floor.least:
        least = np.array([catalogue.items[row].id in floor.least for row in rows], dtype=bool)
        after = with_floor(pool, least, places, floor.share)
        lifted |= dict.fromkeys(set(after[:places]) - set(pool[:places]), SELDOM_SHOWN)
        pool = after
    return Reordered([*pool, *rest], lifted)


def _relevance(scores: Floats) -> Floats:
    """Scores in an order, scaled to [0, 1], none above one before it."""
    falling = np.minimum.accumulate(scores)
    spread = float(falling[0] - falling[-1])
    return np.asarray((falling - falling[-1]) / spread) if spread > 0 else np.ones_like(falling)


def _ahead(before: Sequence[int], after: Sequence[int], places: int) -> list[int]:
    """Those of the first places that were taken before one that had stood before them."""
    place = {n: at for at, n in enumerate(before)}
    return [n for at, n in enumerate(after[:places]) if any(place[other] < place[n] for other in after[at + 1 :])]
