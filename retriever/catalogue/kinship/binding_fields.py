"""Which fields say who made an item, and of which series it is: by how their values are spread and where they recur.

Where the values leave it open, the words of a field's name tell (concepts.toml). Knows nothing of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ..columns import Catalogue, Rows
from ..inference.headers import says, says_place
from ..matching.titles import plain_title

_FEW = 2.5
"""More names an item than this are a cast, and no maker's."""
_BROAD = 1 / 3
"""Values that hold together so large a part of a catalogue are kinds of things, and no makers."""
_NARROW = 1.5
"""Of fields of makers, those bind whose values are of up to so many times as many items as those of the narrowest."""
_IN_TITLES = 0.3
"""Of the items that share a value of a series, the titles of at least so many begin with it."""
_OF_ALL = 0.9
"""What more of the items have than this is how they are sorted, by shape or kind; not everything is of a series."""
_JUDGED = 1000


@dataclass(frozen=True, slots=True)
class BindingFields:
    """The fields of series; those of makers, of which the `close` ones (an author, and no publisher) are those whose
    works are felt to be alike; and of these the `brands`, by which things are called and chosen."""

    series: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()
    close: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()


def binding_fields(catalogue: Catalogue) -> BindingFields:
    """Takes time in proportion to the values of a catalogue; titles are read of a sample."""
    series = tuple(name for name in catalogue.schema.of("facet", "name", "category") if _is_series(catalogue, name))
    widths = {name: _width(catalogue, name) for name in catalogue.schema.of("name") if name not in series}
    makers = {name: width for name, width in widths.items() if _names_makers(catalogue, name, width)}
    bound = _NARROW * min(makers.values(), default=0.0)
    close = tuple(name for name, width in makers.items() if width <= bound)
    return BindingFields(series, tuple(makers), close, tuple(name for name in close if _in_titles(catalogue, name)))


def _width(catalogue: Catalogue, name: str) -> float:
    """How many items share a value with an item that has one, on average, itself among them."""
    counts = np.array([len(rows) for rows in catalogue.postings[name].values()], dtype=float)
    return float((counts**2).sum() / counts.sum()) if len(counts) else 0.0


def _names_makers(catalogue: Catalogue, name: str, width: float) -> bool:
    held = sum(len(rows) for rows in catalogue.postings[name].values())
    holders = sum(1 for item in catalogue.items if item.values(name))
    few = 0 < held <= _FEW * holders
    return few and width <= max(_FEW, _BROAD * len(catalogue)) and not says_place(name)


def _is_series(catalogue: Catalogue, name: str) -> bool:
    """Whether titles begin with the values of a field, which some items share. So do those of brands."""
    postings = catalogue.postings[name]
    if name in catalogue.several or all(len(rows) < 2 for rows in postings.values()):
        return False
    if says(name, "maker") or says(name, "people") or says(name, "series"):
        return says(name, "series")
    return sum(map(len, postings.values())) <= _OF_ALL * len(catalogue) and _in_titles(catalogue, name)


def _in_titles(catalogue: Catalogue, name: str) -> bool:
    """Whether the titles of items that share a value of a field begin with it."""
    judged = list(_sample({value: rows for value, rows in catalogue.postings[name].items() if len(rows) > 1}))
    found = sum(_leads(value, catalogue.items[row].title) for value, row in judged)
    return 0 < found >= _IN_TITLES * len(judged)


def _sample(shared: Mapping[str, Rows]) -> Iterator[tuple[str, int]]:
    """Values with two of their rows each."""
    for value in list(shared)[:: max(1, -(-len(shared) // _JUDGED))]:
        yield from ((value, int(row)) for row in shared[value][[0, -1]])


def _leads(value: str, title: str) -> bool:
    return f"{plain_title(title)} ".startswith(f"{plain_title(value)} ")
