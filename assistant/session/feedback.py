"""Thumbs: like, dislike (with a reason), seen, not now. They mark the item, and a like moves the weights behind it.

Knows shares and the session's algebra, and nothing of language or pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from penchant.retriever import (
    MENTION,
    Catalogue,
    CompositionConfig,
    Interest,
    Item,
    PenchantError,
    Pick,
    softmax_weights,
)

from .changes import Mark, MarkKind
from .session import Session, advance

Verdict = Literal["like", "dislike", "seen", "later", "clear"]

RATE = 2.0
"""How far one like moves the weights: the learning rate of the exponentiated gradient."""

LIKED_STRENGTH = 0.7
_WEAKEST = 0.05
_KINDS: Mapping[str, MarkKind] = {"like": "liked", "dislike": "disliked", "seen": "seen", "later": "later"}


class FeedbackError(PenchantError):
    """Feedback on an item or for a reason that is not there; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pick was disliked: a value of one of its fields; for a number field "more" or "less" than one wants."""

    facet: str
    value: str


def feedback(
    session: Session,
    verdict: Verdict,
    item_id: str,
    catalogue: Catalogue,
    pick: Pick | None = None,
    reason: Reason | None = None,
    composition_config: CompositionConfig | None = None,
) -> Session:
    """The session after a thumb, as one diff. `pick` has the shares of the item; without it a like moves no weights.

    A dislike's reason becomes a "less" (for numbers and categories a "never") that lapses after some turns (see
    state_update). Raises FeedbackError.
    """
    if item_id not in catalogue.row:
        raise FeedbackError(f"the catalogue has no item {item_id!r}")
    item = catalogue.get(item_id)
    interests = list(session.interests)
    if verdict == "like" and pick:
        interests = list(reweighted(session, pick, catalogue, composition_config or CompositionConfig()))
    marks = {mark.item: mark for mark in session.marks}
    before = marks.pop(item_id, None)
    kept = {i.key: i for i in interests if not _is_over(i, item, verdict, before)}
    if verdict == "like":
        liked = Interest(
            MENTION, item.title, LIKED_STRENGTH, source="feedback", turn=session.turn, quote="liked", item=item_id
        )
        kept[liked.key] = liked
    if reason and verdict == "dislike":
        because = _because(item, reason, catalogue, session.turn)
        kept[because.key] = because
    if verdict != "clear":
        marks[item_id] = Mark(item_id, _KINDS[verdict]).over(before)
    why = f" ({reason.facet}: {reason.value})" if reason else ""
    return advance(session, kept.values(), marks.values(), f"{verdict}: {item.title}{why}", "feedback")


def _is_over(interest: Interest, item: Item, verdict: Verdict, before: Mark | None) -> bool:
    """Whether an interest goes with another thumb: that in the item itself, unless it is liked and now seen as well,
    and the reason of a dislike that is taken back."""
    if interest.facet == MENTION and interest.item == item.id:
        return not (verdict == "seen" and before is not None and before.kind == "liked")
    return verdict != "dislike" and interest.source == "feedback" and interest.quote == _disliked(item)


def _disliked(item: Item) -> str:
    return f"disliked {item.title}"


def marked(session: Session, items: Sequence[str], verdict: Verdict, catalogue: Catalogue) -> Session:
    """The session with items marked as by a thumb, of which no more is said: no interest changes, and none ages."""
    known = [item for item in items if item in catalogue.row]
    if not known:
        return session
    marks_before = {mark.item: mark for mark in session.marks}
    marks = marks_before | {item: Mark(item, _KINDS[verdict]).over(marks_before.get(item)) for item in known}
    titles = ", ".join(catalogue.get(item).title for item in known)
    return advance(session, session.interests, marks.values(), f"{verdict}: {titles}", "feedback")


def reweighted(
    session: Session, pick: Pick, catalogue: Catalogue, composition_config: CompositionConfig
) -> Sequence[Interest]:
    """The interests after a like of a pick: one step of the exponentiated gradient on the weights,

        w_i <- w_i exp(rate x_i) / Z,    x_i = share_i / w_i,  how far the pick matches interest i

    (Kivinen and Warmuth, "Exponentiated gradient versus gradient descent for linear predictors", 1997). As the weights
    are a softmax of strength / temperature, the step adds temperature * rate * (x_i - mean x) to the strengths, kept
    within [0.05, 1]. What the pick matches gains against what it does not.
    """
    weights = softmax_weights(session.interests, catalogue.schema, session.turn, composition_config)
    wants = [n for n, weight in enumerate(weights) if weight > 0]
    if len(wants) < 2:
        return session.interests
    shares = dict.fromkeys((i.key for i in session.interests), 0.0)
    for share in pick.shares:
        if share.key in shares:
            shares[share.key] += share.value
    match = np.array([shares[session.interests[n].key] / weights[n] for n in wants])
    step = composition_config.temperature * RATE * (match - weights[wants] @ match)
    moved = list(session.interests)
    for n, change in zip(wants, step, strict=True):
        moved[n] = _moved(moved[n], float(change), session.turn, composition_config)
    return moved


def _moved(interest: Interest, change: float, turn: int, composition_config: CompositionConfig) -> Interest:
    """The interest with its strength of now, age included, changed; it counts from this turn."""
    pace = composition_config.mention_decay if interest.facet == MENTION else composition_config.decay
    age = 0 if interest.pinned else max(0, turn - interest.turn)
    strength = min(1.0, max(_WEAKEST, interest.strength * pace**age + change))
    return replace(interest, strength=strength, turn=turn)


def reasons(item: Item, catalogue: Catalogue) -> tuple[Reason, ...]:
    """What one may dislike about an item: each of its values, and more or less of each of its numbers."""
    schema = catalogue.schema
    values = [Reason(name, value) for name in schema.of("category", "facet", "name") for value in item.values(name)]
    numbers = [Reason(n, side) for n in schema.of("number") if n != schema.prior and item.values(n) for side in _SIDES]
    return (*values, *numbers)


_SIDES = {"more": ">=", "less": "<="}


def _because(item: Item, reason: Reason, catalogue: Catalogue, turn: int) -> Interest:
    kind = catalogue.schema.kind(reason.facet)
    if reason not in (known := reasons(item, catalogue)):
        raise FeedbackError(_no_reason(item, reason, known))
    if kind == "number":
        value = f"{_SIDES[reason.value]} {item.number(reason.facet):g}"
        return Interest(reason.facet, value, level="never", source="feedback", turn=turn, quote=_disliked(item))
    level: Literal["never", "less"] = "never" if kind == "category" else "less"
    return Interest(reason.facet, reason.value, level=level, source="feedback", turn=turn, quote=_disliked(item))


def _no_reason(item: Item, reason: Reason, known: Sequence[Reason]) -> str:
    """What may be said instead: of a field that it fills, one of its values there; else one of these fields."""
    values = [one.value for one in known if one.facet == reason.facet]
    if values:
        return f"{reason.value!r} is no {reason.facet!r} of {item.title!r}; take {' or '.join(values)}"
    fields = ", ".join(dict.fromkeys(one.facet for one in known)) or "none"
    return f"a reason names a field of {item.title!r} ({fields}) and one of its values there, unlike {reason.facet!r}"
