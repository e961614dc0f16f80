"""Which of a table's dates tell when its things were made or came out, and which tell of the record or of a person.

By the values as far as they tell: the year of birth of a maker is the same wherever the maker is, and what is later
than another date nearly everywhere is no beginning. Knows no files.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from .column import Column
from .headers import says, says_place, words_of
from .text_column import look_like_names

_DATED = ("year", "date")
_NEARLY = 0.95
_SOME = 0.1
_AGAIN = 5
"""Rows in which a maker is there again: of fewer it is not told what goes with the maker."""
_HALF = 0.5
_AT_LEAST = 8
"""Rows that two dates are compared in."""
_SHARED = 0.4
_SCRAPED = 3
"""Days on which much of a table was taken down."""


def dates_told_apart(columns: Sequence[Column]) -> list[Column]:
    """The columns, with those dates set aside that are meant only where they are named."""
    dated = [column for column in columns if column.kind == "number" and column.unit in _DATED]
    makers = [column for column in columns if _names_makers(column)]
    aside = {column.name for column in dated if _of_the_record(column) or _of_a_person(column, makers)}
    aside |= {column.name for column in dated if _beside(column, aside)}
    left = [column for column in dated if column.name not in aside]
    aside |= {c.name for c in left if any(_begins(other, c) for other in left if other is not c)}
    if len(left) > 1:
        aside |= {c.name for c in left if _taken_down(c)}
    return [replace(column, aside=column.name in aside) for column in columns]


def _names_makers(column: Column) -> bool:
    """Whether a column names people or makers, by its name or by how its values are written."""
    if column.kind not in ("name", "facet") or says_place(column.name):
        return False
    texts = [value for value in column.values if isinstance(value, str)]
    named = says(column.name, "people") or says(column.name, "maker")
    return named or bool(texts and look_like_names(texts))


def _of_the_record(column: Column) -> bool:
    return says(column.name, "record") and not says(column.name, "release")


def _beside(column: Column, aside: Collection[str]) -> bool:
    """Whether a date is called like one of the record, but for what was done then: "created_at" and "updated_at"."""
    ends = {words_of(name)[1:] for name in aside if says(name, "record")}
    return says(column.name, "when") and words_of(column.name)[1:] in ends - {()}


def _of_a_person(column: Column, makers: Sequence[Column]) -> bool:
    return says(column.name, "life") or any(_goes_with(column, maker) for maker in makers)


def _goes_with(column: Column, maker: Column) -> bool:
    """Whether all rows of one maker have one date, and makers have different ones."""
    by: dict[Any, set[Any]] = {}
    pairs = [(a, b) for a, b in zip(maker.values, column.values, strict=True) if a is not None and b is not None]
    for who, when in pairs:
        by.setdefault(who, set()).add(when)
    again = len(pairs) - len(by)
    differing = sum(len(when) - 1 for when in by.values())
    others = len({when for known in by.values() for when in known})
    return again >= _AGAIN and differing <= (1 - _NEARLY) * again and others >= _HALF * len(by)


def _begins(one: Column, other: Column) -> bool:
    """Whether a date is before another one of the row nearly everywhere, and by years somewhere."""
    if one.filled < _HALF * other.filled:
        return False
    pairs = [(str(a), str(b)) for a, b in zip(one.values, other.values, strict=True) if a is not None and b is not None]
    before = sum(a[:4] <= b[:4] for a, b in pairs)
    earlier = sum(a[:4] < b[:4] for a, b in pairs)
    return len(pairs) >= _AT_LEAST and before >= _NEARLY * len(pairs) and earlier >= _SOME * len(pairs)


def _taken_down(column: Column) -> bool:
    """Whether much of a column of days is of the same few days, the last of it."""
    known = sorted(str(value) for value in column.values if value is not None)
    last = set(sorted(set(known))[-_SCRAPED:])
    full = known and len(known[0]) == len("2020-01-01")
    return bool(full) and len(known) > _AT_LEAST and sum(day in last for day in known) >= _SHARED * len(known)
