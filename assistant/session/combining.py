"""Two tastes side by side, and as one: what differs, and what both say together.

Knows sessions as values. Knows nothing of files or catalogues.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from penchant.retriever import Interest
from penchant.retriever.ranking import InterestKey

from .changes import Mark, MarkKind
from .session import Session, advance

_SAYS: Sequence[MarkKind] = ("later", "wanted", "seen", "liked", "disliked")
"""What says least of an item first: who has seen it knows more than who wants to."""


def differences(one: Session, other: Session) -> list[str]:
    """What the other taste has otherwise, in lines: "+" only it has, "-" only the first has, "~" both have, in two
    ways."""
    lines = _differing(_said(one.interests), _said(other.interests))
    lines += _differing(_said(one.profile, "profile, "), _said(other.profile, "profile, "))
    lines += _differing(_marked(one.marks), _marked(other.marks))
    lines += _differing([("show", one.screen.mode)], [("show", other.screen.mode)])
    return lines


def combined(one: Session, other: Session) -> Session:
    """The first taste with what the other adds, as one change that can be taken back.

    Where both speak of a thing the other counts; of items, a verdict counts before seen, and seen before wanted. The
    interests of both are as old as they were.
    """
    turn = max(one.turn, other.turn)
    aged = replace(one, turn=turn, interests=_aged(one.interests, turn - one.turn))
    interests = _by_key((*aged.interests, *_aged(other.interests, turn - other.turn)))
    marks = {mark.item: mark for mark in one.marks}
    marks |= {mark.item: _over(marks.get(mark.item), mark) for mark in other.marks}
    after = advance(aged, interests, marks.values(), "merged with another taste", "edit")
    return replace(after, profile=_by_key((*one.profile, *other.profile)))


def _aged(interests: Iterable[Interest], turns: int) -> tuple[Interest, ...]:
    return tuple(replace(interest, turn=interest.turn + turns) for interest in interests)


def _by_key(interests: Iterable[Interest]) -> tuple[Interest, ...]:
    kept: dict[InterestKey, Interest] = {interest.key: interest for interest in interests}
    return tuple(kept.values())


def _over(before: Mark | None, mark: Mark) -> Mark:
    """One mark of two; what was seen stays seen, whoever likes it."""
    if before is None:
        return mark
    said = max((before, mark), key=lambda one: (_SAYS.index(one.kind), one is mark))
    seen = said.kind == "liked" and "seen" in before.kinds | mark.kinds
    listed = said.kind == "later" and "wanted" in before.kinds | mark.kinds
    also: MarkKind | None = "seen" if seen else "wanted" if listed else None
    days = [day for day in (before.seen_on, mark.seen_on) if day]
    return replace(said, also=also or said.also, seen_on=max(days, default=None), owned=before.owned or mark.owned)


def _said(interests: Iterable[Interest], kind: str = "") -> Iterator[tuple[str, str]]:
    for i in interests:
        states = "".join(f", {state}" for state in ("parked", "pinned") if getattr(i, state))
        states += f", {i.lasts}" if i.until else ""
        yield f"{kind}{i.label}", f"{i.level} {i.strength:.2f}{states}"


def _marked(marks: Iterable[Mark]) -> Iterator[tuple[str, str]]:
    return ((mark.item, ", ".join(filter(None, (mark.kind, mark.also, "owned" * mark.owned)))) for mark in marks)


def _differing(one: Iterable[tuple[str, str]], other: Iterable[tuple[str, str]]) -> list[str]:
    before, after = dict(one), dict(other)
    lines = []
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was != now:
            sign = "+" if was is None else "-" if now is None else "~"
            lines.append(f"{sign} {name}: {' -> '.join(part for part in (was, now) if part)}")
    return lines
