"""What a store holds of one session: entries of its log, snapshots that stand for the older ones, pages of old diffs.

Everything is written once under a key of its own, and only taken away when a snapshot stands for it; so two processes
may make snapshots at once. Whoever reads all at one moment sees at least what whoever read before saw, so that of
several snapshots the one of the most entries stands for all that the others do. Knows nothing of databases.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from pydantic import TypeAdapter

from ..history import History, Page
from ..session import Session
from .session_log import LogEntry, LogState

StoredRows = Mapping[str, Mapping[str, Any]]
"""What is kept of a session: JSON objects by key. Keys of entries sort in the order in which they were made."""

_EVERY = 16
"""A snapshot is made after so many entries."""
_PAGE = 16
"""Diffs leave the snapshot for a page of their own when there are so many."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state after some entries. `covers`: keys of such entries that may still be there. `pages`: keys of the pages
    of the session's history, in order; the diffs after those are in the session."""

    state: LogState
    covers: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True)
class SessionRows:
    """All that is kept of one session, as it was read at one moment."""

    session_id: str
    rows: StoredRows

    @property
    def begun(self) -> str:
        """The key of the entry that began the session, which stays until it is forgotten; empty if there is none."""
        return next((key for key in self._of_kind("begin")), "")

    @cached_property
    def state(self) -> LogState:
        """The session as all entries make it."""
        entries = (entry_form().validate_python(self.rows[key]) for key in self._new)
        return self._start.after(entries)

    @property
    def is_long(self) -> bool:
        """Whether it is time for a snapshot."""
        return len(self._new) >= _EVERY

    def compacted(self) -> tuple[dict[str, dict[str, Any]], list[str]]:
        """The rows of a new snapshot, and the keys that nobody needs once those are kept.

        Pages stay while a snapshot that was seen has them: another process may be making one from it.
        """
        history, new = _paged(self.state.session.diffs)
        session = replace(self.state.session, id="", diffs=History(history.tail))
        pages = tuple(page.key for page in history.pages)
        snapshot = Snapshot(replace(self.state, session=session), tuple(self._entries), pages)
        rows: dict[str, dict[str, Any]] = {p.key: {"kind": "page", "count": p.count, "diffs": p.packed} for p in new}
        form = _snapshot_form().dump_python(snapshot, mode="json")
        rows[f"snapshot-{uuid.uuid4().hex}"] = {"kind": "snapshot", **form}
        return rows, self._replaced(pages)

    def _replaced(self, pages: Sequence[str]) -> list[str]:
        """Entries but for those that began the session, snapshots, and pages that no snapshot has."""
        begun, before = set(self._of_kind("begin")), list(self._of_kind("snapshot"))
        had = {*pages, *(page for key in before for page in self.rows[key]["pages"])}
        entries = [key for key in self._entries if key not in begun]
        return [*entries, *before, *(key for key in self._of_kind("page") if key not in had)]

    def _of_kind(self, kind: str) -> Iterator[str]:
        return (key for key in sorted(self.rows) if self.rows[key]["kind"] == kind)

    @cached_property
    def _entries(self) -> list[str]:
        return [key for key in sorted(self.rows) if self.rows[key]["kind"] not in ("snapshot", "page")]

    @cached_property
    def _new(self) -> list[str]:
        """Entries that no snapshot stands for."""
        covered = set(self._snapshot["covers"]) if self._snapshot else set()
        return [key for key in self._entries if key not in covered]

    @cached_property
    def _snapshot(self) -> Mapping[str, Any] | None:
        """The one of the most entries, of those whose pages are all there."""
        whole = [self.rows[key] for key in self._of_kind("snapshot") if self.rows.keys() >= {*self.rows[key]["pages"]}]
        return max(whole, key=lambda row: int(row["state"]["entries"]), default=None)

    @property
    def _start(self) -> LogState:
        if self._snapshot is None:
            return LogState(Session(self.session_id))
        snapshot = _snapshot_form().validate_python(self._snapshot)
        pages = tuple(Page(self.rows[key]["diffs"], self.rows[key]["count"], key) for key in snapshot.pages)
        diffs = History(snapshot.state.session.diffs.tail, pages)
        return replace(snapshot.state, session=replace(snapshot.state.session, id=self.session_id, diffs=diffs))


def _paged(history: History) -> tuple[History, list[Page]]:
    """The history with its tail in a page, if that is long enough; and the new page."""
    if len(history.tail) < _PAGE:
        return history, []
    page = Page.of(history.tail, f"page-{uuid.uuid4().hex}")
    return History(pages=(*history.pages, page)), [page]


@cache
def entry_form() -> TypeAdapter[LogEntry]:
    """Entries as JSON."""
    return TypeAdapter(LogEntry)


@cache
def _snapshot_form() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)
