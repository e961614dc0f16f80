"""Runs a generator in a thread of its own, so that whoever reads its values can stop waiting at any time.

The time-outs of libraries are one per read: a server that sends a byte now and then is never late for them. A generator
that is silent cannot be interrupted: its thread goes on until it gives another value, and no longer. Knows nothing of
what is given.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Generic, TypeVar

T = TypeVar("T")

_AHEAD = 64
"""How many values may wait to be read; the generator then waits too."""


class Pump(Generic[T]):
    """The values of a generator as they come, and its exception; they are read once, by one thread.

    `deadline`, in seconds of time.monotonic: when it has passed, reading raises TimeoutError (None: it never does). Who
    stops reading, or calls `end` from any thread, frees the pump's own thread at the next value: the generator is then
    closed. The context variables of where the pump was made go along: callbacks and traces of a surrounding program are
    found there.
    """

    def __init__(self, values: Generator[T], deadline: float | None = None) -> None:
        self._deadline = deadline
        self._changed = threading.Condition()
        self._given: deque[tuple[T] | BaseException | None] = deque()
        self._left = False
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=(self._run, values), daemon=True, name="penchant-pump")
        self._thread.start()

    def __iter__(self) -> Iterator[T]:
        try:
            while (value := self._next()) is not None:
                if isinstance(value, BaseException):
                    raise value
                yield value[0]
        finally:
            self.end()

    def end(self) -> None:
        """Whoever reads is told at once that nothing more comes."""
        with self._changed:
            self._left = True
            self._changed.notify_all()

    @property
    def alive(self) -> bool:
        """Whether its thread still runs."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Until its thread is done."""
        self._thread.join()

    def _next(self) -> tuple[T] | BaseException | None:
        """The next value in a tuple, or the generator's exception; None at the end."""
        seconds = None if self._deadline is None else self._deadline - time.monotonic()
        with self._changed:
            if seconds is not None and seconds <= 0:
                raise TimeoutError
            if not self._changed.wait_for(lambda: self._left or self._given, seconds):
                raise TimeoutError
            if self._left:
                return None
            self._changed.notify_all()
            return self._given.popleft()

    def _run(self, values: Generator[T]) -> None:
        end: BaseException | None = None
        try:
            with closing(values):
                for value in values:
                    if not self._give((value,)):
                        return
        except BaseException as error:  # raised again where it is read
            end = error
        self._give(end)

    def _give(self, value: tuple[T] | BaseException | None) -> bool:
        """Whether somebody still reads."""
        with self._changed:
            self._changed.wait_for(lambda: self._left or len(self._given) < _AHEAD)
            self._given.append(value)
            self._changed.notify_all()
            return not self._left
