"""A catalogue in a persistent Chroma collection (inner product), tied to its encoder and schema by a fingerprint.

Chroma holds everything: vectors, and each item as JSON beside its vector, so that an index opens from its folder alone.
Knows nothing of how it is built (building) or searched (search).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from .blocks import Layout, scaled_prior
from .catalogue import Catalogue, Rows
from .encoder import Encoder, Vectors
from .errors import IndexMismatch
from .interest import MENTION, Interest
from .item import Item
from .pictures import Pictures
from .projection import stored_layout
from .schema import Schema
from .sketch import kept_sketch
from .vectors import build_name, kept_vectors, products

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")

COLLECTION = "penchant-items"
FORMAT = 1
EF_SEARCH = 1500
"""How many items Chroma looks at for any question: what blocks of several kinds need for their recall (docs/log.md)."""

_DATABASE = "chroma.sqlite3"
_PAGE = 4000


class Index:
    """An open, complete index: the catalogue in memory, the vectors in Chroma. Safe to use from several threads."""

    def __init__(
        self,
        collection: Collection,
        encoder: Encoder,
        schema: Schema,
        layout: Layout,
        items: list[Item],
        folder: Path,
        pictures: Pictures | None = None,
    ) -> None:
        self.encoder = encoder
        self.pictures = pictures
        self.schema = schema
        self.layout = layout
        self.catalogue = Catalogue(items, schema)
        self._collection = collection
        build = build_name(collection, self.catalogue.row)
        self._vectors = kept_vectors(collection, folder, build, self.catalogue.row, layout.dimensions)
        prior = [layout.slices[name].start for name in layout.of("prior")]
        self.sketch = kept_sketch(self._vectors, folder, build, prior)

    def query(self, vectors: Vectors, count: int) -> list[tuple[Rows, npt.NDArray[np.float64]]]:
        """For each query vector (m, d) the rows of the `count` nearest items and their products with it, best first.

        Chroma answers the vectors of a call one after the other: a thread for each processor asks for a part of them.
        """
        parts = np.array_split(vectors, min(len(vectors), os.cpu_count() or 1))
        with ThreadPoolExecutor(len(parts)) as pool:
            return [found for part in pool.map(lambda part: self._ask(part, count), parts) for found in part]

    def _ask(self, vectors: Vectors, count: int) -> list[tuple[Rows, npt.NDArray[np.float64]]]:
        found = self._collection.query(
            query_embeddings=vectors, n_results=min(count, len(self.catalogue)), include=["distances"]
        )
        return [
            (np.array([self.catalogue.row[name] for name in ids], dtype=np.int64), 1 - np.array(distances, np.float64))
            for ids, distances in zip(found["ids"], found["distances"] or [], strict=True)
        ]

    def vectors(self, rows: Rows | Sequence[int]) -> Vectors:
        """The vectors of rows in the order asked, shape (len(rows), d)."""
        return np.asarray(self._vectors[np.asarray(rows, dtype=np.int64)])

    def products(self, rows: Rows, queries: Vectors) -> Vectors:
        """The products of the vectors at these rows with query vectors (m, d), shape (len(rows), m): an exact scan."""
        return products(self._vectors, rows, queries)

    def knows(self, interest: Interest) -> bool:
        """Whether an interest can be placed: the item or the picture that it points to must be there."""
        if interest.facet == MENTION:
            return interest.item in self.catalogue.row
        if self.schema.kind(interest.facet) != "image":
            return True
        return (
            interest.level != "never" and self.pictures is not None and self.pictures.query(interest.value) is not None
        )

    @cached_property
    def usual(self) -> Vectors:
        """The vector (d,) of what any message about this catalogue has in common, as encoded.

        Zeros in an index of before there was one.
        """
        stored = json.loads(self._collection.metadata.get("usual", "[]"))
        return np.array(stored or np.zeros(self.encoder.dimensions), dtype=np.float32)

    @property
    def priors(self) -> Mapping[str, float]:
        """The prior of each item's id, scaled as in the vectors; empty if the schema names none."""
        scale = float(self._collection.metadata["scale"])
        return {item.id: scaled_prior(item, self.schema, scale) for item in self.catalogue.items}


def open_index(path: Path | str, encoder: Encoder, pictures: Pictures | None = None) -> Index:
    """Opens the index in a folder.

    pictures: the picture model of an index with images; without one, the model that its schema names, which lets no
    interest point to a picture. Raises IndexMismatch if there is none, if it was made with another encoder, picture
    model or format, or was never finished.
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
    schema = Schema.from_json(meta["schema"])
    pictures = picture_model(schema, pictures)
    check_pictures(meta, pictures, path)
    return Index(collection, encoder, schema, stored_layout(client, meta, path), items, path, pictures)


def is_database(path: Path) -> bool:
    """Whether Chroma keeps a database in the folder; connecting to any other folder would make one there."""
    return (path / _DATABASE).is_file()


def connect(path: Path) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    # Chroma keeps one client for each spelling of a path: a relative one would lead elsewhere after a change of folder.
    return chromadb.PersistentClient(str(path.resolve()), Settings(anonymized_telemetry=False))


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
        configuration={"hnsw": {"space": "ip", "ef_search": EF_SEARCH, "ef_construction": 200, "max_neighbors": 32}},
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


def picture_model(schema: Schema, given: Pictures | None) -> Pictures | None:
    """The model that sees a catalogue's pictures: the one given, else the one its schema names; None without images."""
    if not schema.of("image"):
        return None
    return given or Pictures(schema.pictures)


def check_pictures(meta: Mapping[str, Any], pictures: Pictures | None, path: Path) -> None:
    """Raises IndexMismatch unless the stored picture model is ours."""
    if meta.get("pictures", "") != (pictures.fingerprint if pictures else ""):
        made = meta.get("pictures") or "no picture model"
        raise IndexMismatch(f"{path}: the index was made with {made}; name that model or index into a new folder")


def stored_rows(collection: Collection) -> Iterator[Mapping[str, Any]]:
    """What is stored beside each vector: id, item (JSON), digest, texts; always in the same order.

    Asked for by ids: with an offset, Chroma counts through all that comes before it.
    """
    for ids in pages(collection.get(include=[])["ids"], _PAGE):
        found = collection.get(ids=list(ids), include=["metadatas"])
        rows = dict(zip(found["ids"], found["metadatas"] or [], strict=True))
        yield from (rows[name] for name in ids)


def pages(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
