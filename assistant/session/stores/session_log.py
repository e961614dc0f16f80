"""A session as a log of its changes: what led from one state to the next, and the fold that makes it again.

So concurrent turns on one session lose nothing, though a store has no compare-and-set. Knows nothing of stores.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ..changes import Diff, Screen
from ..session import Session, apply, redo, step_back

_REMEMBERED = 128
"""So many requests are known by name, so that none of them counts twice."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change as it is kept. begin: a whole session. diff: with the screen after it. undo, redo, screen: the screen
    after it. `request` names the change: a second entry of that name is passed over."""

    kind: Literal["begin", "diff", "undo", "redo", "screen"]
    session: Session | None = None
    diff: Diff | None = None
    screen: Screen | None = None
    request: str = ""


@dataclass(frozen=True, slots=True)
class LogState:
    """What a log makes so far: the session, how many entries that were, and the names of the last requests."""

    session: Session
    entries: int = 0
    requests: tuple[str, ...] = ()

    def after(self, entries: Iterable[LogEntry]) -> LogState:
        """The state after more entries, in their order."""
        state = self
        for entry in entries:
            session = state.session if entry.request in state.requests else _applied(state.session, entry)
            named = (entry.request,) if entry.request and entry.request not in state.requests else ()
            state = LogState(session, state.entries + 1, (*state.requests, *named)[-_REMEMBERED:])
        return state


def steps(before: Session | None, after: Session, request: str = "") -> list[LogEntry]:
    """What led from one state to the other, each with the name of its request if there is one."""
    entries = _steps(before, after) if before else [LogEntry("begin", session=replace(after, id=""))]
    return [replace(entry, request=f"{request}-{n}" if request else "") for n, entry in enumerate(entries)]


def _steps(before: Session, after: Session) -> list[LogEntry]:
    """Diffs undone, redone or new, or another screen."""
    if after.diffs == before.diffs:
        return [LogEntry("screen", screen=after.screen)] if after.screen != before.screen else []
    if before.undone and replace(redo(before), screen=after.screen) == after:
        return [LogEntry("redo", screen=after.screen)]
    shared = before.diffs.shared(after.diffs)
    new = list(after.diffs.since(shared))
    screens = [*(diff.screen for diff in new[1:]), after.screen]
    count = len(before.diffs) - shared
    undone = [LogEntry("undo", screen=after.screen if n == count else None) for n in range(1, count + 1)]
    return [*undone, *(LogEntry("diff", diff=replace(d, screen=s)) for d, s in zip(new, screens, strict=False))]


def _applied(session: Session, entry: LogEntry) -> Session:
    if entry.session:
        return replace(entry.session, id=session.id)
    if entry.diff:
        return apply(session, entry.diff)
    changed = step_back(session) if entry.kind == "undo" else redo(session) if entry.kind == "redo" else session
    return replace(changed, screen=entry.screen or changed.screen)
