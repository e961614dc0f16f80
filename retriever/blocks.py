"""The blocks of an item's vector, and how an item fills them.

    x = [ text | one block per facet | one per image field | prior | behaviour ]

Text and facet blocks have unit length (or are zero where nothing is known); in an index of smaller blocks they are
projections of such vectors (projection). Image and behaviour blocks (pictures, behaviour) are there if the catalogue
has them, and zero for an item without a picture or ratings. Names are not in the vector: they are identities, not
meanings, and are matched exactly in memory (catalogue, shares). Knows nothing of interests or storage.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from .encoder import Vectors
from .item import Item
from .schema import Schema

LAYOUT_VERSION = 1

_TINY = 1e-9

BlockKind = Literal["text", "facet", "image", "prior", "behaviour"]


@dataclass(frozen=True, slots=True)
class Block:
    name: str
    kind: BlockKind
    dimensions: int


@dataclass(frozen=True)
class Layout:
    """The blocks in their order. Stored with an index, so that it is data and can change.

    projections: for each block that is smaller than its encoder's vectors, a matrix (encoder's dimensions, block's).
    means: for each image block, the mean of the catalogue's pictures. projection: the fingerprint of both.
    """

    blocks: tuple[Block, ...]
    version: int = LAYOUT_VERSION
    projections: Mapping[str, Vectors] = field(default_factory=dict, compare=False, repr=False)
    means: Mapping[str, Vectors] = field(default_factory=dict, compare=False, repr=False)
    projection: str = ""

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

    def project(self, name: str, vectors: Vectors) -> Vectors:
        """What an encoder says, (d,) or (n, d), as the block `name` holds it, (k,) or (n, k)."""
        matrix = self.projections.get(name)
        return vectors if matrix is None else np.asarray(vectors @ matrix, dtype=np.float32)

    def centre(self, name: str, pictures: Vectors) -> Vectors:
        """Pictures (n, d) as an image block holds them, (n, k); zeros, which are no pictures, stay zero."""
        known = pictures.any(axis=1, keepdims=True)
        return self.project(name, np.where(known, centred(pictures, self.means[name]), np.float32(0)))

    def to_json(self) -> str:
        blocks = [asdict(block) for block in self.blocks]
        return json.dumps({"version": self.version, "blocks": blocks, "projection": self.projection})

    @classmethod
    def from_json(cls, text: str) -> Layout:
        """The layout without its projections and means, which are kept apart (projection)."""
        raw = json.loads(text)
        return cls(
            tuple(Block(**block) for block in raw["blocks"]), raw["version"], projection=raw.get("projection", "")
        )


def centred(pictures: Vectors, mean: Vectors) -> Vectors:
    """How pictures (n, d) differ from the mean one, at unit length.

    All pictures of a catalogue have much in common; less that, an item without one is neither near nor far.
    """
    apart = pictures - mean
    return np.asarray(apart / np.maximum(np.linalg.norm(apart, axis=1, keepdims=True), _TINY), dtype=np.float32)


def fingerprint(projections: Mapping[str, Vectors], means: Mapping[str, Vectors]) -> str:
    """Differs between projections and means whose blocks must not be mixed; empty if there are none."""
    digest = hashlib.sha256()
    for name, matrix in [*sorted(projections.items()), *sorted(means.items())]:
        digest.update(f"{name}:{matrix.shape}".encode())
        digest.update(np.ascontiguousarray(matrix, dtype=np.float32).tobytes())
    return digest.hexdigest()[:16] if projections or means else ""


def plan_layout(
    schema: Schema,
    dimensions: int,
    projections: Mapping[str, Vectors] | None = None,
    means: Mapping[str, Vectors] | None = None,
    behaviour: int = 0,
) -> Layout:
    """The blocks that a schema calls for: as large as their projections, or as the encoder has dimensions.

    means: of the pictures in each image block; behaviour: the number of factors.
    """
    projections, means = projections or {}, means or {}
    kinds: dict[str, BlockKind] = {"text": "text", **dict.fromkeys(schema.of("facet"), "facet")}
    kinds |= dict.fromkeys(schema.of("image"), "image")
    sizes = {name: len(mean) for name, mean in means.items()}
    sizes |= {name: matrix.shape[1] for name, matrix in projections.items()}
    blocks = [Block(name, kind, sizes.get(name, dimensions)) for name, kind in kinds.items()]
    blocks += [Block("prior", "prior", 1)] if schema.prior else []
    blocks += [Block("behaviour", "behaviour", behaviour)] if behaviour else []
    return Layout(tuple(blocks), LAYOUT_VERSION, projections, means, fingerprint(projections, means))


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


def prior_scale(items: Iterable[Item], schema: Schema) -> float:
    """The largest value of the prior's field, by which priors are scaled to [0, 1]."""
    return max((item.number(schema.prior, unknown=0.0) for item in items), default=0.0)


def item_vectors(
    items: Sequence[Item], texts: Vectors, facets: Mapping[str, Vectors], schema: Schema, layout: Layout, scale: float
) -> Vectors:
    """Vectors of items, shape (len(items), layout.dimensions), from encoded texts and facet values."""
    vectors = np.zeros((len(items), layout.dimensions), dtype=np.float32)
    vectors[:, layout.slices["text"]] = layout.project("text", texts)
    for name in layout.of("facet"):
        means = [_mean([facets[value] for value in item.values(name)], texts.shape[1]) for item in items]
        vectors[:, layout.slices[name]] = layout.project(name, np.stack(means))
    for name in layout.of("prior"):
        vectors[:, layout.slices[name].start] = [scaled_prior(item, schema, scale) for item in items]
    return vectors


def _mean(vectors: Sequence[Vectors], dimensions: int) -> Vectors:
    """The direction of the mean; zero for none."""
    if not vectors:
        return np.zeros(dimensions, dtype=np.float32)
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), _TINY), dtype=np.float32)


def scaled_prior(item: Item, schema: Schema, scale: float) -> float:
    """log(1 + value) / log(1 + largest): counts are heavy-tailed, so their logarithm is what compares."""
    return math.log1p(max(0.0, item.number(schema.prior, unknown=0.0))) / math.log1p(scale) if scale > 0 else 0.0
