"""Finds the header of a grid of cells, and fits the rows below to it. Knows nothing of files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from .row import BadRow, Row

Grid = Iterable[tuple[int, Sequence[Any]]]
"""Line numbers and cells."""

_LOOKED_AT = 50
_NUMBER = re.compile(r"[-+]?[\d.,]+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_OF_ROWS = re.compile(r"[-+]?[\d.,]+|(?:https?://|www\.)\S+|\S+@\S+\.\w+|\d{1,4}([-./])\d{1,2}\1\d{1,4}")
"""What is written in rows: amounts, addresses, mail, days."""
_LEAST_ROWS, _MOSTLY, _SIGNS = 3, 0.9, 2


def rows_under_header(name: str, grid: Grid) -> Iterator[Row | BadRow]:
    """The rows below the header, with its names; lines above it (a title, a date) and empty ones are passed over.

    A row may end early, or run on in empty cells. One that has more than the header names, or next to nothing, is bad.
    """
    lines = iter(grid)
    first = list(islice(lines, _LOOKED_AT))
    at = _header(first)
    if at is None:
        return
    names = [] if _is_like(first[at][1], [cells for _, cells in first[at + 1 :]]) else _names(first[at][1])
    body = first[at + 1 :] if names else first[at:]
    names = names or [f"column {n}" for n in range(1, len(first[at][1]) + 1)]
    for line, cells in chain(body, lines):
        if all(map(_is_blank, cells)):
            continue
        yield (
            Row(name, line, dict(zip(names, cells, strict=True)))
            if len(cells) == len(names)
            else _fitted(name, line, cells, names)
        )


def _fitted(name: str, line: int, cells: Sequence[Any], names: Sequence[str]) -> Row | BadRow:
    filled = [n for n, cell in enumerate(cells) if not _is_blank(cell)]
    if filled[-1] >= len(names):
        return _bad(name, line, cells, f"{len(cells)} cells, and the header has {len(names)}")
    if len(cells) < len(names) and (len(filled) == 1 or 2 * len(cells) < len(names)):
        return _bad(name, line, cells, f"{len(cells)} of {len(names)} cells")
    return Row(name, line, dict(zip(names, cells, strict=False)))


def _bad(name: str, line: int, cells: Sequence[Any], reason: str) -> BadRow:
    return BadRow(name, line, reason, " ".join("" if cell is None else str(cell) for cell in cells)[:500])


def _header(lines: Sequence[tuple[int, Sequence[Any]]]) -> int | None:
    """Which of the first lines is the header: the first that fills at least half of the usual width."""
    widths = Counter(_filled(cells) for _, cells in lines if _filled(cells))
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    return next(n for n, (_, cells) in enumerate(lines) if 2 * _filled(cells) > usual)


def _is_like(header: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bool:
    """Whether what stands above is a row like all others: in two columns or more it says what these say or are written
    like, and nowhere does a word stand above amounts. Years that go on are names of columns."""
    again = any(list(cells) == list(header) for cells in rows)
    if len(rows) < _LEAST_ROWS or again or _years_on(header):
        return False
    said = [(n, str(cell)) for n, cell in enumerate(header) if cell is not None and any(map(str.isalnum, str(cell)))]
    signs = [_sign_of(cell, _column(n, rows)) for n, cell in said]
    return min(signs, default=0) >= 0 and sum(signs) >= _SIGNS


def _years_on(cells: Sequence[Any]) -> list[str]:
    """The years in a row, if each is later than the one before: columns are called so."""
    years = [cell for cell in map(str, cells) if _YEAR.fullmatch(cell)]
    return years if len(years) > 1 and years == sorted(set(years)) else []


def _column(n: int, rows: Sequence[Sequence[Any]]) -> list[str]:
    return [str(cells[n]) for cells in rows if n < len(cells) and not _is_blank(cells[n])]


def _sign_of(cell: str, below: Sequence[str]) -> int:
    """1 if a cell is like those below it, -1 if it stands above what it is not written like; 0 where nothing tells."""
    written = sum(_OF_ROWS.fullmatch(one) is not None for one in below) >= _MOSTLY * len(below) > 0
    if _OF_ROWS.fullmatch(cell):
        return 1 if written else 0
    return -1 if written else int(below.count(cell) > 1)


def _filled(cells: Sequence[Any]) -> int:
    return sum(not _is_blank(cell) for cell in cells)


def _names(cells: Sequence[Any]) -> list[str]:
    """Names of columns, told apart; none if the cells are values."""
    known = [cell for cell in cells if not _is_blank(cell)]
    years = _years_on(known)
    known = [cell for cell in known if str(cell) not in years]
    if 2 * sum(not isinstance(cell, str) or bool(_NUMBER.fullmatch(cell)) for cell in known) > len(known):
        return []
    names: list[str] = []
    for n, cell in enumerate(cells, 1):
        plain = " ".join(str(cell).split()) if not _is_blank(cell) else f"column {n}"
        same = sum(name.split(" (")[0] == plain for name in names)
        names.append(f"{plain} ({same + 1})" if same else plain)
    return names


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
