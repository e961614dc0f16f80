"""Processes that encode texts beside each other: one encoder in each, on its own share of the processor's cores.

A worker that ends on the way, as when the system is short of memory, is replaced, and what it had in hand is given out
again. Knows nothing of items.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from threading import Thread
from typing import Protocol

from ..encoding import Encoder, Vectors
from ..errors import PenchantError

_AHEAD = 3
"""Batches for each worker that are given out at once."""
_MOST_ENDS = 3
"""How often in a row workers may end before any batch is done."""

_log = logging.getLogger(__name__)


class Workers(Protocol):
    """Who encodes the texts of items, if this process does not: other processes, or other machines."""

    def encode_each(self, batches: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """The vectors of each batch of texts, in order, as Encoder.encode gives them."""
        ...


class EncodingWorkers:
    """`make` gives each worker its encoder, and must be picklable: a partial of encoder_named, for one."""

    def __init__(self, make: Callable[[], Encoder], workers: int = 0) -> None:
        """workers: how many; 0: one for each core that this process may use."""
        self.count = workers or len(_cores())
        self._make = pickle.dumps(make)

    def encode_each(self, batches: Iterable[Sequence[str]]) -> Iterator[Vectors]:
        """The vectors of each batch of texts, in order, as Encoder.encode gives them.

        Raises PenchantError where the workers end again and again, and what an encoder raises.
        """
        source, given = iter(batches), deque[Sequence[str]]()
        ends = 0
        while True:
            try:
                for vectors in self._round(source, given):
                    ends = 0
                    yield vectors
                return
            except BrokenProcessPool as error:
                ends += 1
                if ends > _MOST_ENDS:
                    raise PenchantError(
                        "the processes that encode end again and again, perhaps for want of memory; use fewer"
                        " (--workers); what is done is kept"
                    ) from error
                _log.warning("A process that encodes has ended; its work is given to another.")

    def _round(self, source: Iterator[Sequence[str]], given: deque[Sequence[str]]) -> Iterator[Vectors]:
        """Until all is done or a worker ends. given: what was given out and is not done."""
        context = get_context("spawn")
        settled = (context.Value("i", 0), self.count)
        pool = ProcessPoolExecutor(self.count, context, _settle, settled)
        try:
            waiting = deque(pool.submit(encoded, self._make, batch) for batch in given)
            while True:
                for batch in islice(source, _AHEAD * self.count - len(given)):
                    given.append(batch)
                    waiting.append(pool.submit(encoded, self._make, batch))
                if not waiting:
                    return
                vectors = waiting.popleft().result()
                given.popleft()
                yield vectors
        finally:
            pool.shutdown(cancel_futures=True)


def encoded(make: bytes, texts: Sequence[str]) -> Vectors:
    """The vectors of texts, by the encoder that this process keeps; `make` is what makes it, pickled."""
    return _encoder(make).encode(texts)


@cache
def _encoder(make: bytes) -> Encoder:
    """One for each process."""
    made: Encoder = pickle.loads(make)()
    return made


def _settle(counted: Synchronized[int], workers: int) -> None:
    """A worker takes its share of the cores, leaves Ctrl-C to its parent, and ends when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with counted.get_lock():
        place, counted.value = counted.value, counted.value + 1
    cores = _cores()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores[place % workers :: workers] or cores)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _cores() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
