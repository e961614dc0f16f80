"""Picks in the order of a number: "the cheapest", "the newest"; and what is wanted as far as it bears on their places.

Scores and shares stay what they are. An order is within what is wanted: of the items that hold the values asked for,
and the words where any does. Knows nothing of conversations.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Mask, Rows, Schema, normalise, terms
from .filters import Exclusion, PhraseFilter, matching
from .interest import (
    FIRM,
    HIGHEST,
    LOWEST,
    MENTION,
    OPEN,
    Interest,
    alternatives,
    is_order,
    is_range,
    nearness,
    order_from,
    parse_range,
)

FITS = 0.5
"""What has at least this part of the score of another fits as well, and may take its place."""
DEGREE = 0.7
"""The strength of a range whose bound the catalogue gave and not the person: "cheap", "well rated"."""

_DEEPER = 4
_FADES = 0.6
_OUTRANKS = 0.001
"""What a fact counts more than the one that it outranks."""
_STOP = re.compile(r"[,;:.!?–—，；。：！？]+")
BESIDE = 0.0001
"""What a degree, or what would only be nice to have, counts beside facts."""
_MOST_BESIDE, _LONGEST_PHRASE = 6, 3
PHRASE = 0.5
"""A stronger open interest is a whole message, whose words need not be those of items."""
COMMON = 0.3
"""A word in more of the items than this does not tell them apart."""
_WORD = re.compile(r"[^\W\d_]{4,}")


def ordering(interests: Sequence[Interest]) -> Interest | None:
    """The order that was asked for last."""
    return next((i for i in reversed(interests) if is_order(i) and not i.parked), None)


def meant(interests: Sequence[Interest], catalogue: Catalogue, allowed: Mask, k: int) -> Mask:
    """Which of the rows allowed an order is among: those that lack what is wanted of the fewest fields, and that say
    the words asked for, as far as a page of k that have a place in the order do, or the titles of most of one."""
    order = ordering(interests)
    placed = ~np.isnan(catalogue.numbers[order.facet]) if order and order.facet in catalogue.numbers else True
    facts = _facts(interests, catalogue)
    levels = sum(_by_field(facts).values(), np.zeros(len(catalogue)))
    levels = np.round(levels + _outranking(facts, interests, catalogue), 3)
    allowed = allowed & (levels >= levels[allowed].max(initial=-np.inf))
    for i in (i for i in interests if i.level == "want" and not i.parked and not is_order(i)):
        if i.facet == OPEN:
            allowed = _said_of(i, catalogue, allowed, placed, k)
        elif i.strength < FIRM and _is_of_values(i, catalogue) and (allowed & placed & matching(i, catalogue)).any():
            allowed = allowed & matching(i, catalogue)
    return allowed


def is_degree(interest: Interest, schema: Schema) -> bool:
    """Whether a wanted range says how much of something there should be, and bounds nothing: it makes way for facts."""
    said = interest.level == "want" and interest.strength < FIRM and interest.source != "profile"
    return said and schema.kind(interest.facet) == "number" and is_range(interest.value)


def held(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """How many of the facts that are wanted each row holds, shape (n,): those of the last turn that has any count 1,
    older ones less; what a thing is, by a field of one value, keeps a turn longer than its traits.

    A facet of which items hold one value counts once, whichever of the wanted values it is; of others each value
    counts, but of several that the same words stand for, or that are said as a choice, only one. What is of longer
    standing, guessed, or wished for only a little is no fact.
    """
    return np.asarray(np.round(sum(_facts(interests, catalogue).values(), np.zeros(len(catalogue))), 6))


def counted(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """How many facts each row holds, shape (n,), however long ago they were said."""
    return sum(((facts > 0).astype(float) for facts in _facts(interests, catalogue).values()), np.zeros(len(catalogue)))


def holding_all(interests: Sequence[Interest], catalogue: Catalogue) -> Mask:
    """Which rows hold every fact that is wanted, shape (n,)."""
    every = [counts > 0 for counts in _facts(interests, catalogue).values()]
    return np.asarray(np.logical_and.reduce(every), dtype=bool) if every else np.ones(len(catalogue), dtype=bool)


def tiers(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """What comes before what, whatever their scores, shape (n,): the rows that lack the fewest facts, and of those that
    lack as many first what lacks a fact that others outrank; what is wanted less is a fact that should be lacking. Then
    by degrees, and by what would only be nice to have, as far as it is wished for."""
    degrees = (i for i in interests if is_degree(i, catalogue.schema) and not i.parked)
    beside: list[Floats] = [_nearness(i, interests, catalogue) for i in degrees]
    hopes = (i for i in interests if _is_of_values(i, catalogue) and i.level == "want" and i.strength < FIRM)
    beside += [i.strength * matching(i, catalogue).astype(float) for i in hopes]
    least = np.minimum(sum(beside, np.zeros(len(catalogue))), _MOST_BESIDE)
    return np.asarray(_levels(interests, catalogue) + BESIDE * least)


def _levels(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """The tiers by facts alone, shape (n,)."""
    facts = _facts(interests, catalogue)
    counts = sum(facts.values(), np.zeros(len(catalogue))) - avoided(interests, catalogue)
    return np.asarray(np.round(counts + _outranking(facts, interests, catalogue), 3))


def _outranking(facts: Mapping[tuple[str, str], Floats], interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """What tells apart rows that lack as many facts, shape (n,): more for those of a field that outranks others. One of
    which items hold a single value, and so are of that place, make or kind, outranks one of many traits; then one that
    was named in an earlier part of the sentence; then one of which fewer rows have what is wanted."""
    fields, found = _by_field(facts), np.zeros(len(catalogue))
    parts = {i.facet: _part(i, interests) for i in reversed(interests)}
    order = sorted(fields, key=lambda name: (name in catalogue.several, parts[name], int(fields[name].sum())))
    for n, name in enumerate(reversed(order), start=1):
        found += n * _OUTRANKS * fields[name]
    return found


def _by_field(facts: Mapping[tuple[str, str], Floats]) -> dict[str, Mask]:
    """Which rows hold any of what is wanted of each field, (n,) each."""
    fields: dict[str, Mask] = {}
    for (facet, _), counts in facts.items():
        fields[facet] = (counts > 0) | fields[facet] if facet in fields else counts > 0
    return fields


def _part(interest: Interest, interests: Sequence[Interest]) -> int:
    """In which part of its message an interest was said, from 0."""
    whole = (i.quote for i in interests if i.facet == OPEN and i.turn == interest.turn and interest.quote in i.quote)
    return len(_STOP.findall(max(whole, key=len, default="").partition(interest.quote)[0])) if interest.quote else 0


def avoided(interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """How much each row holds of what is wanted less, shape (n,): each value of a field counts 1."""
    less = (i for i in interests if i.level == "less" and _is_of_values(i, catalogue))
    return sum((matching(i, catalogue).astype(float) for i in less), np.zeros(len(catalogue)))


def _facts(interests: Sequence[Interest], catalogue: Catalogue) -> dict[tuple[str, str], Floats]:
    """How much each row holds of each fact, (n,) each, by its facet, in the order in which they were said."""
    wants = [i for i in interests if i.level == "want" and i.strength >= FIRM and _is_of_values(i, catalogue)]
    last = max((i.turn for i in wants), default=0)
    found: dict[tuple[str, str], Floats] = {}
    before: tuple[Interest, tuple[str, str]] | None = None
    for interest, many in zip(wants, alternatives(wants), strict=True):
        said = interest.quote if many > 1 else interest.value
        key = (interest.facet, said if interest.facet in catalogue.several else "")
        if before and before[0].facet == interest.facet and _is_choice(before[0], interest, interests):
            key = before[1]
        age = last - interest.turn - (interest.facet not in (*catalogue.several, MENTION))
        counts = _FADES ** max(0, age) * matching(interest, catalogue)
        found[key] = np.maximum(found.get(key, 0.0), counts)
        before = interest, key
    return found


def _is_of_values(interest: Interest, catalogue: Catalogue) -> bool:
    """Whether it is of a value that items have or lack, or of some of them, and said in this conversation."""
    known = catalogue.schema.kind(interest.facet) in ("facet", "name") or (interest.facet == MENTION and interest.items)
    return bool(known) and not interest.parked and interest.source != "profile"


def _is_choice(first: Interest, second: Interest, interests: Sequence[Interest]) -> bool:
    """Whether either of two will do, by the words between them: "nutty or fruity"."""
    if first.turn != second.turn or not (first.quote and second.quote):
        return False
    one, other = re.escape(first.quote), re.escape(second.quote)
    between = re.compile(rf"{one}\W+(?:\w+\W+)?(?:or|或|还是)\W+(?:\w+\W+)?{other}", re.I)
    return any(between.search(i.quote) for i in interests if i.facet == OPEN and i.turn == first.turn)


def _nearness(degree: Interest, interests: Sequence[Interest], catalogue: Catalogue) -> Floats:
    """How far each row is of a degree, shape (n,): 1 of what is, less of what is not, by its distance. Said by itself,
    after the rest, it orders what is too: up to 2."""
    column, (low, high) = catalogue.numbers[degree.facet], parse_range(degree.value)
    known = column[~np.isnan(column)]
    bar, end = (low, known.max(initial=low)) if np.isfinite(low) else (high, known.min(initial=high))
    start = known.min(initial=bar) if end >= bar else known.max(initial=bar)
    beyond = np.clip((column - bar) / ((end - bar) or 1.0), 0, 1) if _is_alone(degree, interests) else 0.0
    short = np.clip((column - start) / ((bar - start) or 1.0), 0, 1) / 2
    return np.nan_to_num(np.where(catalogue.within(degree.facet, low, high), 1.0 + beyond, short))


def _is_alone(degree: Interest, interests: Sequence[Interest]) -> bool:
    """Whether it is all that was said last, and something was before."""
    last = max(i.turn for i in interests)
    wants = (i for i in interests if i.level == "want" and not i.parked and i.source == "message")
    others = {i.turn for i in wants if i is not degree and not (i.facet == OPEN and degree.quote in i.quote)}
    return degree.turn == last and bool(others) and last not in others


def _said_of(interest: Interest, catalogue: Catalogue, allowed: Mask, placed: Mask | bool, k: int) -> Mask:
    """The rows allowed that say a phrase, or are called so, where enough of these have a place; else all."""
    if len(interest.value.split()) > _LONGEST_PHRASE or interest.strength > PHRASE:
        return allowed
    saying = _saying(interest.value, catalogue, allowed)
    called = allowed & np.isin(np.arange(len(catalogue)), catalogue.saying(terms(interest.value)))
    return saying if (saying & placed).sum() >= k else called if (called & placed).sum() > k / 2 else allowed


def _saying(phrase: str, catalogue: Catalogue, allowed: Mask) -> Mask:
    """Which rows have a word of a phrase that tells items apart."""
    words = _WORD.findall(normalise(phrase))
    rows, found = np.flatnonzero(allowed), np.zeros(len(catalogue), dtype=bool)
    said = re.compile("|".join(rf"\b{re.escape(word.rstrip('s'))}" for word in words))
    found[[row for row in rows if words and said.search(catalogue.words(int(row)))]] = True
    return found if found.sum() <= COMMON * len(rows) else np.zeros_like(found)


def in_order(
    order: Interest, catalogue: Catalogue, allowed: Mask, phrases: Sequence[PhraseFilter], k: int
) -> tuple[Rows, tuple[Exclusion, ...]]:
    """The first k rows by a number, the unknown left out, and what approximate nevers kept out of those looked at."""
    rows = np.flatnonzero(allowed & ~np.isnan(catalogue.numbers[order.facet]))
    keys = _keys(order, catalogue, rows)
    end, place = order_from(order.value) or (HIGHEST, 1)
    rows = rows[np.argsort(keys if end == LOWEST else -keys, kind="stable")][place - 1 :]
    counts = [0] * len(phrases)
    rows = rows[: _DEEPER * k] if phrases else rows
    for n, phrase in enumerate(phrases):
        out = phrase.keeps_out(rows)
        counts[n] = int(out.sum())
        rows = rows[~out]
    return rows[:k], tuple(phrase.excluded(count) for phrase, count in zip(phrases, counts, strict=True))


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
