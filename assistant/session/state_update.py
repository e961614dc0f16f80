"""The rules by which a message changes a session, and time: what was said last counts, and nothing is lost silently.

Knows nothing of language: see understanding. Each rule has an example in docs/taste.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from math import isinf

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Schema, is_order
from penchant.retriever.ranking import limit_of, parse_range, time_of_wish

from .changes import Mark, Screen, SpareTime
from .session import Session, advance
from .understanding import Understanding

FORGOTTEN = 0.05
"""A phrase in the person's own words leaves the session when age has brought it below this strength."""

WHOLE = 0.5
"""Weaker wishes in own words are phrases of a message, and not all of it."""

FOR_NOW = 3
"""For how many turns the reason of a dislike holds, and a phrase of a message."""

_STRICTNESS = {"want": 0, "less": 1, "never": 2}


def merge(
    session: Session,
    said: Understanding,
    quote: str,
    schema: Schema,
    decay: float,
    outdated: Collection[tuple[str, str]] = (),
) -> Session:
    """The session after a message: a new turn.

    An interest said again is renewed, and stronger, or as weak as it now is said to be; at another level it is
    superseded. A new wish for a single-valued field replaces the old. A change of topic parks the wants and lesses, and
    `outdated` keys are parked too; a *never* stays, and so does what is pinned. Own phrases and the reasons of dislikes
    fade out with age; what a model suggested goes with the next message. Thanks and small talk change nothing.
    """
    heard = said.interests or said.dropped or said.seen or said.later or said.time is not None or said.mode
    if said.intent in ("small_talk", "feedback", "ask", "compare") and not heard:
        return session
    turn = session.turn + 1
    now = {i.key: replace(i, turn=turn) for i in sorted(said.interests, key=lambda i: _STRICTNESS[i.level])}
    after = {i.key: i for i in session.interests if not _ended(i, said, now.values(), schema, turn, decay)}
    for key, interest in after.items():
        leaves = said.intent == "new_topic" and interest.level != "never"
        if (leaves or key in outdated) and not interest.pinned:
            after[key] = replace(interest, parked=True)
    for interest in said.interests:
        key = interest.key
        after[key] = _renewed(after[key], now[key]) if key in after else now[key]
    return advance(session, after.values(), _marks(session, said), quote, screen=_screen(session.screen, said))


def _screen(before: Screen, said: Understanding) -> Screen:
    """What is said of the time, and of which items may be shown; the time is over with the topic."""
    lasting = SpareTime() if said.intent == "new_topic" else before.time
    time = lasting if said.time is None else said.time
    mode = said.mode or before.mode
    spacing = said.spacing or (before.spacing if mode in ("seen", "both") else 0)
    return replace(before, overheard=False, time=time, mode=mode, spacing=spacing)


def lapsed(session: Session, now: datetime) -> Session:
    """The session without the interests whose time is over, as a change of its own; unchanged if there are none.

    Those of the profile go without one: it was made elsewhere.
    """
    session = replace(session, profile=tuple(i for i in session.profile if i.holds(now)))
    over = [i for i in session.interests if not i.holds(now)]
    if not over:
        return session
    kept = (i for i in session.interests if i.holds(now))
    names = dict.fromkeys(map(_said, over))
    return advance(session, kept, session.marks, f"No longer: {', '.join(names)}", "lapse")


def _said(interest: Interest) -> str:
    """ "no horror", "less romance", "comedy"."""
    return {"never": "no ", "less": "less ", "want": ""}[interest.level] + interest.value


def _ended(
    old: Interest, said: Understanding, now: Iterable[Interest], schema: Schema, turn: int, decay: float
) -> bool:
    """Whether an earlier interest ends with this message."""
    if (old.facet, old.value.casefold()) in said.dropped or old.key in said.dropped:
        return True
    if old.pinned:
        return False
    if old.source == "model" or old.facet == SUGGESTED:
        return True
    if (limit := limit_of(old)) and any(limit[0] in (limit_of(i) or ()) for i in now):
        return True
    if old.level == "never" and any(_lets_in(i, old, schema) for i in now):
        return True
    age = turn - old.turn
    if old.source == "feedback" and old.level != "want" and old.facet != MENTION:
        return age >= FOR_NOW
    if old.facet == OPEN and old.source == "message" and old.level == "want":
        part = old.strength < WHOLE  # its words are wanted as long as those of fields are
        return age > FOR_NOW if part else old.strength * decay**age < FORGOTTEN or _goes_on(old, now)
    single = schema.single(old.facet) and old.level == "want"
    others = (i for i in now if i.facet == old.facet and i.level == "want" and i.key != old.key)
    # "The cheapest" leaves "under $100" as it is, and so does "over $50"; and "on a Sunday" leaves "in July".
    return single and any(
        is_order(i) == is_order(old)
        and not _is_other_end(old, i, schema)
        and time_of_wish(i, schema) == time_of_wish(old, schema)
        for i in others
    )


def _lets_in(new: Interest, old: Interest, schema: Schema) -> bool:
    """Whether a range is wanted whose own end lies in one that was refused: "up to $60" after "too dear" of $50."""
    ranges = schema.kind(old.facet) == "number" and new.facet == old.facet and new.level == "want" and not is_order(new)
    if not ranges:
        return False
    (low, high), ends = parse_range(old.value), parse_range(new.value)
    return any(low < end < high and not isinf(end) for end in ends)


def _is_other_end(old: Interest, new: Interest, schema: Schema) -> bool:
    """Whether two ranges of one field are its two ends, with something between: "after 1990" and "before 2000"."""
    if schema.kind(old.facet) != "number" or is_order(old) or is_order(new):
        return False
    (low, high), (least, most) = parse_range(old.value), parse_range(new.value)
    above, below = isinf(high) and isinf(least), isinf(low) and isinf(most)
    return (above and low < most) or (below and least < high)


def _goes_on(old: Interest, now: Iterable[Interest]) -> bool:
    """Whether an earlier message is the context of this one, and counts there."""
    said = " ".join(old.quote.split())
    return bool(said) and any(i.context and (said in i.context or said.endswith(i.context)) for i in now)


def _renewed(old: Interest, new: Interest) -> Interest:
    """Said again as strongly: halfway from what it was to 1; said more weakly, or at another level: as it is said. It
    ends as is said now; what is pinned without an end keeps having none."""
    again = new.level == old.level and new.strength >= old.strength
    until = None if old.pinned and old.level == new.level and old.until is None else new.until
    strength = max(new.strength, old.strength + (1 - old.strength) / 2) if again else new.strength
    return replace(new, strength=strength, pinned=old.pinned, until=until)


def _marks(session: Session, said: Understanding) -> tuple[Mark, ...]:
    """The marks after a message. What is put off comes back with the next topic; what is taken is liked."""
    kept = session.marks
    if said.intent == "new_topic":
        kept = tuple(left for mark in kept for left in mark.taken_up())
    marks = {mark.item: mark for mark in kept}
    disliked = {i.item for i in said.interests if i.facet == MENTION and i.item and i.level == "never"}
    off = (*said.later, *(session.shown if said.intent == "more" else ()))
    marks |= {item: marks[item].put_off() if item in marks else Mark(item, "later") for item in off}
    told = (Mark(item, "disliked" if item in disliked else "seen") for item in (*said.seen, *disliked))
    marks |= {mark.item: mark.over(marks.get(mark.item)) for mark in told}
    taken = said.about if said.asked.topic == "accept" else ()
    marks |= {item: Mark(item, "liked").over(marks.get(item)) for item in taken}
    return tuple(marks.values())
