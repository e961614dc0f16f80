"""Figures of a running service for Prometheus: turns, seconds by part, sessions, model failures, refused requests.

No label has a message, a handle or a key in it. Knows nothing of routes.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from penchant.retriever import PenchantError

FORM = "text/plain; version=0.0.4; charset=utf-8"
_REFUSALS = (401, 408, 413, 421, 429, 503)
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """A watch of all turns of a process at once, with a registry of its own. Raises PenchantError without the extra."""

    def __init__(self) -> None:
        try:
            from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
        except ImportError as error:
            raise PenchantError("--metrics needs the telemetry extra: pip install 'penchant[telemetry]'") from error
        self._page = generate_latest
        self._registry = CollectorRegistry()
        self._parts = Histogram(
            "penchant_part_seconds",
            "Seconds of a turn, and of the parts in it",
            ["part"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._refused = Counter(
            "penchant_refused", "Requests that were refused, by status", ["status"], registry=self._registry
        )
        self._events = {
            "session": Counter("penchant_sessions", "Conversations that were begun", registry=self._registry),
            "model_failure": Counter(
                "penchant_model_failures",
                "Calls of a model in whose place rules served",
                registry=self._registry,
            ),
        }

    def page(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return self._page(self._registry)

    def begun(self, part: str) -> Callable[[], None]:
        start = time.perf_counter()
        return lambda: self._parts.labels(part).observe(time.perf_counter() - start)

    def happened(self, event: str) -> None:
        if event in self._events:
            self._events[event].inc()

    def refused(self, status: int) -> None:
        if status in _REFUSALS:
            self._refused.labels(str(status)).inc()


class Refusals:
    """Tells the figures of each request that was refused. Plain ASGI."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._metrics.refused(message["status"])
            await send(message)

        await self._app(scope, receive, noted)
