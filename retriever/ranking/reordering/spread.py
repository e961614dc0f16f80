"""A page that is not all of one kin: of one series, or by one maker, it has but so many; of one work, one version.

What is set aside comes first on the next page, and nothing is set aside for what fits less: a page never has fewer
picks for it. Knows an order and what binds its items. Knows nothing of wishes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...catalogue.kinship import Bond, BondKind

BondsOf = Callable[[int], Collection[Bond]]
Fits = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many items of one bond a page has, by the kind of bond. `said`: kinds of which the person said so: that holds
    of the whole order, and what is over is left out of it."""

    most: Mapping[BondKind, int]
    said: frozenset[BondKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Spread:
    """The order, and of the candidates that stand in the place of others (by their numbers) what bound these."""

    order: list[int]
    instead: Mapping[int, Bond] = field(default_factory=dict)


def spread(order: Sequence[int], bonds_of: BondsOf, bounds: Bounds, fits: Fits, places: int, count: int) -> Spread:
    """The order of candidates (numbers) in pages of so many places, up to `count`; then what is left.

    fits: whether the first of two may take the place of the second.
    """
    left, pages, instead = list(order), list[int](), dict[int, Bond]()
    page = _Page(cache(bonds_of), bounds, fits, places)
    while left and len(pages) < count:
        chosen = page.filled(left)
        if not chosen:
            break
        pages += chosen
        instead |= page.instead
        taken = set(chosen)
        left = [n for n in left if n not in taken]
        page = page.next()
    return Spread([*pages, *(n for n in left if not page.refuses(n))], instead)


class _Page:
    """A page as it is filled."""

    def __init__(
        self, bonds_of: BondsOf, bounds: Bounds, fits: Fits, places: int, counts: Counter[Bond] | None = None
    ) -> None:
        self._bonds_of, self._bounds, self._fits, self._places = bonds_of, bounds, fits, places
        self._counts: Counter[Bond] = counts or Counter()
        self._page: list[int] = []
        self._waiting: list[int] = []
        self.instead: dict[int, Bond] = {}

    def next(self) -> _Page:
        """The page after it, of which only what the person said still counts."""
        counts = Counter({bond: n for bond, n in self._counts.items() if bond.kind in self._bounds.said})
        return _Page(self._bonds_of, self._bounds, self._fits, self._places, counts)

    def refuses(self, n: int) -> bool:
        """Whether the person said that there be no more such."""
        return any(bond.kind in self._bounds.said for bond in self._over(n))

    def filled(self, order: Sequence[int]) -> list[int]:
        """What goes on the page, in the order that it had."""
        stood_for: dict[int, int] = {}
        for n in order:
            if len(self._page) == self._places:
                break
            if self._over(n):
                self._waiting.append(n)
                continue
            while self._waiting and not self._fits(n, self._waiting[0]):
                self._take_waiting()
            if len(self._page) < self._places:
                self._take(n)
                stood_for |= {n: self._waiting[0]} if self._waiting else {}
        while self._waiting:
            self._take_waiting()
        found = set(self._page)
        self.instead = {n: self._over(other)[0] for n, other in stood_for.items() if other not in found}
        return [n for n in order if n in found]

    def _over(self, n: int) -> list[Bond]:
        most = self._bounds.most
        return [b for b in self._bonds_of(n) if b.kind in most and self._counts[b] >= most[b.kind]]

    def _take_waiting(self) -> None:
        first = self._waiting.pop(0)
        if len(self._page) < self._places and not self.refuses(first):
            self._take(first)

    def _take(self, n: int) -> None:
        self._page.append(n)
        self._counts.update(self._bonds_of(n))
