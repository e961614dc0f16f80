"""Which earlier wishes make way for what a message names: of a column in which an item has one value, for another; of
a place, for one that does not lie in it; a degree, an order or a liked item, for a question that is complete in itself.

Knows the session, the catalogue and wording. Knows nothing of the model's reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, is_order, is_range

from ...session import Session, Understanding
from ..linking import Gazetteer
from ..text import NUMBER
from .nested_columns import is_mostly_single, lies_elsewhere
from .wording import is_elliptic, joins, orders_within, surely_takes_place, takes_place

_COUNTED = re.compile(rf"\d|\b(?!an?\b){NUMBER}\b", re.I)
_MENTIONED = "mention"


def with_shifts(text: str, said: Understanding, session: Session, gazetteer: Gazetteer) -> Understanding:
    """What a message says, with the keys of the earlier wishes that make way for it."""
    now = [i for i in said.interests if i.level == "want" and i.facet not in (OPEN, MENTION, SUGGESTED)]
    wants = [i for i in session.interests if i.level == "want" and not (i.parked or i.pinned)]
    told = {i.key for i in said.interests}
    before = [i for i in wants if i.key not in told]
    if not now:
        return said
    gone = [] if joins(text) else [*_replaced(text, now, before, gazetteer)]
    gone += _orders_outdone(text, now, before) if joins(text) else _outdone(text, now, before, gone, gazetteer)
    gone += [i for i in before if i.facet == OPEN and any(_quotes(i, one) for one in gone)]
    keys = dict.fromkeys((*said.dropped, *(i.key for i in gone)))
    return replace(said, dropped=tuple(keys)) if gone else said


def _quotes(own: Interest, gone: Interest) -> bool:
    """Whether a wish in own words is of what has gone."""
    return own.source == "message" and bool(gone.quote) and gone.quote.casefold() in own.value.casefold()


def _replaced(
    text: str, now: Sequence[Interest], before: Sequence[Interest], gazetteer: Gazetteer
) -> Iterator[Interest]:
    """The values that make way for others of their column, or of one that lies within it."""
    shifted, surely = takes_place(text) or any(map(is_order, now)), surely_takes_place(text)
    catalogue = gazetteer.catalogue
    values = [i for i in now if gazetteer.schema.kind(i.facet) != "number"]
    values = [i for i in values if surely or is_mostly_single(i.facet, catalogue)]
    for old in before:
        same = any(i.facet == old.facet for i in values)
        single = [i for i in values if gazetteer.is_single(i.facet)] if gazetteer.is_single(old.facet) else []
        if (same and shifted) or (not same and any(lies_elsewhere(i, old, catalogue) for i in single)):
            yield old


def _outdone(
    text: str, now: Sequence[Interest], before: Sequence[Interest], gone: Sequence[Interest], gazetteer: Gazetteer
) -> Iterator[Interest]:
    """The orders that make way for a new one; with a new subject, the degrees too, and the items that were liked."""
    ordered = any(map(is_order, now))
    yield from _orders_outdone(text, now, before)
    schema = gazetteer.schema
    subjects = {i.facet for i in now if not is_order(i) and schema.kind(i.facet) != "number"}
    new = any(i.facet in subjects and (i in gone or schema.single(i.facet)) for i in before)
    complete = (ordered and subjects) or (new and any(map(_is_degree, now)))
    for old in before:
        degree, measured = _is_degree(old), any(is_order(i) and i.facet == old.facet for i in now)
        liked = old.source == _MENTIONED
        if (degree and measured) or (complete and not is_elliptic(text) and (degree or liked)):
            yield old


def _orders_outdone(text: str, now: Sequence[Interest], before: Sequence[Interest]) -> Iterator[Interest]:
    if any(map(is_order, now)) and not orders_within(text):
        yield from filter(is_order, before)


def _is_degree(interest: Interest) -> bool:
    """Whether a range was said in no number: "young", "a good dribbler"."""
    ranged = is_range(interest.value) and not is_order(interest)
    return ranged and bool(interest.facet) and bool(interest.quote) and not _COUNTED.search(interest.quote)
