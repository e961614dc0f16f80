"""A whole table: its columns typed, and the schema that they make. Knows no files, and nothing of vectors."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from ..item import Item, Value
from ..schema import RESERVED, Bound, Field, Schema
from ..values import day_first_in
from .column import Column
from .dating import dates_told_apart
from .headers import asked_by, says, says_place, spoken, words_of
from .sisters import marks_of_the_whole, told_by_sisters
from .typed import typed

_NUMBERED = re.compile(r"column \d+")
"""What a column is called in a file without a header."""
_KILOMETRES = 200
"""Ways that are longer are in metres."""
_SHARED, _OF_SMALLER = 6, 0.15
"""Columns are alike that have so many values in common, and so much of the one with fewer. Marks of several things
("good", "average") are fewer."""
_REDUCED, _HARDLY_MORE = 0.2, 0.95
"""So many rows have a lower price than that of the list, and so many none above it."""
_CENTS, _PRICED, _DIFFERENT, _WHOLE = frozenset((99, 98, 95)), 0.25, 4, 0.98
"""How prices end; so many of those with cents do, of so many different ones; and all but so few have no more places."""
_MOST_FACETS = 8
"""Each has a block of its own in every vector; values of further ones are matched as they are written."""


def typed_columns(cells: Mapping[str, Sequence[Any]]) -> list[Column]:
    """Every column of a table as values; columns in which nothing is known are left out."""
    told = {first for values in cells.values() if (first := day_first_in(values)) is not None}
    day_first = told.pop() if len(told) == 1 else None
    blanks = sum("NA" in values for values in cells.values()) > 1
    columns = [column for name, values in cells.items() for column in typed(name, values, day_first, blanks)]
    columns = [replace(column, kind="hidden") if column.name in RESERVED else column for column in columns]
    columns = _with_parents(_with_money(columns))
    columns = _ways(marks_of_the_whole(_with_ends(_fewer_facets(told_by_sisters(columns)))))
    return _told_nameless(cells, _in_speech(_with_what_is_paid(dates_told_apart(columns))))


def _told_nameless(cells: Mapping[str, Any], columns: list[Column]) -> list[Column]:
    """The columns, the first with a warning where no column of the file has a name."""
    if not columns or not all(map(_NUMBERED.fullmatch, cells)):
        return columns
    told = "the file has no header: its first row is taken as one like the others"
    return [replace(columns[0], warnings=(*columns[0].warnings, told)), *columns[1:]]


def _in_speech(columns: Sequence[Column]) -> list[Column]:
    """The columns with the words that people ask for them by, beside the others."""
    asked = [n for n, column in enumerate(columns) if column.kind != "hidden"]
    some = [columns[n] for n in asked]
    words = asked_by([c.name for c in some], [c.words for c in some], [c.bound for c in some])
    said = dict(zip(asked, words, strict=True))
    return [replace(column, words=said[n]) if n in said else column for n, column in enumerate(columns)]


def _with_money(columns: Sequence[Column]) -> list[Column]:
    """Amounts in no unit that end as prices do ("24.99") are money, and so are those in hundredths that are called
    alike: "start_pr" and "total_pr"."""
    amounts = [column for column in columns if column.kind == "number" and not column.unit and not column.bound]
    cents = {c.name: some for c in amounts if (some := _hundredths(c))}
    said = [words_of(name) for name, known in cents.items() if _end_as_prices(known)]
    paid = {name for name in cents if any(len(words) > 1 and set(words).intersection(words_of(name)) for words in said)}
    return [_priced(column) if column.name in paid else column for column in columns]


def _priced(column: Column) -> Column:
    words = tuple(dict.fromkeys((*column.words, "price")))
    return replace(column, unit="money", better="less", words=words, sure=0.6)


def _hundredths(column: Column) -> list[int]:
    """The amounts of a column in hundredths; none if others than a few have more places, or none has two."""
    known = [round(float(value) * 100, 4) for value in column.values if isinstance(value, int | float)]
    whole = [int(n) for n in known if n.is_integer()]
    return whole if len(whole) >= _WHOLE * len(known) and any(n % 10 for n in whole) else []


def _end_as_prices(known: Sequence[int]) -> bool:
    broken = [n % 100 for n in known if n % 100]
    return len({n // 100 for n in known}) >= _DIFFERENT and sum(n in _CENTS for n in broken) > _PRICED * len(broken)


def _with_parents(columns: Sequence[Column]) -> list[Column]:
    """Columns of objects whose last names are the same are also asked for by what these are in: "fur.main"."""
    many = Counter(column.words for column in columns)
    return [
        replace(column, words=tuple(dict.fromkeys((*spoken(parent, None), *column.words))))
        if many[column.words] > 1 and ". " not in column.name and (parent := column.name.rpartition(".")[0])
        else column
        for column in columns
    ]


def _with_ends(columns: Sequence[Column]) -> list[Column]:
    """Two columns of one number, from which and up to which, by their names and as no row has more in the first."""
    numbers = [c for c in columns if c.kind == "number" and not c.bound and c.unit != "count"]
    pairs = [(one, other) for one in numbers if says(one.name, "begun") for other in numbers if _ends(one, other)]
    bounds: dict[str, Bound] = {}
    for one, other in pairs:
        bounds |= {one.name: "low", other.name: "high"}
    return [replace(c, bound=bounds[c.name], words=_asked(c)) if c.name in bounds else c for c in columns]


def _asked(column: Column) -> tuple[str, ...]:
    """Of dates "starts" and "ends" say which is meant."""
    return column.words if column.unit == "date" else _plain(column) or column.words


def _with_what_is_paid(columns: Sequence[Column]) -> list[Column]:
    """Of two prices the one that is less where they differ is paid; that of the list is meant by its name alone."""
    prices = [c for c in columns if c.kind == "number" and not c.bound and says(c.name, "price")]
    listed = {one.name for one in prices for other in prices if one is not other and _is_list_price(one, other)}
    return [replace(column, aside=True) if column.name in listed else column for column in columns]


def _is_list_price(one: Column, other: Column) -> bool:
    said = any(says(word, "price") for word in set(one.words).intersection(other.words))
    pairs = _both_known(one, other)
    above = sum(float(str(a)) > float(str(b)) for a, b in pairs)
    same = sum(a == b for a, b in pairs)
    reduced = above >= _REDUCED * len(pairs) and above + same >= _HARDLY_MORE * len(pairs) > 0
    return said and one.unit == other.unit and reduced


def _both_known(one: Column, other: Column) -> list[tuple[Value, Value]]:
    """The values of the rows of which both columns say something."""
    return [(a, b) for a, b in zip(one.values, other.values, strict=True) if a is not None and b is not None]


def _ends(one: Column, other: Column) -> bool:
    """Whether a column holds the ends of what begins in another."""
    if one.unit != other.unit or not says(other.name, "ended") or set(_plain(one)) != set(_plain(other)):
        return False
    pairs = _both_known(one, other)
    if one.unit == "date":
        return bool(pairs) and all(str(a) <= str(b) for a, b in pairs)
    return bool(pairs) and all(float(str(a)) <= float(str(b)) for a, b in pairs)


def _plain(column: Column) -> tuple[str, ...]:
    """The words of a column without those that say which end it holds."""
    return tuple(word for word in column.words if not (says(word, "begun") or says(word, "ended")))


def _fewer_facets(columns: Sequence[Column]) -> list[Column]:
    facets = sorted((c for c in columns if c.kind == "facet"), key=lambda column: -column.filled)
    beyond = {column.name for column in facets[_MOST_FACETS:]}
    return [replace(column, kind="name") if column.name in beyond else column for column in columns]


def _ways(columns: Sequence[Column]) -> list[Column]:
    """Beside a climb a length is a way, and beside a width or a weight a size; neither takes time."""
    numbers = [column for column in columns if column.kind == "number"]
    terrain = any(says(column.name, "terrain") for column in numbers)
    sized = any(says(column.name, "length") or says(column.name, "mass") for column in numbers)
    return [_measured(column, terrain) if sized and column.kind == "number" else column for column in columns]


def _measured(column: Column, terrain: bool) -> Column:
    """A column without a unit of its own, in the likeliest."""
    assumed = f"no unit; taken as {column.unit}" in column.warnings
    if column.unit and not assumed:
        return column
    if not says(column.name, "extent") and not (terrain and says(column.name, "terrain")):
        return column
    known = [float(value) for value in column.values if isinstance(value, int | float)]
    far = says(column.name, "terrain") or statistics.median(known) > _KILOMETRES
    unit = ("m" if far else "km") if terrain else ""
    return replace(column, unit=unit, sure=0.5, warnings=(f"no unit; taken as {unit}",) if unit else ())


def schema_of(columns: Sequence[Column]) -> Schema:
    """The schema of typed columns. The prior is the column of counts that speaks of most people."""
    alike = _alike(columns)
    fields = tuple(replace(_field(column), alike=alike.get(column.name, ())) for column in columns)
    prior = _prior(columns)
    return Schema(fields, prior=prior.name if prior else "")


def _alike(columns: Sequence[Column]) -> Mapping[str, tuple[str, ...]]:
    """For each facet the others that have some of its values: they tell the same of other parts of an item."""
    known = {column.name: _said_in(column) for column in columns if column.kind == "facet"}
    return {
        name: tuple(other for other in known if other != name and _have_in_common(values, known[other]))
        for name, values in known.items()
    }


def _have_in_common(some: frozenset[str], others: frozenset[str]) -> bool:
    return len(some & others) >= max(_SHARED, _OF_SMALLER * min(len(some), len(others)))


def _said_in(column: Column) -> frozenset[str]:
    """The values of a column, in small letters."""
    cells = (value if isinstance(value, tuple) else (value,) for value in column.values if value is not None)
    return frozenset(str(one).casefold() for one in set(chain.from_iterable(cells)))


def _field(column: Column) -> Field:
    single = (
        column.kind == "name"
        and says_place(column.name)
        and not any(isinstance(value, tuple) for value in column.values)
    )
    return Field(
        column.name,
        column.kind,
        single=single,
        unit=column.unit,
        better=column.better,
        bound=column.bound,
        words=column.words,
        aside=column.aside,
        source=column.source,
        told_by=column.told_by,
    )


def _prior(columns: Sequence[Column]) -> Column | None:
    counts = [column for column in columns if column.kind == "number" and column.unit == "count"]
    return max(counts, key=_reach, default=None)


def _reach(column: Column) -> tuple[bool, float]:
    known = [float(value) for value in column.values if isinstance(value, int | float)]
    return column.filled > 0.5, statistics.median(known)


def infer_schema(items: Sequence[Item]) -> Schema:
    """A schema from the names and values of the items' fields, which stay as they are."""
    names = dict.fromkeys(name for item in items for name in item.fields)
    return schema_of(typed_columns({name: [item.fields.get(name) for item in items] for name in names}))
