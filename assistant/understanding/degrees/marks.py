"""Which columns are marks that things get for what the column is called, as for sweetness from 0 to 4.

Several of them have one scale, and neither count nor measure in units. Knows number fields, and nothing of messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from penchant.retriever.arrays import Floats
from penchant.retriever.catalogue.inference import says

from ..quantities import NumberField, NumberFields
from ..text import CHATTER, STOPWORDS
from .roots import is_doer, root

_CEILINGS = (1, 4, 5, 6, 7, 10, 20, 100)
_FEW = 10
"""Up to so many may also be a count: of rooms, of players."""
_LEAST, _LEAST_OF_MANY = 4, 6
"""So many columns have the scale, and more where it is a long one; and by a word that as many have in their names none
is called."""
_SHORTEST = 3
_OF_THE_WHOLE = ("overall", "rating", "rank", "popularity", "counting", "price", "year", "when", "identity", "heads")
_ALIKE, _APART = 0.8, 0.2
"""The least mean correlation of columns that tell of one thing, and the most with others."""


class Marks:
    """The marks of a catalogue, by the roots of what they are given for."""

    def __init__(self, fields: NumberFields) -> None:
        self._fields = fields
        self.fields = tuple(_of_one_scale([f for f in fields.fields.values() if _may_be_one(f)]))
        self._roots = {f.name: frozenset(root(w) for w in f.words if len(w) >= _SHORTEST) for f in self.fields}
        shared = Counter(one for roots in self._roots.values() for one in roots)
        common = {one for one, count in shared.items() if count >= _LEAST}
        whole = {one for one in common if self._is_one_thing(one)}
        self._roots = {name: (roots & whole) or roots - common for name, roots in self._roots.items()}

    def named(self, words: Sequence[str]) -> NumberField | None:
        """The field that words speak of, by their roots: of several the one that most of them name, and of those the
        one that goes best with all."""
        said = [w for w in words if len(w) >= _SHORTEST and w.casefold() not in STOPWORDS | CHATTER]
        counts = {f.name: sum(any(_is_of(w, r) for r in self._roots[f.name]) for w in said) for f in self.fields}
        most = max(counts.values(), default=0)
        return self._central([f for f in self.fields if counts[f.name] == most]) if most else None

    def _is_one_thing(self, shared: str) -> bool:
        """Whether columns with a root in common tell of one thing, and the others of others: keepers are good at all
        that is of goalkeeping, and at little else."""
        called = [f for f in self.fields if shared in self._roots[f.name]]
        others = [f for f in self.fields if f not in called]
        return self._agreement(called, called) > _ALIKE and self._agreement(called, others) < _APART

    def _agreement(self, among: Sequence[NumberField], others: Sequence[NumberField]) -> float:
        """The mean correlation of one of some fields and one of others; of a field with itself none counts."""
        found = self._correlations([*among, *others])[: len(among), len(among) :]
        apart = np.array([[one is not other for other in others] for one in among])
        return float(found[apart].mean()) if apart.any() else 0.0

    def _central(self, among: Sequence[NumberField]) -> NumberField:
        """Of fields alike the one that goes best with all of them; of equals the first."""
        return among[int(np.argmax(np.round(self._correlations(among).sum(axis=0), 6)))]

    def _correlations(self, among: Sequence[NumberField]) -> Floats:
        """Of each with each, shape (n, n); what is not known counts as the mean, and what never varies goes with
        nothing but itself."""
        columns = [np.where(np.isnan(c := self._fields.column(f)), np.nanmean(c), c) for f in among]
        centred = np.array([c - c.mean() for c in columns])
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        unit = centred / np.where(lengths > 0, lengths, 1.0)
        found: Floats = unit @ unit.T
        np.fill_diagonal(found, 1.0)
        return found


def _is_of(word: str, name: str) -> bool:
    """Whether a word is of a root, or one who does what ends in it: a keeper is good at goalkeeping."""
    own = root(word)
    return own == name or (is_doer(word) and len(own) >= _LEAST and name.endswith(own))


def _may_be_one(field: NumberField) -> bool:
    """Whether a column may hold marks: no years, no money, no unit, and nothing that is counted."""
    plain = field.unit is None and field.dimension in ("", "rating") and field.low >= 0 and not field.is_dated
    counted = field.whole and field.high <= _FEW and field.name.casefold().endswith("s")
    return plain and not counted and not any(says(field.name, concept) for concept in _OF_THE_WHOLE)


def _of_one_scale(fields: Sequence[NumberField]) -> Iterator[NumberField]:
    ceilings = {f.name: next((top for top in _CEILINGS if f.high <= top), None) for f in fields}
    counts = Counter(ceilings.values())
    least = {top: _LEAST if top <= _FEW else _LEAST_OF_MANY for top in _CEILINGS}
    return (f for f in fields if (top := ceilings[f.name]) is not None and counts[top] >= least[top])
