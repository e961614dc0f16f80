"""An answer that is written in a thread of its own, so that who reads it can stop waiting at any time.

A model that is silent cannot be interrupted: its thread goes on until it speaks or is out of time, and no longer. Knows
nothing of what is written.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Writing(Generic[T]):
    """The values of an iterator as they come, and its exception; they are read once."""

    def __init__(self, values: Iterator[T]) -> None:
        self._queue: SimpleQueue[tuple[T] | BaseException | None] = SimpleQueue()
        self._ended = threading.Event()
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run, values), daemon=True, name="penchant-page")
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        try:
            while (value := self._queue.get()) is not None:
                if isinstance(value, BaseException):
                    raise value
                yield value[0]
        finally:
            self._ended.set()

    def end(self) -> None:
        """Whoever reads it is told at once that nothing more comes; the iterator is left at its next value."""
        self._ended.set()
        self._queue.put(None)

    @property
    def alive(self) -> bool:
        """Whether its thread still runs."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Until its thread is done."""
        self._thread.join()

    def _run(self, values: Iterator[T]) -> None:
        end: BaseException | None = None
        try:
            for value in values:
                if self._ended.is_set():
                    return
                self._queue.put((value,))
        except BaseException as error:  # raised again where it is read
            end = error
        self._queue.put(end)
