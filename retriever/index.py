"""A catalogue in a persistent Chroma collection (inner product), tied to its encoder and schema by a fingerprint.

Chroma holds everything: vectors, and each item as JSON beside its vector, so that an index opens from its folder alone.
Building upserts in batches and can be interrupted at any point; the next build goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .blocks import Layout, facet_texts, item_text, item_vectors, plan_layout, prior_scale
from .catalogue import Catalogue, Rows
from .encoder import Encoder, Vectors
from .errors import CatalogueError, IndexMismatch
from .item import Item
from .schema import Schema, infer_schema

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with the number of items done and the number of all."""

COLLECTION = "penchant-items"
FORMAT = 1
_BATCH = 128
_PAGE = 4000
_EF_SEARCH = 1000


class Index:
    """An open, complete index: the catalogue in memory, the vectors in Chroma."""

    def __init__(
        self, collection: Collection, encoder: Encoder, schema: Schema, layout: Layout, items: list[Item]
    ) -> None:
        self.encoder = encoder
        self.schema = schema
        self.layout = layout
        self.catalogue = Catalogue(items, schema)
        self._collection = collection

    def query(self, vectors: Vectors, count: int, rows: Rows | None = None) -> list[tuple[Rows, Vectors]]:
        """For each query vector (n, d): the rows of the `count` nearest items, and their vectors (count, d).

        With `rows`, only among those (at most a few thousand: Chroma scans them one by one).
        """
        ids = None if rows is None else [self.catalogue.items[row].id for row in rows]
        found = self._collection.query(
            query_embeddings=vectors, n_results=min(count, len(self.catalogue)), ids=ids, include=["embeddings"]
        )
        embeddings = found["embeddings"] or []
        return [
            (self._rows(ids), np.asarray(vectors, dtype=np.float32).reshape(-1, self.layout.dimensions))
            for ids, vectors in zip(found["ids"], embeddings, strict=True)
        ]

    def vectors(self, rows: Rows | Sequence[int]) -> Vectors:
        """The vectors of rows in the order asked, shape (len(rows), d)."""
        vectors = np.zeros((len(rows), self.layout.dimensions), dtype=np.float32)
        place = {self.catalogue.items[row].id: n for n, row in enumerate(rows)}
        for ids in _pages(list(place), _PAGE):
            found = self._collection.get(ids=ids, include=["embeddings"])
            vectors[[place[name] for name in found["ids"]]] = found["embeddings"]
        return vectors

    def _rows(self, ids: Sequence[str]) -> Rows:
        return np.array([self.catalogue.row[name] for name in ids], dtype=np.int64)


def open_index(path: Path | str, encoder: Encoder) -> Index:
    """Opens the index in a folder.

    Raises IndexMismatch if there is none, if it was made with another encoder or format, or was never finished.
    """
    path = Path(path)
    if not (path / "chroma.sqlite3").is_file():
        raise IndexMismatch(f"{path} is not an index; make one with: penchant index ITEMS --into {path}")
    collection = _find(_client(path))
    if collection is None:
        raise IndexMismatch(f"{path} holds a Chroma database, but no index of Penchant; choose another folder")
    meta = collection.metadata
    _check(meta, encoder, path)
    if meta["state"] != "complete":
        done, total = collection.count(), meta["total"]
        raise IndexMismatch(
            f"{path}: the index is unfinished ({done:,} of {total:,} items); run penchant index again to go on"
        )
    items = [Item.from_json(str(row["item"])) for row in _stored(collection)]
    return Index(collection, encoder, Schema.from_json(meta["schema"]), Layout.from_json(meta["layout"]), items)


def build_index(
    items: Sequence[Item],
    path: Path | str,
    encoder: Encoder,
    schema: Schema | None = None,
    progress: Progress | None = None,
) -> Index:
    """Makes or updates the index in a folder so that it holds exactly these items, and opens it.

    Items already stored unchanged are not encoded again; others are removed at the end. Raises CatalogueError for no
    items, IndexMismatch if the folder holds an index of another encoder or other blocks.
    """
    if not items:
        raise CatalogueError("no items to index")
    path = Path(path)
    schema = schema or infer_schema(items)
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()) and not (path / "chroma.sqlite3").is_file():
        raise IndexMismatch(f"{path} is not empty and holds no index; choose another folder")
    client = _client(path)
    layout = plan_layout(schema, _dimensions(client, encoder))
    meta = {
        "format": FORMAT,
        "encoder": encoder.fingerprint,
        "schema": schema.to_json(),
        "layout": layout.to_json(),
        "scale": prior_scale(items, schema),
        "total": len(items),
    }
    collection = _prepared(client, meta, encoder, path)
    meta = dict(collection.metadata)
    stored = {str(row["id"]): row["digest"] for row in _stored(collection)}
    new = [item for item in items if stored.get(item.id) != _digest(item, schema)]
    _write(collection, new, len(items), encoder, schema, layout, progress)
    gone = list(stored.keys() - {item.id for item in items})
    for ids in _pages(gone, _PAGE):
        collection.delete(ids=list(ids))
    collection.modify(metadata=meta | {"state": "complete"})
    return open_index(path, encoder)


def _write(
    collection: Collection,
    items: Sequence[Item],
    total: int,
    encoder: Encoder,
    schema: Schema,
    layout: Layout,
    progress: Progress | None,
) -> None:
    """Encodes each distinct text once, texts of like length together, and upserts batch by batch."""
    if not items:
        return
    facets = dict(zip(values := facet_texts(items, schema), encoder.encode(values), strict=True))
    # Long texts first: batches of like length waste no padding, and the estimate of the time left errs on the safe side.
    ordered = sorted(items, key=lambda item: len(item_text(item, schema)), reverse=True)
    done = total - len(items)
    for batch in _pages(ordered, _BATCH):
        texts = encoder.encode([item_text(item, schema) for item in batch])
        collection.upsert(
            ids=[item.id for item in batch],
            embeddings=item_vectors(batch, texts, facets, schema, layout, collection.metadata["scale"]),
            metadatas=[{"id": i.id, "item": i.to_json(), "digest": _digest(i, schema)} for i in batch],
        )
        done += len(batch)
        if progress:
            progress(done, total)


def _client(path: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))


def _find(client: ClientAPI) -> Collection | None:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(COLLECTION, embedding_function=None)
    except NotFoundError:
        return None


def _dimensions(client: ClientAPI, encoder: Encoder) -> int:
    """Those of an index made with this encoder, if there is one: asking the encoder would load its model."""
    collection = _find(client)
    if collection is not None and collection.metadata.get("encoder") == encoder.fingerprint:
        return Layout.from_json(collection.metadata["layout"]).blocks[0].dimensions
    return encoder.dimensions


def _prepared(client: ClientAPI, meta: dict[str, Any], encoder: Encoder, path: Path) -> Collection:
    """The collection to write into, marked as unfinished."""
    collection = _find(client)
    if collection is None:
        space = {"hnsw": {"space": "ip", "ef_search": _EF_SEARCH}}
        return client.create_collection(
            COLLECTION, configuration=space, metadata=meta | {"state": "building"}, embedding_function=None
        )
    _check(collection.metadata, encoder, path)
    if collection.metadata["layout"] != meta["layout"]:
        raise IndexMismatch(f"{path}: the index has other blocks than these items call for; index into a new folder")
    # The prior's scale stays as first stored: one more popular item must not rewrite all the others.
    collection.modify(metadata=meta | {"state": "building", "scale": collection.metadata["scale"]})
    return collection


def _digest(item: Item, schema: Schema) -> str:
    """Changes whenever the item or the meaning of its fields does: then its vector must be written again."""
    meaning = json.dumps([(f.name, f.kind) for f in schema.fields] + [schema.prior])
    return hashlib.sha256((item.to_json() + meaning).encode()).hexdigest()[:16]


def _check(meta: dict[str, Any], encoder: Encoder, path: Path) -> None:
    if meta.get("format") != FORMAT:
        raise IndexMismatch(f"{path}: index format {meta.get('format')} is not {FORMAT}; index into a new folder")
    if meta["encoder"] != encoder.fingerprint:
        message = f"was made with the encoder {meta['encoder']}, not {encoder.fingerprint}"
        raise IndexMismatch(f"{path}: the index {message}; name that encoder or index into a new folder")


def _stored(collection: Collection) -> Iterator[dict[str, Any]]:
    for offset in range(0, collection.count(), _PAGE):
        yield from collection.get(limit=_PAGE, offset=offset, include=["metadatas"])["metadatas"] or []


def _pages(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
