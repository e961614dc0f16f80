"""Columns that are one list, written in several: "Star1" to "Star4", "tag_1" and "tag_2", "Genre" and "Genre 2".

They are told by a running number at the end of their names and by short texts in all of them. Knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ..values import as_dates, as_lists, as_quantities, as_yes_no, is_missing
from .headers import says

_NUMBERED = re.compile(r"(.*[^\W\d_])[\s_\-.#]*\(?(\d{1,2})\)?")
_SAMPLE = 500
_SHORT = 3.5
"""Words to a value at the most: of prose and of addresses there are more."""
_WITH_DIGITS = 0.3
_MOST = 0.5
"""Of the columns. Where more of them are numbered, they have no names: "column 1", "V2"."""
_ADDRESS = re.compile(r"(?:https?://|www\.)|\S+\.(?:jpe?g|png|gif|webp)\b", re.I)
_APART = ("title", "identity", "link", "picture")
"""Of these a row has one that leads, and others beside it."""


def joined(cells: Mapping[str, list[Any]], apart: Collection[str] = ()) -> dict[str, list[Any]]:
    """The table with one column of lists for columns that go on from each other, where the first of them stood; it has
    what their names have in common for a name. apart: columns that stay as they are."""
    lists = {
        stem: names
        for stem, names in _by_stem([name for name in cells if name not in apart]).items()
        if 1 < len(names) <= _MOST * len(cells) and not any(says(stem, concept) for concept in _APART)
        if (stem in names or stem not in cells) and all(_is_of_words(cells[name]) for name in names)
    }
    return _with_lists(cells, lists)


def joined_as(
    cells: Mapping[str, list[Any]], fields: Collection[str], several: Collection[str]
) -> dict[str, list[Any]]:
    """The table with such columns as one where that is a field of lists, and they are no fields themselves."""
    by_stem = _by_stem([name for name in cells if name == (_stem(name) or name) or name not in fields])
    return _with_lists(cells, {stem: names for stem, names in by_stem.items() if stem in several and names != [stem]})


def _stem(name: str) -> str:
    """A name without its running number; empty if it has none."""
    found = _NUMBERED.fullmatch(name)
    return found[1] if found else ""


def _by_stem(names: Sequence[str]) -> dict[str, list[str]]:
    """The columns of each stem in the order of their numbers: first the one without; those that go on from it or from
    0 or 1."""
    numbered: dict[str, dict[int, str]] = {}
    for name in names:
        if found := _NUMBERED.fullmatch(name):
            numbered.setdefault(found[1], {}).setdefault(int(found[2]), name)
    groups = {stem: [by[n] for n in sorted(by)] for stem, by in numbered.items() if min(by) <= 1 or stem in names}
    return {stem: [stem, *group] if stem in names else group for stem, group in groups.items()}


def _with_lists(cells: Mapping[str, list[Any]], lists: Mapping[str, Sequence[str]]) -> dict[str, list[Any]]:
    leading = {names[0]: stem for stem, names in lists.items()}
    inside = {name for names in lists.values() for name in names}
    return {
        leading.get(name, name): _listed([cells[one] for one in lists[leading[name]]]) if name in leading else values
        for name, values in cells.items()
        if name in leading or name not in inside
    }


def _listed(columns: Sequence[Sequence[Any]]) -> list[Any]:
    """What the columns say of each row, in order and each once; None of a row of which they say nothing."""
    parts = [as_lists(values) or [None if is_missing(v) else (str(v).strip(),) for v in values] for values in columns]
    return [_each_once(part for known in row for part in known or ()) or None for row in zip(*parts, strict=True)]


def _each_once(parts: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for part in parts:
        first.setdefault(part.casefold(), part)
    return list(first.values())


def _is_of_words(values: Sequence[Any]) -> bool:
    """Whether a column holds short texts: no numbers, dates, flags, addresses or prose."""
    cells = [cell for value in values for cell in (value if isinstance(value, list | tuple) else [value])]
    known = [cell for cell in cells if not is_missing(cell)]
    sample = known[:: max(1, len(known) // _SAMPLE)]
    if not sample or not all(isinstance(cell, str) and not _ADDRESS.match(cell.strip()) for cell in sample):
        return False
    if sum(any(c.isdigit() for c in cell) for cell in sample) > _WITH_DIGITS * len(sample):
        return False
    parts = [part for row in as_lists(sample) or [(cell,) for cell in sample] for part in row or ()]
    if sum(len(part.split()) for part in parts) > _SHORT * len(parts):
        return False
    return not any(read(sample) for read in (as_quantities, as_yes_no, as_dates))
