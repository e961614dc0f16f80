"""Decides the places: the best items, but so that every strong interest finds itself on the page.

Explicit diversification by interests (xQuAD; Santos, Macdonald and Ounis, "Exploiting query reformulations for web
search result diversification", WWW 2010). The scores are not changed, only the order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Mask, Rows, normalise, terms
from ..catalogue.kinship import BRAND, MAKER, SERIES, VERSION, Bond, BondKind, Kinship, says_edition
from .composition import Composition
from .contributions import Contributions
from .interest import MENTION, OPEN, SUGGESTED, Interest, alternatives, limit_of
from .ordering import BESIDE, COMMON, PHRASE
from .reordering import Bounds, Fits, Spread, spread

_MOST_TITLED = 3
_SAMPLE = 1000
"""So many titles tell how common a word is."""


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
    order: Sequence[int],
    scores: Floats,
    matches: Floats,
    places: int,
    wanted: Sequence[int],
    counts: Floats | None = None,
) -> list[int]:
    """The order with an item on the first `places` for each of the `wanted` columns of matches that it fully satisfies.

    Takes in the best such item, and the one that satisfies most of what is missing, for the lowest in the lower half of
    the places that nothing hangs on; gives up where there is none, or only one with fewer facts (counts, (n,)).
    Beyond the places the order is that of the scores.
    """
    counts = np.zeros(len(scores)) if counts is None else counts
    seats = list(order[:places])
    for column in wanted:
        if not len(seats) or (matches[seats, column] >= 1).any():
            continue
        others = np.setdiff1d(np.flatnonzero(matches[:, column] >= 1), seats)
        free = [p for p in range(len(seats) // 2, len(seats)) if not _hangs_on(p, seats, matches, wanted)]
        others = others[counts[others] >= counts[seats[free[-1]]]] if free else others[:0]
        if not len(others):
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


def aspects(
    interests: Sequence[Interest], composition: Composition, table: Contributions, catalogue: Catalogue, rows: Rows
) -> tuple[Floats, Floats, Mask]:
    """What `diversify` must cover: each want, and each of several wanted categories. Matches (n, m), weights (m,), and
    which are of values that some candidate holds (m,).

    An item satisfies an interest if it holds the value; where no item does, by its share among the candidates, squared.
    """
    moving = [interest.facet != SUGGESTED for interest in composition.interests]
    wants = [n for n, weight in enumerate(composition.weights) if weight > 0 and moving[n]]
    # Beside what was said, what is of longer standing moves scores and has no place of its own.
    said = [n for n in wants if composition.interests[n].source != "profile"]
    wants = said or wants
    columns, weights, known = list[Floats](), list[float](), list[bool]()
    for several in _wishes([composition.interests[n] for n in wants]):
        members = [wants[n] for n in several]
        masks = [catalogue.held(i.facet, i.value, rows) for i in (composition.interests[n] for n in members)]
        held = np.logical_or.reduce(masks)
        known.append(bool(held.any()))
        likeness = table.values[:, members, :].sum(axis=(1, 2))
        columns.append(held.astype(float) if held.any() else _scaled(likeness) ** 2)
        weights.append(float(composition.weights[members].sum()))
    categories = [i for i in interests if catalogue.schema.kind(i.facet) == "category" and i.level == "want"]
    if len(categories) > 1:
        columns += [catalogue.held(i.facet, i.value, rows).astype(float) for i in categories]
        weights += [1 / len(categories)] * len(categories)
        known += [True] * len(categories)
    matches = np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0))
    return matches, np.array(weights) / max(1.0, sum(weights)), np.array(known, dtype=bool)


def _wishes(wants: Sequence[Interest]) -> list[list[int]]:
    """Which of the wants are one wish: alternatives that the same words stand for."""
    found: dict[object, list[int]] = {}
    for n, (interest, many) in enumerate(zip(wants, alternatives(wants), strict=True)):
        found.setdefault((interest.facet, interest.quote, interest.turn) if many > 1 else n, []).append(n)
    return list(found.values())


def _scaled(values: Floats) -> Floats:
    if not len(values):
        return values
    spread = float(values.max() - values.min())
    return np.asarray((values - values.min()) / spread) if spread > 0 else np.ones_like(values)


def apart(
    interests: Sequence[Interest],
    kinship: Kinship,
    rows: Rows,
    order: Sequence[int],
    fits: Fits,
    places: int,
    count: int,
    most: int,
) -> Spread:
    """The order of candidates (numbers into rows (n,)), on whose pages no series and no maker has more than `most`
    places (0: any number) where others fit as well; or more than the person said, whatever else there is."""
    bounds = _bounds(interests, most)
    if not bounds.most:
        return Spread(list(order))
    bonds = _bounded(interests, kinship, bounds.said)
    return spread(order, lambda n: bonds(int(rows[n])), bounds, fits, places, count)


def _bounds(interests: Sequence[Interest], most: int) -> Bounds:
    """How many picks of one kin a page has: of a series and by a maker `most` (0: any number), of a work one version;
    and as the person said."""
    usual: dict[BondKind, int] = {VERSION: 1, SERIES: most, MAKER: most} if most else {}
    said = dict(limit for i in interests if not i.parked and (limit := limit_of(i)))
    said |= {BRAND: said[MAKER]} if MAKER in said else {}
    return Bounds(usual | said, frozenset(said))


def _bounded(
    interests: Sequence[Interest], kinship: Kinship, said: Collection[BondKind]
) -> Callable[[int], list[Bond]]:
    """For a row what binds its item and is bounded: no series, maker or edition that was asked for, unless the person
    `said` how many there may be of one."""
    wants = [i for i in interests if i.level == "want" and not i.parked and i.source != "profile"]
    series = np.zeros(len(kinship.catalogue), dtype=bool)
    for i in wants:
        if i.facet in kinship.fields.series:
            series |= kinship.catalogue.holding(i.facet, i.value)
        elif i.facet == MENTION and i.items:
            series[[kinship.catalogue.row[item] for item in i.items if item in kinship.catalogue.row]] = True
    makers = {normalise(i.value) for i in wants if i.facet in kinship.fields.makers}
    edition = any(says_edition(i.value) for i in wants if i.facet in (OPEN, MENTION))

    def is_asked_for(bond: Bond, row: int) -> bool:
        if bond.kind == VERSION:
            return edition
        return bool(series[row]) or (bond.kind in (MAKER, BRAND) and bond.key in makers)

    def bonds(row: int) -> list[Bond]:
        return [bond for bond in kinship.bonds(row) if bond.kind in said or not is_asked_for(bond, row)]

    return bonds


def titled(interests: Sequence[Interest], catalogue: Catalogue, rows: Rows) -> Floats:
    """What it adds to the tiers of these rows, shape (len(rows),), that their titles say words of the person's own
    which few titles say."""
    found = np.zeros(len(rows))
    for interest in interests:
        words = terms(interest.value) if _is_phrase(interest) else ()
        if words and _are_rare(words, catalogue):
            found += np.isin(rows, catalogue.saying(words))
    return np.asarray(BESIDE * np.minimum(found, _MOST_TITLED))


def _is_phrase(interest: Interest) -> bool:
    own = interest.facet == OPEN and interest.level == "want" and not interest.parked
    return own and interest.source == "message" and interest.strength <= PHRASE


def _are_rare(words: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether few titles say all of the words, by a sample."""
    titles = [item.title.casefold() for item in catalogue.items[:: len(catalogue) // _SAMPLE + 1]]
    return sum(all(word in title for word in words) for title in titles) <= COMMON * len(titles)
