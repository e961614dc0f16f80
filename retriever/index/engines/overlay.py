"""An engine with changes beside it that are not written into it yet: read, it is as if they were.

So a change is seen whole before its first item is written, and also where whoever wrote it was stopped on the way.
Knows nothing of what is changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np

from ...encoding import Vectors
from ...errors import DamagedIndex
from .engine import Nearest, Row, VectorEngine, pages
from .memory_engine import MemoryEngine

_TABLE = "change"


class Overlay:
    """What is written here stays in memory, until `save` keeps it as a table beside the engine; `apply` writes it."""

    def __init__(self, base: VectorEngine) -> None:
        self.base = base
        self._new = MemoryEngine()
        self._gone: dict[str, None] = {}

    @classmethod
    def saved(cls, base: VectorEngine, count: int) -> Overlay:
        """The engine with the change of `count` ids that was saved. Raises DamagedIndex if it is not there."""
        vectors, rows = base.attached(_TABLE)
        if len(rows) != count:
            raise DamagedIndex.at(base.folder, f"{len(rows):,} of {count:,} changed items are there")
        found = cls(base)
        found.delete([str(row["gone"]) for row in rows if "gone" in row])
        kept = [n for n, row in enumerate(rows) if "row" in row]
        changed: list[Row] = [json.loads(str(rows[n]["row"])) for n in kept]
        if kept:
            found.upsert([str(row["id"]) for row in changed], vectors[kept], changed)
        return found

    def save(self) -> int:
        """Keeps the change beside the engine; how many ids it is of."""
        ids, gone = self._new.ids(), list(self._gone)
        new = self._new.vectors(ids)
        width = len(next(iter(new.values()))) if new else 1
        rows = [{"row": json.dumps(row, ensure_ascii=False)} for row in self._new.rows(ids).values()]
        vectors = np.stack([*new.values(), *np.zeros((len(gone), width), dtype=np.float32)])
        self.base.attach(_TABLE, [*ids, *gone], vectors, [*rows, *({"gone": name} for name in gone)])
        return len(ids) + len(gone)

    def apply(self) -> None:
        """Writes the change into the engine; also once more, where that was begun before."""
        for ids in pages(self._new.ids()):
            self.base.upsert(ids, np.stack(list(self._new.vectors(ids).values())), list(self._new.rows(ids).values()))
        for gone in pages(list(self._gone)):
            self.base.delete(gone)

    def drop(self) -> None:
        """Removes what was saved."""
        self.base.attach(_TABLE, [], np.zeros((0, 0), dtype=np.float32), [])

    @property
    def changed(self) -> list[str]:
        """The ids that are new or other than before."""
        return self._new.ids()

    @property
    def place(self) -> str:
        return self.base.place

    @property
    def folder(self) -> Path | None:
        return self.base.folder

    @property
    def depth(self) -> int:
        return max(0, self.base.depth - len(self._new) - len(self._gone))

    def alone(self, patience: float = 0) -> AbstractContextManager[None]:
        return self.base.alone(patience)

    def metadata(self) -> Row | None:
        return self.base.metadata()

    def describe(self, metadata: Row) -> None:
        self.base.describe(metadata)

    def ids(self) -> list[str]:
        return [*self._unchanged(self.base.ids()), *self._new.ids()]

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        return self.base.rows(list(self._unchanged(ids))) | self._new.rows(ids)

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        return self.base.vectors(list(self._unchanged(ids))) | self._new.vectors(ids)

    def upsert(self, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        self._new.upsert(ids, vectors, rows)
        for name in ids:
            self._gone.pop(name, None)

    def delete(self, ids: Sequence[str]) -> None:
        self._new.delete(ids)
        self._gone |= dict.fromkeys(ids)

    def query(self, vectors: Vectors, count: int) -> list[Nearest]:
        """As many more are asked of the engine as may have changed."""
        old = self.base.query(vectors, count + len(self._new) + len(self._gone))
        new = self._new.query(vectors, count)
        return [self._merged(one, other, count) for one, other in zip(old, new, strict=True)]

    def attach(self, name: str, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        self.base.attach(name, ids, vectors, rows)

    def attached(self, name: str) -> tuple[Vectors, list[Row]]:
        return self.base.attached(name)

    def _merged(self, old: Nearest, new: Nearest, count: int) -> Nearest:
        as_before = set(self._unchanged(old[0]))
        kept = [n for n, name in enumerate(old[0]) if name in as_before]
        ids, products = [*(old[0][n] for n in kept), *new[0]], np.concatenate([old[1][kept], new[1]])
        order = np.argsort(-products, kind="stable")[:count]
        return [ids[n] for n in order], products[order]

    def _unchanged(self, ids: Collection[str]) -> Iterator[str]:
        return (name for name in ids if name not in self._new and name not in self._gone)
