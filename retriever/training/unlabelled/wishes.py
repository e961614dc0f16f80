"""Wishes written from a catalogue's items: by some values, by pieces of a text, and by both (as narratives are by Mint,
Mysore et al. 2023, arXiv:2306.02250; pieces as in the inverse cloze task, Lee et al. 2019, arXiv:1906.00300).

Each is a rating of its item, which answers it, and of another, which has all of it but as little as can be.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from ...catalogue import Catalogue, Item, Rating, Scale
from ...errors import TrainingError
from ...progress import Progress
from .aspects import Aspect, Marks, pieces_of, values_of, written
from .sentences import sentence

WRITTEN_SCALE = Scale(0, 1)
"""That of the ratings: 1 answers the wish, 0 falls short of it."""

_WISHES = 3  # for each item, as far as its fields have something to ask by
_VALUES = 3  # in a wish by values, at most


def written_ratings(catalogue: Catalogue, items: int, seed: int, progress: Progress) -> list[Rating]:
    """Ratings of at most `items` of the catalogue's items, drawn at random; the user of each is the item that the wish
    was written from, so that a split by people is one by items.

    Raises TrainingError for a catalogue in which no item has a word.
    """
    marks = Marks(catalogue)
    drawn = random.Random(seed).sample(catalogue.items, min(items, len(catalogue)))
    ratings: list[Rating] = []
    for n, item in enumerate(drawn, 1):
        ratings += _of_item(item, catalogue, marks, random.Random(f"{seed}:{item.id}"))
        progress(n, len(drawn))
    if not ratings:
        raise TrainingError("no item of the catalogue has words or values that a wish could be written from")
    return ratings


def _of_item(item: Item, catalogue: Catalogue, marks: Marks, rng: random.Random) -> Iterator[Rating]:
    for aspects in _wishes(item, catalogue, rng):
        wish = sentence([aspect.text for aspect in aspects], rng)
        yield Rating(item.id, (wish,), item.id, WRITTEN_SCALE.high)
        short = marks.short_of(frozenset().union(*(aspect.marks for aspect in aspects)), rng)
        if short is not None:
            yield Rating(item.id, (wish,), catalogue.items[short].id, WRITTEN_SCALE.low)


def _wishes(item: Item, catalogue: Catalogue, rng: random.Random) -> Iterator[Sequence[Aspect]]:
    """By values, by pieces, by one of each; where there are no values, all by pieces."""
    if not any(text.strip() for text in written(item, catalogue)):
        return
    values = values_of(item, catalogue)[: 2 * _VALUES]
    for n in range(_WISHES):
        drawn = rng.sample(values, min(len(values), (rng.randint(2, _VALUES), 0, 1)[n]))
        pieces = pieces_of(item, catalogue, 0 if n == 0 and drawn else 1 + (n == 2 and not drawn), rng)
        if aspects := [*drawn, *pieces]:
            yield aspects
