"""What columns of numbers tell of each other: two that are a point on a globe, marks that are called a cost or are for
a part beside those for the whole, zeros where nobody has voted, and answers. Knows no files.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import replace

from ..values import yes_or_no
from .column import FEW_ROWS, Column
from .headers import is_only, says

_UP, _AROUND = 90.0, 360.0
_FINE = 4
"""Decimals of degrees that tell a place and not a region."""
_MOSTLY = 0.8
_TOP = 100.0
_STEP = 5
_SISTERS = 2
"""So many columns of marks beside one are a scale that all of them are on."""
_HIGH = 0.6
"""A scale of marks is used up to there at least."""
_AGAINST = -0.2
"""The correlation with what things cost of a mark that is high where they cost little."""
_MARKS = ("rating", "overall", "counting", "popularity", "mean", "vote")
"""Concepts of a name of which a column of marks is for the whole."""
_SOME = 3
_YES_NO = "yes/no"
_FEW, _MANY, _NEARLY = 2, 0.3, 0.9
"""Rows without votes that tell something; in how many of them a column has zeros; how many of its zeros these are."""


def told_by_sisters(columns: Sequence[Column]) -> list[Column]:
    """The columns, with what the others tell of them."""
    return _denied(_voted(_scored(_placed(columns))))


def _numbers(column: Column) -> list[float]:
    return [float(value) for value in column.values if isinstance(value, int | float)]


def _placed(columns: Sequence[Column]) -> list[Column]:
    """Two columns beside each other that are the degrees of a point are hidden."""
    points: set[str] = set()
    for one, other in itertools.pairwise(columns):
        if one.name not in points and _are_a_point(one, other):
            points |= {one.name, other.name}
    return [replace(column, kind="hidden") if column.name in points else column for column in columns]


def _are_a_point(one: Column, other: Column) -> bool:
    """Fine degrees, of which some are more than a mark is, or below zero."""
    if {one.kind, other.kind} not in ({"number"}, {"number", "hidden"}) or one.unit or other.unit:
        return False
    some, others = _degrees(one), _degrees(other)
    if len(some) < FEW_ROWS or len(some) != len(others) or not (_are_fine(one) and _are_fine(other)):
        return False
    up, around = sorted((some, others), key=lambda known: max(map(abs, known)))
    within = max(map(abs, up)) <= _UP and max(map(abs, around)) <= _AROUND
    return within and (min(*up, *around) < 0 or max(around) > _TOP) and statistics.median(map(abs, up)) >= 1


def _degrees(column: Column) -> list[float]:
    """The numbers of a column, also of one that its name has told to be one of the two; none if it has others."""
    try:
        return [float(value) for value in column.values if isinstance(value, int | float | str)]
    except ValueError:
        return []


def _are_fine(column: Column) -> bool:
    known = _degrees(column)
    return sum(len(f"{value!r}".partition(".")[2]) >= _FINE for value in known) >= _MOSTLY * len(known)


def _scored(columns: Sequence[Column]) -> list[Column]:
    """What is called a cost and is a mark like its sisters, in steps up to a hundred, is no money; more of it is better
    where what is money is less then."""
    plain = [column for column in columns if column.kind == "number" and _is_marks(column)]
    marks = [column for column in plain if column.unit in ("", "rating")]
    called = {column.name for column in plain if column.unit == "money" and _in_steps(column)}
    if not called or len(marks) < _SISTERS:
        return list(columns)
    costs = [c for c in columns if c.kind == "number" and c.better == "less" and c.unit and c.name not in called]
    return [
        replace(column, unit="", better="more" if any(_against(column, cost) for cost in costs) else "")
        if column.name in called
        else column
        for column in columns
    ]


def _is_marks(column: Column) -> bool:
    known = _numbers(column)
    return len(known) >= FEW_ROWS and min(known) >= 0 and _HIGH * _TOP <= max(known) <= _TOP


def _in_steps(column: Column) -> bool:
    return all(value % _STEP == 0 for value in _numbers(column))


def _against(column: Column, cost: Column) -> bool:
    pairs = list(zip(column.values, cost.values, strict=True))
    known = [(float(a), float(b)) for a, b in pairs if isinstance(a, int | float) and isinstance(b, int | float)]
    if len(known) < _SOME or any(len(set(values)) < 2 for values in zip(*known, strict=True)):
        return False
    return statistics.correlation(*zip(*known, strict=True)) < _AGAINST


def _voted(columns: Sequence[Column]) -> list[Column]:
    """Zeros that stand in rows where nobody has voted, in many of them and hardly elsewhere, say nothing."""
    counts = [column for column in columns if column.kind == "number" and column.unit == "count"]
    nobody = [found for column in counts if len(found := _zeros(column)) >= _FEW]
    return [
        _known(column, nobody) if column.kind == "number" and column.unit not in ("count", "money") else column
        for column in columns
    ]


def _zeros(column: Column) -> frozenset[int]:
    return frozenset(n for n, value in enumerate(column.values) if value == 0)


def _known(column: Column, nobody: Sequence[frozenset[int]]) -> Column:
    zeros = _zeros(column)
    if not any(len(zeros & rows) >= max(_NEARLY * len(zeros), _MANY * len(rows)) for rows in nobody):
        return column
    return replace(column, values=[None if n in zeros else value for n, value in enumerate(column.values)])


def _denied(columns: Sequence[Column]) -> list[Column]:
    """A column that says nothing but no is one of yes and no, where others are."""
    if not any(column.unit == _YES_NO for column in columns):
        return list(columns)
    return [
        replace(column, kind="category", unit=_YES_NO, values=[value and "no" for value in column.values])
        if column.kind in ("facet", "name") and _is_no(column)
        else column
        for column in columns
    ]


def _is_no(column: Column) -> bool:
    known = {value for value in column.values if value is not None}
    return len(known) == 1 and yes_or_no(known.pop()) == "no"


def marks_of_the_whole(columns: Sequence[Column]) -> list[Column]:
    """Where a column of marks is for the whole ("avg_rating"), those for something else of it ("difficulty_rating") are
    plain numbers, and not asked for as a rating: what is rated above 4 is meant by the first."""
    marks = [column for column in columns if column.unit == "rating"]
    whole = [column for column in marks if is_only(column.name, *_MARKS)]
    aspects = {column.name for column in marks if whole and column not in whole}
    return [_of_an_aspect(column) if column.name in aspects else column for column in columns]


def _of_an_aspect(column: Column) -> Column:
    words = tuple(word for word in column.words if not says(word, "rating"))
    return replace(column, unit="", better="", words=words)
