"""A session as a log of its changes: what led from one state to the next, and the fold that makes it again.

So concurrent turns on one session lose nothing, though a store has no compare-and-set. Knows nothing of stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .session import Diff, Screen, Session, apply, redo, undo


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change as it is kept. begin: a whole session. diff: with the screen after it. undo, redo, screen: the screen
    after it. `request` names the change: a second entry of that name is passed over."""

    kind: Literal["begin", "diff", "undo", "redo", "screen"]
    session: Session | None = None
    diff: Diff | None = None
    screen: Screen | None = None
    request: str = ""


def steps(before: Session, after: Session) -> list[LogEntry]:
    """What led from one state to the other: diffs undone, redone or new, or another screen."""
    if after.diffs == before.diffs:
        return [LogEntry("screen", screen=after.screen)] if after.screen != before.screen else []
    if before.undone and replace(redo(before), screen=after.screen) == after:
        return [LogEntry("redo", screen=after.screen)]
    common = sum(1 for _ in _common(before.diffs, after.diffs))
    screens = [*(diff.screen for diff in after.diffs[common + 1 :]), after.screen]
    new = [replace(d, screen=s) for d, s in zip(after.diffs[common:], screens, strict=False)]
    undone = [LogEntry("undo", screen=after.screen)] * (len(before.diffs) - common)
    return [*undone, *(LogEntry("diff", diff=diff) for diff in new)]


def fold(entries: Sequence[LogEntry], session_id: str) -> Session:
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


def _each_once(entries: Iterable[LogEntry]) -> Iterator[LogEntry]:
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
