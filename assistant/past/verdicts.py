"""What a history says of each work: liked, disliked, seen, wanted; a rating is read against the person's own mean.

Knows matched entries. Knows nothing of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from penchant.retriever.catalogue.histories import Entry

from ..session import Mark

_USUAL_MEAN, _USUAL_SPREAD = 0.7, 0.2
"""Of people's ratings on a scale from 0 to 1: what is supposed of one of whom little is known."""
_PRIOR = 5
"""How many ratings that supposition counts."""
_NEARLY = 0.1
"""So many of the person's own spreads below their mean is still at the mean."""
_WIDE = 0.2
"""A rating so far below the mean is a dislike: a star of five, two points of ten."""
_LIKED, _LEFT, _DISLIKED = 0.7, -0.35, -0.7
_LEAST = 0.3
"""What a liked work counts at least."""
_PLAYS = 10
_OFTEN = 0.75
"""Of all that was played, what is above this quantile was returned to."""
_PLAYED = ("album", "song")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mark, and from -1 to 1 how much the work was enjoyed; 0: not known."""

    mark: Mark
    weight: float


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody rates at one service: the mean and spread of their ratings, and how often is often."""

    mean: float
    spread: float
    often: float

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Habit:
        entries = list(entries)
        ratings = np.array([entry.rating for entry in entries if entry.rating is not None], dtype=float)
        plays = [entry.times for entry in entries if entry.kind in _PLAYED and entry.times]
        share = len(ratings) / (len(ratings) + _PRIOR)
        mean = share * ratings.mean() + (1 - share) * _USUAL_MEAN if len(ratings) else _USUAL_MEAN
        spread = share * ratings.std() + (1 - share) * _USUAL_SPREAD if len(ratings) else _USUAL_SPREAD
        often = max(_PLAYS, float(np.quantile(plays, _OFTEN))) if plays else float("inf")
        return cls(float(mean), max(0.02, float(spread)), often)

    def weight(self, rating: float) -> float:
        return float(np.clip((rating - self.mean) / (2 * self.spread), -1, 1))

    def likes(self, rating: float) -> bool:
        return rating >= self.mean - _NEARLY * self.spread

    def dislikes(self, rating: float) -> bool:
        return rating <= self.mean - max(_WIDE, self.spread)


def verdicts(matched: Sequence[tuple[Entry, str]], entries: Sequence[Entry]) -> list[Verdict]:
    """One for each item of `matched` (entries and ids), in their order; `entries` are all, also those of works that the
    catalogue lacks, as they say how the person rates."""
    services: dict[str, list[Entry]] = {}
    for entry in entries:
        services.setdefault(entry.service, []).append(entry)
    habits = {service: Habit.of(every) for service, every in services.items()}
    items: dict[str, list[Entry]] = {}
    for entry, item in matched:
        items.setdefault(item, []).append(entry)
    found = ((_verdict(item, every, habits), every) for item, every in items.items())
    return [replace(one, mark=_complete(one.mark, every)) for one, every in found if one]


def _complete(mark: Mark, entries: Sequence[Entry]) -> Mark:
    """With when it was seen last, and whether it is the person's own."""
    return replace(mark, seen_on=_last_seen(mark, entries), owned=any(entry.owned for entry in entries))


def _last_seen(mark: Mark, entries: Iterable[Entry]) -> date | None:
    """The last day of which the files say that it was seen then: read, watched, played, or rated."""
    days = (one.when[:10] for one in entries if one.when and (one.rating is not None or one.did not in ("", "wanted")))
    return max(filter(None, map(_day, days)), default=None) if mark.is_of_known else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _verdict(item: str, entries: Sequence[Entry], habits: Mapping[str, Habit]) -> Verdict | None:
    """What was rated last counts before what was said of it in words, and that before that it was seen."""
    rated = [entry for entry in entries if entry.rating is not None]
    did = {entry.did for entry in entries}
    if rated:
        return _of_rating(item, max(rated, key=lambda entry: entry.when), habits, "liked" in did)
    if "liked" in did or any(habits[entry.service].often <= entry.times for entry in entries if entry.kind in _PLAYED):
        return Verdict(Mark(item, "liked", "seen"), _LIKED)
    if "disliked" in did or "left" in did:
        return Verdict(Mark(item, "disliked"), _DISLIKED if "disliked" in did else _LEFT)
    if "seen" in did:
        return Verdict(Mark(item, "seen"), 0.0)
    waits = "wanted" in did or any(entry.owned for entry in entries)
    return Verdict(Mark(item, "wanted"), 0.0) if waits else None


def _of_rating(item: str, entry: Entry, habits: Mapping[str, Habit], loved: bool) -> Verdict:
    rating, habit = entry.rating or 0.0, habits[entry.service]
    weight = habit.weight(rating)
    if habit.dislikes(rating):
        return Verdict(Mark(item, "disliked"), min(_LEFT, weight))
    if loved or habit.likes(rating):
        return Verdict(Mark(item, "liked", "seen"), max(_LEAST, weight))
    return Verdict(Mark(item, "seen"), weight)
