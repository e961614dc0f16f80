"""What can change in a session: marks on items, the screen, and each change with what was before and after.

Knows nothing of how changes follow from each other: see session.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from penchant.retriever import Interest

MarkKind = Literal["liked", "disliked", "seen", "later", "wanted"]
"""later: not now, so not before the topic changes. liked: by a thumb, or taken; as known as what was seen. wanted: on
the person's own list of what to see or read."""

Mode = Literal["new", "seen", "both", "list", "own"]
"""Which items may be shown: new ones only, only ones that were seen or liked, both, only those on the person's list, or
only those that they own, known to them or not. Disliked ones never are."""

Audience = Literal["everybody", "children"]
"""Whom a conversation is for. It is set when the conversation begins, and by nothing after."""

_HOLDS: Mapping[MarkKind, Sequence[MarkKind]] = {"liked": ("seen",), "later": ("seen", "wanted")}
"""Of a new mark, the older ones of which the first still holds under it."""

DiffKind = Literal["message", "edit", "feedback", "lapse"]
"""lapse: the time of an interest was over."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the person said of an item, by its id; `also`: what was said before and still holds, if anything: what is
    liked was seen, what was put off is wanted or was seen. `seen_on`: the day on which it was last seen, as far as that
    is known; of what is only said to be known, the day on which that was said. `owned`: the person has it."""

    item: str
    kind: MarkKind
    also: MarkKind | Literal[""] = ""
    seen_on: date | None = None
    owned: bool = False

    @property
    def key(self) -> str:
        return self.item

    @property
    def kinds(self) -> frozenset[str]:
        """All that holds of the item."""
        return frozenset((self.kind, self.also))

    def over(self, before: Mark | None) -> Mark:
        """Said after another of the same item: what was seen stays seen when it is liked or put off, and liked when it
        is seen; what is put off stays on the list, and what is owned is owned whatever is said of it."""
        if before is None:
            return self
        seen_on, owned = self.seen_on or before.seen_on, self.owned or before.owned
        if self.kind == "seen" and before.kind == "liked":
            return replace(before, also="seen", seen_on=seen_on, owned=owned)
        if self.kind not in _HOLDS:
            return replace(self, owned=owned)
        also = next((kind for kind in _HOLDS[self.kind] if kind in before.kinds), self.also)
        return replace(self, also=also, seen_on=seen_on, owned=owned)

    @property
    def is_of_known(self) -> bool:
        """Whether the item was seen, or is liked, which comes to the same where it may be shown again."""
        return bool(self.kinds & {"seen", "liked"})

    def put_off(self) -> Mark:
        """Not now: what is on the list is still on it."""
        return replace(self, kind="later", also="wanted") if self.kind == "wanted" else self

    def taken_up(self) -> tuple[Mark, ...]:
        """What is left of it with the next topic."""
        if self.kind != "later":
            return (self,)
        return (replace(self, kind=self.also, also=""),) if self.also else ()


@dataclass(frozen=True, slots=True)
class Change:
    """One interest before and after; None where it was not there. `place`: where it stood before."""

    before: Interest | None
    after: Interest | None
    place: int = 0

    @property
    def step(self) -> tuple[Interest | None, Interest | None, int]:
        return self.before, self.after, self.place

    @property
    def sign(self) -> str:
        return "+" if self.before is None else "-" if self.after is None else "~"


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One mark before and after, as in Change."""

    before: Mark | None
    after: Mark | None
    place: int = 0

    @property
    def step(self) -> tuple[Mark | None, Mark | None, int]:
        return self.before, self.after, self.place


@dataclass(frozen=True, slots=True)
class SpareTime:
    """Time to be filled: so many sittings of so many minutes; none: no time was named.

    `occasion`: what its minutes were taken from, where nobody said them ("evening"). `several`: more than one thing is
    asked for by words ("a few short ones")."""

    minutes: float = 0.0
    sittings: int = 1
    occasion: str = ""
    several: bool = False

    @property
    def for_several(self) -> bool:
        """Whether it is for more than one thing: that was said, or there is more than one sitting."""
        return self.several or self.sittings > 1

    @property
    def total(self) -> float:
        return self.minutes * self.sittings

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True, slots=True)
class Screen:
    """What the person has before them: ids of the picks in their places, which items may be shown, the turn at which a
    question was last asked (-1: none), the end of what was said to them last, whether another assistant said it, the
    items that were spoken of last ("is it long?"), the time that the picks are to fill, and for how many days something
    must not have been seen to be shown again (0: any)."""

    shown: tuple[str, ...] = ()
    mode: Mode = "new"
    asked: int = -1
    said: str = ""
    overheard: bool = False
    about: tuple[str, ...] = ()
    time: SpareTime = SpareTime()
    spacing: int = 0


@dataclass(frozen=True, slots=True)
class Diff:
    """What one message, edit, thumb or the end of a time changed, and the words that caused it. `screen` is what was
    before them, or, once the diff is undone, what was after."""

    turn: int
    quote: str
    changes: tuple[Change, ...]
    marks: tuple[MarkChange, ...] = ()
    screen: Screen = field(default_factory=Screen)
    kind: DiffKind = "message"

    @property
    def turn_before(self) -> int:
        """Only messages age a session: edits and thumbs belong to the turn in which they are made."""
        return self.turn - (self.kind == "message")
