"""What came of a history: of each row what it was matched to and what it became; in a few words, and as a table.

Knows nothing of how rows are matched.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from penchant.retriever import Catalogue, PenchantError
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.catalogue.matching import Outcome
from penchant.retriever.catalogue.reading import BadRow

from ..session import MarkKind

_COLUMNS = "file line service outcome title year makers did rating item matched mark owned".split()
_KINDS: Sequence[tuple[MarkKind, str]] = (
    ("liked", "liked"),
    ("disliked", "disliked"),
    ("seen", "seen"),
    ("wanted", "on the list"),
)


@dataclass(frozen=True, slots=True)
class Brought:
    """One row, the items that it may be (one if it is matched), and the mark that it had a part in."""

    entry: Entry
    outcome: Outcome
    items: tuple[str, ...] = ()
    mark: MarkKind | None = None


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """All rows; those that could not be read; what was not taken over, in sentences."""

    rows: Sequence[Brought]
    bad: Sequence[BadRow] = ()
    notes: Sequence[str] = ()

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def text(self) -> str:
        """The outcome in a few lines."""
        marks = Counter({row.items[0]: row.mark for row in self.rows if row.mark}.values())
        owned = len({row.items[0] for row in self.rows if row.mark and row.entry.owned})
        counts = [*((marks[kind], name) for kind, name in _KINDS), (owned, "your own")]
        kinds = ", ".join(f"{count:,} {name}" for count, name in counts if count)
        lines = [
            f"{self.count('matched'):,} of {len(self.rows):,} rows are in the catalogue"
            + (f": {kinds}." if kinds else "."),
            f"{self.count('ambiguous'):,} may be more than one item, or are not sure, and were left out;"
            f" {self.count('absent'):,} are not in the catalogue.",
        ]
        lines += [f"{len(self.bad):,} rows could not be read, the first: {self.bad[0]}"] if self.bad else []
        return "\n".join([*lines, *self.notes])


def write_report(report: HistoryReport, catalogue: Catalogue, path: Path) -> None:
    """All rows as CSV. Raises PenchantError where it cannot be written."""
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            writer.writerows(_cells(row, catalogue) for row in report.rows)
            writer.writerows((bad.file, bad.line, "", f"unreadable: {bad.reason}", bad.content) for bad in report.bad)
    except OSError as error:
        raise PenchantError(f"{path}: cannot be written: {error.strerror}") from error


def _cells(row: Brought, catalogue: Catalogue) -> tuple[object, ...]:
    entry = row.entry
    return (
        entry.file,
        entry.line,
        entry.service,
        row.outcome,
        entry.title,
        entry.year or "",
        "; ".join(entry.makers[:1]),
        entry.did,
        "" if entry.rating is None else f"{entry.rating:g}",
        "; ".join(row.items),
        "; ".join(catalogue.get(item).title for item in row.items),
        row.mark or "",
        "yes" if entry.owned else "",
    )
