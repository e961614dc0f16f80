"""Files read together that call their titles differently: each keeps its rows, under titles of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..inference import Keys, find_keys, joint_of
from ..reading import Row
from ..values import is_missing


def with_own_titles(rows: Sequence[Row], cells: dict[str, list[Any]], keys: Keys) -> dict[str, list[Any]]:
    """The table, in which the rows of a file that has nothing in the title's column have there what their own title is.

    Only where the title is one column; several make up one from whatever is known.
    """
    if len(keys.title) != 1 or len({row.file for row in rows}) < 2:
        return cells
    title = keys.title[0]
    by: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        by.setdefault(row.file, []).append(n)
    for places in by.values():
        if all(is_missing(cells[title][n]) for n in places):
            cells = _titled(cells, places, title)
    return cells


def _titled(cells: dict[str, list[Any]], places: Sequence[int], title: str) -> dict[str, list[Any]]:
    part = {name: [values[n] for n in places] for name, values in cells.items()}
    part = {name: values for name, values in part.items() if not all(map(is_missing, values))}
    own = find_keys(part).title if part else ()
    called = dict(zip(places, (_joined(part, own, n) for n in range(len(places))), strict=True))
    moved = own if len(own) == 1 else ()
    changed = {name: dict.fromkeys(places) for name in moved} | {title: called}
    return {
        name: [changed[name].get(n, value) for n, value in enumerate(values)] if name in changed else values
        for name, values in cells.items()
    }


def _joined(part: Mapping[str, Sequence[Any]], own: Sequence[str], n: int) -> str | None:
    said = [str(part[name][n]).strip() for name in own if not is_missing(part[name][n])]
    return joint_of(own).join(dict.fromkeys(said)) or None
