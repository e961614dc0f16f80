"""Whom a catalogue is shown to: for children, nothing that it calls scary, violent or for adults is in it.

It is no wish and no filter that could be taken back, but another catalogue. Knows the catalogue's values by their
words.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from penchant.retriever import Catalogue, Index, PenchantError
from penchant.retriever.catalogue import Mask

from ..understanding.acts import is_unfit, unfit_for_children
from ..understanding.linking import Gazetteer

NO_FIELD = (
    "for children: no field of the catalogue says of anything that it is scary, violent or for adults, so nothing can"
    " be kept from them by it; hold items back in a review file"
)


def for_children(index: Index, gazetteer: Gazetteer | None = None) -> Index:
    """The index without what children are kept from; the same one where the catalogue knows of no such thing. Raises
    PenchantError where nothing is left."""
    mask = unfit(index.catalogue, gazetteer or Gazetteer(index.catalogue))
    if mask.all():
        raise PenchantError("for children: nothing of this catalogue is left; choose another one")
    return index.without({item.id for item, out in zip(index.catalogue.items, mask, strict=True) if out})


def unfit(catalogue: Catalogue, gazetteer: Gazetteer) -> Mask:
    """Which rows have a value that children are kept from, shape (n,)."""
    mask = np.zeros(len(catalogue), dtype=bool)
    for field, value in {*unfit_for_children(gazetteer), *_with_such_a_word(catalogue)}:
        mask |= catalogue.holding(field, value)
    return mask


def _with_such_a_word(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Values that have such a word among others ("body horror"): rather too much is kept out than too little."""
    for field in catalogue.schema.of("facet", "category"):
        yield from ((field, value) for value in catalogue.value_counts[field] if is_unfit(value))
