"""The picks for a time, of the best in their order: single ones that come near it, or several that together fill it.

A single one comes first: several are for who speaks of several, and where no single one both comes near the time and
fits the wish nearly as well. Together, each minute counts as much as the score of what fills it, above the least of
those looked at: the best come first, and of what fits about equally well that is chosen which leaves less of the time.
Knows nothing of how picks are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from penchant.retriever import Catalogue, Pick

from ..session import SpareTime
from .knapsack import fill
from .lengths import Lengths

POOL = 60
"""Of so many of the best picks those are chosen that go together."""
_MOST = 12
_LEAST_WORTH = 0.05
_NEAR = 2 / 3
"""A single item comes near a time if it takes this part of it."""
_NEARLY = 0.75
"""And fits as well as several that fill it if it is worth this part of what they are worth on average."""


@dataclass(frozen=True, slots=True)
class Filling:
    """Picks for a time. `together`: all of them fit, `minutes` in sum; else each of them fits by itself.

    `read`: whether minutes were counted from pages."""

    time: SpareTime
    picks: tuple[Pick, ...]
    minutes: float
    together: bool
    read: bool


def filling(found: Sequence[Pick], time: SpareTime, lengths: Lengths, catalogue: Catalogue, k: int) -> Filling:
    """At most 12 of the picks, which together fill the time; or k that fit one by one, where no two go together or a
    single one is as good: then those that come near the time and fit the wish come first."""
    rows = [catalogue.row[pick.item.id] for pick in found]
    sizes = [float(lengths.minutes[row]) for row in rows]
    worth = _worth([pick.score for pick in found])
    chosen = _several(sizes, worth, time.total, time.for_several)
    single = [] if time.for_several else _single(sizes, worth, time.total, chosen)
    together = bool(chosen) and not single
    places = chosen if together else list(dict.fromkeys([*single, *range(len(found))]))[:k]
    read = any(bool(lengths.read[rows[n]]) for n in places)
    minutes = sum(sizes[n] for n in places) if together else 0.0
    return Filling(time, tuple(found[n] for n in places), minutes, together, read)


def _single(sizes: Sequence[float], worth: Sequence[float], total: float, several: Sequence[int]) -> list[int]:
    """The places of those that by themselves come near the time, and fit nearly as well as several that fill it."""
    filled = sum(sizes[n] for n in several)
    least = _NEARLY * sum(sizes[n] * worth[n] for n in several) / filled if filled else 0.0
    return [n for n, size in enumerate(sizes) if several and _NEAR * total <= size <= total and worth[n] >= least]


def _several(sizes: Sequence[float], worth: Sequence[float], total: float, asked_for: bool) -> list[int]:
    """The best that go together; none where they are not asked for and a single one is more than twice as good."""
    chosen = fill(sizes, worth, total, _MOST, least=2)
    filled = [size * each for size, each in zip(sizes, worth, strict=True)]
    single = max((value for value, size in zip(filled, sizes, strict=True) if size <= total), default=0.0)
    return chosen if asked_for or sum(filled[n] for n in chosen) >= single / 2 else []


def _worth(scores: Sequence[float]) -> list[float]:
    """Scores from 0.05, the least, to 1, the best; all 1 where they are the same."""
    least, spread = min(scores, default=0.0), max(scores, default=0.0) - min(scores, default=0.0)
    return [_LEAST_WORTH + (1 - _LEAST_WORTH) * (score - least) / spread if spread else 1.0 for score in scores]
