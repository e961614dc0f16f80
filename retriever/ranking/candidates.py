"""Which items are scored: all that the gates leave if these are few, else the nearest along several lanes.

Lanes: the composed vector, each strong interest alone, and the items that bear a wanted name, so that there is
something for each interest. A lane is asked of Chroma or, where gates bar much of what is near, found by comparing all
that they leave (in a large catalogue by its sketch first): whichever costs less. Knows nothing of shares or places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..catalogue import Mask, Rows
from ..encoding import Vectors
from ..index import EF_SEARCH, SPARE, Index, largest
from .composition import Composition, CompositionConfig
from .interest import MENTION

_SPARE = 1.2
"""How many more are asked of Chroma than should be needed if the gates leave the same share of items everywhere."""

_SURE = EF_SEARCH // 3
"""Chroma is asked for no more: of a large catalogue its graph misses some of what lies deeper (docs/log.md)."""

_SKETCHED = 5
"""How many rows of a sketch are compared in the time of one whole vector."""


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """The knobs of a search.

    depth: candidates of the composed lane; lane_depth: of each interest's own lane; lanes: how many interests get one.
    scan: when gates leave at most so many items, all of them are scored instead.
    compared: how many vectors are compared in the time that Chroma takes for one result more.
    places, balance: see `cover`; current: an interest of at least this part of the largest weight is sure of a place.
    """

    depth: int = 200
    lane_depth: int = 50
    lanes: int = 6
    scan: int = 1000
    compared: int = 15
    places: int = 10
    balance: float = 0.3
    current: float = 0.08
    composition_config: CompositionConfig = field(default_factory=CompositionConfig)


def candidates(index: Index, composition: Composition, allowed: Mask, k: int, search_config: SearchConfig) -> Rows:
    """The rows, out of those allowed (n,), that are worth scoring for the best k."""
    if np.count_nonzero(allowed) <= search_config.scan:
        return np.flatnonzero(allowed)
    order = np.argsort(-composition.weights, kind="stable")[: search_config.lanes]
    strongest = [int(n) for n in order if composition.weights[n] > 0]
    lanes = [n for n in strongest if not _is_name(composition, n)] if len(composition.weights) > 1 else []
    looking = _Looking(index, search_config.compared)
    found = looking.along(
        composition.vector,
        composition.placed[lanes],
        max(search_config.depth, 4 * k),
        search_config.lane_depth,
        allowed,
    )
    found += _named(looking, composition, strongest, max(search_config.lane_depth, k), allowed)
    return np.unique(np.concatenate(found))


def _is_name(composition: Composition, n: int) -> bool:
    return composition.factors[n] != 0 and composition.interests[n].facet != MENTION


def _named(
    looking: _Looking, composition: Composition, strongest: Sequence[int], count: int, allowed: Mask
) -> list[Rows]:
    """The lanes of names, from memory: the nearest bearers of each strong name, of any name, and those lifted most."""
    catalogue = looking.index.catalogue
    every = catalogue.bearers(name for names in composition.names for name in names)
    every = every[allowed[every]]
    borne = (
        f * catalogue.bearing(names, every) for f, names in zip(composition.factors, composition.names, strict=True)
    )
    lift = sum(borne, start=np.zeros(len(every)))
    lifted, lift = every[lift > 0], lift[lift > 0]
    if not len(lifted):
        return []
    alone = [catalogue.bearers(composition.names[n]) for n in strongest if _is_name(composition, n)]
    masks = [_mask(rows, allowed) for rows in (lifted, *(alone if len(alone) > 1 else ()))]
    nearest = [looking.nearest(composition.vector, count, mask) for mask in masks]
    return [*nearest, lifted[np.argsort(-lift, kind="stable")][:count]]


def _mask(rows: Rows, allowed: Mask) -> Mask:
    mask = np.zeros_like(allowed)
    mask[rows] = allowed[rows]
    return mask


@dataclass(frozen=True, slots=True)
class _Looking:
    """Looks for what is nearest among the rows of a mask, in the way that costs less."""

    index: Index
    compared: int

    def along(self, query: Vectors, others: Vectors, depth: int, lane_depth: int, mask: Mask) -> list[Rows]:
        """The `depth` rows nearest to a query vector (d,), and `lane_depth` for each of the others (m, d).

        Where Chroma is asked for the others, what it finds at once is enough: they only add to the first.
        """
        counts, every = [lane_depth] * len(others), np.concatenate([query[None, :], others])
        asked = self._asked(depth, mask)
        if not self._asks(asked, [depth], mask):
            return self._compare(every, [depth, *counts], mask)
        if not self._asks(self._asked(lane_depth, mask), counts, mask):
            return [self.nearest(query, depth, mask), *self._compare(others, counts, mask)]
        # One call is quicker than two, and more results take no longer: Chroma looks at EF_SEARCH items in any case.
        first, *lanes = (rows for rows, _ in self.index.query(every, asked))
        return [self.nearest(query, depth, mask, first), *(rows[mask[rows]][:lane_depth] for rows in lanes)]

    def nearest(self, query: Vectors, count: int, mask: Mask, found: Rows | None = None) -> Rows:
        """The `count` rows nearest to a query vector (d,), best first, or all there are.

        Chroma cannot be asked in good time for rows of a mask. So it is asked for more, by the share of rows that the
        mask leaves, then by the share of those found; where that is not to be trusted or would cost more, what the mask
        leaves is compared. found: its answer to the first of these questions, where that is known.
        """
        asked = self._asked(count, mask)
        while self._asks(asked, [count], mask):
            found = self.index.query(query[None, :], asked)[0][0] if found is None else found
            inside = found[mask[found]]
            if len(inside) >= count:
                return inside[:count]
            asked, found = int(_SPARE * count * asked / max(1, len(inside))) + 1, None
        return self._compare(query[None, :], [count], mask)[0]

    def _asked(self, count: int, mask: Mask) -> int:
        """How many results to ask for, so that `count` of them are in the mask if it leaves as many everywhere."""
        return int(_SPARE * count * len(mask) / max(1, int(np.count_nonzero(mask)))) + 1

    def _asks(self, asked: int, counts: Sequence[int], mask: Mask) -> bool:
        """Whether to ask Chroma for so many results, once for each count, and not to compare what the mask leaves.

        Chroma looks at EF_SEARCH items in any case.
        """
        left = int(np.count_nonzero(mask))
        return asked <= _SURE and len(counts) * EF_SEARCH * self.compared < self._cost(left, counts)

    def _cost(self, left: int, counts: Sequence[int]) -> int:
        """How many comparisons of whole vectors take as long as finding the nearest `counts` of so many rows."""
        return min(left, left // _SKETCHED + SPARE * sum(counts)) if self.index.prefilter else left

    def _compare(self, queries: Vectors, counts: Sequence[int], mask: Mask) -> list[Rows]:
        """For each query vector (m, d) the nearest rows, `counts` of them, best first; of many rows, by the sketch."""
        rows = np.flatnonzero(mask)
        if self.index.prefilter and self._cost(len(rows), counts) < len(rows):
            rows = self.index.prefilter.likely(rows, queries, counts)
        columns = self.index.products(rows, queries).T
        return [rows[largest(c, min(count, len(rows)))] for c, count in zip(columns, counts, strict=True)]
