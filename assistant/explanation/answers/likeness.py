"""Which wishes an item's row holds, and which it only comes close to: what is said to be so, and what is like it.

Knows rows, and the shares of the picks beside it. Knows no words.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from penchant.retriever import (
    FIRM,
    MENTION,
    OPEN,
    SUGGESTED,
    Interest,
    Item,
    Pick,
    Schema,
    is_degree,
    is_order,
    is_range,
    parse_range,
)
from penchant.retriever.catalogue import is_within, normalise
from penchant.retriever.catalogue.inference import spoken_name
from penchant.retriever.ranking import by_interest

from ...understanding.text import STOPWORDS, forms
from ..words import NO

_OF_HOLDERS = 0.85
"""A value comes close where a wish for it has this part of the share that it has in items that hold it: horror and
thrillers do, and burgers, with .7, are not close to vegetarian food. Measured on books and restaurants."""
_OF_BEST = 0.8
"""The same of the largest share, for what no row holds: items to be like, and own words."""


def holds_wish(interest: Interest, item: Item, schema: Schema) -> bool:
    """Whether the item's row has the value itself (in whichever field it is looked up), a number in its range, or is
    one of the items that are meant."""
    if interest.facet in (MENTION, SUGGESTED):
        return item.id in interest.items
    if interest.facet == OPEN or is_order(interest):
        return False
    if schema.kind(interest.facet) == "number" and is_range(interest.value):
        field = schema.field(interest.facet)
        return field is not None and bool(is_within(item, field, *parse_range(interest.value), schema))
    fields = schema.looked_up(interest.facet)
    return normalise(interest.value) in {normalise(value) for name in fields for value in item.values(name)}


def lacked(item: Item, interests: Sequence[Interest], schema: Schema) -> list[Interest]:
    """The facts and degrees wished for that the item's row has not, one of each field of which it has none."""
    kinds = ("facet", "name", "number")
    wants = [i for i in interests if i.level == "want" and not (i.parked or is_order(i) or i.source == "profile")]
    wants = [i for i in wants if schema.kind(i.facet) in kinds and (i.strength >= FIRM or is_degree(i, schema))]
    there = {i.facet for i in wants if holds_wish(i, item, schema)}
    return list({i.facet: i for i in reversed(wants) if i.facet not in there}.values())[::-1]


def comes_close(interest: Interest, pick: Pick, picks: Sequence[Pick], schema: Schema) -> bool:
    """Whether a pick that does not hold a wish is like what does: its share is about as large as that of picks that do;
    of an item to be like, or own words, as the largest. What a row denies in so many words is not close."""
    share, item = share_of(interest, pick), pick.item
    is_itself = interest.facet == MENTION and interest.item == item.id
    if share <= 0 or is_itself or _is_denied(interest, item, schema) or not _may_be_like(interest, schema):
        return False
    others = [p for p in picks if not (interest.facet == MENTION and interest.item == p.item.id)]
    held = [share_of(interest, p) for p in others if holds_wish(interest, p.item, schema)]
    if schema.kind(interest.facet) == "facet":
        return bool(held) and share >= _OF_HOLDERS * statistics.median(held)
    return share >= _OF_BEST * max((share_of(interest, p) for p in others), default=share)


def share_of(interest: Interest, pick: Pick) -> float:
    """What a wish adds to a pick's score, of all blocks."""
    return next((share.value for share in by_interest(pick.shares) if share.key == interest.key), 0.0)


def _may_be_like(interest: Interest, schema: Schema) -> bool:
    """Whether nearness says something: numbers are in a range or not, names and kinds are so or are not."""
    return schema.kind(interest.facet) not in ("number", "name", "category") and not is_order(interest)


def _is_denied(interest: Interest, item: Item, schema: Schema) -> bool:
    """Whether the row says no in a column whose name is in the words of a wish: "a phone with 5G" of one without."""
    if interest.facet != OPEN:
        return False
    said = set(forms(interest.value))
    denied = (n for n in schema.of("category", "facet") if {v.casefold() for v in item.values(n)} & set(NO))
    names = (set(forms(spoken_name(name))) - STOPWORDS for name in denied)
    return any(name and name <= said for name in names)
