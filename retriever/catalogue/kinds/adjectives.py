"""Which English adjectives mean the same ("whole" and "entire"), and which words are of one root ("smoke" and "smoky").

From WordNet 3.1 (its licence lies beside the table, which tests/adjectives.py makes). Knows nothing of catalogues.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

ADJECTIVES = Path(__file__).parent / "wordnet" / "adjectives.gz"


class Adjectives:
    """The table: synsets, each with the numbers of those that are similar to it and of those to be seen also, and
    families of words of one root."""

    def __init__(self, text: str) -> None:
        synsets, _, families = text.partition("\n\n")
        rows = [line.split("\t") for line in synsets.split("\n")]
        self._similar, self._also = ([frozenset(map(int, row[n].split())) for row in rows] for n in (1, 2))
        places: dict[str, list[int]] = {}
        for n, (words, *_) in enumerate(rows):
            for word in words.split("|"):
                places.setdefault(word, []).append(n)
        self._places: Mapping[str, Sequence[int]] = places
        self._families = {word: n for n, line in enumerate(families.split("\n")) for word in line.split()}

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def steps(self, one: str, other: str) -> int | None:
        """How far two adjectives in small letters are from each other: 0 for the same meaning, 1 for a similar one, 2
        for one that is similar to what is to be seen also; None if farther, as red and pink are, both colours."""
        here, there = self._of(one), self._of(other)
        if here & there:
            return 0
        near, beside = (self._beside(synsets, (self._similar, self._also)) for synsets in (here, there))
        if near & there or here & beside:
            return 1
        on, back = (self._beside(self._beside(synsets, (self._similar,)), (self._also,)) for synsets in (here, there))
        return 2 if on & there or back & here else None

    def of_one_root(self, one: str, other: str) -> bool:
        """Whether one word is made of the other, or both of a third."""
        family = self._families.get(one)
        return family is not None and family == self._families.get(other)

    def _of(self, word: str) -> frozenset[int]:
        return frozenset(self._places.get(word, ()))

    def _beside(self, synsets: frozenset[int], links: Sequence[Sequence[frozenset[int]]]) -> frozenset[int]:
        return frozenset[int]().union(*(one[n] for one in links for n in synsets))


@lru_cache(maxsize=1)
def adjectives() -> Adjectives:
    """The table of the package, read once in a process."""
    return Adjectives(gzip.decompress(ADJECTIVES.read_bytes()).decode("ascii"))
