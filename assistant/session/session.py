"""One person's conversation as a value: interests, marks on items, what is on screen, and a diff for each change.

State in, state out: nothing here is changed in place. Knows nothing of language, vectors, models or storage.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol, TypeVar

from penchant.retriever import Interest

from .changes import Audience, Change, Diff, DiffKind, Mark, MarkChange, Screen
from .history import History

_KEPT = 300
"""How many characters of what was said last are kept."""


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is kept of a conversation. `undone` are diffs that can be redone, the next one last; `profile`
    are interests of longer standing, under those of the session. `audience` stays as it was at the beginning."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    turn: int = 0
    interests: tuple[Interest, ...] = ()
    marks: tuple[Mark, ...] = ()
    screen: Screen = field(default_factory=Screen)
    diffs: History = field(default_factory=History)
    undone: tuple[Diff, ...] = ()
    profile: tuple[Interest, ...] = ()
    audience: Audience = "everybody"

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the last picks in their places."""
        return self.screen.shown

    @property
    def spoken_of(self) -> tuple[str, ...]:
        """The ids that "it" means: what a question was about last, else what is on screen."""
        return self.screen.about or self.shown

    @property
    def effective_interests(self) -> tuple[Interest, ...]:
        """The session's interests, and under them those of the profile of which the session says nothing."""
        said = {interest.key for interest in self.interests}
        return (*self.interests, *(interest for interest in self.profile if interest.key not in said))

    @property
    def hidden(self) -> tuple[str, ...]:
        """The ids that must not be shown: disliked and put off, and those known, seen or liked, unless the mode lets
        them back."""
        kinds = {"disliked", "later"} | ({"seen", "liked"} if self.screen.mode == "new" else set())
        return tuple(mark.item for mark in self.marks if mark.kinds & kinds)

    def show(self, items: Iterable[str]) -> Session:
        """The session with other items on screen; this is no change of taste and leaves no diff."""
        return replace(self, screen=replace(self.screen, shown=tuple(items), overheard=False, about=()))

    def speak_of(self, items: Iterable[str]) -> Session:
        """The session after some items were spoken of, which "it" means from then on; no change of taste either."""
        return replace(self, screen=replace(self.screen, about=tuple(items)))

    def told(self, text: str) -> Session:
        """The session after something was said to the person, of which the end is kept: they may answer it."""
        *_, last = text.rstrip().rsplit("\n\n", 1)
        return replace(self, screen=replace(self.screen, said=" ".join(last.split())[-_KEPT:]))

    def without_history(self) -> Session:
        """The session as it is, of which nothing can be undone or redone."""
        return replace(self, diffs=History(), undone=())


def advance(
    session: Session,
    interests: Iterable[Interest],
    marks: Iterable[Mark],
    quote: str,
    kind: DiffKind = "message",
    screen: Screen | None = None,
) -> Session:
    """The session with other interests and marks, and the diff from what it had. What could be redone no longer can,
    unless it was time that changed them."""
    changes = tuple(Change(*step) for step in _steps(session.interests, tuple(interests)))
    changed = tuple(MarkChange(*step) for step in _steps(session.marks, tuple(marks)))
    diff = Diff(session.turn + (kind == "message"), quote, changes, changed, session.screen, kind)
    return replace(
        session,
        turn=diff.turn,
        interests=_forwards(session.interests, (c.step for c in changes)),
        marks=_forwards(session.marks, (c.step for c in changed)),
        screen=screen or session.screen,
        diffs=session.diffs.with_next(diff),
        undone=session.undone if kind == "lapse" else (),
    )


def dated(before: Session, after: Session, today: date) -> Session:
    """The session after a change that says of items that they are known: they were seen on that day at the latest. What
    is liked was seen when it was seen."""
    if len(after.diffs) <= len(before.diffs):
        return after
    earlier, last = after.diffs.without_last()
    changed = tuple(_dated(change, today) for change in last.marks)
    if changed == last.marks:
        return after
    marks = _forwards(after.marks, (change.step for change in changed))
    return replace(after, marks=marks, diffs=earlier.with_next(replace(last, marks=changed)))


def _dated(change: MarkChange, today: date) -> MarkChange:
    before, after = change.before, change.after
    if after is None or after.seen_on or not after.is_of_known:
        return change
    if before and before.is_of_known and after.kind in ("liked", "later") and "seen" not in after.kinds - before.kinds:
        return change
    return replace(change, after=replace(after, seen_on=today))


def undo(session: Session) -> Session:
    """The session before its last message, edit or thumb; unchanged if there is none. What lapsed since would lapse
    again, so it is not what a person takes back."""
    while session.diffs and session.diffs[-1].kind == "lapse":
        session = step_back(session)
    return step_back(session)


def step_back(session: Session) -> Session:
    """The session with its last diff applied backwards, exactly; unchanged if there is none."""
    if not session.diffs:
        return session
    earlier, last = session.diffs.without_last()
    return replace(
        session,
        turn=last.turn_before,
        interests=_backwards(session.interests, (c.step for c in last.changes)),
        marks=_backwards(session.marks, (c.step for c in last.marks)),
        screen=last.screen,
        diffs=earlier,
        undone=(*session.undone, replace(last, screen=session.screen)),
    )


def redo(session: Session) -> Session:
    """The session with the diff undone last applied again; unchanged if there is none."""
    if not session.undone:
        return session
    *rest, undone = session.undone
    return replace(apply(session, undone), undone=tuple(rest))


def apply(session: Session, diff: Diff) -> Session:
    """The session after a diff whose `screen` is the one after it. Of another session's diff, what fits is taken over.

    Concurrent changes fold so: each interest is as the later change has it, and nothing else is touched.
    """
    interests = _forwards(session.interests, (c.step for c in diff.changes))
    marks = _forwards(session.marks, (c.step for c in diff.marks))
    return advance(session, interests, marks, diff.quote, diff.kind, diff.screen)


class _Keyed(Protocol):
    @property
    def key(self) -> Any: ...


_T = TypeVar("_T", bound=_Keyed)
_Step = tuple[_T | None, _T | None, int]
"""Before, after, and the place before."""


def _steps(before: Sequence[_T], after: Sequence[_T]) -> list[_Step[_T]]:
    """What differs: first what was there, in its order, then what is new."""
    new = {kept.key: kept for kept in after}
    gone: list[_Step[_T]] = [(old, new.get(old.key), n) for n, old in enumerate(before) if new.get(old.key) != old]
    old_keys = {old.key for old in before}
    return gone + [(None, added, 0) for key, added in new.items() if key not in old_keys]


def _forwards(current: Sequence[_T], steps: Iterable[_Step[_T]]) -> tuple[_T, ...]:
    """Each in its place if it is there, else at the end; what should be gone is."""
    kept = {one.key: one for one in current}
    for before, after, _ in steps:
        if after is not None:
            kept[after.key] = after
        elif before is not None:
            kept.pop(before.key, None)
    return tuple(kept.values())


def _backwards(current: Sequence[_T], steps: Iterable[_Step[_T]]) -> tuple[_T, ...]:
    steps = list(steps)
    changed = {after.key for _, after, _ in steps if after is not None}
    kept = [one for one in current if one.key not in changed]
    for before, _, place in steps:
        if before is not None:
            kept.insert(place, before)
    return tuple(kept)
