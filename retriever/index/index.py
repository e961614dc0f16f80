"""An open index: the catalogue in memory, and what a search asks of its vectors.

Knows one engine and the copy of its vectors. Knows nothing of how it is built (building) or of interests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Item, Rows, Schema
from ..encoding import Encoder, Pictures, Vectors
from ..vectors import Layout, scaled_prior
from .engines import Row, VectorEngine
from .prefilter import kept_prefilter
from .vector_file import build_name, kept_vectors, products


class Index:
    """An open, complete index: the catalogue in memory, the vectors in an engine. Safe to use from several threads."""

    def __init__(
        self,
        engine: VectorEngine,
        metadata: Row,
        encoder: Encoder,
        schema: Schema,
        layout: Layout,
        items: list[Item],
        pictures: Pictures | None = None,
        origin: Path | VectorEngine | None = None,
    ) -> None:
        """origin: what it was opened from; as a rule the engine."""
        self.origin = engine if origin is None else origin
        self.engine = engine
        self.encoder = encoder
        self.pictures = pictures
        self.schema = schema
        self.layout = layout
        self.catalogue = Catalogue(items, schema)
        self._metadata = metadata
        build = build_name(str(metadata.get("built", "")), self.catalogue.row)
        self._vectors = kept_vectors(engine, build, self.catalogue.row, layout.dimensions)
        prior = [layout.slices[name].start for name in layout.of("prior")]
        self.prefilter = kept_prefilter(self._vectors, engine.folder, build, prior)

    def prepare(self) -> None:
        """Build now what else is built at first use, so that nobody's first message waits for it."""
        self.catalogue.prepare()
        _ = self.background_vector, self.prior_column

    def query(self, vectors: Vectors, count: int) -> list[tuple[Rows, Floats]]:
        """For each query vector (m, d) the rows of the `count` nearest items and their products with it, best first.

        What the engine was given after the index was opened is left out.
        """
        row = self.catalogue.row
        found = []
        for ids, near in self.engine.query(vectors, min(count, len(self.catalogue))):
            rows = np.array([row.get(name, -1) for name in ids], dtype=np.int64)
            found.append((rows[rows >= 0], near[rows >= 0]))
        return found

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
        stored = json.loads(str(self._metadata.get("usual", "[]")))
        return np.array(stored or np.zeros(self.encoder.dimensions), dtype=np.float32)

    @cached_property
    def prior_column(self) -> Floats:
        """The prior of each row, (n,), scaled as in the vectors; zeros if the schema names none."""
        scale = float(self._metadata["scale"])
        return np.array([scaled_prior(item, self.schema, scale) for item in self.catalogue.items])

    @cached_property
    def priors(self) -> Mapping[str, float]:
        """The prior of each item's id, as in `prior_column`."""
        return dict(zip(self.catalogue.row, self.prior_column.tolist(), strict=True))
