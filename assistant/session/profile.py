"""A person's taste over many sessions, kept only if they ask for it, and laid under a session.

Knows nothing of storage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from penchant.retriever import OPEN, SUGGESTED, Interest

from .changes import Mark
from .session import Session

_PACE = 0.3
"""How far one session moves the strength of a want."""
_UNDER = 0.5
"""What a want of the profile counts in a session, against one that was just said."""
_LEAST = 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """Interests and marks of longer standing."""

    interests: tuple[Interest, ...] = ()
    marks: tuple[Mark, ...] = ()


def remember(profile: Profile, session: Session) -> Profile:
    """The profile after a session.

    The strength of a want moves by a running mean (s <- 0.7 s + 0.3 now; a want of which the session says nothing moves
    towards 0 so and is dropped at last). A *never* is kept only if it is pinned: for one evening is not for ever. Own
    phrases, what a model suggested, numbers given as ranges by a dislike, parked interests and wants with an end are
    not kept.
    """
    passing = ("feedback", "model")
    now = {
        i.key: i
        for i in session.interests
        if not i.parked and i.facet not in (OPEN, SUGGESTED) and i.source not in passing
        if i.level != "want" or i.until is None
    }
    before = {i.key: i for i in profile.interests}
    kept: list[Interest] = []
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        kept += _moved(old, new)
    marks = {mark.item: mark for mark in profile.marks}
    marks |= {mark.item: mark for one in session.marks for mark in one.taken_up()}
    return Profile(tuple(kept), tuple(marks.values()))


def _moved(old: Interest | None, new: Interest | None) -> list[Interest]:
    """At most one interest: what the profile has of this key afterwards."""
    if new and new.level != "want":
        return [replace(new, source="profile", turn=0)] if new.pinned else []
    if old and old.level != "want" and new is None:
        return [old]
    was = old.strength if old and old.level == "want" else 0.0
    strength = (1 - _PACE) * was + _PACE * (new.strength if new else 0.0)
    known = new or old
    if known is None or strength < _LEAST:
        return []
    return [replace(known, strength=strength, source="profile", turn=0, parked=False, pinned=False)]


def under(profile: Profile, session: Session) -> Session:
    """The session with the profile laid under it: wants at half strength, nevers whole, marks where it has none. What
    many liked items have in common takes no weight from what is said, and stays whole."""
    halved = (i.level == "want" and not i.of_many for i in profile.interests)
    wants = (
        replace(i, strength=_UNDER * i.strength) if half else i
        for i, half in zip(profile.interests, halved, strict=True)
    )
    marked = {mark.item for mark in session.marks}
    marks = (*session.marks, *(mark for mark in profile.marks if mark.item not in marked))
    return replace(session, profile=tuple(wants), marks=marks)
