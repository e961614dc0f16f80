"""Rows that a title may mean where nobody says who made it: works of its year that are called nearly so, or that are
in the title's language. What it finds is only offered. Knows titles, years and languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ..histories import Entry
from .languages import likeness, spoken
from .shelf import Shelf

_HALF = 0.5
_MANY = 60
"""Among so many works of one kind in a year, another in the same language says nothing."""


def of_its_year(entry: Entry, shelf: Shelf) -> list[int]:
    """Works of the very year and kind, half of whose words are alike; else those in the title's language, where that is
    another and the catalogue says so, with a word alike; else the only one of these."""
    rows = [row for row in shelf.by_year.get(entry.year, ()) if shelf.kinds[row] == entry.kind]
    if not entry.kind or len(rows) > _MANY:
        return []
    titles = {row: shelf.catalogue.items[row].title for row in rows}
    compared = {row: likeness(entry.title, title, shelf.usual) for row, title in titles.items()}
    half = [row for row, found in compared.items() if found and found.cover >= _HALF and found.several]
    return half or _spoken_so(entry, shelf, {row: found.cover for row, found in compared.items() if found})


def _spoken_so(entry: Entry, shelf: Shelf, covers: Mapping[int, float]) -> list[int]:
    said = spoken(entry.title)
    if not said or said & shelf.usual:
        return []
    near = [row for row in covers if said & _codes(tuple(shelf.languages(row)))]
    return [row for row in near if covers[row]] or (near if len(near) == 1 else [])


@cache
def _codes(names: tuple[str, ...]) -> frozenset[str]:
    """The two letters of languages that are named, or given by their letters."""
    import pycountry

    known = (pycountry.languages.get(name=name) for name in names)
    return frozenset((*(getattr(one, "alpha_2", "") for one in known), *names))
