"""Picks for several people at once: nothing that one of them rules out, and the least happy of them as happy as can be.

Least misery, as in PolyLens (O'Connor, Cosley, Konstan and Riedl, "PolyLens: a recommender system for groups of users",
ECSCW 2001; Masthoff, "Group modeling", 2004). Knows nothing of conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..catalogue import Mask, Rows
from ..index import Index
from .candidates import SearchConfig
from .composition import can_place, is_filter
from .counterfactual import score_items
from .diversify import apart
from .filters import Exclusion, exact_filters
from .interest import Interest
from .search import Pick, Results, search

_POOL = 200
_FITS = 0.5
"""What makes the least happy person at least so much as happy may take the place of another of one kin."""


@dataclass(frozen=True, slots=True)
class Taste:
    """One person's interests at a turn, and the ids not to be shown to them."""

    interests: Sequence[Interest]
    turn: int = 0
    hidden: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class GroupPick:
    """An item; for each person the pick it would be (their exact shares) and how happy it makes them, from 0 (the worst
    of the items compared) to 1 (their own best)."""

    picks: tuple[Pick, ...]
    happiness: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GroupResults:
    """The picks, what the gates of all excluded, and whether the wanted ranges and categories of all could be kept."""

    picks: tuple[GroupPick, ...]
    excluded: tuple[Exclusion, ...]
    agreed: bool


def search_group(
    index: Index,
    tastes: Sequence[Taste],
    k: int = 5,
    search_config: SearchConfig | None = None,
    among: Mask | None = None,
) -> GroupResults:
    """The k items that are best for the least happy person, ties by the mean.

    Everybody's gates hold for all. Where nothing passes them ("films" against "books"), only what is ruled out still
    holds. among: (n,), which rows of the catalogue may be shown at all.
    """
    search_config = search_config or SearchConfig()
    whole = replace(search_config, most_alike=0)
    depth = max(_POOL, 20 * k, search_config.scan)
    hidden = {item for taste in tastes for item in taste.hidden}
    wanted = [exact_filters(_gates(taste, index), index.catalogue, hidden).allowed for taste in tastes]
    within = np.logical_and.reduce(wanted if among is None else [*wanted, among])
    nevers = [gate for taste in tastes for gate in _gates(taste, index) if gate.level == "never"]
    found = [_own(index, taste, nevers, hidden, depth, whole, within) for taste in tastes]
    if not (agreed := any(results.picks for results in found)):
        found = [_own(index, taste, nevers, hidden, depth, whole, among) for taste in tastes]
    ids = list(dict.fromkeys(pick.item.id for results in found for pick in results.picks))
    if not ids:
        return GroupResults((), found[0].excluded if found else (), agreed=False)
    scored = [score_items(index, _moving(taste, index), ids, taste.turn, search_config) for taste in tastes]
    happiness = np.stack([_scaled([pick.score for pick in picks]) for picks in scored])
    best = np.lexsort((-happiness.mean(axis=0), -happiness.min(axis=0)))
    order = _apart(index, tastes, ids, best, happiness.min(axis=0), k, search_config)
    picks = tuple(
        GroupPick(tuple(picks[n] for picks in scored), tuple(float(h) for h in happiness[:, n])) for n in order
    )
    return GroupResults(picks, found[0].excluded, agreed)


def _apart(
    index: Index,
    tastes: Sequence[Taste],
    ids: Sequence[str],
    order: Rows,
    least: Floats,
    k: int,
    search_config: SearchConfig,
) -> list[int]:
    """The first k of an order of items, not too many of them of one series or by one maker.

    least: (len(ids),), how happy the item makes the least happy person."""
    rows = np.array([index.catalogue.row[item] for item in ids], dtype=np.int64)
    wishes = [interest for taste in tastes for interest in taste.interests]

    def fits(n: int, other: int) -> bool:
        return bool(least[n] >= _FITS * least[other])

    return apart(wishes, index.kinship, rows, order.tolist(), fits, k, k, search_config.most_alike).order[:k]


def _own(
    index: Index,
    taste: Taste,
    nevers: Sequence[Interest],
    hidden: Collection[str],
    depth: int,
    search_config: SearchConfig,
    within: Mask | None,
) -> Results:
    """What one person would be shown behind the gates of all."""
    interests = [*_moving(taste, index), *_distinct(nevers)]
    return search(index, interests, depth, hidden, taste.turn, search_config, within)


def _gates(taste: Taste, index: Index) -> list[Interest]:
    return [i for i in taste.interests if is_filter(i, index.schema) and not i.parked]


def _moving(taste: Taste, index: Index) -> list[Interest]:
    known = (i for i in taste.interests if can_place(index, i))
    return [i for i in known if not is_filter(i, index.schema)]


def _distinct(gates: Sequence[Interest]) -> list[Interest]:
    return list({(gate.key, gate.level): replace(gate, quote="") for gate in gates}.values())


def _scaled(scores: Sequence[float]) -> np.ndarray:
    values = np.array(scores)
    spread = float(np.ptp(values))
    return (values - values.min()) / spread if spread > 0 else np.ones_like(values)
