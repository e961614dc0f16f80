"""What refusals of a message leave alone: items that it excepts ("no kids' shows, with the exception of ..."), and
values of a refused kind that it says are fine ("no dairy, but yoghurt is OK").

Knows the message taken apart and the catalogue. Knows nothing of wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from penchant.retriever import MENTION, OPEN, Catalogue, Interest, matching
from penchant.retriever.catalogue import Mask, normalise
from penchant.retriever.catalogue.kinds import is_joint

from .acts import Placed
from .linking import Entry
from .parsing import ParsedMessage
from .text import forms

_MOST_ITEMS = 200
_FEW = 0.5
_ALLOWED = 0.1
"""The strength of a wish for what is only allowed."""


def with_spared(parsed: ParsedMessage, found: Sequence[Placed]) -> list[Placed]:
    """The interests of a message, its nevers with the items that they spare, and wishes for values that are allowed."""
    nevers = [interest for _, interest in found if interest.level == "never" and interest.facet != MENTION]
    if not nevers:
        return list(found)
    catalogue = parsed.gazetteer.catalogue
    found = [(at, _of_its_part(interest, catalogue)) for at, interest in found]
    return [*((at, _sparing(parsed, at, interest)) for at, interest in found), *_allowed(parsed, nevers)]


def still_sparing(others: Iterable[Interest], said: Iterable[Interest]) -> Iterator[Interest]:
    """Other interests in the same things, sparing what was spared."""
    spared = {i.key: i.items for i in said if i.level == "never"}
    return (replace(i, items=spared.get(i.key, i.items)) if i.level == "never" else i for i in others)


def _of_its_part(interest: Interest, catalogue: Catalogue) -> Interest:
    """ "No candles" where there are "Candles & fragrance": of a joint value, most of whose items say themselves that
    they are of the part that is refused, the others are spared."""
    if interest.level != "never" or not is_joint(interest.value) or forms(interest.quote) == forms(interest.value):
        return interest
    said = re.compile(rf"\b{re.escape(normalise(interest.quote).rstrip('s'))}")
    rows = np.flatnonzero(matching(interest, catalogue)).tolist()
    texts = {row: catalogue.words(row).replace(normalise(interest.value), "") for row in rows}
    others = [row for row, text in texts.items() if not said.search(text)]
    few = len(others) <= min(_MOST_ITEMS, _FEW * len(rows))
    return replace(interest, items=tuple(catalogue.items[row].id for row in others)) if few else interest


def _sparing(parsed: ParsedMessage, at: int, interest: Interest) -> Interest:
    """A never with the items that are taken out of it behind it."""
    if interest.level != "never" or interest.facet == MENTION:
        return interest
    catalogue = parsed.gazetteer.catalogue
    barred = matching(interest, catalogue)
    entries = [e for m in (*parsed.matches, *parsed.fine) if parsed.is_spared(m, at) for e in m.entries]
    rows = [np.flatnonzero(barred & _held(entry, catalogue)) for entry in entries]
    taken_out = (catalogue.items[row].id for some in rows for row in some[:_MOST_ITEMS])
    items = dict.fromkeys([*interest.items, *taken_out])
    return replace(interest, items=tuple(items)[:_MOST_ITEMS]) if items else interest


def _held(entry: Entry, catalogue: Catalogue) -> Mask:
    if entry.kind == "title":
        return matching(Interest(MENTION, entry.value, item=entry.item), catalogue)
    return catalogue.holding(entry.facet, entry.value)


def _allowed(parsed: ParsedMessage, nevers: Sequence[Interest]) -> Iterator[Placed]:
    kinds = parsed.gazetteer.catalogue.kinds
    barred = {v for i in nevers for v in kinds.of(i.value, kinds.fields if i.facet == OPEN else [i.facet])}
    for match in parsed.fine:
        start, end = parsed.begin(match), parsed.end(match)
        for entry in match.entries:
            if (entry.facet, entry.value) in barred and parsed.gazetteer.schema.kind(entry.facet) == "facet":
                yield start, Interest(entry.facet, entry.value, _ALLOWED, quote=parsed.text[start:end])
