"""Which earlier wishes a new message leaves no room for: "films" and then "some pop music".

Decides on what the catalogue holds. Knows nothing of language.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from penchant.retriever import MENTION, OPEN, SUGGESTED, Catalogue, Interest, is_filter, matching


def outdated(before: Iterable[Interest], now: Iterable[Interest], catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Keys of the earlier wanted ranges and categories that no item satisfies together with one of the new wants.

    A new want that the catalogue does not know outdates nothing; categories of one field are alternatives. A mentioned
    item outdates only categories: one may ask for films after 1990 like an older one.
    """
    schema = catalogue.schema
    gates = [i for i in before if i.level == "want" and not i.parked and is_filter(i, schema)]
    groups = {gate.facet: [g for g in gates if g.facet == gate.facet] for gate in gates}
    wants = [(i, matching(i, catalogue)) for i in now if i.level == "want" and i.facet not in (OPEN, SUGGESTED)]
    found: set[tuple[str, str]] = set()
    for facet, group in groups.items():
        room = np.logical_or.reduce([matching(gate, catalogue) for gate in group])
        judges = [mask for i, mask in wants if i.facet != MENTION or schema.kind(facet) == "category"]
        if any(mask.any() and not (mask & room).any() for mask in judges):
            found |= {gate.key for gate in group}
    return frozenset(found)
