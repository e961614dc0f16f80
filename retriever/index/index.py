"""An open index: the catalogue in memory, and what a search asks of its vectors.

Knows one engine and the copy of its vectors, all of them or without some items. Knows nothing of how it is built
(building) or of interests.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from ..arrays import Floats
from ..catalogue import Catalogue, Item, Rows, Schema
from ..catalogue.kinship import Kinship
from ..encoding import Encoder, Pictures, Vectors
from ..vectors import Layout, scaled_prior
from .engines import Overlay, Row, VectorEngine
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
        self.boosts: Floats = np.zeros(len(items))
        self._rows: Rows | None = None
        build = build_name(str(metadata.get("built", "")), self.catalogue.row)
        self._vectors = kept_vectors(engine, build, self.catalogue.row, layout.dimensions)
        prior = [layout.slices[name].start for name in layout.of("prior")]
        self.prefilter = kept_prefilter(self._vectors, engine.folder, build, prior)

    @property
    def has_behaviour(self) -> bool:
        """Whether it knows what people like who like an item."""
        return bool(self.layout.of("behaviour"))

    def without(self, gone: Collection[str]) -> Index:
        """The same index without these items, as if they had been removed: nothing in it tells that they are there."""
        kept = np.array([row for name, row in self.catalogue.row.items() if name not in gone], dtype=np.int64)
        if len(kept) == len(self.catalogue):
            return self
        other = self._copy()
        other.engine = overlay = Overlay(self.engine)
        overlay.delete(list(self.catalogue.row.keys() & set(gone)))
        other.catalogue = Catalogue([self.catalogue.items[row] for row in kept], self.schema)
        other.boosts, other._rows = self.boosts[kept], self._stored(kept)
        other.prefilter = self.prefilter and replace(self.prefilter, rows=self.prefilter.rows[kept])
        return other

    def put_forward(self, amounts: Mapping[str, float]) -> Index:
        """The same index, whose owner adds an amount to the score of each of these items."""
        other = self._copy()
        other.boosts = np.array([amounts.get(name, 0.0) for name in self.catalogue.row])
        return other

    def _copy(self) -> Index:
        other = copy(self)
        for column in ("prior_column", "priors", "kinship"):
            vars(other).pop(column, None)
        return other

    def _stored(self, rows: Rows) -> Rows:
        """The places of these rows in the file of vectors."""
        return rows if self._rows is None else self._rows[rows]

    def prepare(self) -> None:
        """Build now what else is built at first use, so that nobody's first message waits for it."""
        self.catalogue.prepare()
        self.kinship.prepare()
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
        return np.asarray(self._vectors[self._stored(np.asarray(rows, dtype=np.int64))])

    def products(self, rows: Rows, queries: Vectors) -> Vectors:
        """The products of the vectors at these rows with query vectors (m, d), shape (len(rows), m): an exact scan."""
        return products(self._vectors, self._stored(rows), queries)

    @cached_property
    def kinship(self) -> Kinship:
        """What binds its items together: series, makers, versions of one work."""
        return Kinship(self.catalogue)

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
