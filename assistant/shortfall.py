"""Wishes of which each is met by something in the catalogue and all together by nothing, or by few items.

Knows wishes, the words they came from, and what items hold. Knows nothing of how picks are found or of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from penchant.retriever import FIRM, OPEN, Catalogue, Interest, exact_filters, is_degree, is_filter, is_order, matching
from penchant.retriever.catalogue import Mask
from penchant.retriever.ranking import time_of_wish

from .session import Session

_MOST_WISHES = 4
"""Of more wishes it is no news that nothing meets all."""
_FEW = 3
"""Items that are worth naming as the only ones."""
_EITHER = re.compile(r"\b(?:or|either)\b|/|[或]|还是", re.I)
_MANY = re.compile(r"\w+s\W+(?:and|&)\W+(?:\w+\W+)?\w+s", re.I)

Wish = tuple[Interest, ...]
"""One wish: an interest, or several of which any will do."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Wishes that nothing in the catalogue meets together, and how many items meet all but one of them; or that `only`
    these items (titles) meet."""

    wishes: tuple[Wish, ...]
    without: tuple[int, ...] = ()
    only: tuple[str, ...] = ()


def shortfall(
    session: Session, catalogue: Catalogue, hidden: Collection[str], shown: Sequence[str]
) -> Shortfall | None:
    """What nothing, or only few of the items shown (ids), are; None where no wish comes short of the others."""
    found = _wishes(session, catalogue)
    if not (shown and 2 <= len(found) <= _MOST_WISHES):
        return None
    masks = [np.logical_or.reduce([matching(i, catalogue) for i in wish]) for wish in found]
    whole = np.logical_and.reduce(masks)
    if not whole.any():
        rest = (np.logical_and.reduce([*masks[:n], *masks[n + 1 :]]) for n in range(len(masks)))
        return Shortfall(tuple(found), tuple(int(mask.sum()) for mask in rest)) if _are_met(masks) else None
    single = all(len({i.quote for i in wish}) == 1 for wish in found)  # of either of two towns nothing is all
    few = single and int(whole.sum()) <= min(_FEW, len(shown) - 1)
    return _only(found, whole, session, catalogue, hidden, shown) if few else None


def _are_met(masks: Sequence[Mask]) -> bool:
    """Whether there is something for each wish by itself."""
    return all(mask.any() for mask in masks)


def _only(
    wishes: Sequence[Wish],
    whole: Mask,
    session: Session,
    catalogue: Catalogue,
    hidden: Collection[str],
    shown: Sequence[str],
) -> Shortfall | None:
    """The items that meet all wishes, if all of them may be shown and are."""
    nevers = [i for i in session.effective_interests if i.level == "never"]
    allowed = exact_filters(nevers, catalogue, hidden).allowed
    items = [catalogue.items[row] for row in map(int, np.flatnonzero(whole))]
    if not allowed[whole].all() or not {item.id for item in items} <= set(shown):
        return None
    items.sort(key=lambda item: shown.index(item.id))
    return Shortfall(tuple(wishes), only=tuple(item.title for item in items))


def _wishes(session: Session, catalogue: Catalogue) -> list[Wish]:
    """What was wished for by fields in this turn or the one before, and limits that still hold."""
    groups: dict[tuple[str, str], list[Interest]] = {}
    for interest in session.effective_interests:
        if _is_wished(interest, session.turn, catalogue):
            alternatives = _are_alternatives(interest.facet, session, catalogue)
            time = time_of_wish(interest, catalogue.schema)  # "on a Sunday" is no other choice than "in July"
            groups.setdefault((interest.facet, time if alternatives else interest.quote), []).append(interest)
    return [tuple(group) for group in groups.values()]


def _is_wished(interest: Interest, turn: int, catalogue: Catalogue) -> bool:
    held = interest.level == "want" and not interest.parked and not is_order(interest)
    plain = interest.strength >= FIRM or is_degree(interest, catalogue.schema)
    said = interest.source not in ("profile", "model", "feedback") and plain
    lasts = is_filter(interest, catalogue.schema) or interest.pinned or turn - interest.turn <= 1
    return held and said and lasts and catalogue.schema.kind(interest.facet) in ("facet", "name", "category", "number")


def _are_alternatives(facet: str, session: Session, catalogue: Catalogue) -> bool:
    """Whether of several values of a field any will do: an item has but one, it is of people or places, or they were
    not said in one breath, as "a horror comedy" is."""
    if catalogue.schema.kind(facet) != "facet" or facet not in catalogue.several:
        return True
    wants = [i for i in session.effective_interests if i.facet == facet and _is_wished(i, session.turn, catalogue)]
    return len({i.turn for i in wants}) != 1 or not all(_in_one_breath(*two, session) for two in pairwise(wants))


def _in_one_breath(first: Interest, second: Interest, session: Session) -> bool:
    """Whether two wishes are of the same things by the message: "animated horror", and not "animation or horror"."""
    for text in _messages(session, first.turn):
        starts = sorted((text.casefold().find(i.quote.casefold()), i.quote) for i in (first, second))
        if starts[0][0] >= 0:
            between = text[starts[0][0] + len(starts[0][1]) : starts[1][0]]
            whole = text[starts[0][0] : starts[1][0] + len(starts[1][1])]
            return not (_EITHER.search(between) or _MANY.fullmatch(whole))
    return first.quote == second.quote


def _messages(session: Session, turn: int) -> Iterator[str]:
    """What was said in a turn, as far as the session has it."""
    yield from (i.quote for i in session.interests if i.facet == OPEN and i.turn == turn)
