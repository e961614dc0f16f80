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
    """The table: synsets, each with the numbers of those that are similar to it, and families of words of one root."""

    def __init__(self, text: str) -> None:
        synsets, _, families = text.partition("\n\n")
        rows = [line.split("\t") for line in synsets.split("\n")]
        self._links = [frozenset(map(int, linked.split())) for _, linked in rows]
        places: dict[str, list[int]] = {}
        for n, (words, _) in enumerate(rows):
            for word in words.split("|"):
                places.setdefault(word, []).append(n)
        self._places: Mapping[str, Sequence[int]] = places
        self._families = {word: n for n, line in enumerate(families.split("\n")) for word in line.split()}

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def steps(self, one: str, other: str) -> int | None:
        """How far two adjectives in small letters are from each other: 0 for the same meaning, 1 for a similar one, 2
        for one that is similar to the same; None if farther."""
        here, there = self._of(one), self._of(other)
        if here & there:
            return 0
        if not here or not there:
            return None
        near, beside = self._beside(here), self._beside(there)
        return 1 if near & there else (2 if near & beside else None)

    def of_one_root(self, one: str, other: str) -> bool:
        """Whether one word is made of the other, or both of a third."""
        family = self._families.get(one)
        return family is not None and family == self._families.get(other)

    def _of(self, word: str) -> frozenset[int]:
        return frozenset(self._places.get(word, ()))

    def _beside(self, synsets: frozenset[int]) -> frozenset[int]:
        return frozenset[int]().union(*(self._links[n] for n in synsets))


@lru_cache(maxsize=1)
def adjectives() -> Adjectives:
    """The table of the package, read once in a process."""
    return Adjectives(gzip.decompress(ADJECTIVES.read_bytes()).decode("ascii"))
