"""The items in memory, with the columns that gates and exact name matches are decided on.

Knows nothing of vectors. Rows are numbered as the items are ordered.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

from .calendar import Spans, part_of, spans_of, within
from .item import Item
from .item_text import item_text, names_of, normalise
from .kinds import Kinds, OtherNames
from .schema import Schema
from .terms import Terms, terms

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_ANSWERS = frozenset(("yes", "no", "true", "false"))
_FLAG = re.compile(r"^(?:has|is|with)(?=[_\s])|_|(?<=[_\s])(?:allowed|included|available)$", re.I)
"""What the name of a field of yes and no has beside the word for it."""
_FEWEST_SHARED = 3
_OFTEN = 1.5
"""The values of a field that sorts things stand so often in a catalogue, on average."""
_NONE: Rows = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Catalogue:
    """Items and what they are indexed by in memory. Columns are built at first use, or all at once by `prepare`."""

    items: Sequence[Item]
    schema: Schema

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of an item's id."""
        return {item.id: row for row, item in enumerate(self.items)}

    def get(self, item_id: str) -> Item:
        return self.items[self.row[item_id]]

    def check(self) -> None:
        """Raises CatalogueError if a number field holds anything else."""
        _ = self.numbers

    def prepare(self) -> None:
        """Build every column now, so that nobody's first message waits for it."""
        _ = self.row, self.numbers, self.postings, self.names, self.value_counts, self.several, self._dates, self.titled
        _ = self.kinds, self.other_names
        self.terms.prepare()

    @cached_property
    def numbers(self) -> Mapping[str, npt.NDArray[np.float64]]:
        """One column per number field, NaN where unknown."""
        return {name: np.array([item.number(name) for item in self.items]) for name in self.schema.of("number")}

    def within(self, name: str, low: float, high: float) -> Mask:
        """Which rows lie in a range of a number field; of dates also by the calendar."""
        if part := part_of(self.schema.field(name), low, high):
            return within(self._dates[name], part, low, high)
        column = self.numbers[name]
        return np.asarray((column >= low) & (column <= high))

    @cached_property
    def _dates(self) -> Mapping[str, Spans]:
        dated = (field.name for field in self.schema.fields if field.unit == "date")
        return {name: spans_of(self.items, name, self.schema) for name in dated}

    @cached_property
    def postings(self) -> Mapping[str, Mapping[str, Rows]]:
        """For each facet, name and category field, the rows that hold a value; values in normalised form."""
        fields = self.schema.of("facet", "name", "category")
        return {name: _postings(map(normalise, item.values(name)) for item in self.items) for name in fields}

    @cached_property
    def names(self) -> Mapping[str, Rows]:
        """The rows that bear a name, in whichever field."""
        return _postings(names_of(item, self.schema) for item in self.items)

    @cached_property
    def value_counts(self) -> Mapping[str, Mapping[str, int]]:
        """The values of each facet, name and category field as written, with the number of items that hold them."""
        counts: dict[str, dict[str, int]] = {name: {} for name in self.schema.of("facet", "name", "category")}
        for item in self.items:
            for name, field in counts.items():
                for value in item.values(name):
                    field[value] = field.get(value, 0) + 1
        return counts

    @cached_property
    def kinds(self) -> Kinds:
        """What the values of facets and categories are kinds of; looked up at the first refusal, for it takes a second
        that not every start should wait for."""
        return Kinds({name: self.value_counts[name] for name in self.schema.of("facet", "category")})

    @cached_property
    def other_names(self) -> OtherNames:
        """The values of facets and categories by other nouns, and fields of yes and no by those for their names; read
        at the first that is looked up."""
        fields = self.schema.of("facet", "category")
        flags = {name: {_FLAG.sub(" ", name).strip(): len(self)} for name in fields if self.yes(name)}
        return OtherNames({name: flags.get(name, self.value_counts[name]) for name in fields})

    @cached_property
    def titled(self) -> Mapping[str, Rows]:
        """The rows in whose titles a word stands, by its term."""
        return _postings(terms(item.title) for item in self.items)

    def saying(self, words: Sequence[str]) -> Rows:
        """The rows whose titles have all of some terms, in order."""
        rows = [self.titled.get(word, _NONE) for word in words]
        return functools.reduce(np.intersect1d, rows) if rows else _NONE

    def calls_others(self, text: str, field: str, value: str) -> bool:
        """Whether more titles have some words that are not of a value than are, so that they are no name for it: where
        most is called a cheese, "cheese" is no Swiss Cheese."""
        said = self.saying(terms(text))
        return bool(2 * self.held(field, value, said).sum() < len(said))

    def share_holding(self, word: str, field: str, values: tuple[str, ...]) -> float:
        """Of the items that say a word, also with a plural's s, or hold one of some values of a field, the part that
        hold one. Where "noise cancelling" is said of many, "noise" is not only the maker of that name."""
        said = np.zeros(len(self), dtype=bool)
        stems = terms(word)
        said[self.terms.rows(stems[0]) if stems else self._rows_saying(normalise(word))] = True
        held = self.holding_any(field, values)
        return float(held.sum() / max(1, (said | held).sum()))

    def _rows_saying(self, word: str) -> list[int]:
        """Which rows say a word that is too short to be a term."""
        alone = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
        return [row for row in range(len(self)) if word in (text := self.words(row)) and alone.search(text)]

    def yes(self, field: str) -> str:
        """How a field of yes and no says yes; empty for any other."""
        known = self.value_counts[field]
        plain = {value.casefold() for value in known} <= _ANSWERS
        return next((value for value in known if value.casefold() in ("yes", "true")), "") if plain else ""

    @cached_property
    def several(self) -> frozenset[str]:
        """The facet and name fields of which some item holds more than one value."""
        fields = self.schema.of("facet", "name")
        return frozenset(name for name in fields if any(len(item.values(name)) > 1 for item in self.items))

    @cached_property
    def twins(self) -> frozenset[tuple[str, str]]:
        """Pairs of columns of which each has most words that the other has, in two roles ("element" and "weakness"),
        the first in the file before the later: what a thing is stands before what else is said of it so."""
        known = {name: self.value_counts[name] for name in self.schema.of("facet", "category")}
        words = {name: {normalise(value) for value in values} for name, values in known.items()}
        filled = {name: sum(values.values()) for name, values in known.items()}
        return frozenset(
            (one, other)
            for one, other in combinations(known, 2)
            if 2 * filled[one] >= filled[other] and _are_alike(words[one], words[other])
        )

    def bearers(self, names: Iterable[str]) -> Rows:
        """The rows that bear any of the (normalised) names, in order."""
        return np.unique(np.concatenate([_NONE, *(self.names.get(name, _NONE) for name in names)]))

    def bearing(self, names: Iterable[str], rows: Rows) -> npt.NDArray[np.float64]:
        """How many of the (normalised) names the items at these rows bear, shape (len(rows),)."""
        counts = np.zeros(len(rows))
        for name in names:
            counts += _among(rows, self.names.get(name, _NONE))
        return counts

    def holding(self, field: str, value: str) -> Mask:
        """Which rows hold a value: of that field or one alike; for a name field, of any name field."""
        mask = np.zeros(len(self), dtype=bool)
        mask[self._holders(field, value)] = True
        return mask

    def holding_any(self, field: str, values: Sequence[str]) -> Mask:
        """Which rows hold any of some values."""
        return np.asarray(np.logical_or.reduce([self.holding(field, value) for value in values]))

    def share_of(self, field: str, values: Sequence[str]) -> float:
        """Of the items of which a facet is known, the part that hold any of some values."""
        known = np.unique(np.concatenate(list(self.postings[field].values()))).size
        return float(self.holding_any(field, values).sum()) / known

    def sorts(self, field: str) -> bool:
        """Whether values of a facet come again and again, as kinds do, and do not name what has them."""
        return sum(self.value_counts[field].values()) >= _OFTEN * len(self.value_counts[field])

    def held(self, field: str, value: str, rows: Rows) -> Mask:
        """Which of these rows hold a value, shape (len(rows),)."""
        return _among(rows, self._holders(field, value))

    def words(self, row: int) -> str:
        """An item in words, normalised: its text and the values of its facets; kept from the first time on."""
        if (known := self._words[row]) is None:
            item = self.items[row]
            values = (value for name in self.schema.of("facet") for value in item.values(name))
            self._words[row] = known = normalise(" ; ".join((item_text(item, self.schema), *values)))
        return known

    @cached_property
    def terms(self) -> Terms:
        """How much of some words each item says, by `words`."""
        return Terms(self.words, len(self))

    @cached_property
    def _words(self) -> list[str | None]:
        return [None] * len(self)

    def _holders(self, field: str, value: str) -> Rows:
        value = normalise(value)
        if self.schema.kind(field) == "name":
            return self.names.get(value, _NONE)
        found = [self.postings.get(name, {}).get(value, _NONE) for name in self.schema.looked_up(field)]
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))


def _are_alike(one: set[str], other: set[str]) -> bool:
    shared = len(one & other)
    return shared >= _FEWEST_SHARED and 2 * shared >= max(len(one), len(other))


def _among(rows: Rows, posting: Rows) -> Mask:
    """Which of the rows are in a posting, which is in ascending order."""
    if not len(posting):
        return np.zeros(len(rows), dtype=bool)
    places = np.searchsorted(posting, rows)
    return np.asarray(posting[np.minimum(places, len(posting) - 1)] == rows)


def _postings(values: Iterable[Iterable[str]]) -> Mapping[str, Rows]:
    rows: dict[str, list[int]] = {}
    for row, known in enumerate(values):
        for value in dict.fromkeys(known):
            rows.setdefault(value, []).append(row)
    return {value: np.array(found, dtype=np.int64) for value, found in rows.items()}
