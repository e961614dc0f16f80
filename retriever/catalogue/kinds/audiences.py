"""For whom an item is, by the value that says so: "Men", "Girls", "unisex", "PG-13", "8-12", "Everyone 10+".

Values decide, and no name of a column does. Knows no items.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib import resources
from typing import Any

BOTH = frozenset(("female", "male"))
_GROUPS: Mapping[str, tuple[frozenset[str], float, float]] = {
    "male": (frozenset(("male",)), 14, math.inf),
    "female": (frozenset(("female",)), 14, math.inf),
    "boy": (frozenset(("male",)), 0, 14),
    "girl": (frozenset(("female",)), 0, 14),
    "child": (BOTH, 0, 14),
    "baby": (BOTH, 0, 3),
    "teen": (BOTH, 13, 19),
    "grown": (BOTH, 18, math.inf),
    "everybody": (BOTH, 0, math.inf),
}
"""Sexes and ages of the words in audiences.toml."""

_WORD = re.compile(r"[^\W\d_]+")
_FROM = re.compile(
    r"(?<![\d.,])(?:(?P<low>\d{1,2})\s*(?:\+|(?:years?\s+)?(?:and|or|&)\s+(?:older|over|up|above))"
    r"|(?:FSK|USK|PEGI|ab)\s+(?P<code>\d{1,2}))(?!\d)",
    re.I,
)
_BETWEEN = re.compile(r"(?:ages?\s+)?(?P<low>\d{1,2})\s*(?:-|–|to)\s*(?P<high>\d{1,2})(?:\s+(?:years?|jahre))?", re.I)
_CODE = re.compile(r"(?P<code>[A-Z][A-Z0-9/+-]*|12A)(?=$|\s*[-–:(])")
_YOUNG_ADULT = re.compile(r"\byoung[\s-]+adults?\b", re.I)
_NEARLY = 0.9
_OLDEST = 21


@dataclass(frozen=True, slots=True)
class Audience:
    """Sexes of BOTH, and ages in years from low to high, both included. worded: words or a rating say it, and not
    numbers alone."""

    sexes: frozenset[str] = BOTH
    low: float = 0.0
    high: float = math.inf
    worded: bool = True

    @property
    def is_everybody(self) -> bool:
        return self.sexes == BOTH and self.low == 0 and math.isinf(self.high)

    def __or__(self, other: Audience) -> Audience:
        return Audience(self.sexes | other.sexes, min(self.low, other.low), max(self.high, other.high))


def audience_of(value: str) -> Audience | None:
    """For whom a value says that something is; None where it says anything else."""
    if found := _BETWEEN.fullmatch(value.strip()):
        low, high = float(found["low"]), float(found["high"])
        return Audience(low=low, high=high, worded=False) if low <= high <= _OLDEST else None
    if found := _FROM.search(value):
        low = float(found["low"] or found["code"])
        return Audience(low=low, worded=found["code"] is not None) if low <= _OLDEST else None
    code = _CODE.match(value.strip())
    if code and (rated := _ratings().get(code["code"])) is not None:
        return Audience(low=rated)
    return _of_words(_YOUNG_ADULT.sub("teen", value))


def audiences(counts: Mapping[str, int]) -> Mapping[str, Audience]:
    """What the values of a field say of whom its items are for, where nearly all do and not all say the same; nothing
    for any other field. counts: how many items hold each value."""
    known = {value: found for value in counts if (found := audience_of(value))}
    told = sum(counts[value] for value in known)
    if told < _NEARLY * sum(counts.values()) or len(set(known.values())) < 2:
        return {}
    return known if any(one.worded for one in known.values()) and not _is_of_sexes_alone(known) else {}


def is_of_people(values: Mapping[str, Audience]) -> bool:
    """Whether a field tells men's things from women's."""
    one_sided = {tuple(one.sexes) for one in values.values() if len(one.sexes) == 1}
    return len(one_sided) == 2


def _is_of_sexes_alone(known: Mapping[str, Audience]) -> bool:
    """ "Male" and "female", and nothing else: that may be what the items are themselves, as dogs are."""
    words = {word for value in known for word in _words(value)}
    return words <= {"male", "female"}


def _words(value: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(value)]


def _of_words(value: str) -> Audience | None:
    lexicon = _lexicon()
    groups = [lexicon.get(word) for word in _words(value)]
    said = [Audience(*_GROUPS[group]) for group in groups if group and group != "filler"]
    return reduce(Audience.__or__, said) if said and None not in groups else None


@cache
def _table() -> Mapping[str, Any]:
    package = resources.files("penchant.retriever.catalogue.kinds")
    return tomllib.loads(package.joinpath("audiences.toml").read_text(encoding="utf-8"))


@cache
def _ratings() -> Mapping[str, float]:
    return {code: float(age) for code, age in _table()["ratings"].items()}


@cache
def _lexicon() -> Mapping[str, str]:
    """The group of each word."""
    return {word: group for group, words in _table().items() if isinstance(words, str) for word in words.split()}
