"""One row of a table of a known form, as an entry. Knows forms and cells, and nothing of files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePath
from typing import Any

from ..reading import Row
from ..values import identifier, is_missing
from .cells import amount_in, dates_in, is_said, names_in, rating_of, scale_of, text_in, year_of
from .entry import Did, Entry, first_said
from .services import Form, has_words, plain_words, services
from .tables import Table


@dataclass(frozen=True)
class TableReader:
    """Reads the rows of a table of a form."""

    table: Table
    form: Form

    @property
    def skipped(self) -> bool:
        """Whether the file's path says that it does not count."""
        return any(word in self._path for word in self.form.skipped)

    def entries(self) -> Iterator[Entry]:
        """One for each row that names a work."""
        best = self.form.best or scale_of([rating_of(self._rating(row.cells)) for row in self.table.rows])
        dates = dates_in([_first(row.cells, self.form.when) for row in self.table.rows])
        named = first_said((did for word, did in self.form.named.items() if word in self._path), self.form.did)
        for row, date in zip(self.table.rows, dates, strict=True):
            if (title := _first(row.cells, self.form.title)) or self._ids(row.cells):
                # A file of likes says when something was liked, which is nothing of when it was seen.
                yield self._entry(row, title, best, "" if named == "liked" else date, named)

    @property
    def _path(self) -> str:
        """The file's name, and the folders that it is packed in, in plain words."""
        return plain_words(" ".join(PurePath(self.table.name).parts[-3:]))

    def _entry(self, row: Row, title: str, best: float, date: str, named: Did) -> Entry:
        cells, form = row.cells, self.form
        rating = self._rated(cells, best)
        makers, further = self._makers(cells)
        return Entry(
            form.service or "table",
            row.file,
            row.line,
            title,
            self._did(cells, named, rating),
            tuple(dict.fromkeys(text for name in form.others if (text := text_in(cells.get(name))) not in ("", title))),
            next((year for name in form.year if (year := year_of(cells.get(name)))), 0),
            makers,
            self._ids(cells),
            self._kind(cells),
            rating,
            date,
            int(_amount(cells, form.times)),
            further,
            _amount(cells, form.minutes),
            self._owned(cells),
        )

    def _makers(self, cells: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who made it, and who is named behind them or in a column of such."""
        named = [names_in(cells.get(name)) for name in self.form.makers]
        behind = [names_in(cells.get(name)) for name in self.form.further]
        joined = " ".join(text for name in self.form.makers_in_parts if (text := text_in(cells.get(name))))
        makers = (*chain.from_iterable(first for first, _ in named), *([joined] if joined else []))
        return makers, tuple(chain(*(rest for _, rest in named), *(chain(*both) for both in behind)))

    def _did(self, cells: Mapping[str, Any], named: Did, rating: float | None) -> Did:
        """What was done: as a status says it, then flags, the file's name, the form itself."""
        form = self.form
        said = first_said(self._stated(cells))
        if said == "wanted" and rating is None:
            return said
        if more := services().said(" ".join(text_in(cells.get(name)) for name in form.shelves), ("left", "liked")):
            return more
        if said and said != "wanted":
            return said
        if rating is not None:
            return "seen"
        return first_said(chain(self._judged(cells), self._flagged(cells), self._played(cells)), named)

    def _owned(self, cells: Mapping[str, Any]) -> bool:
        """Whether a column says that the person has it, by its word or by being filled."""
        found = ((word, cells.get(name)) for name, word in self.form.owned.items())
        return any(is_said(cell) and (not word or has_words(text_in(cell), word)) for word, cell in found)

    def _stated(self, cells: Mapping[str, Any]) -> Iterator[Did]:
        for name in self.form.status:
            if did := services().said(text_in(cells.get(name))):
                yield did

    def _flagged(self, cells: Mapping[str, Any]) -> Iterator[Did]:
        for name, did in self.form.did_by.items():
            if is_said(cells.get(name)):
                yield did

    def _judged(self, cells: Mapping[str, Any]) -> Iterator[Did]:
        if self.form.verdict and (said := self.form.verdict.says.get(text_in(cells.get(self.form.verdict.column)))):
            yield said

    def _played(self, cells: Mapping[str, Any]) -> Iterator[Did]:
        for name in self.form.played_or_wanted:
            yield "seen" if amount_in(cells.get(name)) > 0 else "wanted"

    def _rating(self, cells: Mapping[str, Any]) -> Any:
        return next((cells[name] for name in self.form.rating if not is_missing(cells.get(name))), None)

    def _rated(self, cells: Mapping[str, Any], best: float) -> float | None:
        """From 0 to 1. Services write 0 where nothing is rated; of thumbs it is one."""
        if any(is_said(cells.get(name)) for name in self.form.part):
            return None
        found = rating_of(self._rating(cells))
        if found is None or (found[0] <= 0 and (found[1] or best) > 1):
            return None
        return min(1.0, max(0.0, found[0] / (found[1] or best or 1.0)))

    def _kind(self, cells: Mapping[str, Any]) -> str:
        if self.form.kind_from and (word := _first(cells, self.form.kind_from)):
            return services().kind(word)
        by_column = (kind for name, kind in self.form.kinds.items() if is_said(cells.get(name)))
        by_title = (services().kind(name) for name in self.form.title if not self.form.needs and cells.get(name))
        return self.form.kind or next(chain(by_column, by_title), "")

    def _ids(self, cells: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
        found = ((scheme, identifier(scheme, cells.get(c))) for scheme, cs in self.form.ids.items() for c in cs)
        return frozenset((scheme, key) for scheme, key in found if key)


def _amount(cells: Mapping[str, Any], names: Sequence[str]) -> float:
    return next((amount_in(cells[name]) for name in names if is_said(cells.get(name))), 0.0)


def _first(cells: Mapping[str, Any], names: Sequence[str]) -> str:
    return next((text for name in names if (text := text_in(cells.get(name)))), "")
