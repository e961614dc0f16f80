"""An assistant whose turns are watched, by a program that keeps figures or traces of them.

Knows when a turn begins and ends. Knows nothing of what is done with that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy

from penchant.retriever.watching import Watch, happened, part, watched_by

from .assistant import Assistant
from .reply import Reply
from .session import Session

Watches = Sequence[Callable[[], Watch]]
"""Each gives what is told of one turn."""


class WatchedAssistant(Assistant):
    """An Assistant with watches. Its turns are "turn", and in that "understand", "search" (with "embed") and "explain";
    a first turn is also a "session"."""

    _watches: Watches = ()

    def watched_by(self, watches: Watches) -> WatchedAssistant:
        """The same assistant, with these watches too."""
        other = copy(self)
        other._watches = (*self._watches, *watches)
        return other

    def stream(
        self, message: str, session: Session | None = None, k: int | None = None, early: bool = False
    ) -> Iterator[Reply]:
        """As of Assistant. Who reads it may be in another thread each time: each step is watched by itself."""
        watches = [make() for make in self._watches]
        ends = [watch.begun("turn") for watch in watches]
        replies = super().stream(message, session, k, early)
        try:
            with watched_by(*watches):
                if not (session and session.turn):
                    happened("session")
            while reply := self._next(replies, watches):
                yield reply
        finally:
            for end in ends:
                end()

    def _next(self, replies: Iterator[Reply], watches: Sequence[Watch]) -> Reply | None:
        with watched_by(*watches):
            return next(replies, None)

    def answer(self, session: Session | None = None, k: int | None = None) -> Reply:
        """As of Assistant."""
        with watched_by(*(make() for make in self._watches)), part("turn"):
            return super().answer(session, k)
