"""From files as people have them to items and a schema, with a report of what was guessed, merged and left out.

Nothing is lost silently: a row that cannot be used is set aside with its line and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from ...errors import CatalogueError
from ..composite import with_facts, with_makers, with_named
from ..inference import Column, Keys, find_keys, grouped, joined, schema_of, typed_columns, without_repeated
from ..item import Item, Value
from ..reading import BadRow, Row, read_rows
from ..schema import Schema
from ..values import each_once, is_missing, names_in_links, plain_text
from .kept_rows import KeptRows
from .own_titles import with_own_titles

_TEXT = "text"
_NUMBER = re.compile(r"^\W{0,2}\d")
_SHOWN_PROBLEMS = 10


@dataclass(frozen=True)
class CatalogueFile:
    """What was read: items, what their fields are, and how that came about.

    keys: the columns of ids and titles. merged: rows that said the same as one before. left_out: rows set aside.
    """

    items: Sequence[Item]
    schema: Schema
    columns: Sequence[Column]
    keys: Keys
    merged: int = 0
    left_out: Sequence[BadRow] = ()


def read_items(path: Path | str) -> list[Item]:
    """All items of a file or folder, in order; see read_catalogue."""
    return list(read_catalogue([path]).items)


def read_catalogue(
    paths: Sequence[Path | str],
    identity: str = "",
    title: str = "",
    columns: Sequence[str] = (),
    query: str = "",
    strict: bool = False,
) -> CatalogueFile:
    """Items from files or folders: CSV, JSON, Parquet, Excel, SQLite, DuckDB, also packed; a column's kind by its
    values.

    identity, title: the columns to be taken for that. columns: those to be read, beside these. query: what to ask of a
    database. strict: refuse what would be left out or merged. Raises CatalogueError for files that cannot be read,
    hold no items, or lack a column named.
    """
    rows, bad = _apart(row for path in paths for row in read_rows(path, query))
    names = dict.fromkeys(chain.from_iterable(row.cells for row in rows))
    where = ", ".join(map(str, paths))
    if not rows:
        raise CatalogueError(f"{where}: no items in the file" + (f"; {bad[0]}" if bad else ""))
    chosen = _chosen(names, identity, title, columns, where)
    told = [row.cells for row in rows]
    cells = {name: [row.get(name) for row in told] for name in names if not chosen or name in chosen}
    things, cells, variants = _ungrouped(rows, cells)
    cells = without_repeated(joined(with_named(cells, apart=(identity, title)), apart=(identity, title)))
    keys = find_keys(cells)
    keys = Keys(identity or keys.identity, (title,) if title else keys.title)
    cells = with_own_titles(things, cells, keys)
    kept = KeptRows(things, cells, keys)
    bad = [*bad, *kept.bad]
    if strict and (bad or kept.merged):
        raise CatalogueError(_problems(where, bad, kept.merged))
    if not kept.places:
        raise CatalogueError(f"{where}: no items in the file; {bad[0]}")
    return _made(cells, keys, kept, bad, variants)


def _made(
    cells: Mapping[str, Sequence[Any]], keys: Keys, kept: KeptRows, bad: Sequence[BadRow], variants: int
) -> CatalogueFile:
    own = {keys.identity, _text_column(cells), *_title_alone(cells, keys)}
    rest = {name: _at(kept.places, values) for name, values in cells.items() if name not in own}
    columns = with_facts(typed_columns(rest), rest)
    columns = with_makers(columns, kept.titles) if len(keys.title) == 1 else columns
    prose = cells.get(_text_column(cells), ())
    texts = each_once(_text, _at(kept.places, prose)) if prose else [""] * len(kept.places)
    fields = _rows([column.name for column in columns], [column.values for column in columns], len(kept.places))
    items = [
        Item(identity, title, text, known)
        for identity, title, text, known in zip(kept.ids, kept.titles, texts, fields, strict=True)
    ]
    return CatalogueFile(items, schema_of(columns), columns, keys, kept.merged + variants, bad)


def _title_alone(cells: Mapping[str, Sequence[Any]], keys: Keys) -> tuple[str, ...]:
    """The column that is the title and nothing more; links that say titles are kept."""
    alone = len(keys.title) == 1 and names_in_links([str(cell) for cell in cells[keys.title[0]]]) is None
    return keys.title if alone else ()


def _ungrouped(rows: Sequence[Row], cells: Mapping[str, list[Any]]) -> tuple[Sequence[Row], dict[str, list[Any]], int]:
    """Rows that are variants of one thing as one row each, with all the texts they have in a column; how many went
    in."""
    by = grouped(cells)
    if not by:
        return rows, dict(cells), 0
    groups = [list(places) for _, places in groupby(range(len(rows)), key=lambda n: cells[by][n])]
    one = {name: [_all_of([values[n] for n in places]) for places in groups] for name, values in cells.items()}
    return [rows[places[0]] for places in groups], one, len(rows) - len(groups)


def _all_of(values: Sequence[Any]) -> Any:
    """What several rows say of one thing: the first number, or every text."""
    known = list(dict.fromkeys(value for value in values if isinstance(value, str) and not is_missing(value)))
    if len(known) < 2 or any(_NUMBER.search(value) for value in known):
        return next((value for value in values if not is_missing(value)), None)
    return known


def _at(places: Sequence[int], values: Sequence[Any]) -> Sequence[Any]:
    return values if len(places) == len(values) else [values[n] for n in places]


def _rows(names: Sequence[str], columns: Sequence[Sequence[Value | None]], count: int) -> Iterator[dict[str, Value]]:
    if not columns:
        yield from ({} for _ in range(count))
    for row in zip(*columns, strict=True):
        known = dict(zip(names, row, strict=True))
        yield {name: value for name, value in known.items() if value is not None} if None in row else known


def _text_column(cells: Mapping[str, Sequence[Any]]) -> str:
    return next((name for name in cells if name.casefold() == _TEXT), "")


def _text(cell: Any) -> str:
    return "" if is_missing(cell) else plain_text(str(cell)).strip()


def _apart(found: Iterable[Row | BadRow]) -> tuple[list[Row], list[BadRow]]:
    rows: list[Row] = []
    bad: list[BadRow] = []
    for row in found:
        if isinstance(row, Row):
            rows.append(row)
        else:
            bad.append(row)
    return rows, bad


def _chosen(names: Iterable[str], identity: str, title: str, columns: Sequence[str], where: str) -> set[str]:
    """The columns to be read; none named: all. Raises CatalogueError for one that is not there."""
    known = set(names)
    for name in (*filter(None, (identity, title)), *columns):
        if name not in known:
            raise CatalogueError(f"{where}: there is no column {name!r}; columns: {', '.join(names)}")
    return {*columns, *filter(None, (identity, title))} if columns else set()


def _problems(where: str, bad: Sequence[BadRow], merged: int) -> str:
    """All that is wrong with a file, at once."""
    lines = [str(row) for row in bad[:_SHOWN_PROBLEMS]]
    more = len(bad) - len(lines)
    lines += [f"and {more:,} more"] if more else []
    lines += [f"{where}: {merged:,} rows say the same as one before"] if merged else []
    return "\n".join(lines)
