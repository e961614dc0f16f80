"""A page of picks as it was shown, and who is told of it: nobody, unless the owner wants a log.

Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from penchant.retriever import Catalogue, Interest, Pick

from ..reply import Reply
from ..session import Session


@dataclass(frozen=True, slots=True)
class PageShown:
    """The picks in their places, and the session and interests that they were made for.

    `weights` belong to `interests`, in order; `explained_by` is "shares" or the name of a model, as in Reply; `message`
    is what the page answers, empty where nothing was said.
    """

    session: Session
    interests: Sequence[Interest]
    weights: Sequence[float]
    picks: Sequence[Pick]
    understood_by: str = "rules"
    explained_by: str = "shares"
    message: str = ""


class Observer(Protocol):
    """Is told of every page of picks, and by which door it went out. It must not raise: no turn fails for it."""

    def shown(self, page: PageShown, door: str, catalogue: Catalogue) -> None: ...

    def forget(self, sessions: Collection[str]) -> None:
        """Deletes what it keeps of some sessions. Raises PenchantError if it cannot."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells the observer, if there is one, what is shown of a catalogue at a door: "page", "rest", "mcp", "v1",
    "terminal", or "python" for a program of its own."""

    catalogue: Catalogue
    observer: Observer | None = None
    door: str = "python"

    def at(self, door: str) -> Watch:
        """The same at another door."""
        return replace(self, door=door)

    def unwatched(self) -> Watch:
        """The same, where nobody is told."""
        return replace(self, observer=None)

    def forget(self, sessions: Collection[str]) -> None:
        """Some sessions are to be forgotten. Raises PenchantError where what is kept of them cannot be deleted."""
        if self.observer:
            self.observer.forget(sessions)

    def over(self, message: str, replies: Iterable[Reply]) -> Iterator[Reply]:
        """The replies of one turn as they grow: one page, or two where the first had other picks; also where nobody
        reads them to the end."""
        last: Reply | None = None
        try:
            for reply in replies:
                if last and _ids(last) != _ids(reply):
                    self.tell(_page(last, message))
                last = reply
                yield reply
        finally:
            if last:
                self.tell(_page(last, message))

    def tell(self, page: PageShown) -> None:
        """A page was shown."""
        if self.observer:
            self.observer.shown(page, self.door, self.catalogue)


def _ids(reply: Reply) -> list[str]:
    return [pick.item.id for pick in reply.picks]


def _page(reply: Reply, message: str) -> PageShown:
    session = reply.session
    how = (reply.understood_by, reply.explained_by, message)
    return PageShown(session, session.effective_interests, reply.weights, reply.picks, *how)
