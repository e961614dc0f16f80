"""Which earlier wishes a new message leaves no room for: "films" and then "some pop music".

Decides on what the catalogue holds. Knows nothing of language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from penchant.retriever import MENTION, OPEN, SUGGESTED, Catalogue, Interest, is_filter, matching
from penchant.retriever.catalogue import Mask
from penchant.retriever.catalogue.kinds import audience_of

_ANSWERS = frozenset(("yes", "no", "true", "false"))


def outdated(before: Iterable[Interest], now: Iterable[Interest], catalogue: Catalogue) -> frozenset[tuple[str, str]]:
    """Keys of the earlier wanted ranges and categories that a new want leaves no room for.

    A kind of thing makes way for what no item of that kind is. Limits and answers (a price, whether it has 5G) stay
    until they are taken back, though nothing may be left: they go with the kind, or where what is wanted now states no
    such number at all. A new want that the catalogue does not know outdates nothing; categories of one field are
    alternatives. A mentioned item outdates only kinds: one may ask for films after 1990 like an older one.
    """
    gates = [i for i in before if i.level == "want" and not i.parked and is_filter(i, catalogue.schema)]
    wants = [(i, matching(i, catalogue)) for i in now if i.level == "want" and i.facet not in (OPEN, SUGGESTED)]
    wants = [(i, mask) for i, mask in wants if mask.any()]
    kinds = [gate for gate in gates if not _is_limit(gate, catalogue)]
    limits = [gate for gate in gates if _is_limit(gate, catalogue)]
    told = [mask for i, mask in wants if not _is_limit(i, catalogue)]
    gone = _without_room(kinds, told, catalogue)
    works = [mask for i, mask in wants if i.facet != MENTION]
    gone |= _without_room(limits, works, catalogue) if gone else _unstated(limits, works, catalogue)
    return frozenset(gone)


def _is_limit(interest: Interest, catalogue: Catalogue) -> bool:
    """Whether it is a number, the answer of a field that says yes or no, or for whom it is, and so no kind of thing."""
    kind, value = catalogue.schema.kind(interest.facet), interest.value
    told = value.casefold() in _ANSWERS or audience_of(value) is not None
    return kind == "number" or (kind == "category" and told)


def _without_room(gates: Sequence[Interest], masks: Sequence[Mask], catalogue: Catalogue) -> set[tuple[str, str]]:
    """Keys of the gates of those fields in which none of them leaves anything of what is wanted now."""
    groups = {gate.facet: [g for g in gates if g.facet == gate.facet] for gate in gates}
    found: set[tuple[str, str]] = set()
    for group in groups.values():
        room = np.logical_or.reduce([matching(gate, catalogue) for gate in group])
        if any(not (mask & room).any() for mask in masks):
            found |= {gate.key for gate in group}
    return found


def _unstated(gates: Sequence[Interest], masks: Sequence[Mask], catalogue: Catalogue) -> set[tuple[str, str]]:
    """Keys of the ranges in a field of which what is wanted now has no number."""
    numbers = [gate for gate in gates if gate.facet in catalogue.numbers]
    return {g.key for g in numbers for mask in masks if np.isnan(catalogue.numbers[g.facet][mask]).all()}
