"""Amounts of known facts out of cells. Cells that differ in their numbers alone are taken apart once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..values import NUMBERS, Quantity, Unit, amount_of, plain_text, unit_named
from .parts import Part, parts_of
from .skeleton import Fact

_ASIDE = re.compile(r"\(([^()]*)\)\s*$")
SHARE, _WHOLE = "%", 100.0
_NUMBER = "0"


@dataclass(frozen=True, slots=True)
class _Place:
    """Which numbers of a cell are the ends of a part, of how many one is told, and its unit."""

    low: int
    high: int
    scale: float
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class _Places:
    """The place of each fact in cells of one form, None where it is not told; and those of all shares."""

    facts: tuple[_Place | None, ...]
    shares: tuple[int, ...]


class FactReader:
    """Reads facts of a column. aside: of a number what stands in brackets behind it. comma: whether that is the sign of
    decimals."""

    def __init__(self, facts: Sequence[Fact], aside: bool, comma: bool) -> None:
        self._facts, self._aside, self._comma = facts, aside, comma
        self._known: dict[str, _Places] = {}

    def read(self, cell: Any) -> tuple[Quantity | None, ...]:
        """What a cell says of each fact, None where it says nothing."""
        text = told_in(cell, self._aside)
        numbers = NUMBERS.findall(text)
        form = NUMBERS.sub(_NUMBER, text)
        if form not in self._known:
            self._known[form] = self._places(form, len(numbers))
        places, amounts = self._known[form], [amount_of(number, self._comma) for number in numbers]
        whole = bool(places.shares) and abs(sum(amounts[n] for n in places.shares) - _WHOLE) <= 1
        return tuple(
            _said(place, fact, amounts) if place else _none_of(fact, whole)
            for place, fact in zip(places.facts, self._facts, strict=True)
        )

    def _places(self, form: str, count: int) -> _Places:
        """The places in a form, whose numbers are numbered for that."""
        pieces = form.split(_NUMBER)
        if len(pieces) != count + 1:  # a zero that is none of the numbers
            return _Places((None,) * len(self._facts), ())
        parts = parts_of("".join(f"{piece}{n}" for n, piece in enumerate(pieces[:-1])) + pieces[-1])
        shares = [int(part.low) for part in parts if part.unit and part.unit.name == SHARE]
        return _Places(tuple(_place(fact.of(parts)) for fact in self._facts), tuple(shares))


def shares_in(cell: Any, comma: bool) -> tuple[str, ...] | None:
    """Of what a cell says that there is a share: the words behind each; None where it says nothing."""
    shared = (part for part in parts_of(told_in(cell, False), comma) if part.unit and part.unit.name == SHARE)
    return tuple(dict.fromkeys(" ".join(part.words).casefold() for part in shared if part.words)) or None


def told_in(cell: Any, aside: bool) -> str:
    """The text of a cell that is taken apart; of a number what stands in brackets behind it."""
    text = plain_text(cell) if isinstance(cell, str) else ""
    if not aside:
        return text
    found = _ASIDE.search(text)
    return found[1] if found and found.start() else ""


def _place(part: Part | None) -> _Place | None:
    return _Place(int(part.low), int(part.high), part.scale, part.unit) if part else None


def _said(place: _Place, fact: Fact, amounts: Sequence[float]) -> Quantity:
    ends = sorted((amounts[place.low] * place.scale, amounts[place.high] * place.scale))
    return Quantity(ends[0], ends[1], place.unit.name if place.unit else fact.unit, place.unit)


def _none_of(fact: Fact, whole: bool) -> Quantity | None:
    """None of what is not told, where shares are told that make up the whole."""
    return Quantity(0.0, 0.0, SHARE, unit_named(SHARE)) if whole and fact.unit == SHARE and fact.words else None
