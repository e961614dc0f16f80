"""A population of made-up people: what each wants, what one may refuse, and in which order it is said.

Agenda-based (Schatzmann et al., "Agenda-based user simulation for bootstrapping a POMDP dialogue system", NAACL 2007):
a taste is drawn once, and what is left of it to say is the agenda. Knows the catalogue's facets, and no ranking.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from penchant.retriever import Catalogue, Interest, Item, PenchantError
from penchant.retriever.catalogue import normalise

Value = tuple[str, str]
"""A facet, and a value of it."""

_COMMON = 3
"""A value is wanted if at least so many items hold it; a rarer one could name its only item."""
_MOST_WANTS, _MOST_TURNS = 5, 4
_FROM_ONE = 2 / 3
"""How likely a further wish is one that goes with the first: both are of the same item."""
_REFUSES = 1 / 3
_FITS = 0.6
"""What holds this part of the wants fits, if it does not hold what is refused."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's taste, and the agenda: what is said at each turn."""

    name: str
    wants: tuple[Value, ...]
    refuses: Value | None
    agenda: tuple[tuple[Interest, ...], ...]

    def likes(self, item: Item) -> bool:
        """Whether an item fits."""
        if self.refuses and _holds(item, self.refuses):
            return False
        return sum(_holds(item, want) for want in self.wants) >= _FITS * len(self.wants)


def _holds(item: Item, value: Value) -> bool:
    return normalise(value[1]) in map(normalise, item.values(value[0]))


def population(catalogue: Catalogue, count: int, seed: int) -> list[Person]:
    """So many people; the first ones are the same whatever the count. Raises PenchantError without facets to want."""
    values = _Values(catalogue)
    if len(values.counts) < _MOST_WANTS:
        raise PenchantError(
            f"no people can be simulated: only {len(values.counts)} facet values are held by {_COMMON} items or more,"
            f" and {_MOST_WANTS} are needed; see what the fields are taken for with: penchant inspect"
        )
    return [_person(catalogue, values, f"{seed}-{n}") for n in range(count)]


class _Values:
    """The facet values that may be wanted, each as often as items hold it."""

    def __init__(self, catalogue: Catalogue) -> None:
        held = ((name, catalogue.value_counts[name]) for name in catalogue.schema.of("facet"))
        self.counts = {(name, value): n for name, values in held for value, n in values.items() if n >= _COMMON}
        self._every = list(self.counts)
        self._cumulated = list(accumulate(self.counts.values()))

    def draw(self, rng: random.Random) -> Value:
        return rng.choices(self._every, cum_weights=self._cumulated)[0]


def _person(catalogue: Catalogue, values: _Values, name: str) -> Person:
    rng = random.Random(name)
    first = values.draw(rng)
    holders = catalogue.postings[first[0]][normalise(first[1])]
    item = catalogue.items[int(rng.choice(holders))]
    near = [value for value in _own(item, catalogue) if value in values.counts] or [first]
    wants = {first: None}
    for _ in range(rng.randint(2, _MOST_WANTS) - 1):
        wants[rng.choice(near) if rng.random() < _FROM_ONE else values.draw(rng)] = None
    refused = values.draw(rng)
    refuses = refused if rng.random() < _REFUSES and refused not in wants else None
    return Person(name, tuple(wants), refuses, _agenda(tuple(wants), refuses, rng))


def _own(item: Item, catalogue: Catalogue) -> list[Value]:
    return [(name, value) for name in catalogue.schema.of("facet") for value in item.values(name)]


def _agenda(wants: Sequence[Value], refuses: Value | None, rng: random.Random) -> tuple[tuple[Interest, ...], ...]:
    """The wants over one to four turns, in the order in which they came to mind; what is refused at any of them."""
    turns = rng.randint(1, min(_MOST_TURNS, len(wants)))
    said: list[list[Interest]] = [[] for _ in range(turns)]
    for n, (facet, value) in enumerate(wants):
        said[n % turns].append(Interest(facet, value, strength=round(rng.uniform(0.6, 1.0), 2)))
    if refuses:
        rng.choice(said).append(Interest(*refuses, level="never"))
    return tuple(map(tuple, said))
