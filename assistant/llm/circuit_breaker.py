"""Leaves what has failed alone for a while, longer after each further failure (Nygard, "Release It!").

Knows nothing of what fails.
"""

from __future__ import annotations

import time

_LONGEST_REST = 8


class CircuitBreaker:
    """A pause after a failure, longer after each further one."""

    def __init__(self, seconds: float) -> None:
        self._first = self._length = seconds
        self._until = 0.0

    @property
    def lasts(self) -> bool:
        return time.monotonic() < self._until

    def begin(self) -> None:
        self._until = time.monotonic() + self._length
        self._length = min(2 * self._length, _LONGEST_REST * self._first)

    def end(self) -> None:
        self._length = self._first
