"""Which items are scored: the nearest along several lanes, or all that the gates leave if these are few.

Lanes: the composed vector, each strong interest alone, the items that bear a wanted name, and those that say most of
the person's own words, so that there is something for each interest; what the owner puts forward; and what a language
model suggested. A lane of vectors is asked of the index's engine, whatever the size of the catalogue; where gates bar
much of what is near, all that they leave is compared instead (in a large catalogue by the prefilter first). Knows
nothing of shares or places, nor which engine there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Mask, Rows
from ..encoding import Vectors
from ..index import SPARE, Index, largest
from .composition import Composition, CompositionConfig, check_ranges
from .interest import MENTION, SUGGESTED, Interest

_SPARE = 1.2
"""How many more the engine is asked for than should be needed if the gates leave the same share of items everywhere."""

_SAYING = 2
"""How many times the candidates of the composed lane those of own words are, as vectors have no say in these."""

_SKETCHED = 5
"""How many rows of the prefilter are compared in the time of one whole vector."""

_RANGES = {
    "depth": (1, inf),
    "lane_depth": (1, inf),
    "lanes": (0, inf),
    "scan": (0, inf),
    "places": (0, inf),
    "balance": (0, 1),
    "current": (0, 1),
    "suggested": (0, 1),
    "exposure": (0, 1),
    "calibration": (0, 1),
    "most_alike": (0, inf),
}


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """The knobs of a search. Raises PenchantError for a value out of its range.

    depth: candidates of the composed lane; lane_depth: of each interest's own lane; lanes: how many interests get one.
    scan: where gates bar too much to ask the engine and leave at most so many items, all of them are scored.
    places, balance: see `diversify`, balance in [0, 1]; current: an interest of at least this part, in [0, 1], of the
    largest weight is sure of a place. held_first: what lacks the fewest facts comes first, whatever its score.
    suggested: the part of the places, in [0, 1], that goes first of all to what a language model suggested.
    most_alike: how many of the places go to one series, and to one maker, where others fit too; of a work only one
    version is shown then. 0: any number.

    Two that are off at 0, and put the page in another order than that of scores (see reordering): exposure, the part of
    a page's exposure, in [0, 1], that the `least_shown` (ids) get at least; calibration, how much, in [0, 1], the
    values of the field `calibrated` (empty: the genres) should stand in the proportions of what is wanted.
    """

    depth: int = 200
    lane_depth: int = 50
    lanes: int = 6
    scan: int = 1000
    places: int = 10
    balance: float = 0.3
    current: float = 0.08
    held_first: bool = True
    suggested: float = 0.5
    most_alike: int = 2
    exposure: float = 0.0
    least_shown: tuple[str, ...] = ()
    calibration: float = 0.0
    calibrated: str = ""
    composition_config: CompositionConfig = field(default_factory=CompositionConfig)

    def __post_init__(self) -> None:
        check_ranges(self, _RANGES)


def candidates(
    index: Index, composition: Composition, allowed: Mask, k: int, search_config: SearchConfig
) -> list[Rows]:
    """Out of the rows allowed (n,), those that are worth scoring for the best k: a lane for each reason, the composed
    vector's first. A row may be in several."""
    looking, depth = _Looking(index), max(search_config.depth, 4 * k)
    if np.count_nonzero(allowed) <= search_config.scan and not looking.asks(depth, allowed):
        return [np.flatnonzero(allowed)]
    order = np.argsort(-composition.weights, kind="stable")
    wants = [int(n) for n in order if composition.weights[n] > 0 and composition.interests[n].facet != SUGGESTED]
    strongest = wants[: search_config.lanes]
    lanes = [n for n in strongest if not _is_name(composition, n)] if len(composition.weights) > 1 else []
    found = looking.along(composition.vector, composition.placed[lanes], depth, search_config.lane_depth, allowed)
    found += _named(looking, composition, strongest, max(search_config.lane_depth, k), allowed)
    found += _put_forward(looking, composition, search_config.lane_depth, allowed)
    found += _saying(index.catalogue, composition, _SAYING * depth, allowed)
    lane = suggested(composition.interests, index.catalogue)
    return [*found, lane[allowed[lane]]] if len(lane) else found


def suggested(interests: Sequence[Interest], catalogue: Catalogue) -> Rows:
    """The rows of what a language model suggested, the best first."""
    wants = (i for i in interests if i.facet == SUGGESTED and i.level == "want")
    items = dict.fromkeys(item for i in wants for item in i.items if item in catalogue.row)
    return np.array([catalogue.row[item] for item in items], dtype=np.int64)


def _is_name(composition: Composition, n: int) -> bool:
    return composition.factors[n] != 0 and composition.interests[n].facet != MENTION


def _named(
    looking: _Looking, composition: Composition, strongest: Sequence[int], count: int, allowed: Mask
) -> list[Rows]:
    """The lanes of names, from memory: the nearest bearers of each strong name, of any name, and those lifted most."""
    catalogue = looking.index.catalogue
    every = catalogue.bearers(name for names in composition.names for name in names)
    every = every[allowed[every]]
    lift = _lift(catalogue, composition, every)
    lifted, lift = every[lift > 0], lift[lift > 0]
    if not len(lifted):
        return []
    alone = [catalogue.bearers(composition.names[n]) for n in strongest if _is_name(composition, n)]
    masks = [_mask(rows, allowed) for rows in (lifted, *(alone if len(alone) > 1 else ()))]
    nearest = [looking.nearest(composition.vector, count, mask) for mask in masks]
    return [*nearest, lifted[np.argsort(-lift, kind="stable")][:count]]


def _put_forward(looking: _Looking, composition: Composition, count: int, allowed: Mask) -> list[Rows]:
    """The lane of what the owner puts forward: the nearest of it."""
    forward = allowed & (looking.index.boosts > 0)
    return [looking.nearest(composition.vector, count, forward)] if forward.any() else []


def _saying(catalogue: Catalogue, composition: Composition, count: int, allowed: Mask) -> list[Rows]:
    """The lane of own words: what says most of them and bears most of the names."""
    spoken = zip(composition.words, composition.spoken, strict=True)
    said = sum((factor * catalogue.terms.every(words) for words, factor in spoken if factor), np.zeros(len(allowed)))
    rows = np.flatnonzero(allowed & (said > 0))
    scores = said[rows] + _lift(catalogue, composition, rows)
    return [rows[np.argsort(-scores, kind="stable")[:count]]]


def _lift(catalogue: Catalogue, composition: Composition, rows: Rows) -> Floats:
    """What names add to the scores of rows, shape (len(rows),)."""
    borne = zip(composition.factors, composition.names, strict=True)
    return sum((factor * catalogue.bearing(names, rows) for factor, names in borne), np.zeros(len(rows)))


def _mask(rows: Rows, allowed: Mask) -> Mask:
    mask = np.zeros_like(allowed)
    mask[rows] = allowed[rows]
    return mask


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looks for what is nearest among the rows of a mask: asks the engine, or compares."""

    index: Index

    def along(self, query: Vectors, others: Vectors, depth: int, lane_depth: int, mask: Mask) -> list[Rows]:
        """The `depth` rows nearest to a query vector (d,), and about `lane_depth` for each of the others (m, d).

        What the engine finds at once for the others is enough: they only add to the first.
        """
        every = np.concatenate([query[None, :], others])
        if not self.asks(depth, mask):
            return self._compare(every, [depth, *[lane_depth] * len(others)], mask)
        # One call is quicker than two, and more results take hardly longer.
        first, *lanes = (rows for rows, _ in self.index.query(every, self._asked(depth, mask)))
        return [self.nearest(query, depth, mask, first), *(rows[mask[rows]][:lane_depth] for rows in lanes)]

    def asks(self, count: int, mask: Mask) -> bool:
        """Whether the engine is sure to find so many in the mask, if it leaves the same share of items everywhere."""
        return self._asked(count, mask) <= self.index.engine.depth

    def nearest(self, query: Vectors, count: int, mask: Mask, found: Rows | None = None) -> Rows:
        """The `count` rows nearest to a query vector (d,), best first, or all there are.

        An engine knows nothing of masks. So it is asked for more, by the share of rows that the mask leaves, then by
        the share of those found; where it may miss some of so many, what the mask leaves is compared. found: its answer
        to the first of these questions, where that is known.
        """
        count = min(count, int(np.count_nonzero(mask)))
        asked = self._asked(count, mask)
        while asked <= self.index.engine.depth:
            found = self.index.query(query[None, :], asked)[0][0] if found is None else found
            inside = found[mask[found]]
            if len(inside) >= count:
                return inside[:count]
            if asked >= len(mask):
                break
            asked, found = int(_SPARE * count * asked / max(1, len(inside))) + 1, None
        return self._compare(query[None, :], [count], mask)[0]

    def _asked(self, count: int, mask: Mask) -> int:
        """How many results to ask for, so that `count` of them are in the mask if it leaves as many everywhere."""
        left = int(np.count_nonzero(mask))
        if left == len(mask):
            return max(1, min(count, left))
        return min(int(_SPARE * min(count, left) * len(mask) / max(1, left)) + 1, len(mask))

    def _cost(self, left: int, counts: Sequence[int]) -> int:
        """How many comparisons of whole vectors take as long as finding the nearest `counts` of so many rows."""
        return min(left, left // _SKETCHED + SPARE * sum(counts)) if self.index.prefilter else left

    def _compare(self, queries: Vectors, counts: Sequence[int], mask: Mask) -> list[Rows]:
        """For each query vector (m, d) the nearest rows, `counts` of them, best first; of many, by the prefilter."""
        rows = np.flatnonzero(mask)
        if self.index.prefilter and self._cost(len(rows), counts) < len(rows):
            rows = self.index.prefilter.likely(rows, queries, counts)
        columns = self.index.products(rows, queries).T
        return [rows[largest(c, min(count, len(rows)))] for c, count in zip(columns, counts, strict=True)]
