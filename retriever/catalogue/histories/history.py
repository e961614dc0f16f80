"""From the bytes of files to a history: what each table is, its rows as entries, what could not be read.

Knows the ways in which tables belong together. Knows nothing of a catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from ...errors import CatalogueError
from ..reading import BadRow, Row
from ..values import is_missing
from .cells import amount_in
from .entry import Entry
from .own_headings import form_by_cells
from .plays import summed
from .row_entry import TableReader
from .services import Form, services
from .tables import Table, tables_of

_MOVIE = "movieid"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class History:
    """Entries in the order of the files, rows that could not be read, and notes on what was not taken over."""

    entries: Sequence[Entry]
    bad: Sequence[BadRow] = ()
    notes: Sequence[str] = ()


def read_history(files: Sequence[tuple[str, bytes]], person: str = "") -> History:
    """What files hold, given as names and bytes, packed or not. person: whose ratings, where there are several
    people's.

    Raises CatalogueError where no file is a history, or nobody says whose of several people's ratings are meant.
    """
    tables = _joined([table for name, data in files for table in tables_of(name, data)])
    known = [(table, form) for table in tables if (form := _form(table))]
    if not known:
        raise CatalogueError(_unknown(files, tables))
    left = [table for table in tables if all(table is not one for one, _ in known)]
    notes = [f"{table.name}: left out, {table.reason or 'it has no ratings or statuses of works'}" for table in left]
    entries: list[Entry] = []
    for table, form in known:
        reader = TableReader(_of_person(table, form, person), form)
        if reader.skipped:
            notes.append(f"{table.name}: left out, its name says that it was deleted")
            continue
        found = list(reader.entries())
        notes += _nameless(table, len(reader.table.rows) - len(found)) + _open(reader)
        entries += summed(_long_enough(reader, found)) if form.played else found
    return History(entries, [row for table in tables for row in table.bad], notes)


def _form(table: Table) -> Form | None:
    """By its columns' names, else by what is in them."""
    return services().form(table.columns) or form_by_cells(table)


def _open(reader: TableReader) -> list[str]:
    """What the columns cannot tell where the name does not say it either."""
    form, name = reader.form, reader.table.name.casefold()
    told = any(word in name for word in (*form.named, "watched")) or set(form.rating) & reader.table.columns
    return [f"{reader.table.name}: {form.open}"] if form.open and not told else []


def _nameless(table: Table, count: int) -> list[str]:
    return [f"{table.name}: {count:,} {'row names' if count == 1 else 'rows name'} no work"] if count else []


def _long_enough(reader: TableReader, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The plays that count."""
    played = reader.form.played
    if not played or not played.column:
        yield from entries
        return
    lasted = {row.line: amount_in(row.cells.get(played.column)) for row in reader.table.rows}
    yield from (entry for entry in entries if lasted[entry.line] >= played.least)


def _of_person(table: Table, form: Form, person: str) -> Table:
    """The rows of one person. Raises CatalogueError where there are several and none, or nobody of them, is named."""
    if not form.person or form.person not in table.columns:
        return table
    people = dict.fromkeys(str(cell) for cell in table.cells(form.person) if not is_missing(cell))
    if len(people) < 2 and not person:
        return table
    if person not in people:
        some = ", ".join([*people][:_SHOWN]) + (", ..." if len(people) > _SHOWN else "")
        said = f"nobody in it is {person!r}" if person else f"it has ratings of {len(people):,} people"
        raise CatalogueError(f"{table.name}: {said}; name one of them with --person: {some}")
    return replace(table, rows=[row for row in table.rows if str(row.cells.get(form.person)) == person])


def _joined(tables: Sequence[Table]) -> list[Table]:
    """Tables of ratings by a number of MovieLens, with what the tables of works and of keys say of that number."""
    about: dict[str, dict[str, Any]] = {}
    works = [t for t in tables if _MOVIE in t.columns and not {"rating", "tag"} & t.columns and _is_key(t)]
    for row in chain.from_iterable(table.rows for table in works):
        about.setdefault(str(row.cells.get(_MOVIE)), {}).update(row.cells)
    rest = [table for table in tables if all(table is not work for work in works)]
    return [replace(t, rows=[_with(row, about) for row in t.rows]) if _is_rated(t) else t for t in rest]


def _is_key(table: Table) -> bool:
    return len({str(cell) for cell in table.cells(_MOVIE)}) == len(table.rows)


def _is_rated(table: Table) -> bool:
    return {_MOVIE, "rating"} <= table.columns


def _with(row: Row, about: Mapping[str, Mapping[str, Any]]) -> Row:
    return replace(row, cells={**about.get(str(row.cells.get(_MOVIE)), {}), **row.cells})


def _unknown(files: Sequence[tuple[str, bytes]], tables: Sequence[Table]) -> str:
    where = ", ".join(name for name, _ in files)
    reason = next((table.reason for table in tables if table.reason), "")
    names = ", ".join(dict.fromkeys(form.service for form in services().forms if form.service))
    return (
        f"{where}: no history that can be read{f' ({reason})' if reason else ''}; give a file that one of these exports"
        f" ({names}), or a table with a column of titles and one of ratings"
    )
