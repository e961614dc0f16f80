"""Pages of picks as they were shown, and how much of what people see each item gets.

Knows rows of a catalogue, and nothing of where the pages come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue import Rows
from penchant.retriever.ranking.reordering import exposure_of_places

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanted on a page: a value of a field (or the id of an item in the field "item"), and its weight."""

    facet: str
    value: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """The rows shown at once, best first, to whom (a session), and what is known to be wanted."""

    session: str
    rows: tuple[int, ...]
    wants: tuple[Want, ...] = ()


@dataclass(frozen=True)
class Showings:
    """Pages over a catalogue of `size` items. Pages with nothing on them are left out."""

    pages: tuple[Page, ...]
    size: int

    @classmethod
    def of(cls, pages: Sequence[Page], size: int) -> Showings:
        return cls(tuple(page for page in pages if page.rows), size)

    @property
    def sessions(self) -> list[str]:
        """Whose each page is."""
        return [page.session for page in self.pages]

    @cached_property
    def rows(self) -> Rows:
        """The rows of all pages, one page after the other, shape (n,)."""
        return np.array([row for page in self.pages for row in page.rows], dtype=np.int64)

    @cached_property
    def parts(self) -> Floats:
        """Which part of its page's exposure each of `rows` has, shape (n,); those of a page sum to 1."""
        return np.concatenate([np.zeros(0), *(exposure_of_places(len(page.rows)) for page in self.pages)])

    @cached_property
    def starts(self) -> Rows:
        """Where each page begins in `rows`."""
        lengths = [len(page.rows) for page in self.pages]
        return np.cumsum([0, *lengths[:-1]], dtype=np.int64) if lengths else np.zeros(0, dtype=np.int64)

    @cached_property
    def exposure(self) -> Floats:
        """The share of all exposure that each item of the catalogue has, shape (size,); sums to 1."""
        return np.bincount(self.rows, weights=self.parts, minlength=self.size) / max(1, len(self.pages))

    def by_page(self, membership: Floats) -> Floats:
        """For each page the share of its exposure that goes to each of some groups: (pages, groups).

        membership: (size, groups), how much of each item belongs to each group, from 0 to 1.
        """
        if not self.pages:
            return np.zeros((0, membership.shape[1]))
        return np.add.reduceat(self.parts[:, None] * membership[self.rows], self.starts, axis=0)


def never_shown(exposure: Floats) -> float:
    """The share of items that were on no page; what rounding leaves of a sum is nothing."""
    return float((exposure < _NOTHING).mean()) if len(exposure) else 0.0


def gini(exposure: Floats) -> float:
    """How unequal the exposure of items (n,) is: 0 if all have as much, towards 1 if one has all (Gini 1912)."""
    count = len(exposure)
    if not count or exposure.sum() == 0:
        return 0.0
    ranks = np.arange(1, count + 1)
    return float(((2 * ranks - count - 1) @ np.sort(exposure)) / (count * exposure.sum()))
