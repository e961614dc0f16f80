"""Whether two lists of names have somebody in common, however the names are written. Knows no catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from .titles import plain_letters

_ALIKE = 88
_WORD = re.compile(r"[^\W_]+")
_THE = re.compile(r"^the\s+")
_NOBODY = frozenset(("various artists", "various", "unknown", "anonymous", "anonym", "na"))


def agree(some: Iterable[str], others: Iterable[str]) -> bool | None:
    """Whether anybody is in both lists; None where one of them names nobody."""
    left, right = _people(some), _people(others)
    if not left or not right:
        return None
    return any(_same(one, other) for one in left for other in right)


def _people(names: Iterable[str]) -> list[str]:
    known = (" ".join(_WORD.findall(_THE.sub("", plain_letters(name)))) for name in names)
    return [name for name in dict.fromkeys(known) if name and name not in _NOBODY]


@lru_cache(maxsize=1 << 17)
def _same(one: str, other: str) -> bool:
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    a, b = one.split(), other.split()
    if len(a) == 1 or len(b) == 1:
        return min(a, b, key=len)[0] == max(a, b, key=len)[-1] and min(len(one), len(other)) > 3
    if a[-1] == b[-1] and a[0][0] == b[0][0] and _initials(a, b):
        return True
    return fuzz.token_sort_ratio(one, other) >= _ALIKE


def _initials(a: list[str], b: list[str]) -> bool:
    """Whether given names are the same, or stand for each other: "J R R", "John Ronald", "jrr"."""
    one, other = a[0], b[0]
    if one == other or min(len(one), len(other)) == 1:
        return True
    short, full = (a, b) if len(one) < len(other) else (b, a)
    return short[0] == "".join(word[0] for word in full[:-1])
