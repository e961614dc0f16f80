"""What English nouns are kinds of: bacon is meat, and meat is food.

From WordNet 3.1 (Princeton University; its licence lies beside the table, which tests/nouns.py makes). Knows nothing of
catalogues.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "wordnet" / "nouns.gz"
_ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("men", "man"))
"""Of plurals, and what stands in their place: WordNet's own rules of detachment."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning: `theme` is the lexicographer's file it is from (food, artifacts, animals ...); `names`, its nouns;
    `kinds_of`, the broader meanings, by their lines in the table; `animals` that it comes from; `heads`, what its
    compounds end in that it is, too."""

    theme: str
    names: tuple[str, ...]
    kinds_of: tuple[int, ...]
    animals: frozenset[str]
    heads: frozenset[str]


class Nouns:
    """The table: its lines, and those of each noun, with the number of the sense."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._places: Mapping[str, Sequence[tuple[int, int]]] = _places(lines)

    def senses(self, noun: str) -> list[Sense]:
        """The meanings of a noun in small letters, one or several words, singular or plural, the commonest first."""
        found = sorted(place for one in singulars(noun) for place in self._places.get(one, ()))
        return [self._sense(line) for _, line in dict.fromkeys(found)]

    def broader(self, sense: Sense) -> list[Sense]:
        """What a meaning is a kind of, itself first, and each once."""
        found: dict[int, Sense] = {}
        left = list(sense.kinds_of)
        while left:
            line = left.pop()
            if line not in found:
                found[line] = self._sense(line)
                left += found[line].kinds_of
        return [sense, *found.values()]

    def parents(self, sense: Sense) -> list[Sense]:
        """What a meaning is a kind of, one step up."""
        return [self._sense(line) for line in sense.kinds_of]

    def _sense(self, line: int) -> Sense:
        theme, said, kinds_of, animals, heads = self._lines[line].split("\t")
        names = tuple(name.rpartition("#")[0] for name in said.split("|"))
        broader = tuple(map(int, kinds_of.split()))
        return Sense(theme, names, broader, frozenset(animals.split()), frozenset(heads.split()))


def singulars(noun: str) -> list[str]:
    """What a noun may be the plural of, itself first."""
    return list(dict.fromkeys(noun[: len(noun) - len(end)] + put for end, put in _ENDINGS if noun.endswith(end)))


def _places(lines: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for n, line in enumerate(lines):
        for named in line.split("\t", 2)[1].split("|"):
            name, _, number = named.rpartition("#")
            places.setdefault(name, []).append((int(number), n))
    return places


@lru_cache(maxsize=1)
def nouns() -> Nouns:
    """The table of the package, read once in a process."""
    return Nouns(gzip.decompress(TABLE.read_bytes()).decode("ascii").split("\n"))
