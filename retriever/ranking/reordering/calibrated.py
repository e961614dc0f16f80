"""An order in which the genres of the first places are those of a taste: Steck's greedy re-ranking ("Calibrated
recommendations", RecSys 2018).

Knows distributions. Knows nothing of where the order comes from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...arrays import Floats
from .distributions import SMOOTHING, Distribution
from .places import exposure_of_places


def calibrated(
    relevance: Floats, genres: Sequence[Distribution], taste: Distribution, places: int, weight: float
) -> list[int]:
    """The order of n candidates, the first `places` chosen greedily, each place for the largest

        (1 - weight) * relevance - weight * C_KL(taste, genres of those chosen with it)

    relevance: (n,) in [0, 1], falling. genres: of each candidate. weight: Steck's lambda, in [0, 1]; 0 changes nothing.
    """
    values = sorted(taste)
    p = np.array([taste[value] for value in values])
    of_candidates = np.array([[own.get(value, 0.0) for value in values] for own in genres]).reshape(len(genres), -1)
    known = np.array([bool(own) for own in genres], dtype=float)
    left, chosen = np.ones(len(relevance), dtype=bool), list[int]()
    sums, whole = np.zeros(len(values)), 0.0
    for part in exposure_of_places(min(places, len(relevance))):
        shown = (sums + part * of_candidates) / np.maximum(whole + part * known, 1e-9)[:, None]
        gains = (1 - weight) * relevance - weight * _divergences(p, shown)
        best = int(np.argmax(np.where(left, gains, -np.inf)))
        chosen.append(best)
        left[best] = False
        sums, whole = sums + part * of_candidates[best], whole + part * known[best]
    return chosen + [int(n) for n in np.flatnonzero(left)]


def _divergences(p: Floats, shown: Floats) -> Floats:
    """C_KL of each row of `shown` (n, g) from p (g,), as `divergence` has it."""
    return np.asarray((p * np.log(p / ((1 - SMOOTHING) * shown + SMOOTHING * p))).sum(axis=1))
