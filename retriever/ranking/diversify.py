"""Decides the places: the best items, but so that every strong interest finds itself on the page.

Explicit diversification by interests (xQuAD; Santos, Macdonald and Ounis, "Exploiting query reformulations for web
search result diversification", WWW 2010). The scores are not changed, only the order.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..arrays import Floats


def diversify(scores: Floats, matches: Floats, weights: Floats, places: int, balance: float) -> list[int]:
    """The order of n items: the first `places` chosen for score and coverage, the rest by score.

    scores: (n,). matches: (n, m), how far each item satisfies each interest, from 0 to 1. weights: (m,), summing to at
    most 1. balance: 0 orders by score alone, 1 by coverage alone. Greedy: each place goes to the item with the largest
        (1 - balance) * score + balance * sum_i weights_i * matches_i * prod over chosen (1 - matches_i)
    with scores scaled to [0, 1].
    """
    order = list(np.argsort(-scores, kind="stable"))
    if balance == 0 or not len(scores) or matches.shape[1] < 2:
        return [int(n) for n in order]
    spread = float(scores.max() - scores.min())
    relevance = (scores - scores.min()) / spread if spread > 0 else np.ones_like(scores)
    uncovered = np.ones(matches.shape[1])
    left = np.ones(len(scores), dtype=bool)
    chosen: list[int] = []
    for _ in range(min(places, len(scores))):
        value = (1 - balance) * relevance + balance * matches @ (weights * uncovered)
        best = int(np.argmax(np.where(left, value, -np.inf)))
        chosen.append(best)
        left[best] = False
        uncovered *= 1 - matches[best]
    return chosen + [int(n) for n in order if left[n]]


def reserve_places(
    order: Sequence[int], scores: Floats, matches: Floats, places: int, wanted: Sequence[int]
) -> list[int]:
    """The order with an item on the first `places` for each of the `wanted` columns of matches that it fully satisfies.

    Takes in the best such item, and the one that satisfies most of what is missing, for the lowest in the lower half of
    the places that nothing hangs on; gives up where there is none. Beyond the places the order is that of the scores.
    """
    seats = list(order[:places])
    for column in wanted:
        if not len(seats) or (matches[seats, column] >= 1).any():
            continue
        others = np.setdiff1d(np.flatnonzero(matches[:, column] >= 1), seats)
        free = [p for p in range(len(seats) // 2, len(seats)) if not _hangs_on(p, seats, matches, wanted)]
        if not len(others) or not free:
            continue
        missing = [m for m in wanted if not (matches[seats, m] >= 1).any()]
        count = (matches[others][:, missing] >= 1).sum(axis=1)
        best = int(others[np.lexsort((-scores[others], -count))[0]])
        seats = [*seats[: free[-1]], *seats[free[-1] + 1 :], best]
    rest = set(seats)
    return seats + [n for n in sorted(order, key=lambda n: -scores[n]) if n not in rest]


def next_after(order: Sequence[int], wanted: Sequence[int], places: int) -> list[int]:
    """The order in which those of the wanted that have none of the first `places` come right after these."""
    page = list(order[:places])
    others = [n for n in wanted if n not in set(page)]
    return [*page, *others, *(n for n in order[places:] if n not in set(others))]


def _hangs_on(place: int, seats: Sequence[int], matches: Floats, wanted: Sequence[int]) -> bool:
    """Whether a wanted column is satisfied at that place alone."""
    held = matches[seats] >= 1
    return any(held[place, m] and held[:, m].sum() == 1 for m in wanted)
