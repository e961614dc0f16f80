"""Where an item stands and why: its shares, its place, what it would take to change that, and what gates cost.

Recomposes, gates and scores exactly, over the whole catalogue. Knows nothing of conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from ..catalogue import Mask, Rows
from ..catalogue.kinship import Bond
from ..index import Index
from .candidates import SearchConfig
from .composition import can_place, compose_for, is_filter
from .contributions import contributions
from .filters import PhraseFilter, exact_filters, matching
from .interest import SUGGESTED, Interest
from .ordering import is_degree, ordering
from .search import Pick, bounding

_MOST_TOGETHER, _LAST = 3, 8
"""Gates that are set aside together, at most, of so many said last."""

_JUDGED = 10_000
"""Of more items, approximate nevers are judged on a sample of so many."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """An item's place among all that may be shown (1 is the best), or 0 with the labels of the gates that keep it out.
    `without`: the place it would have if an interest were not there, by that interest's key; `again`: if one that is
    parked counted again. `bonds`: what binds it to others, of which a page has but so many."""

    pick: Pick
    place: int
    kept_out_by: tuple[str, ...]
    without: tuple[tuple[tuple[str, str], int], ...]
    again: tuple[tuple[tuple[str, str], int], ...] = ()
    bonds: tuple[Bond, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A gate, by the interest's key and label, and how many items would come back if it alone were not there; `also`:
    the keys of others that must go with it."""

    key: tuple[str, str]
    label: str
    gains: int
    also: tuple[tuple[str, str], ...] = ()


def score_items(
    index: Index,
    interests: Sequence[Interest],
    ids: Sequence[str],
    turn: int = 0,
    search_config: SearchConfig | None = None,
) -> tuple[Pick, ...]:
    """The items with their exact scores and shares, in the order of `ids`, whatever the gates say."""
    rows = np.array([index.catalogue.row[name] for name in ids], dtype=np.int64)
    composition = compose_for(
        index, _known(index, interests), turn, (search_config or SearchConfig()).composition_config
    )
    table = contributions(composition, index.catalogue, index.layout, rows, index.vectors(rows), index.boosts[rows])
    items = index.catalogue.items
    return tuple(
        Pick(items[row], float(score), table.of(n))
        for n, (row, score) in enumerate(zip(rows, table.scores, strict=True))
    )


def counterfactual(
    index: Index,
    interests: Sequence[Interest],
    item: str,
    hidden: Collection[str] = (),
    turn: int = 0,
    search_config: SearchConfig | None = None,
) -> Counterfactual:
    """How an item stands, and how it would without each interest, or with one that is parked.

    Approximate nevers are not counted in.
    """
    interests = _known(index, interests)
    hidden = [name for name in hidden if name != item]
    (pick,) = score_items(index, interests, [item], turn, search_config)

    def changed(n: int) -> int:
        other = [replace(interests[n], parked=False)] if interests[n].parked else []
        return _place(index, [*interests[:n], *other, *interests[n + 1 :]], item, hidden, turn, search_config)

    places = [(interest, changed(n)) for n, interest in enumerate(interests)]
    without, again = (tuple((i.key, p) for i, p in places if i.parked is parked) for parked in (False, True))
    place = _place(index, interests, item, hidden, turn, search_config)
    row = index.catalogue.row[item]
    gates = [i for i in interests if is_filter(i, index.schema) and not i.parked]
    blocking = [i.label for i in gates if not exact_filters([i], index.catalogue).allowed[row]] if not place else []
    return Counterfactual(pick, place, tuple(blocking), without, again, index.kinship.bonds(row))


def relaxations(index: Index, interests: Sequence[Interest], hidden: Collection[str] = ()) -> tuple[Relaxation, ...]:
    """For each gate that keeps anything out, how many items it alone costs; most first. Where nothing is left and no
    gate alone is the reason, the fewest that are it together. Degrees have made way, but for an order.

    What an approximate never costs is judged on the whole catalogue; on a sample of one of more than 10,000 items.
    """
    interests = _known(index, interests)
    bound = [i for i in interests if ordering(interests) or not is_degree(i, index.schema)]
    gates = [i for i in bound if is_filter(i, index.schema) and not i.parked]
    filters = exact_filters(gates, index.catalogue, hidden)
    phrases = [PhraseFilter(index, gate, filters.takes_in[gate.key]) for gate in filters.approximate]
    exact = [gate for gate in gates if gate not in filters.approximate]
    back = [_allowed(index, [o for o in gates if o != g], hidden) & ~filters.allowed for g in exact]
    if phrases:
        costs = _costs(index, phrases, [*back, filters.allowed])
    else:
        costs = [int(np.count_nonzero(mask)) for mask in back]
    found = [Relaxation(g.key, g.label, cost) for g, cost in zip([*exact, *filters.approximate], costs, strict=True)]
    found = [r for r in found if r.gains]
    found = found if found or filters.allowed.any() or phrases else _together(index, gates, hidden)
    return tuple(sorted(found, key=lambda r: -r.gains))


def _together(index: Index, gates: Sequence[Interest], hidden: Collection[str]) -> list[Relaxation]:
    """The fewest gates without which anything may be shown, in each way there is."""
    for size in range(2, min(_MOST_TOGETHER, len(gates)) + 1):
        parts = [(part, [g for g in gates if g not in part]) for part in combinations(gates[-_LAST:], size)]
        gains = [(part, int(np.count_nonzero(_allowed(index, rest, hidden)))) for part, rest in parts]
        if any(count for _, count in gains):
            return [
                Relaxation(part[0].key, ", ".join(g.label for g in part), count, tuple(g.key for g in part[1:]))
                for part, count in gains
                if count
            ]
    return []


def _costs(index: Index, phrases: Sequence[PhraseFilter], masks: Sequence[Mask]) -> list[int]:
    """How many of each but the last mask pass all phrases; and of the last, how many each phrase alone keeps out."""
    size = len(index.catalogue)
    rows = np.arange(0, size, -(-size // _JUDGED))
    rows = rows[np.logical_or.reduce(masks)[rows]]
    out = np.stack([phrase.keeps_out(rows) for phrase in phrases])
    alone = out & (out.sum(axis=0) == 1)
    passing = np.asarray(~out.any(axis=0))
    parts = [(mask, passing) for mask in masks[:-1]] + [(masks[-1], own) for own in alone]
    return [_scaled(mask, rows, chosen) for mask, chosen in parts]


def _scaled(mask: Mask, rows: Rows, chosen: Mask) -> int:
    """How many of a mask would be chosen, by the part of the judged rows in it that are; of none judged, all."""
    judged = mask[rows]
    part = chosen[judged].mean() if judged.any() else 1.0
    return round(float(part) * int(np.count_nonzero(mask)))


def _allowed(index: Index, gates: Sequence[Interest], hidden: Collection[str]) -> Mask:
    return exact_filters(gates, index.catalogue, hidden).allowed


def _known(index: Index, interests: Sequence[Interest]) -> list[Interest]:
    return [i for i in interests if can_place(index, i)]


def _place(
    index: Index,
    interests: Sequence[Interest],
    item: str,
    hidden: Collection[str],
    turn: int,
    search_config: SearchConfig | None,
) -> int:
    """1 + the number of items that may be shown and score higher; 0 if the item itself may not."""
    search_config = search_config or SearchConfig()
    filters = bounding(interests, index.catalogue, hidden, search_config.places)
    row = index.catalogue.row[item]
    if not filters.allowed[row]:
        return 0
    rows: Rows = np.flatnonzero(filters.allowed)
    composition = compose_for(index, interests, turn, search_config.composition_config)
    scores = index.products(rows, composition.vector[None, :])[:, 0] + index.boosts[rows]
    for names, factor in zip(composition.names, composition.factors, strict=True):
        scores = scores + factor * index.catalogue.bearing(names, rows)
    for interest, weight in zip(composition.interests, composition.weights, strict=True):
        if interest.facet == SUGGESTED:
            scores = scores + weight * matching(interest, index.catalogue)[rows]
    own = scores[int(np.searchsorted(rows, row))]
    return 1 + int((scores > own + 1e-6).sum())
