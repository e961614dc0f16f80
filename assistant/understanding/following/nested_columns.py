"""How the values of columns lie to each other, by the rows: one value to an item, and one column within another.

Knows a catalogue's columns, and nothing of messages.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from penchant.retriever import Catalogue, Interest, matching

_MOSTLY = 0.8
"""The part of the items with one value, from which on two are rather one in the place of the other."""


def is_mostly_single(field: str, catalogue: Catalogue) -> bool:
    """Whether most items that have a value of a field have one: few books have two authors."""
    rows = [*catalogue.postings.get(field, {}).values()]
    counts = np.bincount(np.concatenate(rows), minlength=len(catalogue)) if rows else np.zeros(0)
    return bool((counts == 1).sum() >= _MOSTLY * max(1, (counts > 0).sum()))


def lies_elsewhere(new: Interest, old: Interest, catalogue: Catalogue) -> bool:
    """Whether of two columns one lies within the other, as districts do in towns, and no item has both values."""
    if (matching(new, catalogue) & matching(old, catalogue)).any():
        return False
    first, second = _labels(new.facet, catalogue), _labels(old.facet, catalogue)
    known = (first >= 0) & (second >= 0)
    return _is_within(first[known], second[known]) or _is_within(second[known], first[known])


def _labels(field: str, catalogue: Catalogue) -> npt.NDArray[np.int64]:
    """The number of each row's value of a field, shape (rows,), -1 where it has none."""
    labels = np.full(len(catalogue), -1, dtype=np.int64)
    for number, rows in enumerate(catalogue.postings.get(field, {}).values()):
        labels[rows] = number
    return labels


def _is_within(inner: npt.NDArray[np.int64], outer: npt.NDArray[np.int64]) -> bool:
    """Whether each inner value goes with one outer value; most inner ones come again, and there are fewer outer ones,
    so that it tells something."""
    firsts, seconds = len(np.unique(inner)), len(np.unique(outer))
    pairs = len(np.unique(np.stack([inner, outer]), axis=1).T)
    return 1 < seconds < firsts <= len(inner) / 2 and pairs == firsts
