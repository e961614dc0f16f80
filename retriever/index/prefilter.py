"""A short form of the vectors of a large index: finds what may be near among all that a gate leaves, at little cost.

Row n holds D'x for the vector x of item n, where D (d, s) are the leading directions of a sample of the vectors. The
products with D'q tell roughly how near items are to a query q; a generous number of the first is then compared exactly.
Kept in a file beside the vectors, and made from them again if it is deleted. Knows nothing of what the vectors mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..encoding import Vectors
from ..vectors import leading
from .vector_file import kept, largest

LEAST = 50_000
"""Items of an index that has a prefilter: fewer are compared as quickly without."""

DIMENSIONS = 64

SPARE = 20
"""How many times as many as are wanted are compared exactly; with what it costs, in docs/log.md."""

_SAMPLE = 10_000
_DENSE = 4
"""Where at least one row of so many is asked for, it is quicker to read them all than to pick."""


@dataclass(frozen=True)
class Prefilter:
    """directions: D (d, s); rows: D'x of every item (n, s)."""

    directions: Vectors
    rows: Vectors

    def likely(self, rows: npt.NDArray[np.int64], queries: Vectors, counts: Sequence[int]) -> npt.NDArray[np.int64]:
        """Out of these rows, those among which the nearest `counts` of each query vector (m, d) will be, in order."""
        short = queries @ self.directions
        if _DENSE * len(rows) > len(self.rows):
            found = [column[rows] for column in short @ self.rows.T]
        else:
            found = list(short @ np.take(self.rows, rows, axis=0).T)
        wanted = [min(SPARE * count, len(rows)) for count in counts]
        near = [largest(column, count) for column, count in zip(found, wanted, strict=True)]
        return rows[np.unique(np.concatenate(near))]


def kept_prefilter(vectors: Vectors, folder: Path | None, build: str, apart: Sequence[int]) -> Prefilter | None:
    """The prefilter of the vectors (n, d) of a build, mapped from its file; None for fewer than LEAST items.

    apart: dimensions that are kept as they are, such as the prior, which may be all that a search asks for.
    """
    if len(vectors) < LEAST:
        return None
    dimensions = vectors.shape[1]

    def fill(array: Vectors) -> None:
        """The directions first, and after them the rows."""
        array[:dimensions] = directions = _directions(vectors, apart)
        np.matmul(vectors, directions, out=array[dimensions:])

    whole = kept(folder, "sketch", build, (dimensions + len(vectors), DIMENSIONS), fill)
    return Prefilter(whole[:dimensions], whole[dimensions:])


def _directions(vectors: Vectors, apart: Sequence[int]) -> Vectors:
    """D, (d, DIMENSIONS), with columns of zeros if the vectors have fewer directions."""
    sample = np.array(vectors[:: -(-len(vectors) // _SAMPLE)])
    sample[:, apart] = 0
    found = np.zeros((vectors.shape[1], DIMENSIONS), dtype=np.float32)
    found[apart, range(len(apart))] = 1
    rest = leading({"rest": sample}, DIMENSIONS - len(apart))["rest"]
    found[:, len(apart) : len(apart) + rest.shape[1]] = rest
    return found
