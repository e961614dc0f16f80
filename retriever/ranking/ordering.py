"""Picks in the order of a number: "the cheapest", "the newest"; and what is wanted as far as it bears on their places.

Scores and shares stay what they are. An order is within what is wanted: of the items that hold the values asked for,
and the words where any does. Knows nothing of conversations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Mask, Rows, normalise
from ..catalogue.kinship import BRAND, MAKER, SERIES, VERSION, Bond, BondKind, Kinship, says_edition
from .filters import Exclusion, PhraseFilter, matching
from .interest import HIGHEST, LOWEST, MENTION, OPEN, Interest, alternatives, is_order, limit_of, nearness, order_from
from .reordering import Bounds, Fits, Spread, spread

FITS = 0.5
"""What has at least this part of the score of another fits as well, and may take its place."""
_DEEPER = 4
_FIRM = 0.9
_FADES = 0.6
_LONGEST_PHRASE = 3
_PHRASE = 0.5
"""A stronger open interest is a whole message, whose words need not be those of items."""
_COMMON = 0.3
"""A word in more of the items than this does not tell them apart."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def ordering(interests: Sequence[Interest]) -> Interest | None:
    """The order that was asked for last."""
    return next((i for i in reversed(interests) if is_order(i) and not i.parked), None)


def meant(interests: Sequence[Interest], catalogue: Catalogue, allowed: Mask, k: int) -> Mask:
    """Which of the rows allowed an order is among: those that hold a wanted value of each facet, as far as any
    does, and the words asked for, as far as k do."""
    wants: dict[str, list[Interest]] = {}
    for interest in interests:
        if interest.level == "want" and not interest.parked and not is_order(interest):
            wants.setdefault(interest.facet, []).append(interest)
    for facet, several in wants.items():
        if facet == MENTION or catalogue.schema.kind(facet) == "number":
            continue
        masks = [
            _saying(i, catalogue, allowed) if facet == OPEN else catalogue.holding(facet, i.value) for i in several
        ]
        if facet == OPEN:
            for mask in masks:
                allowed = allowed & mask if np.count_nonzero(allowed & mask) >= k else allowed
        elif (held := allowed & np.logical_or.reduce(masks)).any():
            allowed = held
    return allowed


def held(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """How much of what is wanted each row holds, shape (n,): wishes of the last turn that has any count 1, older
    ones less.

    A facet of which items hold one value counts once, whichever of the wanted values it is; of others each value
    counts, but of several that the same words stand for only one. What is of longer standing, guessed, or wished for
    only a little moves scores, and is not what is asked for.
    """
    wants = [
        i
        for i in interests
        if i.level == "want"
        and not i.parked
        and i.source != "profile"
        and i.strength >= _FIRM
        and (catalogue.schema.kind(i.facet) in ("facet", "name") or (i.facet == MENTION and i.items))
    ]
    last = max((i.turn for i in wants), default=0)
    found: dict[tuple[str, str], Floats] = {}
    for interest, many in zip(wants, alternatives(wants), strict=True):
        said = interest.quote if many > 1 else interest.value
        key = (interest.facet, said if interest.facet in catalogue.several else "")
        counts = _FADES ** (last - interest.turn) * matching(interest, catalogue)
        found[key] = np.maximum(found.get(key, 0.0), counts)
    return np.round(sum(found.values(), start=np.zeros(len(catalogue))), 6)


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


def _saying(interest: Interest, catalogue: Catalogue, allowed: Mask) -> Mask:
    """Which rows have a word of a phrase that tells items apart."""
    none = np.zeros(len(catalogue), dtype=bool)
    words = _WORD.findall(normalise(interest.value))
    if not words or len(interest.value.split()) > _LONGEST_PHRASE or interest.strength > _PHRASE:
        return none
    rows = np.flatnonzero(allowed)
    said = re.compile("|".join(rf"\b{re.escape(word.rstrip('s'))}" for word in words))
    none[[row for row in rows if said.search(catalogue.words(int(row)))]] = True
    return none if none.sum() <= _COMMON * len(rows) else np.zeros_like(none)


def in_order(
    order: Interest, catalogue: Catalogue, allowed: Mask, phrases: Sequence[PhraseFilter], k: int
) -> tuple[Rows, tuple[Exclusion, ...]]:
    """The first k rows by a number, the unknown left out, and what approximate nevers kept out of those looked at."""
    rows = np.flatnonzero(allowed & ~np.isnan(catalogue.numbers[order.facet]))
    keys = _keys(order, catalogue, rows)
    end, place = order_from(order.value) or (HIGHEST, 1)
    rows = rows[np.argsort(keys if end == LOWEST else -keys, kind="stable")][place - 1 :]
    counts = [0] * len(phrases)
    if phrases:
        rows = rows[: _DEEPER * k]
    for n, phrase in enumerate(phrases):
        out = phrase.keeps_out(rows)
        counts[n] = int(out.sum())
        rows = rows[~out]
    kept_out = zip(phrases, counts, strict=True)
    return rows[:k], tuple(phrase.excluded(count) for phrase, count in kept_out)


def _keys(order: Interest, catalogue: Catalogue, rows: Rows) -> Floats:
    """What rows are ordered by: of dates the day, and not only the year; of nearness how far they are, the nearest the
    highest."""
    if (number := nearness(order.value)) is not None:
        return -np.abs(catalogue.numbers[order.facet][rows] - number)
    field = catalogue.schema.field(order.facet)
    if field is None or field.unit != "date":
        return catalogue.numbers[order.facet][rows]
    dates = (str(catalogue.items[row].fields[order.facet]) for row in rows)
    return np.array([float(date.replace("-", "").ljust(8, "0")) for date in dates])
