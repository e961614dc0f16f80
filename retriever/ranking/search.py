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
from .diversify import apart, aspects, diversify, next_after, reserve_places, titled
from .filters import Exclusion, Filters, PhraseFilter, exact_filters, matching
from .interest import OPEN, SUGGESTED, Interest, unnamed
from .ordering import FITS, counted, holding_all, in_order, is_degree, meant, ordering, tiers
from .reordering import CalibratedGenres, Floor, Reordered, genre_field, of_wants, reordered

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
    order = ordering(known)
    places = min(k, search_config.places)
    page = 1 if order else places
    filters = bounding(known, catalogue, hidden, page, within)
    composition = compose_for(
        index, known, turn, search_config.composition_config, [gate.value for gate in filters.approximate]
    )
    first = search_config.held_first and not order and unnamed(known) < _MOSTLY
    levels = tiers(known, catalogue) if first else np.zeros(len(catalogue))
    if order:
        phrases = [PhraseFilter(index, gate, filters.takes_in[gate.key]) for gate in filters.approximate]
        rows, approximate = in_order(order, catalogue, meant(known, catalogue, filters.allowed, places), phrases, k)
    else:
        rows, approximate = _passing(index, composition, filters, k, search_config, _best(levels, filters.allowed, k))
    table = contributions(composition, catalogue, index.layout, rows, index.vectors(rows), index.boosts[rows])
    scores = table.scores
    own = levels[rows] + (titled(known, catalogue, rows) if first else 0.0)
    counts = counted(known, catalogue)[rows] if first else own
    found = (
        Reordered(list(range(len(rows))))
        if order
        else _places(known, composition, table, rows, catalogue, k, search_config, own, counts)
    )
    kin = apart(
        known,
        index.kinship,
        rows,
        found.order,
        lambda n, other: bool(own[n] >= own[other] and scores[n] >= FITS * scores[other]),
        places,
        k,
        0 if order else search_config.most_alike,
    )
    picks = tuple(
        Pick(catalogue.items[rows[n]], float(scores[n]), table.of(n), found.lifted.get(n, ""), kin.instead.get(n))
        for n in kin.order[:k]
    )
    every = softmax_weights(interests, catalogue.schema, turn, search_config.composition_config)
    return Results(picks, tuple(map(float, every)), (*filters.excluded, *approximate))


def bounding(
    known: Sequence[Interest], catalogue: Catalogue, hidden: Collection[str], page: int, within: Mask | None = None
) -> Filters:
    """What may be shown. Degrees bound it only as long as a page can be filled with what holds all facts beside."""

    def of(some: Sequence[Interest]) -> Filters:
        filters = exact_filters(some, catalogue, hidden)
        return filters if within is None else replace(filters, allowed=filters.allowed & within)

    filters, firm = of(known), [i for i in known if not is_degree(i, catalogue.schema)]
    if len(firm) == len(known):
        return filters
    whole = filters.allowed & holding_all(known, catalogue)
    return filters if np.count_nonzero(whole) >= page else of(firm)


def _best(levels: Floats, allowed: Mask, k: int) -> list[Mask]:
    """The rows allowed that come first of all by tiers, fewer than k, and the next, of which some make k."""
    known = levels[allowed]
    if not len(known) or known.min() == known.max():
        return []
    least = np.partition(known, -min(k, len(known)))[-min(k, len(known))]
    masks = [levels > least, *([levels == least] if least > known.min() else [])]
    return [mask for mask in masks if (mask & allowed).any()]


def _places(
    known: Sequence[Interest],
    composition: Composition,
    table: Contributions,
    rows: Rows,
    catalogue: Catalogue,
    k: int,
    search_config: SearchConfig,
    levels: Floats,
    counts: Floats,
) -> Reordered:
    """The candidates in their places: first those that a model suggested, as far as they may lead; then by tiers; in
    each by score, with something for each interest; then as the
    owner's knobs have it, as far as every strong interest keeps its place."""
    matches, weights, known_values = aspects(known, composition, table, catalogue, rows)
    scores, places = table.composed, min(k, search_config.places)
    at = {int(row): n for n, row in enumerate(rows)}
    leading = [at[row] for row in suggested(composition.interests, catalogue).tolist() if row in at]
    order = leading[: int(search_config.suggested * places)]
    rest = np.setdiff1d(np.arange(len(rows)), order)
    for level in np.unique(levels[rest])[::-1]:
        members = rest[levels[rest] == level]
        free = places - len(order)
        if free <= 0:
            order += [int(n) for n in members[np.argsort(-scores[members], kind="stable")]]
            continue
        placed = diversify(scores[members], matches[members], weights, free, search_config.balance)
        order += [int(members[n]) for n in placed]
    current = _current(weights, known_values, search_config)

    def finished(order: Sequence[int]) -> list[int]:
        seats = reserve_places(order, scores, matches, places, current, counts) if search_config.balance > 0 else order
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
