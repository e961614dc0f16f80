"""One search: compose, gate, find candidates, score them exactly, diversify; what a model suggested comes first.

Knows nothing of how candidates are found (candidates), nor of conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Item, Mask, Rows
from ..catalogue.kinship import Bond
from ..index import Index
from .candidates import SearchConfig, candidates, suggested
from .composition import Composition, can_place, compose_for, softmax_weights
from .contributions import Contributions, Share, contributions
from .diversify import aspects, diversify, next_after, reserve_places
from .filters import Exclusion, Filters, PhraseFilter, exact_filters, matching
from .interest import OPEN, SUGGESTED, Interest, unnamed
from .ordering import FITS, apart, held, in_order, meant, ordering
from .reordering import CalibratedGenres, Floor, Reordered, genre_field, of_wants, reordered

_LEVELS = 2
_MOSTLY = 0.5
"""What holds the values asked for comes first only where they are most of what was asked for."""
_DEEPER = 4
"""How many times more are looked at where an approximate never has kept out too much of what was found."""


@dataclass(frozen=True, slots=True)
class Pick:
    """An item shown, its score, and the shares that sum to it. `lifted`: why the owner's knobs, which change no score,
    moved it up. `instead`: what binds those in whose place it stands, a series or a maker."""

    item: Item
    score: float
    shares: tuple[Share, ...]
    lifted: str = ""
    instead: Bond | None = None


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
    search_config: SearchConfig | None = None,
    within: Mask | None = None,
) -> Results:
    """The k best items for the interests at a turn, none of them in `hidden` (ids) or behind a gate.

    within: (n,), which rows of the catalogue may be shown at all. Interests that point to items or pictures that are
    not there are left out.
    """
    search_config = search_config or SearchConfig()
    catalogue = index.catalogue
    known = [i for i in interests if can_place(index, i)]
    filters = exact_filters(known, catalogue, hidden)
    if within is not None:
        filters = replace(filters, allowed=filters.allowed & within)
    composition = compose_for(
        index, known, turn, search_config.composition_config, [gate.value for gate in filters.approximate]
    )
    order = ordering(known)
    first = search_config.held_first and not order and unnamed(known) < _MOSTLY
    tiers = held(known, catalogue) if first else np.zeros(len(catalogue))
    if order:
        phrases = [PhraseFilter(index, gate, filters.takes_in[gate.key]) for gate in filters.approximate]
        rows, approximate = in_order(order, catalogue, meant(known, catalogue, filters.allowed, k), phrases, k)
    else:
        rows, approximate = _passing(index, composition, filters, k, search_config, _best(tiers, filters.allowed))
    table = contributions(composition, catalogue, index.layout, rows, index.vectors(rows), index.boosts[rows])
    scores = table.scores
    found = (
        Reordered(list(range(len(rows))))
        if order
        else _places(known, composition, table, rows, catalogue, k, search_config, tiers[rows])
    )
    kin = apart(
        known,
        index.kinship,
        rows,
        found.order,
        lambda n, other: bool(tiers[rows[n]] >= tiers[rows[other]] and scores[n] >= FITS * scores[other]),
        min(k, search_config.places),
        k,
        0 if order else search_config.most_alike,
    )
    picks = tuple(
        Pick(catalogue.items[rows[n]], float(scores[n]), table.of(n), found.lifted.get(n, ""), kin.instead.get(n))
        for n in kin.order[:k]
    )
    every = softmax_weights(interests, catalogue.schema, turn, search_config.composition_config)
    return Results(picks, tuple(map(float, every)), (*filters.excluded, *approximate))


def _best(tiers: Floats, allowed: Mask) -> list[Mask]:
    """The rows allowed that hold most of what is wanted, and those that hold the next most."""
    levels = np.unique(tiers[allowed])[::-1][:_LEVELS]
    return [tiers == level for level in levels if level > 0]


def _places(
    known: Sequence[Interest],
    composition: Composition,
    table: Contributions,
    rows: Rows,
    catalogue: Catalogue,
    k: int,
    search_config: SearchConfig,
    tiers: Floats,
) -> Reordered:
    """The candidates in their places: first those that a model suggested, as far as they may lead; then those that hold
    most of what is wanted; among those that hold as much by score, with something for each interest; then as the
    owner's knobs have it, as far as every strong interest keeps its place."""
    matches, weights, known_values = aspects(known, composition, table, catalogue, rows)
    scores, places = table.composed, min(k, search_config.places)
    at = {int(row): n for n, row in enumerate(rows)}
    leading = [at[row] for row in suggested(composition.interests, catalogue).tolist() if row in at]
    order = leading[: int(search_config.suggested * places)]
    rest = np.setdiff1d(np.arange(len(rows)), order)
    for tier in np.unique(tiers[rest])[::-1]:
        members = rest[tiers[rest] == tier]
        free = places - len(order)
        if free <= 0:
            order += [int(n) for n in members[np.argsort(-scores[members], kind="stable")]]
            continue
        placed = diversify(scores[members], matches[members], weights, free, search_config.balance)
        order += [int(members[n]) for n in placed]
    current = _current(weights, known_values, search_config)

    def finished(order: Sequence[int]) -> list[int]:
        seats = reserve_places(order, scores, matches, places, current) if search_config.balance > 0 else order
        return next_after(seats, leading, places)

    changed = _reordered(order, composition, scores, rows, catalogue, places, search_config)
    found = finished(changed.order)
    return Reordered(found, _higher(changed.lifted, finished(order), found[:places]))


def _current(weights: Floats, known_values: Mask, search_config: SearchConfig) -> list[int]:
    """The aspects that are sure of a place, the weightiest first."""
    least = search_config.current * weights.max(initial=0.0)
    return [int(n) for n in np.argsort(-weights) if known_values[n] and weights[n] >= least]


def _higher(lifted: Mapping[int, str], usual: Sequence[int], page: Sequence[int]) -> dict[int, str]:
    """Of what was lifted, what stands higher on the page than it would have."""
    return {n: lifted[n] for place, n in enumerate(page) if n in lifted and n not in usual[: place + 1]}


def _reordered(
    order: list[int],
    composition: Composition,
    scores: Floats,
    rows: Rows,
    catalogue: Catalogue,
    places: int,
    search_config: SearchConfig,
) -> Reordered:
    if search_config.calibration == 0 and search_config.exposure == 0:
        return Reordered(order)
    field = search_config.calibrated or genre_field(catalogue.schema)
    weighed = zip(composition.interests, composition.weights, strict=True)
    wants = [(i, float(w)) for i, w in weighed if w > 0 and i.facet not in (OPEN, SUGGESTED)]
    taste = of_wants(catalogue, field, ((np.flatnonzero(matching(i, catalogue)), w) for i, w in wants))
    genres = CalibratedGenres(field, taste, search_config.calibration)
    floor = Floor(frozenset(search_config.least_shown), search_config.exposure)
    return reordered(order, scores, rows, catalogue, places, genres, floor)


def _passing(
    index: Index,
    composition: Composition,
    filters: Filters,
    k: int,
    search_config: SearchConfig,
    masks: Sequence[Mask] = (),
) -> tuple[Rows, tuple[Exclusion, ...]]:
    """The candidates that pass all gates, and what the approximate ones kept out of those that were looked at.

    Where they keep out so much of a lane that the best of it may not be among the rest, the next are looked at, more
    each time, until there are enough or nothing is left: what is judged in all is at most 4/3 of the last time.
    """
    phrases = [PhraseFilter(index, gate, filters.takes_in[gate.key]) for gate in filters.approximate]
    allowed, depth, counts = filters.allowed.copy(), max(k, 1), [0] * len(phrases)
    while True:
        lanes = candidates(index, composition, allowed, depth, search_config)
        for mask in masks:
            lanes += candidates(index, composition, allowed & mask, depth, search_config)
        rows, left = np.unique(np.concatenate(lanes)), int(np.count_nonzero(allowed))
        whole = len(rows) == left
        for n, phrase in enumerate(phrases):
            out = phrase.keeps_out(rows)
            counts[n] += int(out.sum())
            allowed[rows[out]] = False
            rows = rows[~out]
        if whole or all(allowed[lane].sum() >= min(k, len(lane) // 2) for lane in lanes):
            kept_out = zip(phrases, counts, strict=True)
            return rows, tuple(phrase.excluded(count) for phrase, count in kept_out)
        depth *= _DEEPER
