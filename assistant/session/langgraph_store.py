"""Keeps sessions behind LangGraph's BaseStore: every change is an entry of its own, and a session is their fold.

So concurrent turns on one session lose nothing, though the store has no compare-and-set. Entries are filed under a
digest of the session's id: who reads the store learns no handle. Knows nothing of what a turn is.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from langgraph.store.base import BaseStore, PutOp, SearchItem
from pydantic import TypeAdapter

from .profile import Profile
from .session import Session
from .session_log import LogEntry, fold, steps
from .store import Receipt, UnknownSession

_MOST = 1_000_000
_SESSIONS = "sessions"
_PEOPLE = "people"
_RECEIPTS = "receipts"
_SLOTS = 64
"""A session keeps at most so many receipts; a new one takes the place of an older one."""


class SessionStore:
    """Sessions by id, and long-term profiles by person. `lasting`: how long a session may rest before it expires (None:
    for ever). `purge` wipes what the store's own files keep of deleted entries."""

    def __init__(
        self, store: BaseStore, lasting: timedelta | None = None, purge: Callable[[], None] = lambda: None
    ) -> None:
        self._store = store
        self._lasting = lasting
        self._purge = purge

    def load(self, session_id: str) -> Session:
        """The session as all its entries make it. Raises UnknownSession."""
        found = self._entries(session_id)
        if not found:
            raise UnknownSession("no such session; it may have been forgotten, or never was: begin a new one")
        if self._lasting and datetime.now(UTC) - _utc(found[-1].updated_at) > self._lasting:
            self.forget(session_id)
            raise UnknownSession("this session has expired; begin a new one")
        return fold([_entry_form().validate_python(item.value) for item in found], session_id)

    def save(self, before: Session | None, after: Session, receipt: Receipt | None = None) -> Session:
        """Keeps what led from one state of a session to the next (from None: all of it), and the receipt.

        A change with a receipt counts once, however often and wherever it is saved. Returns the session as it then is,
        with what others have saved meanwhile.
        """
        entries = [LogEntry("begin", session=replace(after, id=""))] if before is None else steps(before, after)
        if receipt:
            name = _digest(receipt.request)
            entries = [replace(entry, request=f"{name}-{n}") for n, entry in enumerate(entries)]
        namespace, now = _namespace(_SESSIONS, after.id), time.time_ns()
        keys = [f"{now:020d}-{n:04d}-{uuid.uuid4().hex}" for n in range(len(entries))]
        values = [_entry_form().dump_python(entry, mode="json") for entry in entries]
        puts = [PutOp(namespace, key, value) for key, value in zip(keys, values, strict=True)]
        if receipt:
            puts.append(PutOp(_namespace(_RECEIPTS, after.id), _slot(receipt.request), asdict(receipt)))
        self._store.batch(puts)
        return self.load(after.id)

    def receipt(self, session_id: str, request: str) -> Receipt | None:
        """The receipt of an earlier request, if it is still kept."""
        item = self._store.get(_namespace(_RECEIPTS, session_id), _slot(request))
        return Receipt(**item.value) if item and item.value["request"] == request else None

    def forget(self, session_id: str) -> None:
        """Deletes the session and every trace of it in the store's files. It is no error if there is none."""
        found = [*self._entries(session_id), *self._entries(session_id, _RECEIPTS)]
        self._store.batch([PutOp(item.namespace, item.key, None) for item in found])
        self._purge()

    def profile(self, person: str) -> Profile:
        """The long-term profile of a person; empty if none was ever kept."""
        item = self._store.get(_namespace(_PEOPLE, person), "profile")
        return _profile_form().validate_python(item.value) if item else Profile()

    def keep_profile(self, person: str, profile: Profile) -> None:
        """Keeps a profile; only ever called because the person asked for it."""
        self._store.put(
            _namespace(_PEOPLE, person), "profile", _profile_form().dump_python(profile, mode="json"), index=False
        )

    def forget_profile(self, person: str) -> None:
        self._store.delete(_namespace(_PEOPLE, person), "profile")
        self._purge()

    def _entries(self, session_id: str, kind: str = _SESSIONS) -> list[SearchItem]:
        """In the order in which they were saved."""
        namespace = _namespace(kind, session_id)
        found = self._store.search(namespace, limit=_MOST)
        return sorted((item for item in found if item.namespace == namespace), key=lambda item: item.key)


def _namespace(kind: str, name: str) -> tuple[str, str]:
    return kind, _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _slot(request: str) -> str:
    return str(int(_digest(request), 16) % _SLOTS)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cache
def _entry_form() -> TypeAdapter[LogEntry]:
    return TypeAdapter(LogEntry)


@cache
def _profile_form() -> TypeAdapter[Profile]:
    return TypeAdapter(Profile)
