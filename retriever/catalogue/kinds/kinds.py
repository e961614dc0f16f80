"""Which values of a catalogue are of a kind, by the kind's name: meat, and there are bacon, beef chuck and chicken.

Knows values by their fields, and English nouns. Knows nothing of items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from heapq import nlargest

from .compounds import is_joint, nouns_in, takes_away, words_in
from .nouns import Nouns, Sense, nouns, singulars

_MOST_VALUES = 3000
"""Of a field, the commonest."""
_MOST_WORDS = 3
_REMEMBERED = 256
_SHARE, _FEW = 0.5, 4
"""Of a field's values; a few in any case. A word for more says nothing there ("no food", of ingredients)."""
_USUAL = 0.05
"""The share of a field's values that makes a theme one of the field's."""
_NOT_MANY_FEWER = 0.75
_SHARED, _FEWEST_SHARED = 0.05, 3
"""Of the values of one of two fields, at least so many are the other's too if both say the same of items."""
_SOLID = "physical entity"
"""What is a kind only in the mind is not taken for one: to WordNet a comedy is a drama."""
_ALL_OF_IT = ("product", "food")
_ANIMALS = "05"


@dataclass(frozen=True, slots=True)
class _Named:
    """A value, what it is called and its kinds are called, and the animals that it comes from."""

    value: str
    names: frozenset[str]
    animals: frozenset[str]


class Kinds:
    """The values of some fields, with the names of all that they are kinds of."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """counts: by field, how many items hold a value."""
        self._counts = counts
        self._known = lru_cache(_REMEMBERED)(self._of)
        self._named_values = cache(self._read)
        self._alike = cache(self._share)

    @property
    def fields(self) -> Sequence[str]:
        return list(self._counts)

    def alike(self, field: str) -> Sequence[str]:
        """A field and those that say the same of items, as they share values: the top notes of perfumes and the base
        notes, genres and tags. What is refused in one is refused in all."""
        return self._alike(field)

    def _share(self, field: str) -> Sequence[str]:
        own = {value.casefold() for value in self._counts.get(field, ())}
        others = {name: {value.casefold() for value in known} for name, known in self._counts.items() if name != field}
        shared = {name: len(own & known) for name, known in others.items()}
        bar = {name: max(_FEWEST_SHARED, _SHARED * min(len(own), len(known))) for name, known in others.items()}
        return [name for name in self._counts if name == field or shared[name] >= bar[name]]

    def of(self, kind: str, fields: Sequence[str]) -> list[tuple[str, str]]:
        """Fields and values of them that are of a kind; of a field none where most values are."""
        return [value for field in fields if field in self._counts for value in self._known(kind, field)]

    def _of(self, kind: str, field: str) -> Sequence[tuple[str, str]]:
        words = words_in(kind)
        if not 0 < len(words) <= _MOST_WORDS or takes_away(kind):
            return []
        named = self._named_values(field)
        called = frozenset(singulars(" ".join(words)))
        living = (sense for sense in self._table.senses(" ".join(words)) if sense.theme == _ANIMALS)
        animals = frozenset(name for sense in living for name in sense.names)
        found = [(field, one.value) for one in named if called & one.names or animals & one.animals]
        return found if len(found) <= max(_FEW, _SHARE * len(named)) else []

    @cached_property
    def _table(self) -> Nouns:
        return nouns()

    def _read(self, field: str) -> Sequence[_Named]:
        """The values of a field, read when its kinds are first asked for."""
        known = self._counts[field]
        values = nlargest(_MOST_VALUES, known, key=known.__getitem__)
        parts = {value: nouns_in(value, self._table) for value in values if not (takes_away(value) or is_joint(value))}
        themes = Counter(theme for found in parts.values() for theme in self._themes(found[-1:]))
        usual = frozenset(theme for theme, count in themes.items() if count >= _USUAL * len(parts))
        return [self._named(value, found, themes, usual) for value, found in parts.items() if found]

    def _themes(self, found: Sequence[str]) -> set[str]:
        return {sense.theme for noun in found for sense in self._table.senses(noun)}

    def _named(self, value: str, found: Sequence[str], themes: Mapping[str, int], usual: frozenset[str]) -> _Named:
        """A word before another has its commonest meaning, unless that is of a `usual` theme: the white of "white wine"
        is not that of an egg."""
        before = [self._likeliest(noun, themes, usual) for noun in found[:-1]]
        own = [sense for sense in (*before, *(self._likeliest(noun, themes) for noun in found[-1:])) if sense]
        every = map(self._table.broader, own)
        broader = [senses for senses in every if any(_SOLID in sense.names for sense in senses)]
        names = {one for noun in found for one in singulars(noun)} | {name for sense in own for name in sense.names}
        names |= {said for _, *kinds in broader for kind in kinds for said in _said(kind)}
        animals = frozenset(animal for senses in broader for sense in senses for animal in sense.animals)
        every_kind = {kind for senses in broader for kind in senses}
        no_heads = {end for end in _ends(found[-1]) if self._likeliest(end, themes) not in every_kind}
        return _Named(value, frozenset(names - no_heads | _heads(found[-1], own)), animals)

    def _likeliest(self, noun: str, themes: Mapping[str, int], usual: frozenset[str] | None = None) -> Sense | None:
        """Of several meanings the commonest whose theme not many fewer values of the field share than any other: among
        ingredients, a date is a fruit."""
        senses = self._table.senses(noun)
        if not senses or (usual is not None and senses[0].theme not in usual):
            return next(iter(senses), None)
        most = max(themes[sense.theme] for sense in senses)
        return next(sense for sense in senses if themes[sense.theme] >= _NOT_MANY_FEWER * most)


def _said(kind: Sense) -> Iterator[str]:
    """What people call a kind: an "edible nut" is a nut, a "dairy product" dairy, a "cut of pork" pork."""
    for name in kind.names:
        words = name.split()
        yield name
        yield words[-1]
        if words[-1] in _ALL_OF_IT:
            yield " ".join(words[:-1])


def _ends(noun: str) -> set[str]:
    """What a compound ends in; of one word nothing."""
    return set(singulars(noun.split()[-1])) if " " in noun else set()


def _heads(noun: str, senses: Sequence[Sense]) -> set[str]:
    """A shiitake mushroom is a mushroom; peanut butter is no butter."""
    return {end for end in _ends(noun) for sense in senses[-1:] if end in sense.heads}
