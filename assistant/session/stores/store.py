"""Where sessions are kept: the seam between whoever keeps them and a store. Knows no store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from penchant.retriever import PenchantError

from ..profile import Profile
from ..session import Session


class UnknownSession(PenchantError):
    """There is no session of this id: it never was, was forgotten, or has expired."""

    @classmethod
    def missing(cls) -> UnknownSession:
        return cls("no such session; it may have been forgotten, have expired, or never was: begin a new one")

    @classmethod
    def expired(cls) -> UnknownSession:
        return cls("this session has expired; begin a new one")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was answered to a request that changed a session, by the caller's name for it; `asked` tells two requests
    of one name apart."""

    request: str
    asked: str
    answer: str


class SessionStore(Protocol):
    """Sessions by id, and long-term profiles by person. Safe to share between threads."""

    def load(self, session_id: str) -> Session:
        """The session with all that was saved of it. Raises UnknownSession."""
        ...

    def save(self, before: Session | None, after: Session, receipt: Receipt | None = None) -> Session:
        """Keeps what led from one state of a session to the next (from None: all of it), and the receipt.

        A change with a receipt counts once, however often and wherever it is saved, while it is among the last
        64 at least. Returns the session as it then is, with what others have saved meanwhile. Raises UnknownSession if
        it has been forgotten meanwhile; nothing is kept then.
        """
        ...

    def receipt(self, session_id: str, request: str) -> Receipt | None:
        """The receipt of an earlier request, if it is still kept."""
        ...

    def forget(self, session_id: str) -> None:
        """Deletes the session and every trace of it. It is no error if there is none."""
        ...

    def sweep(self) -> int:
        """Deletes the sessions that have rested too long, whole and as `forget` does; how many those were."""
        ...

    def profile(self, person: str) -> Profile:
        """The long-term profile of a person; empty if none was ever kept."""
        ...

    def keep_profile(self, person: str, profile: Profile) -> None:
        """Keeps a profile; only ever called because the person asked for it."""
        ...

    def forget_profile(self, person: str) -> None:
        """Deletes the profile and every trace of it. It is no error if there is none."""
        ...
