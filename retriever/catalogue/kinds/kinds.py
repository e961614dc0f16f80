"""Which values of a catalogue are of a kind, by the kind's name: meat, and there are bacon, beef chuck and chicken.

Knows values by their fields, and English nouns. Knows nothing of items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from heapq import nlargest

from .compounds import is_joint, nouns_in, takes_away, words_in
from .nouns import Nouns, Sense, nouns, singulars

_MOST_VALUES = 3000
"""Of a field, the commonest."""
_MOST_WORDS = 3
_REMEMBERED = 256
_LARGEST_SHARE, _FEW = 0.5, 4
"""Of a field's values; a few in any case. A word for more says nothing there ("no food", of ingredients)."""
_USUAL = 0.05
"""The share of a field's values that makes a theme one of the field's."""
_SOLID = "physical entity"
"""What is a kind only in the mind is not taken for one: to WordNet a comedy is a drama."""
_ALL_OF_IT = ("product", "food")
_ANIMALS = "05"


@dataclass(frozen=True, slots=True)
class _Named:
    """A value, what it is called and is a kind of, and the animals that it comes from."""

    value: str
    names: frozenset[str]
    animals: frozenset[str]


class Kinds:
    """The values of some fields, with the names of all that they are kinds of."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """counts: by field, how many items hold a value."""
        self._counts = counts
        self._known = lru_cache(_REMEMBERED)(self._of)

    @property
    def fields(self) -> Sequence[str]:
        return list(self._counts)

    def of(self, kind: str, fields: Sequence[str]) -> list[tuple[str, str]]:
        """Fields and values of them that are of a kind; of a field none where most values are."""
        return [value for field in fields for value in self._known(kind, field)]

    def _of(self, kind: str, field: str) -> Sequence[tuple[str, str]]:
        words = words_in(kind)
        if not 0 < len(words) <= _MOST_WORDS or takes_away(kind):
            return []
        said = frozenset(singulars(" ".join(words)))
        living = (sense for sense in self._table.senses(" ".join(words)) if sense.theme == _ANIMALS)
        animals = frozenset(name for sense in living for name in sense.names)
        return [(field, value) for value in self._members(field, said, animals)]

    def _members(self, field: str, said: frozenset[str], animals: frozenset[str]) -> list[str]:
        named = self._named.get(field, ())
        found = [one.value for one in named if one.names & said or one.animals & animals]
        return found if len(found) <= max(_FEW, _LARGEST_SHARE * len(named)) else []

    @cached_property
    def _table(self) -> Nouns:
        return nouns()

    @cached_property
    def _named(self) -> Mapping[str, Sequence[_Named]]:
        held = {field: nlargest(_MOST_VALUES, known, key=known.__getitem__) for field, known in self._counts.items()}
        return {field: list(self._names(values)) for field, values in held.items()}

    def _names(self, values: Sequence[str]) -> Iterator[_Named]:
        parts = {value: nouns_in(value, self._table) for value in values if not (takes_away(value) or is_joint(value))}
        themes = Counter(theme for found in parts.values() for theme in self._themes(found[-1:]))
        usual = frozenset(theme for theme, count in themes.items() if count >= _USUAL * len(parts))
        for value, found in parts.items():
            likeliest = [self._meant(noun, themes, usual) for noun in found[:-1]]
            likeliest += [self._meant(noun, themes, frozenset(themes)) for noun in found[-1:]]
            broader = [self._table.broader(sense) for sense in likeliest if sense]
            solid = [senses for senses in broader if any(_SOLID in sense.names for sense in senses)]
            names = {one for noun in found for one in singulars(noun)}
            names |= {name for sense, *_ in broader for name in sense.names}
            names |= {said for _, *rest in solid for sense in rest for said in _said(sense)}
            yield _Named(value, frozenset(names), frozenset(a for senses in solid for s in senses for a in s.animals))

    def _themes(self, found: Sequence[str]) -> set[str]:
        return {sense.theme for noun in found for sense in self._table.senses(noun)}

    def _meant(self, noun: str, themes: Mapping[str, int], usual: frozenset[str]) -> Sense | None:
        """Of several meanings the one whose theme most values of the field share: among ingredients, a date is a fruit.
        A word before another has its commonest, unless that is of a `usual` theme itself: the white of "white wine" is
        not that of an egg."""
        senses = self._table.senses(noun)
        if not senses or senses[0].theme not in usual:
            return next(iter(senses), None)
        return max(senses, key=lambda sense: themes[sense.theme])


def _said(sense: Sense) -> Iterator[str]:
    """What people call a kind: an "edible nut" is a nut, a "dairy product" dairy, a "cut of pork" pork."""
    for name in sense.names:
        words = name.split()
        yield name
        yield words[-1]
        if words[-1] in _ALL_OF_IT:
            yield " ".join(words[:-1])
