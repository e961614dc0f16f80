"""The form of a list that a person keeps under headings of their own: what its columns are by their cells.

Knows cells, and the words for kinds of works and for what was done. Knows no service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from typing import Any

from ..values import is_missing
from .cells import dates_in, rating_of, text_in, year_of
from .services import Form, services
from .tables import Table

_FEWEST = 3
_MOST = 0.8
"""The share of a column's filled cells that must be of a sort."""
_FILLED = 0.6
"""The share of rows that name a title or maker."""
_WORDS = 8
"""Cells that are longer on average are remarks."""
_BEST = 10
_GRADES = 21
"""As many as there are half points from 0 to 10."""


def form_by_cells(table: Table) -> Form | None:
    """None where no column is a title, or none says what became of it or when. What has a date alone was seen then."""
    columns = {name: [row.cells.get(name) for row in table.rows] for name in _ordered(table)}
    kinds, said = _first(columns, _is_kind), _first(columns, _is_status)
    dates = _first(columns, _is_date)
    rating = next((name for name in columns if name not in (*kinds, *said, *dates) and _is_rating(columns[name])), "")
    years = [name for name in columns if name != rating and _mostly(columns[name], lambda c: bool(_lone_year(c)))][:1]
    names = _names({n: cells for n, cells in columns.items() if n not in (*kinds, *said, *dates, *years, rating)})
    if not names or not (rating or said or dates) or len(table.rows) < _FEWEST:
        return None
    return Form(
        service="",
        needs=(names[0],),
        title=(names[0],),
        makers=tuple(names[1:2]),
        year=tuple(years),
        kind_from=tuple(kinds),
        rating=(rating,) if rating else (),
        status=tuple(said),
        when=tuple(dates),
        did_by=dict.fromkeys(dates, "seen"),
    )


def _ordered(table: Table) -> list[str]:
    return list(dict.fromkeys(name for row in table.rows for name in row.cells))


def _first(columns: Mapping[str, Sequence[Any]], test: Callable[[Sequence[Any]], bool]) -> list[str]:
    return [name for name, cells in columns.items() if test(cells)][:1]


def _mostly(cells: Sequence[Any], test: Callable[[Any], bool]) -> bool:
    filled = [cell for cell in cells if not is_missing(cell)]
    return bool(filled) and sum(map(test, filled)) >= _MOST * len(filled)


def _is_kind(cells: Sequence[Any]) -> bool:
    return _mostly(cells, lambda cell: bool(services().kind(text_in(cell))))


def _is_status(cells: Sequence[Any]) -> bool:
    short = _mostly(cells, lambda cell: len(text_in(cell).split()) <= _WORDS / 2)
    return short and _mostly(cells, lambda cell: bool(services().said(text_in(cell))))


def _is_date(cells: Sequence[Any]) -> bool:
    filled = [text_in(cell) for cell in cells if not is_missing(cell)]
    dated = sum(map(bool, dates_in(filled))) > _FILLED * len(filled)
    return dated and not _mostly(cells, lambda cell: bool(_lone_year(cell)))


def _is_rating(cells: Sequence[Any]) -> bool:
    found = [rating_of(cell) for cell in cells if not is_missing(cell) and not _lone_year(cell)]
    rated = [one for one in found if one and 0 <= one[0] <= (one[1] or _BEST)]
    short = _mostly(cells, _is_short_of_letters)
    return short and _FEWEST <= len(rated) >= _MOST * len(found) and len(set(rated)) <= _GRADES


def _is_short_of_letters(cell: Any) -> bool:
    """ "8.5", "7/10", and no "Apollo 13"."""
    text = text_in(cell)
    return len(text) <= _WORDS and 2 * sum(map(str.isalpha, text)) <= len(text)


def _lone_year(cell: Any) -> int:
    return year_of(cell) if len(text_in(cell).removesuffix(".0")) == len("2026") else 0


def _names(columns: Mapping[str, Sequence[Any]]) -> list[str]:
    """The columns of titles and of makers: both short and mostly filled; titles fill and differ the most."""
    texts = {name: [text for cell in cells if (text := text_in(cell))] for name, cells in columns.items()}
    short = [n for n, own in texts.items() if own and mean(len(t.split()) for t in own) <= _WORDS]
    full = [n for n in short if len(texts[n]) >= _FILLED * len(columns[n]) and any(map(_has_letters, texts[n]))]
    return sorted(full, key=lambda name: [-round(share, 1) for share in _shares(columns[name], texts[name])])


def _shares(cells: Sequence[Any], texts: Sequence[str]) -> tuple[float, float]:
    """How many cells are filled, and how many of these differ."""
    return len(texts) / len(cells), len(set(texts)) / len(texts)


def _has_letters(text: str) -> bool:
    return any(c.isalpha() for c in text)
