"""A catalogue in a persistent Chroma collection (inner product), tied to its encoder and schema by a fingerprint.

Chroma holds everything: vectors, and each item as JSON beside its vector, so that an index opens from its folder alone.
Knows nothing of how it is built (building) or searched (search).
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..catalogue import Catalogue, Item, Rows, Schema
from ..encoding import Encoder, Pictures, Vectors
from ..vectors import Layout, scaled_prior
from .prefilter import kept_prefilter
from .vector_file import build_name, kept_vectors, products

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection


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
        self.prefilter = kept_prefilter(self._vectors, folder, build, prior)

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

    @cached_property
    def background_vector(self) -> Vectors:
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
