"""What a catalogue has as a whole, where that is asked: how many of something, and what there is of a field.

Knows rows and wishes. Knows nothing of words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from penchant.retriever import MENTION, OPEN, SUGGESTED, Catalogue, Interest, exact_filters, is_order, matching
from penchant.retriever.catalogue import Mask

from .session import Asked, Session


@dataclass(frozen=True, slots=True)
class Holdings:
    """`count` items of `total` are what is asked for, or, where nothing is named, all of what is wished for; `values`
    are those of the field asked about, with how many items have each, the commonest first."""

    total: int
    count: int = 0
    values: tuple[tuple[str, int], ...] = ()


def holdings(catalogue: Catalogue, session: Session, asked: Asked, hidden: Collection[str]) -> Holdings | None:
    """What is asked of the catalogue; None where that is not asked."""
    if asked.topic == "values":
        counted = Counter(value for item in catalogue.items for value in dict.fromkeys(item.values(asked.fields[0])))
        return Holdings(len(catalogue), values=tuple(sorted(counted.items(), key=lambda of: (-of[1], of[0]))))
    if asked.topic != "count":
        return None
    if asked.values:
        return Holdings(len(catalogue), int(_all(map(Interest, *zip(*asked.values, strict=True)), catalogue).sum()))
    wished = [i for i in session.effective_interests if _is_of_rows(i)]
    allowed = exact_filters(session.effective_interests, catalogue, hidden).allowed
    return Holdings(len(catalogue), int((_all(wished, catalogue) & allowed).sum()))


def _is_of_rows(interest: Interest) -> bool:
    plain = interest.facet not in (OPEN, MENTION, SUGGESTED) and not is_order(interest)
    return plain and interest.level == "want" and not interest.parked


def _all(wishes: Iterable[Interest], catalogue: Catalogue) -> Mask:
    """Which rows, (n,), have of each field one of the values that are named."""
    rows: dict[str, Mask] = {}
    for interest in wishes:
        mask = matching(interest, catalogue)
        rows[interest.facet] = rows[interest.facet] | mask if interest.facet in rows else mask
    return np.logical_and.reduce(list(rows.values())) if rows else np.ones(len(catalogue), dtype=bool)
