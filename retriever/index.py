"""A catalogue in a persistent Chroma collection (inner product), tied to its encoder and schema by a fingerprint.

Chroma holds everything: vectors, and each item as JSON beside its vector, so that an index opens from its folder alone.
Knows nothing of how it is built (building) or searched (search).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from .blocks import Layout, scaled_prior
from .catalogue import Catalogue, Rows
from .encoder import Encoder, Vectors
from .errors import IndexMismatch
from .item import Item
from .projection import stored_layout
from .schema import Schema

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

COLLECTION = "penchant-items"
FORMAT = 1
_DATABASE = "chroma.sqlite3"
_PAGE = 4000


class Index:
    """An open, complete index: the catalogue in memory, the vectors in Chroma. Safe to use from several threads."""

    def __init__(
        self, collection: Collection, encoder: Encoder, schema: Schema, layout: Layout, items: list[Item]
    ) -> None:
        self.encoder = encoder
        self.schema = schema
        self.layout = layout
        self.catalogue = Catalogue(items, schema)
        self._collection = collection
        # Zeros take no memory until they are written: what is never a candidate costs nothing.
        self._vectors = np.zeros((len(items), layout.dimensions), dtype=np.float32)
        self._fetched = np.zeros(len(items), dtype=bool)

    def query(
        self, vectors: Vectors, count: int, rows: Rows | None = None
    ) -> list[tuple[Rows, npt.NDArray[np.float64]]]:
        """For each query vector (n, d): the rows of the `count` nearest items and their products with it, best first.

        With `rows`, only among those (at most a few thousand: Chroma scans them one by one).
        """
        ids = None if rows is None else [self.catalogue.items[row].id for row in rows]
        found = self._collection.query(
            query_embeddings=vectors, n_results=min(count, len(self.catalogue)), ids=ids, include=["distances"]
        )
        return [
            (self._rows(ids), 1 - np.array(distances, dtype=np.float64))
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def vectors(self, rows: Rows | Sequence[int]) -> Vectors:
        """The vectors of rows in the order asked, shape (len(rows), d); kept in memory once fetched."""
        missing = [self.catalogue.items[row].id for row in rows if not self._fetched[row]]
        for ids in pages(missing, _PAGE):
            found = self._collection.get(ids=list(ids), include=["embeddings"])
            fetched = self._rows(found["ids"])
            self._vectors[fetched] = found["embeddings"]
            # Only now, so that another thread never reads a row that is still being written.
            self._fetched[fetched] = True
        return self._vectors[np.asarray(rows, dtype=np.int64)]

    @property
    def about(self) -> float:
        """The similarity from which an item is taken to be about a phrase; calibrated when the index was built."""
        return float(self._collection.metadata["about"])

    @cached_property
    def usual(self) -> Vectors:
        """The vector (d,) of what any message about this catalogue has in common, as encoded; found with `about`.

        Zeros in an index of before there was one.
        """
        stored = json.loads(self._collection.metadata.get("usual", "[]"))
        return np.array(stored or np.zeros(self.encoder.dimensions), dtype=np.float32)

    @property
    def priors(self) -> Mapping[str, float]:
        """The prior of each item's id, scaled as in the vectors; empty if the schema names none."""
        scale = float(self._collection.metadata["scale"])
        return {item.id: scaled_prior(item, self.schema, scale) for item in self.catalogue.items}

    def _rows(self, ids: Sequence[str]) -> Rows:
        return np.array([self.catalogue.row[name] for name in ids], dtype=np.int64)


def open_index(path: Path | str, encoder: Encoder) -> Index:
    """Opens the index in a folder.

    Raises IndexMismatch if there is none, if it was made with another encoder or format, or was never finished.
    """
    path = Path(path)
    if not is_database(path):
        raise IndexMismatch(f"{path} is not an index; make one with: penchant index ITEMS --into {path}")
    client = connect(path)
    collection = find_collection(client)
    if collection is None:
        raise IndexMismatch(f"{path} holds a Chroma database, but no index of Penchant; choose another folder")
    meta = collection.metadata
    check_fits(meta, encoder, path)
    if meta["state"] != "complete":
        done, total = collection.count(), meta["total"]
        raise IndexMismatch(
            f"{path}: the index is unfinished ({done:,} of {total:,} items); run penchant index again to go on"
        )
    items = [Item.from_json(str(row["item"])) for row in stored_rows(collection)]
    return Index(collection, encoder, Schema.from_json(meta["schema"]), stored_layout(client, meta, path), items)


def is_database(path: Path) -> bool:
    """Whether Chroma keeps a database in the folder; connecting to any other folder would make one there."""
    return (path / _DATABASE).is_file()


def connect(path: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(path), Settings(anonymized_telemetry=False))


def find_collection(client: ClientAPI) -> Collection | None:
    """Penchant's collection in a database, if there is one."""
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(COLLECTION, embedding_function=None)
    except NotFoundError:
        return None


def create_collection(client: ClientAPI, metadata: dict[str, Any]) -> Collection:
    return client.create_collection(
        COLLECTION,
        configuration={"hnsw": {"space": "ip", "ef_search": 1000, "ef_construction": 200, "max_neighbors": 32}},
        metadata=metadata,
        embedding_function=None,
    )


def check_fits(meta: Mapping[str, Any], encoder: Encoder, path: Path) -> None:
    """Raises IndexMismatch unless the stored format and encoder are ours."""
    if meta.get("format") != FORMAT:
        raise IndexMismatch(f"{path}: index format {meta.get('format')} is not {FORMAT}; index into a new folder")
    if meta["encoder"] != encoder.fingerprint:
        message = f"was made with the encoder {meta['encoder']}, not {encoder.fingerprint}"
        raise IndexMismatch(f"{path}: the index {message}; name that encoder or index into a new folder")


def stored_rows(collection: Collection) -> Iterator[Mapping[str, Any]]:
    """What is stored beside each vector: id, item (JSON), digest, texts."""
    for offset in range(0, collection.count(), _PAGE):
        yield from collection.get(limit=_PAGE, offset=offset, include=["metadatas"])["metadatas"] or []


def pages(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
