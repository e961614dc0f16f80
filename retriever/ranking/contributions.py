"""Exact scores of items as sums of shares, one per interest and block.

Text, facet and prior shares are dot products of blocks; the share of the block "identity" counts the names an item
bears. Knows nothing of Chroma.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..catalogue import Catalogue, Rows
from ..encoding import Vectors
from ..vectors import Layout
from .composition import Composition

PRIOR = "prior"
IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Share:
    """What one interest adds to an item's score through one block. The prior's share has the interest "prior"."""

    interest: str
    block: str
    value: float


@dataclass(frozen=True)
class Contributions:
    """Shares of n items: `values` has shape (n, m + 1, blocks), the last of the m + 1 rows being the prior's."""

    interests: tuple[str, ...]
    blocks: tuple[str, ...]
    values: npt.NDArray[np.float64]

    @property
    def scores(self) -> npt.NDArray[np.float64]:
        """Shape (n,): each the sum of the item's shares."""
        return np.asarray(self.values.sum(axis=(1, 2)))

    def of(self, n: int) -> tuple[Share, ...]:
        """The shares of the n-th item that are not zero, largest first."""
        found = [
            Share(self.interests[i], self.blocks[b], float(self.values[n, i, b]))
            for i, b in zip(*np.nonzero(self.values[n]), strict=True)
        ]
        return tuple(sorted(found, key=lambda share: -abs(share.value)))


def contributions(
    composition: Composition, catalogue: Catalogue, layout: Layout, rows: Rows, vectors: Vectors
) -> Contributions:
    """The shares of the items at `rows`, whose vectors are `vectors` (n, d)."""
    places = np.vstack([composition.placed, composition.prior[None, :]]).astype(np.float64)
    values = np.zeros((len(rows), len(places), len(layout.blocks) + 1))
    for b, block in enumerate(layout.blocks):
        part = layout.slices[block.name]
        values[:, :, b] = vectors[:, part].astype(np.float64) @ places[:, part].T
    for m, (names, factor) in enumerate(zip(composition.names, composition.factors, strict=True)):
        values[:, m, -1] = factor * catalogue.bearing(names, rows) if names else 0.0
    labels = (*(interest.label for interest in composition.interests), PRIOR)
    return Contributions(labels, (*(block.name for block in layout.blocks), IDENTITY), values)
