"""A column of cells that hold several facts each: which of their parts mean the same in every row.

Parts go together that have the same unit and a word that stands once in a cell, whatever else varies ("Dual Rear",
"Triple Rear"); without such a word, the unit alone. Knows nothing of fields.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..values import unit_named
from .parts import Part, compared

Rows = Sequence[Sequence[Part]]
"""The parts of some cells."""

_LEAST_ROWS, _OF_ROWS = 3, 0.15
"""So many cells have a fact of which there is to be a field."""
_TWICE = 0.1
"""No more of them have it twice."""
_COVERED = 0.6
"""So much of all parts, and of all cells, is in such facts: else the column has no skeleton."""
_MOSTLY = 0.8
_MOST = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """What the parts of a fact have in common: the unit ("" without one; else as it is known, or as it is written), and
    the words that tell it from others in the cell."""

    unit: str
    words: tuple[str, ...]

    def of(self, parts: Sequence[Part]) -> Part | None:
        """The part of a cell that tells the fact; None if it says nothing of it. Of several the barest."""
        known = unit_named(self.unit)
        dimension = known.dimension if known else ""
        own = frozenset(map(compared, (*self.words, *(() if known else (self.unit,)))))
        told = [part for part in parts if part.dimension == dimension and own <= part.said]
        return min(told, key=lambda part: (len(part.words) - len(part.shared), _unit(part) != self.unit), default=None)


def facts_of(rows: Rows) -> list[Fact]:
    """The facts of a column from the parts of its cells, in the order in which they stand there; none if it has no
    skeleton: prose, a list of plain values, amounts of ever other things."""
    least = max(_LEAST_ROWS, _OF_ROWS * len(rows))
    placed = [(n, part) for n, parts in enumerate(rows) for part in parts]
    by_dimension: dict[str, list[tuple[int, Part]]] = defaultdict(list)
    for n, part in placed:
        by_dimension[part.dimension].append((n, part))
    found = [group for parts in by_dimension.values() for group in _groups(parts, least)]
    covered = {n for group in found for n, _ in group}
    many = sum(map(len, found))
    if many < _COVERED * len(placed) or len(covered) < _COVERED * len(rows) or len(found) > _MOST:
        return []
    order = {id(part): at for parts in rows for at, part in enumerate(parts)}
    found.sort(key=lambda group: sum(order[id(part)] for _, part in group) / len(group))
    varied = [group for group in found if len({part.low for _, part in group}) > 1]
    return [_fact([part for _, part in group]) for group in varied]


def _groups(placed: Sequence[tuple[int, Part]], least: float) -> Iterator[list[tuple[int, Part]]]:
    """Parts of one dimension that tell the same: all, where a cell has one; else those with a word that stands once in
    a cell, the commonest first, and those that have nothing but their unit."""
    if placed[0][1].unit and _is_once(Counter(n for n, _ in placed)):
        if len(placed) >= least:
            yield list(placed)
        return
    cells = _cells_by_word(placed)
    left = list(placed)
    for word in sorted(cells, key=lambda word: -len(cells[word])):
        group = [(n, part) for n, part in left if word in part.said]
        if len(cells[word]) >= least and _is_once(cells[word]) and len(group) >= max(least, len(cells[word]) / 2):
            left = [(n, part) for n, part in left if word not in part.said]
            if _fact([part for _, part in group]).unit:  # else it counts nothing: "12 Harbour Lane"
                yield group
    for unit in dict.fromkeys(_unit(part) for _, part in left if part.unit and not part.words):
        bare = [(n, part) for n, part in left if _unit(part) == unit and not part.words]
        if len(bare) >= least and _is_once(Counter(n for n, _ in bare)):
            yield bare


def _unit(part: Part) -> str:
    return part.unit.name if part.unit else ""


def _cells_by_word(placed: Sequence[tuple[int, Part]]) -> Mapping[str, Counter[int]]:
    """The cells in which each word stands, with how many of their parts have it."""
    cells: dict[str, Counter[int]] = defaultdict(Counter)
    for n, part in placed:
        for word in part.said:
            cells[word][n] += 1
    return cells


def _is_once(cells: Counter[int]) -> bool:
    return sum(count > 1 for count in cells.values()) <= _TWICE * len(cells)


def _fact(parts: Sequence[Part]) -> Fact:
    """What parts have in common, written as most of them are."""
    words = _common(parts, lambda part: part.words)
    unit = Counter(part.unit.name for part in parts if part.unit).most_common(1)
    if unit:
        return Fact(unit[0][0], words)
    leading = _common(parts, lambda part: part.shared)
    return Fact(leading[0] if leading else "", tuple(word for word in words if word not in leading))


def _common(parts: Collection[Part], of: Callable[[Part], Sequence[str]]) -> tuple[str, ...]:
    """The words that nearly all have, in their order."""
    spelt = Counter(word for part in parts for word in of(part))
    held = Counter(compared(word) for part in parts for word in dict.fromkeys(of(part)))
    first = {compared(word): word for word, _ in reversed(spelt.most_common())}
    kept = [word for word, count in held.items() if count >= _MOSTLY * len(parts)]
    place = {word: sum(_at(word, of(part)) for part in parts) for word in kept}
    return tuple(first[word] for word in sorted(kept, key=place.__getitem__))


def _at(word: str, words: Sequence[str]) -> int:
    return next((n for n, one in enumerate(words) if compared(one) == word), len(words))
