"""A vector engine in memory that compares everything: exact, gone with the process; for tests and small catalogues.

Knows nothing of files.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import numpy as np

from ...encoding import Vectors
from .engine import Nearest, Row

_NOTHING = np.zeros((0, 0), dtype=np.float32)


@dataclass(eq=False)
class MemoryEngine:
    """Vectors and rows in dictionaries; a query is one product with all of them."""

    place: str = "memory"
    folder: None = None
    depth: int = sys.maxsize
    _metadata: Row | None = None
    _vectors: dict[str, Vectors] = field(default_factory=dict)
    _rows: dict[str, Row] = field(default_factory=dict)
    _tables: dict[str, tuple[Vectors, list[Row]]] = field(default_factory=dict)
    _matrix: tuple[list[str], Vectors] | None = None

    def __len__(self) -> int:
        return len(self._vectors)

    def __contains__(self, name: object) -> bool:
        return name in self._vectors

    def alone(self, patience: float = 0) -> AbstractContextManager[None]:
        return nullcontext()

    def metadata(self) -> Row | None:
        return self._metadata

    def describe(self, metadata: Row) -> None:
        self._metadata = dict(metadata)

    def ids(self) -> list[str]:
        return list(self._vectors)

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        return {name: self._rows[name] for name in ids if name in self._rows}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        return {name: self._vectors[name] for name in ids if name in self._vectors}

    def upsert(self, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        self._vectors |= zip(ids, np.array(vectors, dtype=np.float32), strict=True)
        self._rows |= zip(ids, map(dict, rows), strict=True)
        self._matrix = None

    def delete(self, ids: Sequence[str]) -> None:
        for name in ids:
            self._vectors.pop(name, None)
            self._rows.pop(name, None)
        self._matrix = None

    def query(self, vectors: Vectors, count: int) -> list[Nearest]:
        if not self._vectors:
            return [([], np.zeros(0)) for _ in vectors]
        ids, matrix = self._stacked()
        products = vectors.astype(np.float64) @ matrix.T.astype(np.float64)
        order = np.argsort(-products, axis=1, kind="stable")[:, :count]
        return [([ids[n] for n in best], row[best]) for best, row in zip(order, products, strict=True)]

    def attach(self, name: str, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        self._tables[name] = np.array(vectors, dtype=np.float32), [dict(row) for row in rows]

    def attached(self, name: str) -> tuple[Vectors, list[Row]]:
        return self._tables.get(name, (_NOTHING, []))

    def _stacked(self) -> tuple[list[str], Vectors]:
        """All vectors as one array (n, d), made at the first query after something was written."""
        if (matrix := self._matrix) is None:
            ids = list(self._vectors)
            self._matrix = matrix = ids, np.stack([self._vectors[name] for name in ids])
        return matrix
