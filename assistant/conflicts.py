"""Which earlier wishes a new message leaves no room for: "films" and then "some pop music", "under 100 minutes" and then
"a book".

Decides on what the catalogue holds. Knows nothing of language.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from penchant.retriever import Catalogue, Interest, is_gate, matching


def outdated(before: Iterable[Interest], now: Iterable[Interest], catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Keys of the earlier wanted ranges and categories that no item satisfies together with one of the new wants.

    A new want that the catalogue does not know outdates nothing; categories of one field are alternatives.
    """
    schema = catalogue.schema
    gates = [i for i in before if i.level == "want" and not i.parked and is_gate(i, schema)]
    groups = {gate.facet: [g for g in gates if g.facet == gate.facet] for gate in gates}
    masks = [m for i in now if i.level == "want" and schema.kind(i.facet) and (m := matching(i, catalogue)).any()]
    return frozenset(
        gate.key
        for group in groups.values()
        if any(not (mask & np.logical_or.reduce([matching(g, catalogue) for g in group])).any() for mask in masks)
        for gate in group
    )
