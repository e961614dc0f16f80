"""What a review comes to for one catalogue: which items wait for approval, which are barred, what is put forward.

Knows the catalogue's columns. Knows nothing of files, nor of how items are kept from being shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from penchant.retriever import Catalogue, Interest, Item
from penchant.retriever.catalogue import Mask, normalise
from penchant.retriever.ranking import matching, parse_range

from .review_form import MOST_BOOST, Boost, Condition, Decision, Review, ReviewError

_COLUMNS = ("facet", "name", "category", "number")


@dataclass(frozen=True, slots=True)
class Ruling:
    """By the ids of items: what waits and by which rules; what is barred and why; what is added to a score."""

    waiting: Mapping[str, tuple[str, ...]]
    barred: Mapping[str, str]
    boosts: Mapping[str, float]

    @property
    def gone(self) -> frozenset[str]:
        """What nobody may be shown."""
        return frozenset((*self.waiting, *self.barred))


def rule(review: Review, catalogue: Catalogue) -> Ruling:
    """Raises ReviewError for a rule on a field that is not there, or that cannot be compared so."""
    decided = review.decided
    barred = {item: why for item, made in decided.items() if item in catalogue.row and (why := _barred(made))}
    blocked = _named(review.block, catalogue).values()
    barred |= {item.id: "on the block list" for items in blocked for item in items}
    held: dict[str, tuple[str, ...]] = {}
    for n, condition in enumerate(review.hold, 1):
        for item in _those(_meets(condition, catalogue, f"hold {n}"), catalogue):
            held[item.id] = (*held.get(item.id, ()), condition.words)
    waiting = {item: rules for item, rules in held.items() if item not in barred and item not in decided}
    return Ruling(waiting, barred, _boosts(review.boost, catalogue))


def _barred(made: Decision) -> str:
    said = {"reject": "rejected", "block": "blocked"}.get(made.decision, "")
    return f"{said}{f' by {made.by}' if made.by else ''}" if said else ""


def _named(names: Iterable[str], catalogue: Catalogue) -> dict[str, list[Item]]:
    """For each of these ids or titles the items that it means; several may have one title."""
    found: dict[str, list[Item]] = {name: [] for name in names}
    titles = {normalise(name): name for name in found}
    for item in catalogue.items if found else ():
        if name := item.id if item.id in found else titles.get(normalise(item.title)):
            found[name].append(item)
    return found


def _boosts(boosts: Sequence[Boost], catalogue: Catalogue) -> dict[str, float]:
    amounts: dict[str, float] = {}
    named = _named([boost.item for boost in boosts if boost.item], catalogue)
    for n, boost in enumerate(boosts, 1):
        for item in named[boost.item] if boost.item else _valued(boost, catalogue, f"boost {n}"):
            amounts[item.id] = min(MOST_BOOST, amounts.get(item.id, 0.0) + boost.amount)
    return amounts


def _valued(boost: Boost, catalogue: Catalogue, place: str) -> list[Item]:
    meant = Condition.model_validate({"field": boost.field, "is": boost.values})
    return _those(_meets(meant, catalogue, place), catalogue)


def _those(mask: Mask, catalogue: Catalogue) -> list[Item]:
    return [item for item, meant in zip(catalogue.items, mask, strict=True) if meant]


def _meets(condition: Condition, catalogue: Catalogue, place: str) -> Mask:
    """Which rows a condition is about."""
    kind = catalogue.schema.kind(condition.field)
    if catalogue.schema.field(condition.field) is None:
        names = ", ".join(field.name for field in catalogue.schema.fields)
        raise ReviewError(f"{place}: the catalogue has no field {condition.field!r}; it has {names}")
    if condition.after:
        return _later(condition.field, condition.after, catalogue)
    if kind not in _COLUMNS:
        wanted = {normalise(value) for value in condition.values}
        return np.array([bool(wanted & set(map(normalise, i.values(condition.field)))) for i in catalogue.items])
    try:
        _ = [parse_range(value) for value in condition.values if kind == "number"]
    except ValueError as error:
        raise ReviewError(f"{place}: {condition.field} is a number, and {error}") from error
    masks = [matching(Interest(condition.field, value, level="never"), catalogue) for value in condition.values]
    return np.asarray(np.logical_or.reduce(masks))


def _later(field: str, after: date, catalogue: Catalogue) -> Mask:
    """Which rows have a later date; where a field has only years, a later year."""
    days = ("".join(c for value in item.values(field) for c in value if c.isdecimal()) for item in catalogue.items)
    bound = after.strftime("%Y%m%d")
    return np.array([bool(day) and day[:8] > bound[: len(day)] for day in days])
