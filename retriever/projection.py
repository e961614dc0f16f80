"""Smaller blocks: the directions that hold most of a catalogue's meaning, learned on it and kept with its index.

A block of k dimensions holds V'x in the place of an encoder's x, where V (d, k) are orthonormal. The product with a
query q is then <V'q, V'x>; what it loses is smallest, in the mean over the sample, when V are the leading eigenvectors
of the mean of x x' (Eckart and Young, Psychometrika 1936). Nothing is centred: products are kept, not distances. Knows
nothing of how items are written or searched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .blocks import Layout, facet_texts, fingerprint, item_text, plan_layout
from .encoder import Encoder, Vectors
from .errors import CatalogueError, IndexMismatch
from .item import Item
from .schema import Schema

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

T = TypeVar("T")

_COLLECTION = "penchant-projections"
_SAMPLE = 4000
_NOTHING = 1e-9


def learned_layout(items: Sequence[Item], schema: Schema, encoder: Encoder, behaviour: int = 0) -> Layout:
    """The layout of a new index: blocks of the encoder's size, or projected so that all are `schema.dimensions`.

    The text block learns from a sample of the items' texts, a facet block from the facet's distinct values, each once:
    what is rare in the catalogue is asked for too. Raises CatalogueError for fewer dimensions than blocks.
    """
    if not schema.dimensions:
        return plan_layout(schema, encoder.dimensions, behaviour=behaviour)
    texts = {"text": [item_text(item, schema) for item in _spread(items)]}
    texts |= {name: _spread(facet_texts(items, schema, (name,))) for name in schema.of("facet")}
    room = schema.dimensions - bool(schema.prior) - behaviour
    if room < len(texts):
        raise CatalogueError(f"{schema.dimensions} dimensions are too few for {len(texts)} blocks; allow more")
    projections = leading({name: encoder.encode(values) for name, values in texts.items()}, room)
    return plan_layout(schema, 0, projections, behaviour=behaviour)


def leading(samples: Mapping[str, Vectors], count: int) -> dict[str, Vectors]:
    """The `count` directions that hold most of the samples' length, over all blocks: for each a (d, k), all k >= 1.

    samples: for each block, vectors (n, d). Directions in which a sample has no length are left out, so that the sum of
    k may be less than `count`.
    """
    found = {name: _directions(vectors) for name, vectors in samples.items()}
    lengths = np.concatenate([_first_is_kept(lengths) for lengths, _ in found.values()])
    chosen = np.argsort(-lengths, kind="stable")[:count]
    owner = np.repeat(np.arange(len(found)), [len(lengths) for lengths, _ in found.values()])
    sizes = np.bincount(owner[chosen[lengths[chosen] > _NOTHING]], minlength=len(found))
    return {
        name: np.ascontiguousarray(directions[:, :size], dtype=np.float32)
        for (name, (_, directions)), size in zip(found.items(), sizes, strict=True)
    }


def _directions(vectors: Vectors) -> tuple[Any, Any]:
    """Eigenvalues (d,) and eigenvectors (d, d) of the mean of x x', largest first."""
    wide = vectors.astype(np.float64)
    lengths, directions = np.linalg.eigh(wide.T @ wide / max(1, len(wide)))
    return lengths[::-1], directions[:, ::-1]


def _first_is_kept(lengths: Any) -> Any:
    return np.concatenate([[np.inf], lengths[1:]])


def _spread(values: Sequence[T]) -> list[T]:
    return list(values[:: max(1, -(-len(values) // _SAMPLE))])


def save_projections(client: ClientAPI, layout: Layout) -> None:
    """Keeps a new layout's projections beside the index, one direction a row, shorter ones filled up with zeros."""
    if _COLLECTION in [collection.name for collection in client.list_collections()]:
        client.delete_collection(_COLLECTION)  # left by a build that was stopped before it wrote an item
    if not layout.projections:
        return
    width = max(len(matrix) for matrix in layout.projections.values())
    rows = [
        (name, place, len(matrix), np.pad(matrix[:, place], (0, width - len(matrix))))
        for name, matrix in layout.projections.items()
        for place in range(matrix.shape[1])
    ]
    kept = client.create_collection(_COLLECTION, embedding_function=None)
    kept.add(
        ids=[f"{name}/{place}" for name, place, _, _ in rows],
        embeddings=np.stack([row for *_, row in rows]),
        metadatas=[{"block": name, "place": place, "width": width} for name, place, width, _ in rows],
    )


def stored_layout(client: ClientAPI, meta: Mapping[str, Any], path: Path) -> Layout:
    """The layout of an index with its projections. Raises IndexMismatch if they are not those it was made with."""
    layout = Layout.from_json(meta["layout"])
    if not layout.projection:
        return layout
    projections = _stored(client)
    if fingerprint(projections, {}) != layout.projection:
        raise IndexMismatch(f"{path}: the projections of its blocks are damaged; index into a new folder")
    return replace(layout, projections=projections)


def _stored(client: ClientAPI) -> dict[str, Vectors]:
    from chromadb.errors import NotFoundError

    try:
        found = client.get_collection(_COLLECTION, embedding_function=None).get(include=["embeddings", "metadatas"])
    except NotFoundError:
        return {}
    rows: dict[str, dict[int, Vectors]] = {}
    metadatas: Any = found["metadatas"]
    for vector, meta in zip(np.asarray(found["embeddings"], dtype=np.float32), metadatas, strict=True):
        rows.setdefault(meta["block"], {})[meta["place"]] = vector[: meta["width"]]
    return {name: np.stack([places[place] for place in sorted(places)], axis=1) for name, places in rows.items()}
