"""What an item can be asked for by: its values by facet, and pieces of what is written of it.

Knows nothing of how a wish is worded.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...catalogue import Catalogue, Item

Mark = tuple[str, str]
"""A facet and one of its values, or "" and a word of the item's texts."""

_CLAUSE = re.compile(r"[^.;:!?,()\[\]|/\n]+")
_WORD = re.compile(r"[^\W_]{2,}|[\u4e00-\u9fff]")
_SHORTEST, _LONGEST = 3, 7  # words of a piece


@dataclass(frozen=True, slots=True)
class Aspect:
    """Words to ask by, and the marks that an item has which they describe."""

    text: str
    marks: frozenset[Mark]


def values_of(item: Item, catalogue: Catalogue) -> list[Aspect]:
    """The item's values, those first that fewer items have: they say more."""
    pairs = [
        (facet, value)
        for facet in catalogue.schema.of("category", "name", "facet")
        for value in dict.fromkeys(item.values(facet))
    ]
    rare = sorted(pairs, key=lambda pair: (catalogue.value_counts.get(pair[0], Counter())[pair[1]], pair))
    return [Aspect(value, frozenset({(facet, value.casefold())})) for facet, value in rare]


def pieces_of(item: Item, catalogue: Catalogue, count: int, rng: random.Random) -> list[Aspect]:
    """At most `count` runs of words out of what is written of the item, each within a clause, in random order."""
    clauses = [words for text in written(item, catalogue) for part in _CLAUSE.findall(text) if (words := part.split())]
    long_enough = [words for words in clauses if len(words) >= _SHORTEST] or clauses
    drawn = rng.sample(long_enough, min(count, len(long_enough)))
    return [_aspect(" ".join(_run(words, rng))) for words in drawn]


def written(item: Item, catalogue: Catalogue) -> list[str]:
    """The item's prose, or without any its title."""
    prose = [text for name in catalogue.schema.of("text") for text in item.values(name)]
    own = [item.text] if item.text and not prose else []
    return [text for text in (*prose, *own) if text.strip()] or [item.title]


def words_of(text: str) -> frozenset[Mark]:
    return frozenset(("", word.casefold()) for word in _WORD.findall(text))


class Marks:
    """Which items have which marks: values, and words of all their texts."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._held = [_marks(item, catalogue) for item in catalogue.items]
        self._rows: defaultdict[Mark, list[int]] = defaultdict(list)
        for row, marks in enumerate(self._held):
            for mark in marks:
                self._rows[mark].append(row)

    def whole(self, marks: Collection[Mark]) -> set[int]:
        """The rows of the items that have all of these marks."""
        return set.intersection(*(set(self._rows[mark]) for mark in marks)) if marks else set()

    def short_of(self, marks: Collection[Mark], rng: random.Random) -> int | None:
        """A row of an item that has as many of these marks as can be but not all, one of them at random; None if no
        other item has any."""
        shared = Counter(row for mark in marks for row in self._rows[mark])
        most = max((count for count in shared.values() if count < len(marks)), default=0)
        nearest = [row for row, count in shared.items() if count == most]
        return rng.choice(nearest) if most else None


def _aspect(text: str) -> Aspect:
    return Aspect(text, words_of(text))


def _run(words: Sequence[str], rng: random.Random) -> Sequence[str]:
    """Some words in a row."""
    length = min(len(words), rng.randint(_SHORTEST, _LONGEST))
    begin = rng.randint(0, len(words) - length)
    return words[begin : begin + length]


def _marks(item: Item, catalogue: Catalogue) -> set[Mark]:
    values = {mark for aspect in values_of(item, catalogue) for mark in aspect.marks}
    texts = [item.title, *written(item, catalogue)]
    return values.union(*(words_of(text) for text in texts))
