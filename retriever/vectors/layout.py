"""The blocks of an item's vector: which there are, where they lie, and how an encoder's vectors become theirs.

    x = [ text | one block per facet | one per image field | prior | behaviour ]

Text and facet blocks have unit length (or are zero where nothing is known); in an index of smaller blocks they are
projections of such vectors (projection). Image and behaviour blocks (pictures, behaviour) are there if the catalogue
has them, and zero for an item without a picture or ratings. Names are not in the vector: they are identities, not
meanings, and are matched exactly in memory. Knows nothing of interests or storage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from ..catalogue import Schema
from ..encoding import Vectors

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
