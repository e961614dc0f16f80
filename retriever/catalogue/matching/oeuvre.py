"""A catalogue by who made its items, for works that are called otherwise there. Knows names; judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from .makers import agree, people
from .shelf import Shelf

_BEGIN = 4
_SPELT = str.maketrans("yjwcz", "iivks")
"""Letters that other languages write for the same sound at the beginning of a name."""
_MOST = 200
"""Whoever made more is no maker but a label, and says too little."""


class Oeuvre:
    """The rows of each maker; who made an item is said by some fields."""

    def __init__(self, shelf: Shelf, fields: Sequence[str]) -> None:
        self._shelf = shelf
        self._fields = fields
        self._known: dict[tuple[str, ...], Sequence[int]] = {}

    def rows(self, makers: tuple[str, ...]) -> Sequence[int]:
        """What one of some makers made."""
        if makers not in self._known:
            near = dict.fromkeys(row for name in people(makers) for row in self._near(name))
            found = [row for row in near if agree(makers, self._shelf.names(row, self._fields))]
            self._known[makers] = found if len(found) <= _MOST else ()
        return self._known[makers]

    def _near(self, name: str) -> list[int]:
        """The rows of names that begin alike in two words, or in the only one."""
        keys = list(dict.fromkeys(_keys(name)))
        counts = Counter(row for key in keys for row in self._by_key.get(key, ()))
        return [row for row, count in counts.items() if count >= min(2, len(keys))]

    @cached_property
    def _by_key(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row in range(len(self._shelf.catalogue.items)):
            for name in people(self._shelf.names(row, self._fields)):
                for key in _keys(name):
                    found.setdefault(key, []).append(row)
        return found


def _keys(name: str) -> Iterator[str]:
    return (word[:_BEGIN].translate(_SPELT) for word in name.split() if len(word) > 1)
