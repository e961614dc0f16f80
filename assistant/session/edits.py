"""What a person changes by hand: strength, level, facet, parked, pinned, taken out, added. No model is asked.

Knows the catalogue's fields, and nothing of language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isinf

from penchant.retriever import (
    MENTION,
    OPEN,
    SUGGESTED,
    Catalogue,
    Interest,
    Level,
    PenchantError,
    is_order,
    parse_range,
)

from .changes import Mode, SpareTime
from .session import Session, advance

LONGEST_TIME = 60 * 24 * 366
"""Minutes of all sittings together."""


class EditError(PenchantError):
    """An edit that cannot be made; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the interest in (facet, value), or in an item by its id; one that is not there is added.

    What is None stays as it is. `to_facet` and `to_value` move the interest elsewhere.
    """

    facet: str = OPEN
    value: str = ""
    item: str = ""
    strength: float | None = None
    level: Level | None = None
    parked: bool | None = None
    pinned: bool | None = None
    to_facet: str | None = None
    to_value: str | None = None
    remove: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return Interest(self.facet, self.value, item=self.item).key


def edit(session: Session, edits: Sequence[Edit], catalogue: Catalogue) -> Session:
    """The session after all the edits, as one diff; the session itself if they change nothing. Raises EditError."""
    interests = {interest.key: interest for interest in session.interests}
    together = {interest.key: interest for interest in session.profile if interest.of_many}
    for one in edits:
        if one.remove:
            if interests.pop(one.key, None) is None:
                raise EditError(f"there is no interest {_name(one)} to remove")
            continue
        old = interests.pop(one.key, together.get(one.key))
        new = _checked(_edited(old, one, session.turn, catalogue), catalogue)
        interests = {key: known for key, known in interests.items() if not _gainsays(new, known, catalogue)}
        interests = _placed(interests, session, one, new)
    after = tuple(interests.values())
    quote = "; ".join(map(_sentence, edits))
    return session if set(after) == set(session.interests) else advance(session, after, session.marks, quote, "edit")


def set_mode(session: Session, mode: Mode) -> Session:
    """Whether seen items may be shown: "new" (not), "seen" (only those), "both"; "list": only what is on the list,
    "own": what is owned."""
    if session.screen.mode == mode:
        return session
    screen = replace(session.screen, mode=mode, spacing=0)
    return advance(session, session.interests, session.marks, f"show {mode}", "edit", screen)


def start_topic(session: Session) -> Session:
    """A new topic by hand: wants and lesses are parked, nevers and pinned interests stay, what was put off is back."""
    parked = (i if i.level == "never" or i.pinned else replace(i, parked=True) for i in session.interests)
    marks = (left for mark in session.marks for left in mark.taken_up())
    return advance(session, parked, marks, "new topic", "edit", replace(session.screen, time=SpareTime()))


def set_time(session: Session, time: SpareTime) -> Session:
    """From now on the picks are to fill this time together; none: any time. Raises EditError for an impossible one."""
    if not (0 <= time.total <= LONGEST_TIME and time.sittings >= 1):
        raise EditError(f"a time is of at most {LONGEST_TIME:,} minutes in all, unlike {time.total:,.0f}")
    if time == session.screen.time:
        return session
    screen, said = replace(session.screen, time=time), f"{time.sittings} x {time.minutes:g} minutes"
    return advance(session, session.interests, session.marks, said, "edit", screen)


def _edited(old: Interest | None, one: Edit, turn: int, catalogue: Catalogue) -> Interest:
    """The interest as edited. What is set by hand counts from now on; to park or pin is not to say it again."""
    new = old or Interest(one.facet, _title(one, catalogue), source="edit", turn=turn, item=one.item)
    said = {"strength": one.strength, "level": one.level, "facet": one.to_facet, "value": one.to_value}
    fresh = any(change is not None for change in said.values()) or one.parked is False
    if fresh:
        said |= {"turn": turn, "source": "edit"}
    said |= {"parked": one.parked, "pinned": one.pinned}
    return replace(new, **{name: change for name, change in said.items() if change is not None})  # type: ignore[arg-type]


def _title(one: Edit, catalogue: Catalogue) -> str:
    if one.facet != MENTION:
        return one.value
    if one.item not in catalogue.row:
        raise EditError(f"the catalogue has no item {one.item!r}")
    return catalogue.get(one.item).title


def _placed(
    interests: dict[tuple[str, str], Interest], session: Session, one: Edit, new: Interest
) -> dict[tuple[str, str], Interest]:
    """The interests with the edited one back; if it now is about the same as another, it replaces that."""
    kept = {key: interest for key, interest in interests.items() if key != new.key} | {new.key: new}
    order = {interest.key: n for n, interest in enumerate(session.interests)}
    return dict(sorted(kept.items(), key=lambda pair: order.get(pair[0], len(order))))


def _checked(interest: Interest, catalogue: Catalogue) -> Interest:
    """Raises EditError for a field the catalogue lacks, no value, a strength out of (0, 1] or what is not a range."""
    kind = catalogue.schema.kind(interest.facet)
    pointing = interest.facet == MENTION or bool(interest.facet == SUGGESTED and interest.items)
    if interest.facet != OPEN and not pointing and kind in (None, "hidden", "image", "text"):
        fields = ", ".join(catalogue.schema.of("category", "facet", "name", "number"))
        raise EditError(f"the catalogue has no facet {interest.facet!r}; it has {fields}, or leave it empty")
    if not interest.value.strip():
        raise EditError("an interest needs a value")
    if not 0 < interest.strength <= 1:
        raise EditError(f"a strength lies above 0 and at most at 1, unlike {interest.strength:g}")
    if kind == "number" and not is_order(interest):
        try:
            low, high = parse_range(interest.value)
        except ValueError as error:
            raise EditError(f"{interest.facet}: {error}") from error
        if low > high:
            raise EditError(f"{interest.facet}: {interest.value!r} ends below where it begins; nothing is in it")
    return replace(interest, level="never") if kind in ("number", "category") and interest.level == "less" else interest


def _gainsays(new: Interest, known: Interest, catalogue: Catalogue) -> bool:
    """Whether two wanted ranges of one field go on without end, away from each other: then the first is over."""
    both = [i for i in (new, known) if i.level == "want" and not is_order(i)]
    if len(both) < 2 or new.facet != known.facet or catalogue.schema.kind(new.facet) != "number":
        return False
    (least, most), (low, high) = parse_range(new.value), parse_range(known.value)
    return (isinf(most) and isinf(low) and least > high) or (isinf(least) and isinf(high) and most < low)


def _name(one: Edit) -> str:
    return f"{one.facet}: {one.value or one.item}" if one.facet else one.value


def _sentence(one: Edit) -> str:
    """The edit as the history shows it."""
    if one.remove:
        return f"removed {_name(one)}"
    said = {
        "strength": one.strength,
        "level": one.level,
        "parked": one.parked,
        "pinned": one.pinned,
        "facet": one.to_facet,
        "value": one.to_value,
    }
    changes = ", ".join(f"{name} {value}" for name, value in said.items() if value is not None)
    return f"{_name(one)}: {changes}" if changes else f"added {_name(one)}"
