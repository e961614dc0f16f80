"""An item in words: its names in the form in which they are compared, the text that stands for it, its facets' values.

Knows items and schemas. Knows nothing of vectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .item import Item
from .schema import Schema


def normalise(name: str) -> str:
    """The form in which names are compared: case-folded, single spaces."""
    return " ".join(name.casefold().split())


def names_of(item: Item, schema: Schema) -> frozenset[str]:
    """The normalised names an item bears, in any of its name fields."""
    return frozenset(normalise(value) for field in schema.of("name") for value in item.values(field))


def item_text(item: Item, schema: Schema) -> str:
    """What the text block embeds: the item's own text, or its title, prose and facets in order."""
    if item.text:
        return item.text
    parts = [item.title, *(" ".join(item.values(name)) for name in schema.of("text"))]
    parts += [", ".join(item.values(name)) for name in schema.of("category", "name", "facet") if item.values(name)]
    return ". ".join(part.rstrip(". ") for part in parts if part)


def facet_texts(items: Iterable[Item], schema: Schema, names: Sequence[str] | None = None) -> list[str]:
    """Every distinct value of the items in the facets named, or in all of them; each once."""
    names = schema.of("facet") if names is None else names
    return list(dict.fromkeys(value for item in items for name in names for value in item.values(name)))
