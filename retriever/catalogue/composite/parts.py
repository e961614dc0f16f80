"""One cell taken apart: the numbers in it, each with the unit and the words that stand beside it.

Knows cells. Which parts mean the same in every row of a column is in skeleton.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..values import NUMBERS, Unit, amount_of, unit_named

_STOP = re.compile(
    r"[,;|&+•·\n()\[\]{}:!?@/]|\.(?:\s|$)|\b(?:with|and|or|out|off|of|for|in|at|on|to|from|by|per|up|upto|plus|as|mit|und"
    r"|oder|für|avec|et|con|y|than)\b",
    re.I,
)
"""Where the words of a number end."""
_UNIT = re.compile(r"[\s-]?(?:([^\W\d]{1,12}\.?\s?[^\W\d]{1,8}|[^\W\d]{1,12}²?|[%\"″”]|°\s?[CF]))(?![^\W_]|-\w)", re.I)
_RATE = re.compile(r"\s?(?:/|\bper\b)\s?([^\W\d]{1,12})", re.I)
_OF = re.compile(r"\s+of\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w-])")
_MONEY = re.compile(r"([^\w\s,;|&+/()-]{1,2}|\b[^\W\d_]{2,3}\.?)\s?$")
_NAMED = re.compile(r"(?:^|[,;|/\n(•·])\s*([^\W\d_][^,;|/\n(•·:]{0,30}):\s*$")
"""What a number is called in front of it: "Weight: 2 kg"."""
_TIMES = re.compile(r"\s*[^\W\d]{0,2}\s*[x×*]\s*", re.I)
"""Between the sides of something: "1080 x 2400" are no two amounts of one kind."""
_RANGE = re.compile(r"\s*(?:-|–|—|to|bis|~)\s*")
_JOINED = frozenset("._-–#@:/'’")
_NO_AMOUNTS = frozenset("st nd rd th am pm a.m p.m uhr".split())
"""What a place in an order or a time of day has behind it."""
_MOST_WORDS = 4
_SCALED = re.compile(r"([kKM])\+?(?=\s+[^\W\d_]{2})")
"""Thousands and millions of what is counted: "1.2k reviews"."""
_SCALES = {"k": 1e3, "m": 1e6}
_BESIDE = re.compile(r"(?:\s{0,2}|-)[^\W\d_]")
"""How what is counted follows its number: "3 beds", "3-piece"."""
_CAPITAL_UNIT = "L"
"""The only unit of one letter that is written either way: "5G" and "19M" are no grams and metres."""


@dataclass(frozen=True, slots=True)
class Part:
    """A number, or a range, in a cell, as it is written: its unit, the words behind it, the sign that follows these,
    and of how many one is told ("1.2k"). A unit that is none we know is the first of the words."""

    low: float
    high: float
    unit: Unit | None
    words: tuple[str, ...]
    follows: str = ""
    scale: float = 1.0

    @property
    def dimension(self) -> str:
        return self.unit.dimension if self.unit else ""

    @property
    def said(self) -> frozenset[str]:
        """Its words as they are compared."""
        return frozenset(map(compared, self.words))

    @property
    def shared(self) -> tuple[str, ...]:
        """What another part of the same kind begins with, too: a unit that is none we know."""
        return () if self.unit else self.words[:1]


def compared(word: str) -> str:
    """A word in small letters, of one and of several alike: "beds"."""
    plain = word.casefold()
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def parts_of(cell: str, comma: bool = False) -> list[Part]:
    """The numbers of a cell that have a unit or words behind them. comma: whether that is the sign of decimals."""
    return _with_heads(list(_amounts(cell, comma)))


def _amounts(cell: str, comma: bool) -> Iterator[Part]:
    found = _numbers(cell)
    low: float | None = None
    for n, match in enumerate(found):
        tail = cell[match.end() : found[n + 1].start() if n + 1 < len(found) else len(cell)]
        before = cell[found[n - 1].end() if n else 0 : match.start()]
        amount = amount_of(match[0], comma)
        if _TIMES.fullmatch(tail) or (n and _TIMES.fullmatch(before)):
            continue
        if low is None and n + 1 < len(found) and _RANGE.fullmatch(tail):
            low = amount
            continue
        ends, low = (amount if low is None else min(low, amount), amount), None
        if part := _part(*ends, before, tail):
            yield part


def _numbers(cell: str) -> list[re.Match[str]]:
    """The numbers of a cell that are not the end of a word or a code: "A15", "F-150", "10:30"."""
    found: list[re.Match[str]] = []
    for match in NUMBERS.finditer(cell):
        joined = found and any(p.fullmatch(cell, found[-1].end(), match.start()) for p in (_RANGE, _TIMES))
        before = cell[: match.start()][-2:]
        of_code = before[-1:] in _JOINED and (before[:1].isalnum() or before[-1:] == "#")
        if joined or not (before[-1:].isalnum() or of_code):
            found.append(match)
    return found


def _part(low: float, high: float, before: str, tail: str) -> Part | None:
    scaled = _SCALED.match(tail)
    unit, rest = _unit(before, tail[scaled.end() :] if scaled else tail)
    rate = _RATE.match(rest)
    if rate:
        return Part(low, high, unit, (f"per {rate[1].casefold()}",))
    stop = _STOP.search(rest)
    words = tuple(_WORD.findall(rest[: stop.start()] if stop else rest))
    words = tuple(word for word in words if len(word) > 1 or word.islower())  # "5G"
    words = words if len(words) <= _MOST_WORDS and (unit or _BESIDE.match(rest)) else ()
    named = _NAMED.search(before)
    words = (*(_WORD.findall(named[1]) if named else ()), *words)
    if (not unit and not words) or (words and words[0].casefold().rstrip(".") in _NO_AMOUNTS):
        return None
    follows, scale = stop[0].casefold() if stop else "", _SCALES[scaled[1].casefold()] if scaled else 1.0
    return Part(low, high, unit, words, follows, scale)


def _unit(before: str, tail: str) -> tuple[Unit | None, str]:
    """The unit before or behind a number, and what follows."""
    money = _MONEY.search(before)
    if money and (unit := unit_named(money[1].rstrip("."))) and unit.dimension == "money":
        return unit, tail
    match = _UNIT.match(tail)
    for written in (match[1], match[1].split()[0]) if match else ():
        end = tail.index(written) + len(written)
        unit = None if _is_capital(written) else unit_named(written)
        if unit and not (written.casefold() == "in" and _WORD.match(tail[end:].strip())):  # "12 in stock"
            return unit, _OF.sub("", tail[end:], count=1) if _OF.match(tail[end:]) else tail[end:]
    return None, tail


def _is_capital(written: str) -> bool:
    unit = unit_named(written)
    return len(written) == 1 and written.isupper() and unit is not None and written not in (unit.name, _CAPITAL_UNIT)


def _with_heads(parts: list[Part]) -> list[Part]:
    """Parts as they are meant: what is added up ("50 MP + 8 MP rear") is told by its first, with the words of the last;
    and what stands before "and" has the noun behind it, too ("rear & 16 MP front camera")."""
    found: list[Part] = []
    for part in reversed(parts):
        after = found[-1] if found else None
        same = after and part.unit == after.unit and part.shared == after.shared
        if same and after and part.follows == "+" and part.words == after.shared and len(after.words) > len(part.words):
            found[-1] = replace(part, words=after.words, follows=after.follows)
            continue
        if same and after and part.follows in ("&", "and") and len(part.words) > len(part.shared):
            head = after.words[-1:] if len(after.words) > len(after.shared) + 1 else ()
            part = replace(part, words=(*part.words, *(word for word in head if word not in part.words)))
        found.append(part)
    return found[::-1]
