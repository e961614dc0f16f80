"""Columns that say by words in which months or seasons something is ("May-Jul", "spring", "March to June"), and the
values of them that a time in a message meets: "blooms in June".

English. Knows the values of one catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import Catalogue

from ..text import tokens
from .calendar_words import Time, time_of, times
from .date_fields import is_word_of, name_before
from .date_wishes import is_told
from .said_times import Said, said_times

_NEARLY = 0.8
_FEWEST = 2
_ALWAYS = re.compile(r"(?:all|whole)[\s-]*year(?:[\s-]*round)?|year[\s-]*round|always|any\s*time", re.I)
_TO = re.compile(r"\s*(?:to|until|till|through|-|–|—)\s*", re.I)
_AND = re.compile(r"\s*(?:,|;|/|&|and|or)\s*", re.I)
_WHOLE_YEAR = frozenset(range(1, 13))


@dataclass(frozen=True, slots=True)
class MonthsSaid:
    """Values of a field that meet a time, the commonest first, and where it is said."""

    field: str
    values: tuple[str, ...]
    start: int
    end: int


class MonthColumns:
    """The columns of one catalogue that hold months or seasons as words, each value with its months."""

    def __init__(self, catalogue: Catalogue) -> None:
        counts = catalogue.value_counts
        read = {name: {value: months_of(value) for value in counts[name]} for name in counts}
        self._columns = {
            name: {value: months for value, months in values.items() if months}
            for name, values in read.items()
            if sum(bool(months) for months in values.values()) >= max(_FEWEST, _NEARLY * len(values))
        }
        self._counts = counts

    def find(self, text: str) -> Iterator[MonthsSaid]:
        """What a text says of them; of several columns the one that it names, else the first."""
        for said in said_times(text) if self._columns else ():
            name = self._meant(text, said)
            months = frozenset(_months(said.time))
            if said.time.weekday is None and months < _WHOLE_YEAR and said.sign == "in" and not is_told(text, said):
                met = [value for value, known in self._columns[name].items() if known & months]
                met.sort(key=lambda value: (len(self._columns[name][value]), -self._counts[name][value]))
                yield MonthsSaid(name, tuple(met), name_before(text, said.start, name), said.end)

    def _meant(self, text: str, said: Said) -> str:
        words = [token.form for token in tokens(text[: said.start] + " " + text[said.end :])]
        named = (name for name in self._columns if any(is_word_of(word, name) for word in words))
        return next(named, next(iter(self._columns)))


def months_of(value: str) -> frozenset[int]:
    """The months that a value says: of "May-Jul" three; none of a value that says anything else."""
    if _ALWAYS.fullmatch(value.strip()):
        return _WHOLE_YEAR
    found: set[int] = set()
    for part in _AND.split(value.strip()):
        ends = [_time(end) for end in _TO.split(part)]
        if not ends or len(ends) > 2 or any(end is None for end in ends):
            return frozenset()
        first, last = (end for end in (ends[0], ends[-1]) if end)
        found |= set(_from(first.low // 100, last.high // 100))
    return frozenset(found)


def _time(text: str) -> Time | None:
    """A month or season, or a part of one, that is all of a text."""
    match = next((found for form in times() if (found := form.fullmatch(text.strip()))), None)
    time = time_of(match) if match else None
    return time if time and not (time.year or time.weekday) else None


def _months(time: Time) -> Sequence[int]:
    return _from(time.low // 100, time.high // 100)


def _from(first: int, last: int) -> Sequence[int]:
    return [(first - 1 + n) % 12 + 1 for n in range((last - first) % 12 + 1)]
