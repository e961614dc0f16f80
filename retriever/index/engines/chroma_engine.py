"""Chroma as a vector engine: in a folder, or on a server. All that Penchant knows about Chroma is here.

One collection (inner product) holds the items; each attached table is another. Knows nothing of items, of how an index
is built (building) or of how it is searched.
"""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ...encoding import Vectors
from ...errors import PenchantError
from ..folder import alone, in_words, readable_copy, reads, writes
from .engine import Nearest, Row, pages

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

EF_SEARCH = 1500
"""How many items Chroma looks at for any question: what blocks of several kinds need for their recall (docs/log.md)."""


class ChromaEngine:
    """An index in the collections "NAME-items" and "NAME-TABLE" of a Chroma database."""

    depth = EF_SEARCH // 3

    def __init__(self, client: ClientAPI, place: str, folder: Path | None = None, name: str = "penchant") -> None:
        self.place = place
        self.folder = folder
        self._client = client
        self._name = name
        self._items: Collection | None = None

    @classmethod
    def in_folder(cls, path: Path | str) -> ChromaEngine:
        """The database in a folder, which is made if it is not there. Raises DamagedIndex and PenchantError."""
        with in_words(str(path), Path(path)):
            return cls(_client(Path(path)), str(path), Path(path))

    @classmethod
    def to_read(cls, path: Path) -> ChromaEngine:
        """The database in a folder, there already; also where nothing can be written, which Chroma does to open one.

        Raises DamagedIndex and PenchantError.
        """
        try:
            return cls.in_folder(path)
        except PenchantError:
            copied = readable_copy(path)
        try:
            with in_words(str(path), path):
                engine = cls(_client(copied), str(path), path)
        except PenchantError:
            shutil.rmtree(copied, ignore_errors=True)
            raise
        weakref.finalize(engine, shutil.rmtree, copied, True)
        return engine

    @classmethod
    def on_server(
        cls, host: str = "localhost", port: int = 8000, name: str = "penchant", folder: Path | str | None = None
    ) -> ChromaEngine:
        """A Chroma server (`chroma run`). name: which index, if it holds several.

        folder: where the copy of its vectors may be kept, for this index alone; without one it is in memory. Raises
        PenchantError if the server cannot be reached.
        """
        import chromadb
        from chromadb.config import Settings

        place = f"http://{host}:{port} ({name})"
        try:
            client = chromadb.HttpClient(host, port, settings=Settings(anonymized_telemetry=False))
        except ValueError as error:
            hint = f"start one there with: chroma run --host {host} --port {port}"
            raise PenchantError(f"{place}: no Chroma server answers; {hint}") from error
        return cls(client, place, Path(folder) if folder else None, name)

    @property
    def collection(self) -> Collection:
        """The collection of the items. Raises PenchantError if there is none."""
        self._items = self._items or self._find("items")
        if self._items is None:
            raise PenchantError(f"{self.place} holds no index of Penchant")
        return self._items

    def alone(self, patience: float = 0) -> AbstractContextManager[None]:
        """A server knows no writers: there it is whoever keeps the vectors in the same folder."""
        return alone(self.folder, patience) if self.folder else nullcontext()

    @reads
    def metadata(self) -> Row | None:
        self._items = self._find("items")
        return None if self._items is None else self._items.metadata or {}

    @writes
    def describe(self, metadata: Row) -> None:
        if (found := self._find("items")) is not None:
            found.modify(metadata=dict(metadata))
            return
        self._items = self._client.create_collection(
            f"{self._name}-items",
            configuration={
                "hnsw": {"space": "ip", "ef_search": EF_SEARCH, "ef_construction": 200, "max_neighbors": 32}
            },
            metadata=dict(metadata),
            embedding_function=None,
        )

    @reads
    def ids(self) -> list[str]:
        return self.collection.get(include=[])["ids"]

    @reads
    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        found: Any = self.collection.get(ids=list(ids), include=["metadatas"])
        return dict(zip(found["ids"], found["metadatas"], strict=True))

    @reads
    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        found = self.collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True))

    @writes
    def upsert(self, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        self.collection.upsert(ids=list(ids), embeddings=vectors, metadatas=list(rows))

    @writes
    def delete(self, ids: Sequence[str]) -> None:
        self.collection.delete(ids=list(ids))

    @reads
    def query(self, vectors: Vectors, count: int) -> list[Nearest]:
        """Chroma answers the vectors of a call one after the other: a thread for each processor asks for a part."""
        parts = np.array_split(vectors, min(len(vectors), os.cpu_count() or 1))
        if len(parts) == 1:
            return self._ask(vectors, count)
        with ThreadPoolExecutor(len(parts)) as pool:
            return [found for part in pool.map(lambda part: self._ask(part, count), parts) for found in part]

    @writes
    def attach(self, name: str, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        full = f"{self._name}-{name}"
        if self._find(name) is not None:
            self._client.delete_collection(full)
        if ids:
            kept = self._client.create_collection(full, embedding_function=None)
            for page in pages(range(len(ids))):
                part = slice(page[0], page[-1] + 1)
                kept.add(ids=list(ids[part]), embeddings=vectors[part], metadatas=list(rows[part]))

    @reads
    def attached(self, name: str) -> tuple[Vectors, list[Row]]:
        if (kept := self._find(name)) is None:
            return np.zeros((0, 0), dtype=np.float32), []
        found: Any = kept.get(include=["embeddings", "metadatas"])
        return np.asarray(found["embeddings"], dtype=np.float32), found["metadatas"]

    def _ask(self, vectors: Vectors, count: int) -> list[Nearest]:
        found: Any = self.collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        # Its distance of inner products is 1 - the product.
        return [
            (ids, 1 - np.array(distances, dtype=np.float64))
            for ids, distances in zip(found["ids"], found["distances"], strict=True)
        ]

    def _find(self, name: str) -> Collection | None:
        from chromadb.errors import NotFoundError

        try:
            return self._client.get_collection(f"{self._name}-{name}", embedding_function=None)
        except NotFoundError:
            return None


def _client(path: Path) -> ClientAPI:
    """A client of its own for each engine: one that Chroma shares by the path does not see what other processes write.

    Settings are never shared between clients, which write into them.
    """
    from chromadb.api.client import Client
    from chromadb.api.rust import RustBindingsAPI
    from chromadb.config import Settings, System

    full = str(path.resolve())
    system = System(Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=full))
    system.instance(RustBindingsAPI)
    system.start()
    return Client.from_system(system)
