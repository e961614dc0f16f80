"""One person's conversation as a value: interests, what was shown, and a diff for each turn.

State in, state out: nothing here is changed in place. Knows nothing of vectors, models or storage.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from penchant.retriever import OPEN, Interest, Schema

from .understanding import Understanding

_FORGOTTEN = 0.05
"""A phrase in the person's own words leaves the session when age has brought it below this strength."""


@dataclass(frozen=True, slots=True)
class Change:
    """One interest before and after; None where it was not there. `place`: where it stood before."""

    before: Interest | None
    after: Interest | None
    place: int = 0

    @property
    def sign(self) -> str:
        return "+" if self.before is None else "-" if self.after is None else "~"


@dataclass(frozen=True, slots=True)
class Diff:
    """What one turn changed, the words that caused it, and the items it took out of sight."""

    turn: int
    quote: str
    changes: tuple[Change, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that is kept of a conversation. `shown` are the ids of the last picks in their places, `hidden` the
    ids that must not be shown again (known, seen, disliked)."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    turn: int = 0
    interests: tuple[Interest, ...] = ()
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    diffs: tuple[Diff, ...] = ()


def merge(
    session: Session,
    said: Understanding,
    quote: str,
    schema: Schema,
    decay: float,
    outdated: Collection[tuple[str, str]] = (),
) -> Session:
    """The session after a message: a new turn, in which what was said last is what counts.

    An interest said again is renewed, also at another level. A new range for a number and new categories replace the
    old. A change of topic parks the wants and lesses, and `outdated` keys are parked too; a *never* stays. Own phrases
    fade out with age. Thanks and small talk change nothing.
    """
    if said.intent in ("small_talk", "feedback") and not (said.interests or said.dropped or said.seen):
        return session
    turn = session.turn + 1
    said_now = tuple(replace(i, turn=turn) for i in said.interests)
    current = {i.key: i for i in session.interests}
    after = {key: i for key, i in current.items() if not _replaced(i, said, said_now, schema, turn, decay)}
    for key, interest in after.items():
        if key in outdated or (said.intent == "new_topic" and interest.level != "never"):
            after[key] = replace(interest, parked=True)
    after |= {interest.key: interest for interest in said_now}
    more = session.shown if said.intent == "more" else ()
    hidden = tuple(i for i in dict.fromkeys((*said.seen, *more)) if i not in session.hidden)
    diff = Diff(turn, quote, _changes(current, after), hidden)
    return replace(
        session,
        turn=turn,
        interests=tuple(after.values()),
        hidden=(*session.hidden, *hidden),
        diffs=(*session.diffs, diff),
    )


def _replaced(
    old: Interest, said: Understanding, now: Iterable[Interest], schema: Schema, turn: int, decay: float
) -> bool:
    """Whether an earlier interest ends with this message."""
    if (old.facet, old.value.casefold()) in said.dropped:
        return True
    if old.facet == OPEN and old.source == "message" and old.level == "want":
        return old.strength * decay ** (turn - old.turn) < _FORGOTTEN
    single = schema.kind(old.facet) in ("number", "category") and old.level == "want"
    return single and any(i.facet == old.facet and i.level == "want" for i in now)


def _changes(before: dict[tuple[str, str], Interest], after: dict[tuple[str, str], Interest]) -> tuple[Change, ...]:
    """What differs: first what was there, in its order, then what is new."""
    places = {key: place for place, key in enumerate(before)}
    keys = dict.fromkeys((*before, *after))
    changes = [Change(before.get(key), after.get(key), places.get(key, 0)) for key in keys]
    return tuple(change for change in changes if change.before != change.after)


def undo(session: Session) -> Session:
    """The session with its last diff applied backwards, exactly; unchanged if there is none.

    What is on screen stays as it is until the session is ranked again.
    """
    if not session.diffs:
        return session
    *earlier, last = session.diffs
    changed = {change.after.key for change in last.changes if change.after}
    interests = [interest for interest in session.interests if interest.key not in changed]
    for change in last.changes:
        if change.before:
            interests.insert(change.place, change.before)
    hidden = tuple(item for item in session.hidden if item not in last.hidden)
    return replace(session, turn=last.turn - 1, interests=tuple(interests), hidden=hidden, diffs=tuple(earlier))
