"""Runs a generator in a thread of its own, so that whoever waits for it can stop waiting.

The time-outs of libraries are one per read: a server that sends a byte now and then is never late for them. Knows
nothing of models.
"""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Generator
from contextlib import closing
from queue import Empty, Full, Queue
from typing import TypeVar

T = TypeVar("T")

_AHEAD = 64
_LOOK_SECONDS = 0.2


def until(deadline: float, values: Generator[T]) -> Generator[T]:
    """The values of a generator, and its exception. Raises TimeoutError at the deadline (of time.monotonic).

    When the caller has stopped waiting, the thread closes the generator as soon as that gives another value.
    """
    queue: Queue[tuple[T] | BaseException | None] = Queue(_AHEAD)
    left = threading.Event()
    # The context goes along: it is where callbacks and traces of a surrounding program are found.
    pump = (contextvars.copy_context().run, (_pump, values, queue, left))
    threading.Thread(target=pump[0], args=pump[1], daemon=True, name="penchant-model").start()
    try:
        while (value := _next(queue, deadline)) is not None:
            if isinstance(value, BaseException):
                raise value
            yield value[0]
    finally:
        left.set()


def _next(queue: Queue[tuple[T] | BaseException | None], deadline: float) -> tuple[T] | BaseException | None:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    try:
        return queue.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None


def _pump(values: Generator[T], queue: Queue[tuple[T] | BaseException | None], left: threading.Event) -> None:
    end: BaseException | None = None
    try:
        with closing(values):
            for value in values:
                if not _put(queue, (value,), left):
                    return
    except BaseException as error:  # raised again where it is waited for
        end = error
    _put(queue, end, left)


def _put(
    queue: Queue[tuple[T] | BaseException | None], value: tuple[T] | BaseException | None, left: threading.Event
) -> bool:
    """Whether somebody still waits for the value."""
    while not left.is_set():
        try:
            queue.put(value, timeout=_LOOK_SECONDS)
            return True
        except Full:
            continue
    return False
