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

_LISTED = 4000
"""Chroma takes at most a few thousand ids to choose from."""


@dataclass(frozen=True, slots=True)
class Searching:
    """The knobs of a search. depth: candidates of the composed lane; lane_depth: of each interest's own lane; lanes:
    how many interests get one; scan: when gates leave at most so many items, all of them are scored instead; named:
    how many items beyond the composed lane that bear wanted names are added; places, balance: see `cover`."""

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
    rows, vectors = _candidates(index, composition, gates, k, searching)
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
    index: Index, composition: Composition, gates: Gates, k: int, searching: Searching
) -> tuple[Rows, Vectors]:
    """Rows that may be shown and their vectors: all of them if few, else the nearest along every lane.

    Lanes leave the identity block out: names are known exactly in memory, and their signatures' noise would drown the
    rest of the score.
    """
    allowed = np.flatnonzero(gates.allowed)
    if len(allowed) <= searching.scan:
        return allowed, index.vectors(allowed)
    rest, alone = composition.vector[None, :].copy(), composition.placed.copy()
    for name in index.layout.of("identity"):
        rest[:, index.layout.slices[name]] = alone[:, index.layout.slices[name]] = 0
    lift = _lift(composition, index.catalogue)
    rows, scores = _deep_enough(index, rest, max(searching.depth, 4 * k), gates.allowed & (lift >= 0))
    found = [rows]
    strongest = np.argsort(-composition.weights, kind="stable")[: searching.lanes]
    lanes = [n for n in strongest if composition.weights[n] > 0 and not _is_name(composition, n)]
    if lanes and len(composition.weights) > 1:
        found += [rows for rows, _ in index.query(alone[lanes], searching.lane_depth)]
    found += _risen(index, rest, lift, rows, scores, gates.allowed, k, searching)
    found += _bearers(index, rest, composition, gates.allowed, rows, searching)
    rows = np.unique(np.concatenate(found))
    rows = rows[gates.allowed[rows]]
    return rows, index.vectors(rows)


def _is_name(composition: Composition, n: int) -> bool:
    return composition.factors[n] != 0 and composition.interests[n].facet != MENTION


def _lift(composition: Composition, catalogue: Catalogue) -> Floats:
    """What its names add to the score of each item of the catalogue."""
    lift = np.zeros(len(catalogue))
    for names, factor in zip(composition.names, composition.factors, strict=True):
        for name in names:
            lift[catalogue.names.get(name, [])] += factor
    return lift


def _deep_enough(index: Index, query: Vectors, depth: int, mask: Mask) -> tuple[Rows, Floats]:
    """Asks for more until `depth` of the found are in the mask, starting from what the mask's selectivity suggests."""
    count = min(len(mask), int(1.2 * depth * len(mask) / max(1, int(mask.sum()))))
    while True:
        rows, scores = index.query(query, count)[0]
        if count >= len(mask) or int(mask[rows].sum()) >= min(depth, int(mask.sum())):
            return rows, scores
        count = min(len(mask), 4 * count)


def _risen(
    index: Index, rest: Vectors, lift: Floats, rows: Rows, scores: Floats, allowed: Mask, k: int, searching: Searching
) -> list[Rows]:
    """Items beyond the end of the composed lane that their names could lift among the k best, the nearest of them.

    The threshold algorithm (Fagin, Lotem and Naor, "Optimal aggregation algorithms for middleware", PODS 2001): an item
    not found scores at most the lane's last score plus its lift.
    """
    shown = allowed[rows]
    best = np.sort(scores[shown] + lift[rows[shown]])[-k:]
    bar = best[0] - scores.min() if len(best) else 0.0
    could = allowed & (lift > 0) & (lift >= bar)
    could[rows] = False
    highest = np.flatnonzero(could)
    highest = highest[np.argsort(-lift[highest], kind="stable")][: searching.lane_depth]
    return [highest, _nearest(index, rest, searching.named, could)]


def _bearers(
    index: Index, rest: Vectors, composition: Composition, allowed: Mask, rows: Rows, searching: Searching
) -> list[Rows]:
    """For each wanted name that the composed lane has too few bearers of, the nearest that bear it."""
    found = []
    for interest, factor in zip(composition.interests, composition.factors, strict=True):
        mask = allowed & index.catalogue.holding(interest.facet, interest.value)
        if factor > 0 and interest.facet != MENTION and int(mask[rows].sum()) < searching.places:
            found.append(_nearest(index, rest, searching.lane_depth, mask))
    return found


def _nearest(index: Index, query: Vectors, count: int, mask: Mask) -> Rows:
    """The rows of the mask, or if they are many those nearest to the query."""
    rows = np.flatnonzero(mask)
    if len(rows) <= count:
        return rows
    if len(rows) <= _LISTED:
        return index.query(query, count, rows)[0][0]
    return _deep_enough(index, query, count, mask)[0]


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
