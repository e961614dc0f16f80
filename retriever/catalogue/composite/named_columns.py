"""Facts that a table has as names and values: in two columns each ("Attribute 1 name", "Attribute 1 value"), or in
lists of objects that name a value. Each name becomes a column, as if the table had been made so.

A few names come again from row to row, and what they name differs. Where the name settles the value, it is only its
code. Knows no files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..inference import words_of
from ..reading import NamedValue
from ..values import as_lists, is_missing

Cells = Mapping[str, list[Any]]

_NAMES = frozenset("name names label key title property nombre nom nome 名称".split())
_VALUES = frozenset("value values val wert werte valor valores valeur valeurs valore 值".split())
_ENDING = frozenset("s es".split())
"""What stands in brackets behind one that may be several: "value(s)"."""
_LONGEST = 40
_MOST = 60
_RECURRING = 0.5
"""No more of the pairs bring a new name; each name comes twice as a rule."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Where names and values stand: a column of lists, or one of names and one of values; those that only say more of
    the place (whether it is shown); and what the place is called."""

    called: str
    names: str
    values: str = ""
    beside: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.names, self.values, *self.beside)))


def with_named(cells: Cells, apart: Collection[str] = ()) -> dict[str, list[Any]]:
    """The table with a column for each name, where the first of them stood. apart: columns that stay as they are."""
    for kind in (_side_by_side(cells, apart), _in_lists(cells, apart)):
        for group in kind:
            cells = _replaced(cells, group) if _are_facts(_told(cells, group)) else cells
    return dict(cells)


def with_known_names(cells: Cells, fields: Collection[str]) -> dict[str, list[Any]]:
    """The same of a table whose fields are known: what is no field itself and names one or more."""
    known = {field.casefold() for field in fields}
    for kind in (_side_by_side(cells, fields), _in_lists(cells, fields)):
        for group in kind:
            names = {name.casefold() for row in _told(cells, group) for name, _ in row}
            cells = _replaced(cells, group) if names & known else cells
    return dict(cells)


def _in_lists(cells: Cells, apart: Collection[str]) -> list[list[_Pairs]]:
    return [
        [_Pairs(name, name)]
        for name, values in cells.items()
        if name not in apart and (lists := [value for value in values if isinstance(value, list) and value])
        if all(isinstance(one, NamedValue) for value in lists for one in value)
    ]


def _side_by_side(cells: Cells, apart: Collection[str]) -> list[list[_Pairs]]:
    """Numbered pairs of columns, those of one kind together: they have the same names in any order."""
    places: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for name in cells:
        stem, last = _parted(name)
        if name not in apart and any(word.isdigit() for word in stem):
            places[stem].setdefault(last, name)
    kinds: dict[tuple[str, ...], list[_Pairs]] = defaultdict(list)
    for stem, by in places.items():
        named, valued = (next((last for last in by if last in words), "") for words in (_NAMES, _VALUES))
        if named and valued:
            words = tuple(word for word in stem if not word.isdigit())
            beside = tuple(name for last, name in by.items() if last not in (named, valued))
            kinds[words].append(_Pairs(" ".join(words), by[named], by[valued], beside))
    return list(kinds.values())


def _parted(name: str) -> tuple[tuple[str, ...], str]:
    words = words_of(name)
    words = words[:-1] if words and words[-1] in _ENDING and "(" in name else words
    return words[:-1], words[-1] if words else ""


def _told(cells: Cells, group: Sequence[_Pairs]) -> list[list[tuple[str, Any]]]:
    """The names and values of each row; one without the other is none."""
    count = len(cells[group[0].names])
    return [[pair for place in group for pair in _of_row(cells, place, n)] for n in range(count)]


def _of_row(cells: Cells, place: _Pairs, n: int) -> Iterator[tuple[str, Any]]:
    cell = cells[place.names][n]
    if not place.values:
        yield from ((str(one), one.said) for one in (cell if isinstance(cell, list) else ()))
    elif isinstance(cell, str) and not is_missing(cell) and not _is_blank(value := cells[place.values][n]):
        yield cell.strip(), value


def _is_blank(value: Any) -> bool:
    return not value if isinstance(value, list) else is_missing(value)


def _are_facts(rows: Sequence[Sequence[tuple[str, Any]]]) -> bool:
    """Whether names are few and short, and settle nothing."""
    pairs = [(name.casefold(), str(part)) for row in _with_lists(rows) for name, value in row for part in _parts(value)]
    names = Counter(name for name, _ in pairs)
    short = all(len(name) <= _LONGEST and any(map(str.isalpha, name)) for name in names)
    few = 0 < len(names) <= min(_MOST, _RECURRING * len(pairs))
    return short and few and len(set(pairs)) > len(names)


def _replaced(cells: Cells, group: Sequence[_Pairs]) -> Cells:
    rows = _with_lists(_told(cells, group))
    gone = {name for place in group for name in place.columns}
    taken = {name.casefold() for name in cells if name not in gone}
    made: dict[str, list[Any]] = {}
    for folded, spelt in _spelt(name for row in rows for name, _ in row).items():
        called = f"{group[0].called} {spelt}" if folded in taken else spelt
        made[called] = [_value([value for name, value in row if name.casefold() == folded]) for row in rows]
    first = next(name for name in cells if name in gone)
    found: dict[str, list[Any]] = {}
    for name, values in cells.items():
        found |= made if name == first else {} if name in gone else {name: values}
    return found


def _with_lists(rows: Sequence[Sequence[tuple[str, Any]]]) -> Sequence[Sequence[tuple[str, Any]]]:
    """The same with the parts of values that are lists: one sign parts them all, also where a name comes but once."""
    lists = as_lists([value for row in rows for _, value in row])
    if lists is None:
        return rows
    parts = iter([list(values or ()) for values in lists])
    return [[(name, next(parts)) for name, _ in row] for row in rows]


def _spelt(names: Iterable[str]) -> dict[str, str]:
    """Each name as it is mostly spelt, by its small letters, in the order in which they come."""
    counts = Counter(names)
    spelt = {name.casefold(): name for name in counts}
    return spelt | {name.casefold(): name for name, _ in reversed(counts.most_common())}


def _value(said: Sequence[Any]) -> Any:
    """One value, or all that a row has under a name."""
    parts = [part for value in said for part in _parts(value)]
    return parts[0] if len(parts) == 1 else parts or None


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
