"""Builds an index: encodes what is new, writes in batches, and can be interrupted at any point without loss.

Chroma remembers, for each item, a digest of the row and one of the texts its vector came from; the next build writes
only what differs, and encodes only where texts differ. Knows nothing of searching.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .blocks import (
    Layout,
    facet_texts,
    item_text,
    item_vectors,
    names_of,
    plan_layout,
    prior_scale,
    scaled_prior,
)
from .calibration import about_similarity
from .catalogue import Catalogue
from .encoder import Encoder
from .errors import CatalogueError, IndexMismatch
from .index import (
    FORMAT,
    Index,
    check_fits,
    connect,
    create_collection,
    find_collection,
    is_database,
    open_index,
    pages,
    stored_rows,
)
from .item import Item
from .projection import learned_layout, save_projections, stored_layout
from .schema import Schema, infer_schema

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

Progress = Callable[[int, int], None]
"""Called with the number of items done and the number of all."""

_BATCH = 128
_PAGE = 4000
_SAMPLE = 2000


def build_index(
    items: Sequence[Item],
    path: Path | str,
    encoder: Encoder,
    schema: Schema | None = None,
    progress: Progress | None = None,
) -> Index:
    """Makes or updates the index in a folder so that it holds exactly these items, and opens it.

    Items already stored unchanged are not written again; others are removed at the end. Raises CatalogueError for no
    items, IndexMismatch if the folder holds something else, or an index of another encoder or other blocks.
    """
    if not items:
        raise CatalogueError("no items to index")
    path, schema = Path(path), schema or infer_schema(items)
    Catalogue(items, schema).check()
    if path.is_file():
        raise IndexMismatch(f"{path} is a file; an index is a folder")
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()) and not is_database(path):
        raise IndexMismatch(f"{path} is not empty and holds no index; choose another folder")
    collection, layout = _prepared(connect(path), items, encoder, schema, path)
    writer = _Writer(collection, layout, encoder, schema, len(items), progress)
    stored = {str(row["id"]): row for row in stored_rows(collection)}
    writer.write(items, stored)
    for ids in pages(list(stored.keys() - {item.id for item in items}), _PAGE):
        collection.delete(ids=list(ids))
    meta = collection.metadata
    if _steady(meta["calibrated_on"], len(items)) != meta["calibrated_on"]:
        meta = {**meta, "about": _calibrated(collection, layout, encoder), "calibrated_on": len(items)}
    collection.modify(metadata={**meta, "state": "complete"})
    return open_index(path, encoder)


def _calibrated(collection: Collection, layout: Layout, encoder: Encoder) -> float:
    found = collection.get(limit=_SAMPLE, include=["metadatas", "embeddings"])
    items = [Item.from_json(str(row["item"])) for row in found["metadatas"] or []]
    vectors = np.asarray(found["embeddings"], dtype=np.float32)
    return about_similarity(items, vectors, layout, encoder)


@dataclass(frozen=True)
class _Writer:
    """Writes items into one collection."""

    collection: Collection
    layout: Layout
    encoder: Encoder
    schema: Schema
    total: int
    progress: Progress | None

    @property
    def scale(self) -> float:
        return float(self.collection.metadata["scale"])

    def write(self, items: Sequence[Item], stored: Mapping[str, Mapping[str, Any]]) -> None:
        """Brings the collection up to date; reports progress over all items."""
        changed = [i for i in items if i.id not in stored or stored[i.id]["digest"] != self._digest(i)]
        known = [i for i in changed if i.id in stored and stored[i.id]["texts"] == self._texts(i)]
        new = [i for i in changed if i.id not in stored or stored[i.id]["texts"] != self._texts(i)]
        done = self.total - len(changed)
        for batch in pages(known, _BATCH):
            self._rewrite(batch)
            done = self._report(done + len(batch))
        facets = facet_texts(new, self.schema)
        vectors = dict(zip(facets, self.encoder.encode(facets), strict=True)) if facets else {}
        # Long texts first: batches of like length waste no padding, and the time left is not underestimated.
        for batch in pages(sorted(new, key=lambda i: len(item_text(i, self.schema)), reverse=True), _BATCH):
            texts = self.encoder.encode([item_text(i, self.schema) for i in batch])
            self._upsert(batch, item_vectors(batch, texts, vectors, self.schema, self.layout, self.scale))
            done = self._report(done + len(batch))

    def _rewrite(self, batch: Sequence[Item]) -> None:
        """Items whose texts are as before: only the row and the prior are new, nothing is encoded."""
        found = self.collection.get(ids=[item.id for item in batch], include=["embeddings"])
        by_id = dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        vectors = np.stack([by_id[item.id] for item in batch])
        for name in self.layout.of("prior"):
            vectors[:, self.layout.slices[name].start] = [scaled_prior(i, self.schema, self.scale) for i in batch]
        self._upsert(batch, vectors)

    def _upsert(self, batch: Sequence[Item], vectors: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        self.collection.upsert(
            ids=[item.id for item in batch],
            embeddings=vectors,
            metadatas=[
                {"id": i.id, "item": i.to_json(), "digest": self._digest(i), "texts": self._texts(i)} for i in batch
            ],
        )

    def _report(self, done: int) -> int:
        if self.progress:
            self.progress(done, self.total)
        return done

    def _texts(self, item: Item) -> str:
        """Changes whenever what the vector is made of does, the prior apart."""
        facets = {name: item.values(name) for name in self.schema.of("facet")}
        return _hash([item_text(item, self.schema), facets, sorted(names_of(item, self.schema))])

    def _digest(self, item: Item) -> str:
        return _hash([item.to_json(), self._texts(item), self.schema.prior, self.scale])


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]


def _prepared(
    client: ClientAPI, items: Sequence[Item], encoder: Encoder, schema: Schema, path: Path
) -> tuple[Collection, Layout]:
    """The collection to write into, marked as unfinished, and its layout."""
    collection = find_collection(client)
    scale = prior_scale(items, schema)
    meta = {
        "format": FORMAT,
        "encoder": encoder.fingerprint,
        "schema": schema.to_json(),
        "total": len(items),
        "state": "building",
    }
    if collection is None:
        layout = learned_layout(items, schema, encoder)
        save_projections(client, layout)
        fitted = {"layout": layout.to_json(), "scale": scale, "about": 0.0, "calibrated_on": 0}
        return create_collection(client, {**meta, **fitted}), layout
    before = collection.metadata
    check_fits(before, encoder, path)
    layout = stored_layout(client, before, path)
    _check_blocks(layout, Schema.from_json(before["schema"]), schema, path)
    kept = {name: before[name] for name in ("layout", "about", "calibrated_on")}
    collection.modify(metadata={**meta, **kept, "scale": _steady(before["scale"], scale)})
    return collection, layout


def _check_blocks(layout: Layout, before: Schema, schema: Schema, path: Path) -> None:
    """Raises IndexMismatch unless the blocks of an index are those that a schema calls for."""
    if before.dimensions != schema.dimensions:
        sizes = [
            f"{n} dimensions in all" if n else "blocks of the encoder's size"
            for n in (before.dimensions, schema.dimensions)
        ]
        raise IndexMismatch(
            f"{path}: the index has {sizes[0]}, not {sizes[1]}; ask for the same or index into a new folder"
        )
    planned = plan_layout(schema, 0)
    if [(b.name, b.kind) for b in layout.blocks] != [(b.name, b.kind) for b in planned.blocks]:
        raise IndexMismatch(f"{path}: the index has other blocks than these items call for; index into a new folder")


def _steady(before: float, now: float) -> float:
    """What was fitted to the catalogue stays while that is of like size: one more item must not change everything."""
    return before if before and 0.5 <= now / before <= 2 else now
