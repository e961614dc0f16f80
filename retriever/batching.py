"""Calls of a function that come from several threads while it is at work become one call of it as soon as it is free.

Who finds it free never waits. Knows nothing of what is worked out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Generic, Protocol, TypeVar


class Values(Protocol):
    """One for each key, in order; a part of them is again such."""

    def __getitem__(self, part: slice, /) -> Any: ...


K = TypeVar("K")
V = TypeVar("V", bound=Values)


@dataclass(frozen=True, slots=True, eq=False)
class _Call(Generic[K, V]):
    """leads: whether this caller is to work out the next batch; else another has done it, and `found` is there."""

    keys: Sequence[K]
    leads: Future[bool] = field(default_factory=Future)
    found: Future[V] = field(default_factory=Future)


class Batching(Generic[K, V]):
    """`work` gives a value for each key, in order; of many short calls it is given up to `most` keys at a time.

    A call of as many keys or more goes its own way: it gains nothing by company, and nobody should wait for it. What
    `work` raises is raised in each call that was in the batch.
    """

    def __init__(self, work: Callable[[list[K]], V], most: int) -> None:
        self._work = work
        self._most = most
        self._lock = threading.Lock()  # never held while anything is worked out
        self._waiting: list[_Call[K, V]] = []
        self._busy = False

    def __call__(self, keys: Sequence[K]) -> V:
        """A value for each key, in order."""
        if len(keys) >= self._most:
            return self._work(list(keys))
        mine: _Call[K, V] = _Call(keys)
        with self._lock:
            self._waiting.append(mine)
            if not self._busy:
                self._next()
        if mine.leads.result():
            self._lead(self._batch())
        return mine.found.result()

    def _next(self) -> None:
        """The first who waits is to work. The lock is held."""
        self._busy = bool(self._waiting)
        if self._waiting:
            self._waiting[0].leads.set_result(True)

    def _batch(self) -> list[_Call[K, V]]:
        """The first calls that wait, as many as fit; the first of them is the caller's own."""
        with self._lock:
            count, size = 0, 0
            while count < len(self._waiting) and size + len(self._waiting[count].keys) <= self._most:
                size += len(self._waiting[count].keys)
                count += 1
            batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    def _lead(self, batch: Sequence[_Call[K, V]]) -> None:
        """Works out the batch, and tells everybody in it."""
        try:
            values = self._work([key for call in batch for key in call.keys])
            ends = list(accumulate(len(call.keys) for call in batch))
            for call, start, end in zip(batch, [0, *ends], ends, strict=False):
                call.found.set_result(values[start:end])
        except BaseException as error:
            for call in batch:
                call.found.set_exception(error)
        finally:
            with self._lock:
                self._next()
        for call in batch[1:]:
            call.leads.set_result(False)
