"""Whether a word is of a kind that a field of the catalogue lists others of: "a dog", where there are cats and rabbits.

By WordNet's nouns. Knows values. Knows nothing of messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.kinds import Sense, audience_of, nouns

_MOST_VALUES = 60
"""Of a field that lists kinds."""
_FEWEST = 2
_KNOWN, _SHARED = 0.5, 0.8
"""Of a field's values so many are nouns, and so many of these are of one kind."""
_NARROW = 7
"""Kinds above one, with itself: an animal is narrow, an artifact is not. What is right beneath one ("pet") may be any
of them."""


def is_sibling(word: str, catalogue: Catalogue) -> bool:
    """Whether some field's values are of a kind that a noun is of, too; not one that is broader than a value."""
    own = nouns().senses(word.casefold())[:1]
    fields = catalogue.schema.of("facet", "category") if own else ()
    return any(_is_beside(own[0], catalogue.value_counts[name]) for name in fields)


def _is_beside(own: Sense, values: Iterable[str]) -> bool:
    listed = list(values)
    if all(map(audience_of, listed)):
        return False  # men and women are no kinds of people who do something
    known = [kinds for value in listed if (kinds := _kinds(value))]
    count = len(listed)
    if not (max(_FEWEST, _KNOWN * count) <= len(known) and count <= _MOST_VALUES):
        return False
    shared = Counter(kind for kinds in known for kind in kinds)
    if own in shared:
        return False
    steps = len(nouns().broader(own))
    of_all = (kind for kind in nouns().broader(own) if shared[kind] >= max(_FEWEST, _SHARED * len(known)))
    return any(_NARROW <= len(nouns().broader(kind)) < steps - 1 for kind in of_all)


def _kinds(value: str) -> set[Sense]:
    """What a value is of, in each of its meanings, itself among these."""
    words = value.casefold().split()
    senses = nouns().senses(value.casefold()) or (nouns().senses(words[-1]) if words else [])
    return {kind for sense in senses for kind in nouns().broader(sense)}
