"""Finds in the catalogue what a caller names: an item by id or title, kinds of items, values of facets.

What is not there is refused with words that say what is. Knows nothing of sessions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from penchant.assistant import Assistant
from penchant.retriever import MENTION, OPEN, PenchantError
from penchant.retriever.catalogue import Mask

_LISTED = 20


class UnknownName(PenchantError):
    """The catalogue has no such item or kind."""


def find_item(assistant: Assistant, name: str) -> str:
    """The id of an item, by its id or its title. Raises UnknownName."""
    if name in assistant.index.catalogue.row:
        return name
    if found := assistant.gazetteer.find_title(name):
        return found
    raise UnknownName(f"the catalogue has no item {name!r}; give an item id from an earlier answer, or an exact title")


def find_kinds(assistant: Assistant, kinds: Sequence[str]) -> Mask:
    """The rows of the kinds named, shape (n,): values of the catalogue's category fields. Raises UnknownName."""
    catalogue = assistant.index.catalogue
    known = {field: catalogue.value_counts[field] for field in catalogue.schema.of("category")}
    rows = np.zeros(len(catalogue), dtype=bool)
    for kind in kinds:
        found = [(field, assistant.gazetteer.known_value(field, kind)) for field in known]
        if not any(value for _, value in found):
            values = ", ".join([value for field in known.values() for value in field][:_LISTED])
            raise UnknownName(f"the catalogue has no kind {kind!r}; {f'it has {values}' if values else 'it has none'}")
        for field, value in found:
            rows |= catalogue.holding(field, value)
    return rows


def find_value(assistant: Assistant, facet: str, value: str) -> str:
    """A value as the catalogue writes it, if it has it; else as it is."""
    if facet in (OPEN, MENTION):
        return value
    return assistant.gazetteer.known_value(facet, value) or value
