"""Vectors of recent keys, kept in memory: who asks for a kept one never waits for a model.

A new key that several threads ask for is computed by the first of them alone. Knows nothing of models, texts or files.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

import numpy as np

from .encoder import Vectors

K = TypeVar("K", bound=Hashable)


class VectorCache(Generic[K]):
    """The vectors, (dimensions,) each, of the `most` keys that were asked for last. Safe from many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()  # never held while anything is computed
        self._kept: OrderedDict[K, Vectors] = OrderedDict()
        self._coming: dict[K, Future[Vectors | None]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def vectors(self, keys: Sequence[K], compute: Callable[[list[K]], Iterable[Vectors]]) -> list[Vectors]:
        """A vector for each key, in order. `compute` is given the new ones, each once; what it raises goes through."""
        found: dict[K, Vectors] = {}
        while missing := [key for key in dict.fromkeys(keys) if key not in found]:
            found |= self._round(missing, compute)
        return [found[key] for key in keys]

    def _round(self, keys: list[K], compute: Callable[[list[K]], Iterable[Vectors]]) -> dict[K, Vectors]:
        """All of the keys, but for those that another thread was computing and failed to."""
        found, coming, mine = self._claimed(keys)
        if mine:
            found |= self._computed(mine, compute)  # before waiting for others, who may be waiting for these
        for key, future in coming.items():
            if (vector := future.result()) is not None:
                found[key] = vector
        return found

    def _claimed(self, keys: list[K]) -> tuple[dict[K, Vectors], dict[K, Future[Vectors | None]], list[K]]:
        """What is kept, what other threads are computing, and what is from now on for this thread to compute."""
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
            coming = {key: self._coming[key] for key in keys if key in self._coming}
            mine = [key for key in keys if key not in found and key not in coming]
            self._coming |= {key: Future() for key in mine}
        return found, coming, mine

    def _computed(self, keys: list[K], compute: Callable[[list[K]], Iterable[Vectors]]) -> dict[K, Vectors]:
        found: dict[K, Vectors] = {}
        try:
            # Copies, for a row of a batch would keep the whole batch alive.
            found = {key: np.array(row) for key, row in zip(keys, compute(keys), strict=True)}
        finally:
            self._settle(keys, found)
        return found

    def _settle(self, keys: list[K], found: dict[K, Vectors]) -> None:
        with self._lock:
            self._kept |= found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            futures = [(key, self._coming.pop(key)) for key in keys]
        for key, future in futures:
            future.set_result(found.get(key))
