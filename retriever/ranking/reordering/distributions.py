"""Distributions over genres: of an item, of what is wanted, and how far one is from another.

Steck, "Calibrated recommendations" (RecSys 2018): the genres of a page should stand in the proportions of a taste. A
taste is here that of the items that hold what is wanted. Knows no order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

from ...catalogue import Catalogue, Item, Rows, Schema

Distribution = Mapping[str, float]
"""Values of a field, with parts that sum to 1; empty where nothing is known."""

SMOOTHING = 0.01
"""Steck's alpha: so much of the taste is mixed into a page, so that the divergence is finite."""
_MOST_HOLDERS = 1000
"""So many of the items that hold a value tell what they are like."""
_GENRES = re.compile(r"genre|categor|style|subject|题材|类型", re.I)


def genre_field(schema: Schema) -> str:
    """The facet that says of which genre an item is, by its name; else the first facet; empty if there is none."""
    facets = schema.of("facet")
    return next((name for name in facets if _GENRES.search(name)), facets[0] if facets else "")


def of_item(item: Item, field: str) -> Distribution:
    """p(g|i): each of an item's values as much."""
    values = item.values(field)
    return dict.fromkeys(values, 1 / len(values)) if values else {}


def of_wants(catalogue: Catalogue, field: str, wants: Iterable[tuple[Rows, float]]) -> Distribution:
    """p(g|u): for each want the rows that hold it, and its weight. Each want says what its holders are on average."""
    return mixed((_of_rows(catalogue, field, rows), weight) for rows, weight in wants)


def _of_rows(catalogue: Catalogue, field: str, rows: Rows) -> Distribution:
    some = rows[:: -(-len(rows) // _MOST_HOLDERS)] if len(rows) else rows
    return mixed((of_item(catalogue.items[row], field), 1.0) for row in some)


def mixed(parts: Iterable[tuple[Distribution, float]]) -> Distribution:
    """The weighted mean of those that are known."""
    sums: dict[str, float] = {}
    for part, weight in parts:
        for value, share in part.items():
            sums[value] = sums.get(value, 0.0) + weight * share
    whole = sum(sums.values())
    return {value: share / whole for value, share in sums.items()} if whole > 0 else {}


def divergence(taste: Distribution, shown: Distribution) -> float:
    """Steck's C_KL, in nats: sum_g p(g) log(p(g) / q'(g)) with q' = (1 - alpha) q + alpha p; 0 where they agree."""
    smoothed = ((p, (1 - SMOOTHING) * shown.get(g, 0.0) + SMOOTHING * p) for g, p in taste.items() if p > 0)
    return sum(p * math.log(p / q) for p, q in smoothed)
