"""Which part of a series a title is, and which part comes after one. Knows titles and years, and no fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..matching.titles import core, plain_title

_SAID = re.compile(r"(?:#|\b(?:book|vol(?:ume)?|part|no|nr|band|tome|libro)\b\.?\s*)\s*(\d{1,3})\b", re.I)
_HEAD = re.compile(r"\s*[:：]\s+|\s+[-–—|]\s+")
_PART = re.compile(r"\d{1,2}")
"""More digits are of a year."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a series: the number that its title or its series says, 0 without; its year, 0 if unknown; whether it is
    called as the series is."""

    row: int
    number: int
    year: int
    plain: bool = False


def part_number(title: str, values: Sequence[str] = ()) -> int:
    """The number of a part by its title, "X II", "X 3: Y", "Y (X, #2)", else by the values of its series; 0 without."""
    for text in (title, *values):
        if found := _SAID.search(text):
            return int(found[1])
    words = [(core(title)).split(), plain_title(_HEAD.split(title, maxsplit=1)[0]).split()]
    ends = (some[-1] for some in words if len(some) > 1 and _PART.fullmatch(some[-1]))
    return int(next(ends, 0))


def next_part(parts: Sequence[Part], row: int) -> int | None:
    """The row of the part that comes after one; None after the last, and where neither numbers nor years tell it. What
    is called as the series is its first part, if others have numbers."""
    counted = any(part.number for part in parts)
    places = {part.row: place for part in parts if (place := _place(part, counted))}
    after = {place: other for other, place in places.items() if row in places and place > places[row]}
    return after[min(after)] if after else None


def _place(part: Part, counted: bool) -> int:
    """Where a part stands, 0 where that is not known."""
    return (part.number or int(part.plain)) if counted else part.year
