"""Keeps sessions behind LangGraph's BaseStore: every change is an entry of its own, and a session is their fold.

So concurrent turns on one session lose nothing, though the store has no compare-and-set. Entries are filed under a
digest of the session's id: who reads the store learns no handle. Knows nothing of what a turn is.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal

from langgraph.store.base import BaseStore, PutOp, SearchItem
from pydantic import TypeAdapter

from penchant.retriever import PenchantError

from .profile import Profile
from .session import Diff, Screen, Session, apply, redo, undo

_MOST = 1_000_000
_SESSIONS = "sessions"
_PEOPLE = "people"
_RECEIPTS = "receipts"
_SLOTS = 64
"""A session keeps at most so many receipts; a new one takes the place of an older one."""


class UnknownSession(PenchantError):
    """There is no session of this id: it never was, was forgotten, or has expired."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as it is kept. begin: a whole session. diff: with the screen after it. undo, redo, screen: the screen
    after it. `request` names the change: a second entry of that name is passed over."""

    kind: Literal["begin", "diff", "undo", "redo", "screen"]
    session: Session | None = None
    diff: Diff | None = None
    screen: Screen | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to a request that changed a session, by the caller's name for it; `asked` tells two requests
    of one name apart."""

    request: str
    asked: str
    answer: str


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
        entries = [Entry("begin", session=replace(after, id=""))] if before is None else steps(before, after)
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


def steps(before: Session, after: Session) -> list[Entry]:
    """What led from one state to the other: diffs undone, redone or new, or another screen."""
    if after.diffs == before.diffs:
        return [Entry("screen", screen=after.screen)] if after.screen != before.screen else []
    if before.undone and replace(redo(before), screen=after.screen) == after:
        return [Entry("redo", screen=after.screen)]
    common = sum(1 for _ in _common(before.diffs, after.diffs))
    screens = [*(diff.screen for diff in after.diffs[common + 1 :]), after.screen]
    new = [replace(d, screen=s) for d, s in zip(after.diffs[common:], screens, strict=False)]
    undone = [Entry("undo", screen=after.screen)] * (len(before.diffs) - common)
    return [*undone, *(Entry("diff", diff=diff) for diff in new)]


def fold(entries: Sequence[Entry], session_id: str) -> Session:
    """The session that the entries make, in their order."""
    session = Session(session_id)
    for entry in _each_once(entries):
        if entry.session:
            session = replace(entry.session, id=session_id)
        elif entry.diff:
            session = apply(session, entry.diff)
        else:
            changed = {"undo": undo, "redo": redo}.get(entry.kind, _same)(session)
            session = replace(changed, screen=entry.screen or changed.screen)
    return session


def _each_once(entries: Iterable[Entry]) -> Iterator[Entry]:
    done: set[str] = set()
    for entry in entries:
        if entry.request not in done:
            yield entry
        done |= {entry.request} - {""}


def _same(session: Session) -> Session:
    return session


def _common(one: Sequence[Diff], other: Sequence[Diff]) -> Iterator[Diff]:
    for a, b in zip(one, other, strict=False):
        if a != b:
            return
        yield a


def _namespace(kind: str, name: str) -> tuple[str, str]:
    return kind, _digest(name)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _slot(request: str) -> str:
    return str(int(_digest(request), 16) % _SLOTS)


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cache
def _entry_form() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


@cache
def _profile_form() -> TypeAdapter[Profile]:
    return TypeAdapter(Profile)
