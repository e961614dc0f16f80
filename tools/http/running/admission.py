"""How many requests are worked on at the same time, and how many may wait in line. Plain ASGI.

Knows nothing of what they ask for, nor of who asks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import anyio
from starlette.types import ASGIApp, Receive, Scope, Send

AGAIN = 5
"""Seconds after which somebody who found the line full may come again."""


class Admission:
    """Lets in `at_once` requests that are work; more wait in line, the first come first; where `line` of them wait,
    another is answered with `refusal`. Work is what changes something (not GET) under one of the `paths`.

    So the last of a crowd waits no longer than all before it take, and a processor is not shared by more threads than
    it has use for: that would slow down everybody.
    """

    def __init__(self, app: ASGIApp, at_once: int, line: int, paths: Sequence[str], refusal: ASGIApp) -> None:
        self._app = app
        self._slots = anyio.CapacityLimiter(at_once)
        self._line = line
        self._paths = tuple(paths)
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_work(scope):
            await self._app(scope, receive, send)
        elif self._slots.statistics().tasks_waiting >= self._line:
            await self._refusal(scope, receive, send)
        else:
            async with self._slots:
                await self._app(scope, receive, send)

    def _is_work(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http" and scope["method"] not in ("GET", "HEAD") and scope["path"].startswith(self._paths)
        )


def of_processors(each: int = 2) -> int:
    """How many requests keep this machine's processors busy, where none waits for another server."""
    return each * (os.cpu_count() or 1)
