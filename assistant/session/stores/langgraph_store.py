"""Keeps sessions behind LangGraph's BaseStore: every change is an entry of its own, and a session is their fold.

So concurrent turns on one session lose nothing, though the store has no compare-and-set; snapshots keep the log short.
Rows are filed under a digest of the session's id: who reads the store learns no handle. Knows nothing of what a turn
is. Imported only where a store is opened: LangGraph takes a second.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import cache

from langgraph.store.base import BaseStore, PutOp, SearchItem
from pydantic import TypeAdapter

from ..profile import Profile
from ..session import Session
from .session_log import steps
from .snapshots import SessionRows, entry_form
from .store import Receipt, UnknownSession

_MOST = 1_000_000
_SESSIONS = "sessions"
_PEOPLE = "people"
_RECEIPTS = "receipts"
_SLOTS = 64
"""A session keeps at most so many receipts; a new one takes the place of an older one."""


class LangGraphSessionStore:
    """Sessions and profiles in a BaseStore whose batches are kept whole and whose searches see one moment.

    `lasting`: how long a session may rest before it expires (None: for ever). `purge` wipes what the store's own files
    keep of deleted rows.
    """

    def __init__(
        self, store: BaseStore, lasting: timedelta | None = None, purge: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._lasting = lasting
        self._purge = purge

    def load(self, session_id: str) -> Session:
        """Raises UnknownSession."""
        found = self._items(_namespace(_SESSIONS, session_id))
        if self._have_expired(found):
            self.forget(session_id)
            raise UnknownSession.expired()
        return self._alive(_rows(session_id, found)).state.session

    def save(self, before: Session | None, after: Session, receipt: Receipt | None = None) -> Session:
        """See SessionStore. Raises UnknownSession if the session has been forgotten meanwhile."""
        namespace, now = _namespace(_SESSIONS, after.id), time.time_ns()
        entries = steps(before, after, _digest(receipt.request) if receipt else "")
        puts = [
            PutOp(namespace, f"{now:020d}-{n:04d}-{uuid.uuid4().hex}", entry_form().dump_python(entry, mode="json"))
            for n, entry in enumerate(entries)
        ]
        if receipt:
            puts.append(PutOp(_namespace(_RECEIPTS, after.id), _slot(receipt.request), asdict(receipt)))
        self._store.batch(puts)
        rows = self._alive(_rows(after.id, self._items(namespace)))
        if rows.is_long:
            self._compact(rows)
        return rows.state.session

    def receipt(self, session_id: str, request: str) -> Receipt | None:
        item = self._store.get(_namespace(_RECEIPTS, session_id), _slot(request))
        return Receipt(**item.value) if item and item.value["request"] == request else None

    def forget(self, session_id: str) -> None:
        """Deletes the session and every trace of it in the store's files.

        First what began it: whoever is saving meanwhile sees that it is gone, and takes back what they wrote.
        """
        self._delete_all(_digest(session_id))
        self._purge()

    def sweep(self) -> int:
        """See SessionStore. LangGraph's own time to live would not do: it deletes row by row, so that of a session that
        is in use the oldest rows would go."""
        if not self._lasting:
            return 0
        found = self._store.list_namespaces(prefix=(_SESSIONS,), max_depth=2, limit=_MOST)
        expired = [name for name in found if self._have_expired(self._items(name))]
        for _, digest in expired:
            self._delete_all(digest)
        if expired:
            self._purge()
        return len(expired)

    def profile(self, person: str) -> Profile:
        item = self._store.get(_namespace(_PEOPLE, person), "profile")
        return _profile_form().validate_python(item.value) if item else Profile()

    def keep_profile(self, person: str, profile: Profile) -> None:
        self._store.put(
            _namespace(_PEOPLE, person), "profile", _profile_form().dump_python(profile, mode="json"), index=False
        )

    def forget_profile(self, person: str) -> None:
        self._store.delete(_namespace(_PEOPLE, person), "profile")
        self._purge()

    def _alive(self, rows: SessionRows) -> SessionRows:
        """The rows, if something began the session; what is left of one that was forgotten goes too."""
        if rows.begun:
            return rows
        if rows.rows:
            self.forget(rows.session_id)
        raise UnknownSession.missing()

    def _compact(self, rows: SessionRows) -> None:
        """Puts a snapshot in the place of the entries so far. Raises UnknownSession if it came after a forget."""
        namespace = _namespace(_SESSIONS, rows.session_id)
        kept, unused = rows.compacted()
        self._store.batch([PutOp(namespace, key, value) for key, value in kept.items()])
        if self._store.get(namespace, rows.begun) is None:
            self.forget(rows.session_id)
            raise UnknownSession.missing()
        self._store.batch([PutOp(namespace, key, None) for key in unused])

    def _have_expired(self, items: Sequence[SearchItem]) -> bool:
        """Whether the newest of a session's rows has rested too long; never where there are none."""
        newest = max((_utc(item.updated_at) for item in items), default=datetime.now(UTC))
        return self._lasting is not None and datetime.now(UTC) - newest > self._lasting

    def _delete_all(self, digest: str) -> None:
        session = _SESSIONS, digest
        self._delete(item for item in self._items(session) if item.value["kind"] == "begin")
        self._delete([*self._items(session), *self._items((_RECEIPTS, digest))])

    def _delete(self, items: Iterable[SearchItem]) -> None:
        self._store.batch([PutOp(item.namespace, item.key, None) for item in items])

    def _items(self, namespace: tuple[str, ...]) -> list[SearchItem]:
        found = self._store.search(namespace, limit=_MOST)
        return [item for item in found if item.namespace == namespace]


def _rows(session_id: str, items: Iterable[SearchItem]) -> SessionRows:
    return SessionRows(session_id, {item.key: item.value for item in items})


def _namespace(kind: str, name: str) -> tuple[str, str]:
    return kind, _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _slot(request: str) -> str:
    return str(int(_digest(request), 16) % _SLOTS)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cache
def _profile_form() -> TypeAdapter[Profile]:
    return TypeAdapter(Profile)
