"""Keeps sessions in memory: they are gone with the process. The fake for tests, and what serves without a database.

Knows nothing of databases.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from ..profile import Profile
from ..session import Session
from .session_log import LogState, steps
from .store import Receipt, UnknownSession

_RECEIPTS = 64
"""A session keeps at most so many receipts; a new one takes the place of the oldest."""


class InMemorySessionStore:
    """Sessions and profiles in dictionaries. `lasting`: how long a session may rest; None: for ever."""

    def __init__(self, lasting: timedelta | None = None) -> None:
        self.lasting = lasting
        self._sessions: dict[str, tuple[LogState, datetime]] = {}
        self._receipts: dict[str, dict[str, Receipt]] = {}
        self._profiles: dict[str, Profile] = {}
        self._lock = threading.RLock()

    def load(self, session_id: str) -> Session:
        """Raises UnknownSession."""
        with self._lock:
            if session_id not in self._sessions:
                raise UnknownSession.missing()
            state, saved = self._sessions[session_id]
            if self._has_expired(saved):
                self.forget(session_id)
                raise UnknownSession.expired()
            return state.session

    def save(self, before: Session | None, after: Session, receipt: Receipt | None = None) -> Session:
        """See SessionStore. Raises UnknownSession if the session has been forgotten meanwhile."""
        with self._lock:
            state, _ = self._sessions.get(after.id, (None, None))
            if state is None and before is not None:
                raise UnknownSession.missing()
            state = state or LogState(Session(after.id))
            state = state.after(steps(before, after, receipt.request if receipt else ""))
            self._sessions[after.id] = state, datetime.now(UTC)
            if receipt:
                self._keep(after.id, receipt)
            return state.session

    def receipt(self, session_id: str, request: str) -> Receipt | None:
        return self._receipts.get(session_id, {}).get(request)

    def forget(self, session_id: str) -> None:
        with self._lock:
            self._sessions.pop(session_id, None)
            self._receipts.pop(session_id, None)

    def sweep(self) -> int:
        with self._lock:
            expired = [name for name, (_, saved) in self._sessions.items() if self._has_expired(saved)]
            for name in expired:
                self.forget(name)
        return len(expired)

    def profile(self, person: str) -> Profile:
        return self._profiles.get(person, Profile())

    def keep_profile(self, person: str, profile: Profile) -> None:
        self._profiles[person] = profile

    def forget_profile(self, person: str) -> None:
        self._profiles.pop(person, None)

    def _has_expired(self, saved: datetime) -> bool:
        return self.lasting is not None and datetime.now(UTC) - saved > self.lasting

    def _keep(self, session_id: str, receipt: Receipt) -> None:
        kept = self._receipts.setdefault(session_id, {})
        kept[receipt.request] = receipt
        for oldest in list(kept)[:-_RECEIPTS]:
            del kept[oldest]
