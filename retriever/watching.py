"""The parts of a turn, told to whoever watches as they begin and end. Nobody does unless a program says so; a part then
costs a look at one variable.

Knows a clock. Knows nothing of what the parts do, nor of who is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Watch(Protocol):
    """Is told of names alone, never of what anybody said. The calls of one turn come one after the other."""

    def begun(self, part: str) -> Callable[[], None]:
        """A part begins, perhaps within another; what is returned is called when it ends."""
        ...

    def happened(self, event: str) -> None:
        """Something took place that has no length."""
        ...


_watches: ContextVar[tuple[Watch, ...]] = ContextVar("penchant-watches", default=())
"""Of this thread or task, and of the threads that it hands its work to."""


@contextmanager
def watched_by(*watches: Watch) -> Iterator[None]:
    """Within, these are told too."""
    token = _watches.set((*_watches.get(), *watches))
    try:
        yield
    finally:
        _watches.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """Within, nobody is told: for what is done beside a turn, whose parts would be counted twice."""
    token = _watches.set(())
    try:
        yield
    finally:
        _watches.reset(token)


def begun(part: str) -> Callable[[], None]:
    """A part begins; what is returned ends it, from whatever thread."""
    ends = [watch.begun(part) for watch in _watches.get()]

    def end() -> None:
        for one in reversed(ends):
            one()

    return end


@contextmanager
def part(name: str) -> Iterator[None]:
    """Within is a part; also a decorator of functions."""
    end = begun(name)
    try:
        yield
    finally:
        end()


def happened(event: str) -> None:
    for watch in _watches.get():
        watch.happened(event)


class Timings:
    """A watch that adds up the seconds of each part, in the order in which they first ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def begun(self, part: str) -> Callable[[], None]:
        start = time.perf_counter()

        def end() -> None:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - start

        return end

    def happened(self, event: str) -> None:
        """Has no length."""
