"""How much of some words the items of a catalogue say: BM25, as a part of what an item of usual length says at most.

Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009, with its usual constants. Knows
texts. Knows nothing of vectors or interests.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ..arrays import Floats

_SATURATION, _LENGTH = 1.2, 0.75
_LOOKED_AT = 200_000
"""So many holders of words, the rarest words first, are looked at to find the items that say most: a millisecond."""
_WORD = re.compile(r"[^\W_]{3,}")


def terms(text: str) -> tuple[str, ...]:
    """The words of a text that are compared, each once: of three letters or digits and more, without a plural's s."""
    return tuple(dict.fromkeys(_stems(text)))


def _stems(text: str) -> list[str]:
    return [word.rstrip("s") or word for word in _WORD.findall(text.casefold())]


class _Holders(NamedTuple):
    """Which texts hold a word, ascending, and how often each; both of shape (holders,)."""

    rows: npt.NDArray[np.int32]
    often: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Terms:
    """The words of `size` texts, which `text` gives by their number. They are looked through at the first question."""

    text: Callable[[int], str]
    size: int

    def prepare(self) -> None:
        """Look through the texts now, and not at the first question: .43 s of processor time for 10,000 films."""
        _ = self._postings, self._lengths

    def said(self, words: Sequence[str], rows: npt.NDArray[np.int64]) -> Floats:
        """How much of these `terms` the texts at some rows say, shape (len(rows),): 0 for none of them, 1 where a text
        of usual length says each once. A rare word weighs more than a common one, and one that no text has as much as
        the rarest."""
        scores = np.zeros(len(rows))
        for word in words:
            found = self._holders(word)
            places = np.minimum(np.searchsorted(found.rows, rows), max(0, len(found.rows) - 1))
            if len(found.rows):
                often = np.where(found.rows[places] == rows, found.often[places], 0)
                scores += self._rarity(found) * self._counted(often, rows)
        return scores / self._most(words)

    def every(self, words: Sequence[str]) -> Floats:
        """As `said`, of all texts, shape (size,); without the words that very many texts have."""
        scores, left = np.zeros(self.size), _LOOKED_AT
        for found in sorted(map(self._holders, words), key=lambda found: len(found.rows)):
            left -= len(found.rows)
            if left >= 0:
                scores[found.rows] += self._rarity(found) * self._counted(found.often, found.rows)
        return scores / self._most(words)

    def rows(self, term: str) -> npt.NDArray[np.int32]:
        """Which texts say one of the `terms`, ascending."""
        return self._holders(term).rows

    def _counted(self, often: npt.NDArray[np.int32], rows: npt.NDArray[np.integer]) -> Floats:
        """What a word is worth to texts that have it so often, in parts of its rarity."""
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * self._lengths[rows])
        return np.asarray(often * (_SATURATION + 1) / (often + slack))

    def _most(self, words: Sequence[str]) -> float:
        return sum(self._rarity(self._holders(word)) for word in words) or 1.0

    def _rarity(self, found: _Holders) -> float:
        return log(1 + (self.size - len(found.rows) + 0.5) / (len(found.rows) + 0.5))

    def _holders(self, word: str) -> _Holders:
        rows, often = self._postings.get(word, (array("i"), array("i")))
        return _Holders(np.frombuffer(rows, dtype=np.int32), np.frombuffer(often, dtype=np.int32))

    @cached_property
    def _postings(self) -> dict[str, tuple[array[int], array[int]]]:
        """For each word the texts that have it, and how often."""
        found: dict[str, tuple[array[int], array[int]]] = defaultdict(lambda: (array("i"), array("i")))
        for row in range(self.size):
            for word, often in Counter(_stems(self.text(row))).items():
                rows, counts = found[word]
                rows.append(row)
                counts.append(often)
        return dict(found)

    @cached_property
    def _lengths(self) -> Floats:
        """In parts of the usual length, shape (size,)."""
        lengths = np.array([len(self.text(row)) for row in range(self.size)], dtype=float)
        return np.asarray(lengths / max(1.0, float(lengths.mean())))
