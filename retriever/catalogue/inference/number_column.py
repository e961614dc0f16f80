"""Columns of numbers: their units, and what they count. Years, keys, prices, marks, and how many took part."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..schema import Bound
from ..values import MONEY, Quantity, Unit, each_once, unit_named
from .column import NEARLY, Column, odd
from .headers import (
    header_rate,
    header_unit,
    is_only,
    says,
    says_calendar,
    says_marks,
    says_measure,
    says_size,
    says_votes,
    spoken,
)
from .references import is_key

_YEARS = (1000, 2100)
_MANY_UNITS, _OWN = 0.02, 0.5
_OLDEST, _LATEST, _RECENT = 1850, 2035, 0.8
"""Whole numbers of which so many lie between these, and none beyond, are years whatever they are called."""
_NO_YEARS = ("price", "mass", "length", "terrain", "distance", "volume", "power", "popularity", "pages", "heads")
"""But what a name says is measured or counted."""
_A_CROWD = 10
_NO_MARK = 1000
"""Beyond that a "rating count" counts ratings."""
_COUNTED = ("votes", "ratings")
"""What else one says for how many have rated."""
_MOSTLY_OTHERS = 0.9
_ASSUMED = (("h", 15.0), ("min", 600.0), ("s", 60_000.0), ("ms", math.inf))
"""In what a duration is that does not say so, by what it usually is: nothing usually lasts ten hours."""
_LISTED, _FIRST_PLACES, _GAPS = 20, 10, 3
"""Of a list of places: at least so many, the first of them among so many, and at most so many times as many in all."""
_SELDOM = 0.1
"""If more than that have none of what takes time, has pages or is measured, it is said of them."""
_LEVELS = 5
"""What costs whole numbers up to that is told in levels, not in money."""
_NEVER_NONE = ("mass", "volume", "area")
_NINES, _MINUS = re.compile(r"9{3,}"), re.compile(r"-(?:1|9+)")
"""What stands for what is not known: 999, 9999; and below all else -1, -9, -99."""
_BEYOND = 10
"""So many times what comes next, or more, are nines that are no amount."""
_FILES_IN = "MB"
_BYTES = 1e9
"""Of the unit to which those of storage are told."""


def number_columns(name: str, known: Sequence[Any], quantities: Sequence[Quantity | None]) -> list[Column]:
    """One column of numbers; one for each kind of amount; or the two ends of ranges."""
    found = [q for q in quantities if q is not None]
    warnings = odd(known, quantities)
    units = Counter(_dimension(q) for q in found if q.unit)
    if units["time"] > units["length"] > 0 and all(q.unit == "m" for q in found if _dimension(q) == "length"):
        minute = unit_named("min")
        quantities = [replace(q, unit="min", known=minute) if q and q.unit == "m" else q for q in quantities]
        units["time"] += units.pop("length")
    common = [unit for unit, count in units.most_common(2) if count >= max(2, _MANY_UNITS * len(found))]
    if len(common) == 2 and sum(units.values()) > NEARLY * len(found):
        return [
            column
            for n, unit in enumerate(common)
            for column in _amounts(
                name if n == 0 else f"{name} ({unit})",
                [q if q and _dimension(q) == unit else None for q in quantities],
                warnings if n == 0 else (),
            )
        ]
    return _amounts(name, quantities, warnings)


def _dimension(quantity: Quantity) -> str:
    return quantity.known.dimension if quantity.known else quantity.unit


def _amounts(name: str, quantities: Sequence[Quantity | None], warnings: tuple[str, ...]) -> list[Column]:
    found = [q for q in quantities if q is not None]
    written = Counter(q.unit for q in found if q.unit)
    written = Counter({u: n for u, n in written.items() if n > _OWN * len(found) or u == MONEY or unit_named(u)})
    unit = unit_named(written.most_common(1)[0][0]) if written else header_unit(name)
    unit = None if not written and says_calendar(name, (q.high for q in found)) else unit
    if not unit and is_only(name, "file") and sum(q.scaled for q in found) > 0.5 * len(found):
        unit = unit_named(_FILES_IN)
    label = unit.name if unit else written.most_common(1)[0][0] if written else header_rate(name)
    if any(q.out_of for q in found) and not label:
        label = f"/{statistics.mode(q.out_of for q in found if q.out_of):g}"
    lows = _each(lambda q: converted(q, q.low, unit), quantities)
    if says(name, "rank") and not says(name, "rating"):
        return [_number(name, lows, unit, label, warnings)]  # of places in bands the first is the best
    if sum(q.high > q.low for q in found) > 0.2 * len(found):
        highs = _each(lambda q: converted(q, q.high, unit), quantities)
        column = _number(name, lows, unit, label, warnings)
        return [
            replace(column, name=f"{name} (from)", bound="low"),
            replace(column, name=f"{name} (to)", bound="high", values=each_once(whole, highs), warnings=()),
        ]
    return [_number(name, lows, unit, label, warnings)]


def _each(work: Callable[[Quantity], float], quantities: Sequence[Quantity | None]) -> list[float | None]:
    """What the work makes of each quantity; of one that several cells have, once."""
    each = {id(q): q for q in quantities}
    made = {at: None if q is None else work(q) for at, q in each.items()}
    return [made[id(q)] for q in quantities]


def _asked_by(name: str, unit: Unit | None, label: str) -> tuple[str, ...]:
    """The words of the name, and a unit of the column's own ("2 seasons")."""
    own = (label,) if label.isalpha() and label != MONEY and not unit else ()
    return tuple(dict.fromkeys((*own, *spoken(name.partition(" (")[0], unit))))


def converted(quantity: Quantity, amount: float, unit: Unit | None) -> float:
    """An amount of a quantity in a unit of the same dimension; of storage "19M" are bytes. Else as it is."""
    if unit and quantity.scaled and unit.dimension == "storage":
        return round(amount / _BYTES / unit.factor, 6)
    if unit and quantity.known and quantity.known.dimension == unit.dimension:
        return round(amount * quantity.known.to(unit), 6)
    return amount


def whole(value: float | None) -> int | float | None:
    """2.0 is 2."""
    return int(value) if value is not None and value.is_integer() and abs(value) < 1e15 else value


def _number(
    name: str, values: Sequence[float | None], unit: Unit | None, label: str, warnings: tuple[str, ...]
) -> Column:
    values = _possible(name, values, unit)
    known = [value for value in values if value is not None]
    column = Column(
        name,
        "number",
        each_once(whole, values),
        label,
        words=_asked_by(name, unit, label),
        sure=0.9,
        warnings=warnings,
    )
    if label in ("", "years") and _are_years(name, known):
        return replace(column, unit="year", values=[value or None for value in column.values])
    if not label and is_key(name, known):
        return replace(column, kind="hidden")
    bound: Bound = "low" if says(name, "low") and label != "min" else "high" if says(name, "high") else ""
    return _meaning(replace(column, bound=bound), known, unit, label)


def _possible(name: str, values: Sequence[float | None], unit: Unit | None) -> Sequence[float | None]:
    """The amounts without those that nothing has, and those that stand for none."""
    values = _without_signs(values, unit)
    sized = unit is not None and (unit.dimension in _NEVER_NONE or (unit.dimension == "length" and says_size(name)))
    seldom = sum(value == 0 for value in values) <= _SELDOM * len(values)
    signed = unit is None and any(value is not None and value < 0 for value in values)
    measured = seldom and not signed and says_measure(name)
    if not (sized or measured) or not any(value is not None and value > 0 for value in values):
        return values
    return [None if value is not None and value <= 0 else value for value in values]


def _without_signs(values: Sequence[float | None], unit: Unit | None) -> Sequence[float | None]:
    """The amounts without what stands for none: the only one below zero (of what is no temperature), if all else is
    far above it, or it stands again and again among whole numbers; and nines that are far beyond all else."""
    known = Counter(value for value in values if value is not None)
    below, rest = [value for value in known if value < 0], sorted(value for value in known if value >= 0)
    signs = set[float]()
    if (
        len(below) == 1
        and rest
        and _MINUS.fullmatch(f"{below[0]:g}")
        and not (unit and unit.dimension == "temperature")
    ):
        again = known[below[0]] > 1 and all(float(value).is_integer() for value in rest)
        signs |= set(below) if again or rest[0] > -below[0] else set()
    if len(rest) > 1 and _NINES.fullmatch(f"{rest[-1]:g}") and rest[-1] >= _BEYOND * abs(rest[-2]):
        signs.add(rest[-1])
    return [None if value in signs else value for value in values] if signs else values


def _meaning(column: Column, known: Sequence[float], unit: Unit | None, label: str) -> Column:
    """What a column of numbers is about, by its unit or its name: money, places, people who took part, marks, time."""
    name = column.name
    if label == MONEY or (unit and unit.dimension == MONEY):
        return replace(column, better="more" if says(name, "earning") else "less")
    if says(name, "price") and not unit:
        level = max(known) <= _LEVELS and all(value.is_integer() for value in known)
        return replace(column, unit="" if level else "money", better="less", sure=0.7)
    if says(name, "rank") or (says(name, "popularity") and _are_places(known)):
        return replace(column, better="less", sure=0.7)
    of_marks = says(name, "rating") and says(name, "counting") and max(known) > _NO_MARK
    if (of_marks or says_votes(name)) and not unit and _are_counts(known):
        words = (*column.words, *(_COUNTED if of_marks else ()))
        return replace(column, words=tuple(dict.fromkeys(words)), unit="count", better="more", sure=0.8)
    if says_marks(name):
        return replace(column, unit=label or "rating", better="more", sure=0.8, values=_rated(column.values))
    if not label and says(name, "duration") and known.count(0) <= _SELDOM * len(known):
        usual = statistics.median(known)
        assumed = next(unit for unit, most in _ASSUMED if usual < most)
        return replace(column, unit=assumed, sure=0.5, warnings=(*column.warnings, f"no unit; taken as {assumed}"))
    return column


def _rated(marks: Sequence[Any]) -> Sequence[Any]:
    """Marks without zeros, where the least mark that is given is one or more: nobody has rated these."""
    given = [mark for mark in marks if mark]
    return [mark or None for mark in marks] if given and min(given) >= 1 else marks


def _are_years(name: str, known: Sequence[float]) -> bool:
    whole = [value for value in known if value.is_integer() and _YEARS[0] <= value <= _YEARS[1]]
    if says(name, "year") and whole and len(whole) >= NEARLY * sum(map(bool, known)):
        return True  # also where 0 stands for never
    if len(whole) < 0.99 * len(known) or max(whole) > _LATEST or any(says(name, concept) for concept in _NO_YEARS):
        return False
    recent = [value for value in whole if value >= _OLDEST]
    return len(recent) >= _RECENT * len(known) and len(set(recent)) <= _LATEST - _OLDEST + 1


def _are_places(known: Sequence[float]) -> bool:
    """Places in a list of all that there is, hardly any twice, from the first on: what is best known comes first."""
    listed = len(known) >= _LISTED and len(set(known)) > _MOSTLY_OTHERS * len(known)
    places = listed and all(value.is_integer() for value in known)
    return places and 0 < min(known) <= _FIRST_PLACES and max(known) <= _GAPS * len(known)


def _are_counts(known: Sequence[float]) -> bool:
    """Counts of people who took part; a handful at the most ("previous owners") is no crowd."""
    crowd = max(known) >= _A_CROWD and all(value >= 0 for value in known)
    return crowd and sum(value.is_integer() for value in known) > 0.95 * len(known)
