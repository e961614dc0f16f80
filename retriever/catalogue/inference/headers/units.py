"""The units that the names of columns state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...values import MONEY, Unit, unit_named
from .concepts import says
from .joined import concepts
from .wording import words_of

BRACKETED = re.compile(r"[(\[]([^)\]]{1,12})[)\]]")
_PER = re.compile(r"(?<=[^\W_])(?:[\s_\-.]+(?i:per)[\s_\-.]|(?<=[a-z])Per(?=[A-Z])).*")
_RATE = re.compile(r"(?:^|(?<=[\s_(\[]))([^\W\d_]{1,10}/\d{0,4}\s?[^\W\d_]{1,6})[)\]]?\s*$")
_SHORT = 3
_SPOKEN = ("time", "length", "energy", "storage", "area")
"""Dimensions of which a unit alone may be a column's name: "Inches", "calories"; a currency's code may too."""
_NOT_UNITS = frozenset(("min", "in", "m", "t", "l", "no", "go", "y", "s", "h", "cal", "try", "pen", "cop", "pounds"))
"""Words that mean something else in a name, unless they stand in brackets or last."""
_PARTS = ("foot", "second")
"""Units that are parts or places of other things where nothing beside them measures: "weak_foot"."""
_BOUNDED = ("age", "price", "heads", "mass", "volume", "power", "rank", "rating", "year")
"""Concepts of what has a least and a most, and takes no time."""
_MEASURED = {"mass": "mass", "length": "length", "volume": "volume", "power": "power", "time": "lasting"}
"""Dimensions, and the concept that has their words in a name."""
_SYMBOLS = {"d": "days", "pc": "parsecs"}
"""Symbols of units (BIPM, IAU) that mean something else in cells and messages: in a name, behind what they measure."""
_ASTRONOMICAL = {"au": "astronomical units", "ly": "light years"}
"""The same of those that mean nothing else at the end of a name."""


def header_unit(name: str) -> Unit | None:
    """The unit that a name states: in brackets ("Weight (kg)"), as its last word ("price_euros"), or alone ("eur").

    "hours_per_week" are hours, and a "price_kg" is no mass. One letter is a unit of what the name measures: "weight_g".
    In brackets it is none if it is the first one of what stands before: "Zoom wide (W)".
    """
    if bracket := BRACKETED.search(name):
        if _is_initial(bracket[1], name[: bracket.start()]):
            return None
        return unit_named(bracket[1]) or unit_named(bracket[1].rstrip("."))
    if header_rate(name):
        return unit_named(header_rate(name))
    if rate := _spelt_rate(name):
        return rate
    counted = _PER.sub("", name)
    money = unit_named(words_of(counted)[-1]) if counted != name else None
    if money and money.dimension == MONEY:
        return money  # "dollars per month"
    found = _bare_unit(counted)
    return None if found and found.dimension != MONEY and says(counted, "price") else found


def says_calendar(name: str, numbers: Iterable[float]) -> bool:
    """Whether numbers under a name are months of the year, and none last so long: "releasemonth", from 1 to 12."""
    return "month" in words_of(name) and all(number in range(1, 13) for number in numbers)


def _is_initial(letter: str, before: str) -> bool:
    """Whether a letter is short for a word of a name, and that word is not the unit itself: "Litres (l)"."""
    short_for = [word for word in words_of(before) if len(letter) == 1 and word.startswith(letter.casefold())]
    return bool(short_for) and not any(unit_named(word) for word in short_for)


def header_rate(name: str) -> str:
    """The rate that a name ends in ("l/100km"), one unit to so much of another; empty if it states none."""
    found = _RATE.search(name)
    return found[1] if found and unit_named(found[1].partition("/")[0]) else ""


def _spelt_rate(name: str) -> Unit | None:
    """The unit of so many to so much that a name ends in, written out: "Miles_per_Gallon"."""
    words = words_of(name)
    ends = (" ".join(words[-length:]) for length in (4, 3) if "per" in words)
    return next((unit for end in ends if (unit := unit_named(end)) and "per" in end.split()), None)


def _bare_unit(name: str) -> Unit | None:
    written = re.split(r"[\s_\-.]+", name.strip())
    if len(written) > 1 and (unit := unit_named(" ".join(written[-2:]))):
        return unit  # "sq ft" are no feet
    last = written[-1]
    part = len(last) == 1 or last.casefold() in _PARTS
    if last != name.strip() and not _is_a_least(written) and not part and (unit := unit_named(last)):
        return unit
    words = list(words_of(name))
    if _is_a_least(words):
        return None
    if len(words) < 2:
        return next((unit for word in words if (unit := _alone(word))), None)
    if unit := last_unit(words[-1]):
        alone = len(words[-1]) > 1 and words[-1] not in (*_SYMBOLS, *_PARTS)
        return unit if alone or _measures(words[:-1], unit.dimension) else None
    first = unit_named(words[0])
    return first if first and words[0] not in _NOT_UNITS and len(words[0]) > 1 else None


def last_unit(word: str) -> Unit | None:
    """The unit that the last word of a name is, or is the symbol of."""
    return unit_named({**_SYMBOLS, **_ASTRONOMICAL}.get(word, word))


def _is_a_least(words: Sequence[str]) -> bool:
    """Whether the words of a name end in the least of what is no time: "Age min", and not "Wait min"."""
    led = " ".join(words[:-1])
    return words[-1:] in (["min"], ["Min"]) and any(says(led, concept) for concept in _BOUNDED)


def _measures(words: Sequence[str], dimension: str) -> bool:
    """Whether words of a name, also cut short ("elev"), are of a dimension."""
    known = concepts()[_MEASURED[dimension]] if dimension in _MEASURED else frozenset()
    return any(one == word or (len(word) > _SHORT and one.startswith(word)) for word in words for one in known)


def _alone(word: str) -> Unit | None:
    """The unit that is a whole name."""
    unit = None if word in _NOT_UNITS else unit_named(word)
    if unit is None or (unit.dimension == MONEY and word != unit.name.casefold()):
        return None
    spoken = unit.dimension == "economy" or (unit.dimension in _SPOKEN and len(word) > _SHORT)
    return unit if unit.dimension == MONEY or spoken else None
