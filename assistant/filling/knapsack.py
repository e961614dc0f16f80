"""Which of some things together fill a capacity best: an exact knapsack. Knows only numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_STEPS = 1440
"""The capacity is divided into at most so many steps; what is longer than a day is rounded up to some minutes."""


def fill(sizes: Sequence[float], worth: Sequence[float], capacity: float, most: int, least: int = 0) -> list[int]:
    """The places, in order, of `least` to `most` things whose sizes sum to at most `capacity` and whose worth, summed
    over their sizes, is the greatest: each unit that is filled counts as much as what fills it is worth; none where so
    many do not fit.

    Sizes are above 0. Exact for whole sizes up to a capacity of 1440; beyond, sizes are rounded up, so that what is
    chosen fits in any case.
    """
    step = max(1.0, capacity / _STEPS)
    room = int(capacity / step + 1e-9)
    steps = [int(np.ceil(size / step - 1e-9)) for size in sizes]
    best = np.full((most + 1, room + 1), -np.inf)
    best[0] = 0.0
    taken = np.zeros((len(sizes), most + 1, room + 1), dtype=bool)
    for n, (size, each) in enumerate(zip(steps, worth, strict=True)):
        if size > room:
            continue
        for count in range(most, 0, -1):
            gained = best[count - 1, : room + 1 - size] + sizes[n] * each
            better = gained > best[count, size:] + 1e-9
            best[count, size:][better] = gained[better]
            taken[n, count, size:] = better
    totals = best.max(axis=1)[least:]
    count = least + int(np.argmax(totals)) if len(totals) and np.isfinite(totals.max()) else 0
    return _chosen(taken, steps, count, room)


def _chosen(taken: np.ndarray, steps: Sequence[int], count: int, room: int) -> list[int]:
    """What was taken, read backwards."""
    found = []
    for n in range(len(steps) - 1, -1, -1):
        if count and taken[n, count, room]:
            found.append(n)
            count, room = count - 1, room - steps[n]
    return found[::-1]
