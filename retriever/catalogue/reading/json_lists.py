"""Which list of objects in a JSON text is the table, and what else lies beside it. Knows nothing of rows' cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LOOKED_AT = 50
_ALIKE = 0.5
"""So much of the names that two lists of objects have is in both, if their objects are of one kind."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Found:
    """A list of objects; the object that it lies in, and under which name there."""

    rows: Sequence[Any]
    place: int = 0
    key: str = ""


@dataclass(frozen=True, slots=True)
class JsonLists:
    """The rows of a text; and of each list that is of something else under which name it stands, and how long it is."""

    rows: Sequence[Any]
    others: Sequence[tuple[str, int]] = ()


def lists_in(whole: Any) -> JsonLists:
    """The longest list of objects in what was read, with those beside it whose objects are alike: each of their rows
    then says under which name it stood. An object whose values are all objects is a list, by its keys."""
    lists = _all_lists(whole)
    if not lists:
        return JsonLists([whole] if isinstance(whole, dict) else list(whole) if isinstance(whole, list) else [])
    longest = max(lists, key=lambda found: len(found.rows))
    beside = [found for found in lists if found.place == longest.place and found.key and longest.key]
    alike = [found for found in beside if _are_alike(found.rows, longest.rows)]
    others = [(found.key, len(found.rows)) for found in beside if found not in alike]
    return JsonLists(_told_apart(alike) if len(alike) > 1 else longest.rows, others)


def _all_lists(whole: Any) -> list[_Found]:
    lists = [_Found(whole)] if _is_table(whole) else []
    layer = [whole] if isinstance(whole, dict) else []
    while layer:
        for place in layer:
            lists += [_Found(part, id(place), key) for key, part in place.items() if _is_table(part)]
            values = list(place.values())
            if len(values) > 1 and all(isinstance(value, dict) for value in values):
                lists.append(_Found([{"id": key, **value} for key, value in place.items()]))
        layer = [value for place in layer for value in place.values() if isinstance(value, dict)]
    return lists


def _is_table(part: Any) -> bool:
    return isinstance(part, list) and any(isinstance(one, dict) for one in part)


def _are_alike(some: Sequence[Any], others: Sequence[Any]) -> bool:
    one, other = _names(some), _names(others)
    return len(one & other) >= _ALIKE * len(one | other)


def _names(rows: Sequence[Any]) -> set[str]:
    return {name for row in rows[:_LOOKED_AT] if isinstance(row, Mapping) for name in row}


def _told_apart(lists: Sequence[_Found]) -> list[Any]:
    """All rows of several lists, each with the name of its list: a year, where all of them are."""
    taken = set().union(*(_names(found.rows) for found in lists))
    wanted = ("year", "group") if all(_YEAR.fullmatch(found.key) for found in lists) else ("group",)
    name = next((name for name in wanted if name not in taken), "")
    return [
        {name: found.key, **row} if name and isinstance(row, dict) else row for found in lists for row in found.rows
    ]
