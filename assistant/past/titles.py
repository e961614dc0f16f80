"""Titles in a list, where two works may be called alike: the film and the album "Star Wars".

Knows items. Knows nothing of why they are in the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from penchant.retriever import Item

_LONGEST = 30
"""Characters of a value that stands behind a title."""


def titles_apart(items: Sequence[Item]) -> list[str]:
    """The items' titles in their order; behind one that several have, the first field by which each differs from all
    others of that title: "Star Wars (film)". Bare where no field tells them apart."""
    alike: dict[str, list[Item]] = {}
    for item in {item.id: item for item in items}.values():
        alike.setdefault(item.title, []).append(item)
    return [f"{item.title}{_mark(item, alike[item.title])}" for item in items]


def _mark(item: Item, alike: Sequence[Item]) -> str:
    others = [other for other in alike if other.id != item.id]
    for name in item.fields if others else ():
        told = ", ".join(item.values(name))
        if 0 < len(told) <= _LONGEST and told not in {", ".join(other.values(name)) for other in others}:
            return f" ({told})"
    return ""
