"""Exact scores of items as sums of shares, one per interest and block.

All but four are dot products of blocks: the share of the block "identity" counts the names an item bears, that of
"words" says how much of a wish in own words it says too, that of "put forward" is what the catalogue's owner adds to
it, and that of "suggested" says that a language model would pick it.
Knows nothing of engines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ..arrays import Floats
from ..catalogue import Catalogue, Rows
from ..encoding import Vectors
from ..vectors import Layout
from .composition import Composition
from .filters import matching
from .interest import SUGGESTED, InterestKey

PRIOR = "prior"
PRIOR_KEY = (PRIOR, "")
"""In the place of an interest's key: no field may be called so, and so no interest is about it."""
IDENTITY = "identity"
WORDS = "words"
OWNER = "put forward"
OWNER_KEY = (PRIOR, OWNER)
"""As PRIOR_KEY."""
PUT_FORWARD = "put forward by the owner"
"""What is said of an amount that the catalogue's owner adds to an item, and nobody asked for."""


@dataclass(frozen=True, slots=True)
class Share:
    """What one interest adds to an item's score through one block.

    `interest` is its label, as people read it; `key` tells it from others of that label (two films called "Dune"). The
    prior's share has the label "prior" and PRIOR_KEY, the owner's the label PUT_FORWARD and OWNER_KEY.
    """

    interest: str
    block: str
    value: float
    key: InterestKey


@dataclass(frozen=True)
class Contributions:
    """Shares of n items: `values` has shape (n, m + 2, blocks), the last of the m + 2 rows being the prior's and the
    owner's.

    interests: key and label of each of the m + 2 rows.
    """

    interests: tuple[tuple[InterestKey, str], ...]
    blocks: tuple[str, ...]
    values: npt.NDArray[np.float64]

    @property
    def scores(self) -> npt.NDArray[np.float64]:
        """Shape (n,): each the sum of the item's shares."""
        return np.asarray(self.values.sum(axis=(1, 2)))

    @property
    def composed(self) -> npt.NDArray[np.float64]:
        """Shape (n,): the scores without what was suggested."""
        return np.asarray(self.values[:, :, :-1].sum(axis=(1, 2)))

    def of(self, n: int) -> tuple[Share, ...]:
        """The shares of the n-th item that are not zero, largest first."""
        found = [
            Share(label, self.blocks[b], float(self.values[n, i, b]), key)
            for i, b in zip(*np.nonzero(self.values[n]), strict=True)
            for key, label in [self.interests[i]]
        ]
        return tuple(sorted(found, key=lambda share: -abs(share.value)))


def by_interest(shares: Iterable[Share]) -> tuple[Share, ...]:
    """One share for each interest, of all blocks (its block is empty), largest first."""
    sums: dict[InterestKey, Share] = {}
    for share in shares:
        before = sums.get(share.key, Share(share.interest, "", 0.0, share.key))
        sums[share.key] = replace(before, value=before.value + share.value)
    return tuple(sorted(sums.values(), key=lambda share: -share.value))


def contributions(
    composition: Composition, catalogue: Catalogue, layout: Layout, rows: Rows, vectors: Vectors, boosts: Floats
) -> Contributions:
    """The shares of the items at `rows`, whose vectors are `vectors` (n, d), and what the owner adds `boosts` (n,)."""
    places = np.vstack([composition.placed, composition.prior[None, :]]).astype(np.float64)
    values = np.zeros((len(rows), len(places) + 1, len(layout.blocks) + 4))
    for b, block in enumerate(layout.blocks):
        part = layout.slices[block.name]
        values[:, :-1, b] = vectors[:, part].astype(np.float64) @ places[:, part].T
    values[:, -1, -2] = boosts
    for m, (names, factor) in enumerate(zip(composition.names, composition.factors, strict=True)):
        values[:, m, -4] = factor * catalogue.bearing(names, rows) if names else 0.0
    for m, (words, factor) in enumerate(zip(composition.words, composition.spoken, strict=True)):
        values[:, m, -3] = factor * catalogue.terms.said(words, rows) if factor else 0.0
    for m, (interest, weight) in enumerate(zip(composition.interests, composition.weights, strict=True)):
        if interest.facet == SUGGESTED:
            values[:, m, -1] = weight * matching(interest, catalogue)[rows]
    said = ((interest.key, interest.label) for interest in composition.interests)
    blocks = (*(block.name for block in layout.blocks), IDENTITY, WORDS, OWNER, SUGGESTED)
    return Contributions((*said, (PRIOR_KEY, PRIOR), (OWNER_KEY, PUT_FORWARD)), blocks, values)
