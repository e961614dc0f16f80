"""Writes items and their vectors into an index in batches, and of those already there only what differs.

The engine remembers, for each item, a digest of the row and one of the texts its vector came from. Knows nothing of
which engine, layout or encoder is the right one (building).
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..catalogue import Item, Schema, facet_texts, item_text, names_of
from ..encoding import Encoder, Pictures, Vectors
from ..progress import Progress
from ..vectors import Layout, item_vectors, scaled_prior
from .encoding_workers import Workers
from .engines import Row, VectorEngine, pages
from .opening import stored_rows

_BATCH = 128
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes items into one engine.

    scale: of priors (prior_scale). factors: of items by id; None leaves behaviour blocks as they are; behaviour: their
    digest. pictures: needed where there are image blocks. workers: encode the texts of items, if not this process does.
    """

    engine: VectorEngine
    layout: Layout
    encoder: Encoder
    schema: Schema
    scale: float
    behaviour: str = ""
    factors: Mapping[str, Vectors] | None = None
    pictures: Pictures | None = None
    progress: Progress | None = None
    workers: Workers | None = None

    def write(self, items: Sequence[Item]) -> None:
        """Writes what is new or has changed, then removes all others; reports progress over all items."""
        stored = self._stored()
        self._put(items, stored)
        for ids in pages(list(stored.keys() - {item.id for item in items})):
            self.engine.delete(ids)

    def put(self, items: Sequence[Item]) -> None:
        """Writes what is new or has changed of these items; all others stay."""
        self._put(items, {name: row for page in pages(items) for name, row in self._rows(page).items()})

    def _put(self, items: Sequence[Item], stored: Mapping[str, Row]) -> None:
        changed = [i for i in items if self._is_changed(i, stored)]
        known = [i for i in changed if i.id in stored and stored[i.id]["texts"] == self._texts(i)]
        new = [i for i in changed if i.id not in stored or stored[i.id]["texts"] != self._texts(i)]
        done, total = len(items) - len(changed), len(items)
        if changed:
            _log.info("Indexing %s items of %s.", f"{len(changed):,}", f"{total:,}")
        for batch in pages(known, _BATCH):
            self._rewrite(batch)
            done = self._report(done + len(batch), total)
        facets = facet_texts(new, self.schema)
        values = dict(zip(facets, self.encoder.encode(facets), strict=True)) if facets else {}
        # Long texts first: batches of like length waste no padding, and the time left is not underestimated.
        longest = sorted(new, key=lambda i: len(item_text(i, self.schema)), reverse=True)
        for batch, texts in zip(pages(longest, _BATCH), self._encoded(pages(longest, _BATCH)), strict=True):
            self._encode(batch, texts, values)
            done = self._report(done + len(batch), total)

    def differs(self, items: Sequence[Item]) -> bool:
        """Whether there is anything to be written or removed."""
        stored = self._stored()
        return stored.keys() != {item.id for item in items} or any(self._is_changed(i, stored) for i in items)

    def _rows(self, items: Sequence[Item]) -> Mapping[str, Row]:
        return self.engine.rows([item.id for item in items])

    def _stored(self) -> Mapping[str, Row]:
        return {str(row["id"]): row for row in stored_rows(self.engine)}

    def _is_changed(self, item: Item, stored: Mapping[str, Row]) -> bool:
        return item.id not in stored or stored[item.id]["digest"] != self._digest(item)

    def _encoded(self, batches: Iterable[Sequence[Item]]) -> Iterator[Vectors]:
        """The texts of each batch as vectors: here, or by the workers."""
        texts = ([item_text(item, self.schema) for item in batch] for batch in batches)
        return self.workers.encode_each(texts) if self.workers else map(self.encoder.encode, texts)

    def _encode(self, batch: Sequence[Item], texts: Vectors, values: Mapping[str, Vectors]) -> None:
        vectors = item_vectors(batch, texts, values, self.schema, self.layout, self.scale)
        if self.pictures:
            for name in self.layout.of("image"):
                seen = np.stack([self.pictures.encode_item(item, name) for item in batch])
                vectors[:, self.layout.slices[name]] = self.layout.centre(name, seen)
        self._upsert(batch, vectors)

    def _rewrite(self, batch: Sequence[Item]) -> None:
        """Items whose texts are as before: only the row, prior and behaviour are new, nothing is encoded."""
        before = self.engine.vectors([item.id for item in batch])
        vectors = np.stack([before[item.id] for item in batch])
        for name in self.layout.of("prior"):
            vectors[:, self.layout.slices[name].start] = [scaled_prior(i, self.schema, self.scale) for i in batch]
        self._upsert(batch, vectors)

    def _behaviour(self, batch: Sequence[Item], part: slice) -> Mapping[str, Vectors]:
        """The factors given, or else those that are there."""
        if self.factors is not None:
            return self.factors
        return {name: vector[part] for name, vector in self.engine.vectors([item.id for item in batch]).items()}

    def _upsert(self, batch: Sequence[Item], vectors: Vectors) -> None:
        for name in self.layout.of("behaviour"):
            part = self.layout.slices[name]
            known = self._behaviour(batch, part)
            nothing = np.zeros(part.stop - part.start, dtype=np.float32)
            vectors[:, part] = [known.get(item.id, nothing) for item in batch]
        rows = [{"id": i.id, "item": i.to_json(), "digest": self._digest(i), "texts": self._texts(i)} for i in batch]
        self.engine.upsert([item.id for item in batch], vectors, rows)

    def _report(self, done: int, total: int) -> int:
        if self.progress:
            self.progress(done, total)
        return done

    def _texts(self, item: Item) -> str:
        """Changes whenever what the vector is made of does, prior and behaviour apart."""
        facets = {name: item.values(name) for name in self.schema.of("facet")}
        seen = [self.pictures.stamps(item, self.layout.of("image"))] if self.pictures else []
        return _hash([item_text(item, self.schema), facets, sorted(names_of(item, self.schema)), *seen])

    def _digest(self, item: Item) -> str:
        behaviour = [self.behaviour] if self.behaviour else []
        return _hash([item.to_json(), self._texts(item), self.schema.prior, self.scale, *behaviour])


def _hash(value: Any) -> str:
    """Differs between values that JSON can tell apart."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:16]
