"""What binds each item of a catalogue to others, decided once for all of them.

Knows the catalogue's values and titles. Knows nothing of what somebody wants.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..columns import Catalogue
from ..item import Item
from ..item_text import normalise
from ..matching.shelf import Shelf
from .binding_fields import BindingFields, binding_fields
from .parts import Part, next_part, part_number
from .title_series import series_name, series_of
from .versions import Work, versions_of

BondKind = Literal["version", "series", "maker", "brand"]
"""brand: a maker by whose name things are called, of whom a page may have as many as fit."""
VERSION: BondKind = "version"
SERIES: BondKind = "series"
MAKER: BondKind = "maker"
BRAND: BondKind = "brand"


@dataclass(frozen=True, slots=True)
class Bond:
    """What binds items: a work of several versions, a series, a maker. key: the same for all that it binds. name: as
    people call it."""

    kind: BondKind
    key: str
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bond) and (self.kind, self.key) == (other.kind, other.key)

    def __hash__(self) -> int:
        return hash((self.kind, self.key))


@dataclass(frozen=True)
class Kinship:
    """The bonds of a catalogue's items. Made at first use, or by `prepare`, in time in proportion to the items."""

    catalogue: Catalogue

    def prepare(self) -> None:
        """Make now what else is made at first use."""
        _ = self.fields, self._title_series, self._works

    @cached_property
    def fields(self) -> BindingFields:
        return binding_fields(self.catalogue)

    def bonds(self, row: int) -> tuple[Bond, ...]:
        """What binds the item at a row to others: the version first, then its series, then who made it."""
        return tuple(dict.fromkeys(self._bonds(row)))

    def rows_of(self, bond: Bond, rows: Collection[int]) -> list[int]:
        """Which of some rows a bond binds."""
        return [row for row in rows if bond in self._bonds(row)]

    def series_rows(self, row: int) -> Sequence[int]:
        """The rows of the series that only titles show, of which the item at a row is; none if it is of none."""
        return self._members.get(self._title_series[row], ())

    def next_part(self, row: int) -> int | None:
        """The row of the part that comes after the one at a row, in a series that it is of; None without."""
        series = (bond for bond in self.bonds(row) if bond.kind == SERIES)
        found = (next_part([self._part(other, bond) for other in self._in_series[bond]], row) for bond in series)
        return next((other for other in found if other is not None), None)

    def others_of_series(self, row: int) -> list[int]:
        """The other rows of each series that the item at a row is of."""
        series = (bond for bond in self.bonds(row) if bond.kind == SERIES)
        return list(dict.fromkeys(other for bond in series for other in self._in_series[bond] if other != row))

    def series_named(self, plain: str) -> Sequence[int]:
        """The rows of a series that only titles show, by its name in plain words; none if there is none."""
        return self._members.get(plain, ())

    def versions(self, row: int) -> list[int]:
        """The other versions of the work at a row."""
        root = self._works.get(row)
        return [] if root is None else [other for other in self._roots[root] if other != row]

    def series_called(self, row: int) -> str:
        """The series that only titles show, as the title at a row writes it; empty if it is of none."""
        name = self._title_series[row].partition(" by ")[0]
        return _as_written(name, self.catalogue.items[row].title) if name else ""

    def _bonds(self, row: int) -> Iterator[Bond]:
        item = self.catalogue.items[row]
        if (root := self._works.get(row)) is not None:
            yield Bond(VERSION, str(root), item.title)
        if name := self._title_series[row]:
            yield Bond(SERIES, name, self.series_called(row))
        for field in self.fields.series:
            for value in map(series_name, item.values(field)):
                yield Bond(SERIES, f"{field}: {normalise(value)}", value)
        for field in self.fields.close:
            kind = BRAND if field in self.fields.brands else MAKER
            yield from (Bond(kind, normalise(value), value) for value in item.values(field))

    @cached_property
    def _makers(self) -> Sequence[frozenset[str]]:
        return [self._made_by(item) for item in self.catalogue.items]

    def _made_by(self, item: Item) -> frozenset[str]:
        return frozenset(normalise(value) for field in self.fields.close for value in item.values(field))

    @cached_property
    def _title_series(self) -> Sequence[str]:
        return series_of([item.title for item in self.catalogue.items], self._makers)

    @cached_property
    def _in_series(self) -> Mapping[Bond, Sequence[int]]:
        found: dict[Bond, list[int]] = {}
        for row in range(len(self.catalogue)):
            for bond in self.bonds(row):
                if bond.kind == SERIES:
                    found.setdefault(bond, []).append(row)
        return found

    def _part(self, row: int, bond: Bond) -> Part:
        item = self.catalogue.items[row]
        values = [value for field in self.fields.series for value in item.values(field)]
        return Part(
            row, part_number(item.title, values), self._years[row], normalise(item.title) == normalise(bond.name)
        )

    @cached_property
    def _years(self) -> Sequence[int]:
        return Shelf(self.catalogue).years

    @cached_property
    def _members(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = {}
        for row, name in enumerate(self._title_series):
            if name:
                found.setdefault(name, []).append(row)
        return found

    @cached_property
    def _works(self) -> Mapping[int, int]:
        categories, years = self.catalogue.schema.of("category"), self._years
        works = (
            Work(item.title, tuple(v for name in categories for v in item.values(name)), makers, year)
            for item, makers, year in zip(self.catalogue.items, self._makers, years, strict=True)
        )
        return versions_of(list(works))

    @cached_property
    def _roots(self) -> Mapping[int, Sequence[int]]:
        found: dict[int, list[int]] = {}
        for row, root in self._works.items():
            found.setdefault(root, []).append(row)
        return found


def _as_written(name: str, title: str) -> str:
    """The words of a title that are a plain name: as many, and an article before them."""
    words, count = title.split(), len(name.split())
    first = 1 if words and words[0].casefold() in ("the", "a", "an") and not name.startswith(words[0].casefold()) else 0
    return " ".join(words[: count + first]).rstrip(" ,:;-–—") or title
