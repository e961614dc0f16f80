"""The blocks of an item's vector, and how an item fills them.

    x = [ text | one block per facet | prior ]

Text and facet blocks have unit length (or are zero where nothing is known). Names are not in the vector: they are
identities, not meanings, and are matched exactly in memory (catalogue, shares). Knows nothing of interests or storage.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from .encoder import Vectors
from .item import Item
from .schema import Schema

LAYOUT_VERSION = 1

BlockKind = Literal["text", "facet", "prior"]


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    kind: BlockKind
    dimensions: int


@dataclass(frozen=True)
class Layout:
    """The blocks in their order. Stored with an index, so that it is data and can change."""

    blocks: tuple[Block, ...]
    version: int = LAYOUT_VERSION

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """Where each block lies in the vector."""
        ends = np.cumsum([block.dimensions for block in self.blocks])
        return {b.name: slice(int(end) - b.dimensions, int(end)) for b, end in zip(self.blocks, ends, strict=True)}

    @property
    def dimensions(self) -> int:
        return sum(block.dimensions for block in self.blocks)

    def of(self, kind: BlockKind) -> tuple[str, ...]:
        return tuple(block.name for block in self.blocks if block.kind == kind)

    def to_json(self) -> str:
        return json.dumps({"version": self.version, "blocks": [asdict(block) for block in self.blocks]})

    @classmethod
    def from_json(cls, text: str) -> Layout:
        raw = json.loads(text)
        return cls(tuple(Block(**block) for block in raw["blocks"]), raw["version"])


def plan_layout(schema: Schema, dimensions: int) -> Layout:
    """The blocks that a schema calls for, with an encoder of so many dimensions."""
    blocks = [Block("text", "text", dimensions)]
    blocks += [Block(name, "facet", dimensions) for name in schema.of("facet")]
    if schema.prior:
        blocks.append(Block("prior", "prior", 1))
    return Layout(tuple(blocks))


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


def facet_texts(items: Iterable[Item], schema: Schema) -> list[str]:
    """Every distinct facet value of the items, each once."""
    return list(dict.fromkeys(v for item in items for name in schema.of("facet") for v in item.values(name)))


def prior_scale(items: Iterable[Item], schema: Schema) -> float:
    """The largest value of the prior's field, by which priors are scaled to [0, 1]."""
    return max((item.number(schema.prior, unknown=0.0) for item in items), default=0.0)


def item_vectors(
    items: Sequence[Item], texts: Vectors, facets: Mapping[str, Vectors], schema: Schema, layout: Layout, scale: float
) -> Vectors:
    """Vectors of items, shape (len(items), layout.dimensions), from encoded texts and facet values."""
    vectors = np.zeros((len(items), layout.dimensions), dtype=np.float32)
    vectors[:, layout.slices["text"]] = texts
    for row, item in enumerate(items):
        for name in layout.of("facet"):
            vectors[row, layout.slices[name]] = _mean([facets[value] for value in item.values(name)])
        for name in layout.of("prior"):
            vectors[row, layout.slices[name]] = scaled_prior(item, schema, scale)
    return vectors


def _mean(vectors: Sequence[Vectors]) -> Vectors | float:
    if not vectors:
        return 0.0
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def scaled_prior(item: Item, schema: Schema, scale: float) -> float:
    """log(1 + value) / log(1 + largest): counts are heavy-tailed, so their logarithm is what compares."""
    return math.log1p(max(0.0, item.number(schema.prior, unknown=0.0))) / math.log1p(scale) if scale > 0 else 0.0
