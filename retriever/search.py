"""One search: compose, ask Chroma along several lanes, gate, re-score exactly, cover.

Lanes are query vectors that go to Chroma in one call: the composed vector, and each strong interest alone, so that the
candidates hold something for each of them. Knows nothing of conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from .blocks import names_of
from .catalogue import Catalogue, Mask, Rows
from .compose import Composing, Composition, Mentioned, compose, is_gate, softmax_weights
from .cover import Floats, cover
from .encoder import Vectors
from .gates import Exclusion, Gates, approximate_gate, exact_gates
from .index import Index
from .interest import MENTION, Interest
from .item import Item
from .shares import Share, ShareTable, share_table


@dataclass(frozen=True, slots=True)
class Searching:
    """The knobs of a search. depth: candidates of the composed lane; lane_depth: of each interest's own lane; lanes: how
    many interests get one; scan: when gates leave at most so many items, all of them are scored instead; named: items
    bearing a wanted name that are added outright; places, balance: see `cover`."""

    depth: int = 200
    lane_depth: int = 50
    lanes: int = 6
    scan: int = 1000
    named: int = 200
    places: int = 10
    balance: float = 0.3
    composing: Composing = field(default_factory=Composing)


@dataclass(frozen=True, slots=True)
class Pick:
    """An item shown, its score, and the shares that sum to it."""

    item: Item
    score: float
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Picks in their places, the weight of each interest as asked, and what the gates excluded."""

    picks: tuple[Pick, ...]
    weights: tuple[float, ...]
    excluded: tuple[Exclusion, ...]


def search(
    index: Index,
    interests: Sequence[Interest],
    k: int = 10,
    hidden: Collection[str] = (),
    turn: int = 0,
    searching: Searching | None = None,
) -> Results:
    """The k best items for the interests at a turn, none of them in `hidden` (ids) or behind a gate.

    Interests that point to items the catalogue does not hold are left out.
    """
    searching = searching or Searching()
    catalogue = index.catalogue
    known = [i for i in interests if i.facet != MENTION or i.item in catalogue.row]
    gates = exact_gates(known, catalogue, hidden)
    composition = _compose(index, known, gates, turn, searching.composing)
    rows, vectors = _candidates(index, composition, gates, max(searching.depth, 4 * k), searching)
    rows, vectors, approximate = _drop_approximate(index, gates, rows, vectors)
    table = share_table(composition, catalogue, index.layout, rows, vectors)
    scores = table.scores
    matches, weights = _aspects(known, composition, table, catalogue, rows)
    order = cover(scores, matches, weights, min(k, searching.places), searching.balance)[:k]
    picks = tuple(Pick(catalogue.items[rows[n]], float(scores[n]), table.of(n)) for n in order)
    every = softmax_weights(interests, catalogue.schema, turn, searching.composing)
    return Results(picks, tuple(map(float, every)), (*gates.excluded, *approximate))


def _compose(index: Index, interests: Sequence[Interest], gates: Gates, turn: int, composing: Composing) -> Composition:
    """Composes; everything that is new to the encoder, the approximate nevers too, goes to it in one batch."""
    texts = [i.value for i in interests if i.facet != MENTION and not is_gate(i, index.schema) and not i.parked]
    index.encoder.encode([*texts, *(gate.value for gate in gates.approximate)])
    ids = list(dict.fromkeys(i.item for i in interests if i.facet == MENTION and i.level != "never"))
    rows = [index.catalogue.row[name] for name in ids]
    vectors = index.vectors(rows)
    mentioned = {
        name: Mentioned(vector, names_of(index.catalogue.get(name), index.schema))
        for name, vector in zip(ids, vectors, strict=True)
    }
    return compose(interests, index.schema, index.layout, index.encoder, mentioned, turn, composing)


def _candidates(
    index: Index, composition: Composition, gates: Gates, depth: int, searching: Searching
) -> tuple[Rows, Vectors]:
    """Rows that may be shown and their vectors: all of them if few, else the nearest along every lane."""
    allowed = np.flatnonzero(gates.allowed)
    if len(allowed) <= searching.scan:
        return allowed, index.vectors(allowed)
    lanes = composition.vector[None, :]
    strongest = np.argsort(-composition.weights, kind="stable")[: searching.lanes]
    alone = composition.placed[[n for n in strongest if composition.weights[n] > 0]]
    found = _deep_enough(index, lanes, depth, gates.allowed)
    if len(alone) > 1:
        found += index.query(alone, searching.lane_depth)
    named = _named(index.catalogue, composition, gates.allowed, searching.named)
    if len(named):
        found.append((named, index.vectors(named)))
    rows = np.concatenate([rows for rows, _ in found])
    rows, first = np.unique(rows, return_index=True)
    vectors = np.concatenate([vectors for _, vectors in found])[first]
    keep = gates.allowed[rows]
    return rows[keep], vectors[keep]


def _deep_enough(index: Index, query: Vectors, depth: int, allowed: Mask) -> list[tuple[Rows, Vectors]]:
    """Asks for more until `depth` of the found may be shown, starting from what the gates' selectivity suggests."""
    count = min(len(allowed), int(1.2 * depth * len(allowed) / max(1, int(allowed.sum()))))
    while True:
        found = index.query(query, count)
        enough = int(allowed[found[0][0]].sum()) >= min(depth, int(allowed.sum()))
        if enough or count >= len(allowed):
            return found
        count = min(len(allowed), 4 * count)


def _named(catalogue: Catalogue, composition: Composition, allowed: Mask, limit: int) -> Rows:
    """Items that bear a wanted name: the identity block finds most of them, the names in memory all."""
    wanted = [names for names, factor in zip(composition.names, composition.factors, strict=True) if factor > 0]
    rows = [catalogue.names[name][:limit] for names in wanted for name in names if name in catalogue.names]
    found = np.unique(np.concatenate(rows)) if rows else np.zeros(0, dtype=np.int64)
    return found[allowed[found]]


def _drop_approximate(
    index: Index, gates: Gates, rows: Rows, vectors: Vectors
) -> tuple[Rows, Vectors, tuple[Exclusion, ...]]:
    excluded = []
    for gate in gates.approximate:
        vector = index.encoder.encode([gate.value])[0]
        out = approximate_gate(gate, vector, index.catalogue, index.layout, rows, vectors)
        excluded.append(Exclusion(gate.label, int(out.sum()), approximate=True))
        rows, vectors = rows[~out], vectors[~out]
    return rows, vectors, tuple(excluded)


def _aspects(
    interests: Sequence[Interest], composition: Composition, table: ShareTable, catalogue: Catalogue, rows: Rows
) -> tuple[Floats, Floats]:
    """What `cover` must cover: each want, and each of several wanted categories. Matches (n, m) and weights (m,).

    An item satisfies an interest if it holds the value; where no item does, by its share among the candidates, squared.
    """
    wants = [n for n, weight in enumerate(composition.weights) if weight > 0]
    columns, weights = [], [float(composition.weights[n]) for n in wants]
    for n in wants:
        held = catalogue.holding((interest := composition.interests[n]).facet, interest.value)[rows]
        columns.append(held.astype(float) if held.any() else _scaled(table.values[:, n, :].sum(axis=1)) ** 2)
    categories = [i for i in interests if catalogue.schema.kind(i.facet) == "category" and i.level == "want"]
    if len(categories) > 1:
        columns += [catalogue.holding(i.facet, i.value)[rows].astype(float) for i in categories]
        weights += [1 / len(categories)] * len(categories)
    matches = np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0))
    return matches, np.array(weights) / max(1.0, sum(weights))


def _scaled(values: Floats) -> Floats:
    if not len(values):
        return values
    spread = float(values.max() - values.min())
    return np.asarray((values - values.min()) / spread) if spread > 0 else np.ones_like(values)
