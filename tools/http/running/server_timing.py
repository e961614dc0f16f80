"""How long the parts of a request took, in the header Server-Timing of its answer, for whoever asks. Plain ASGI.

Knows nothing of which parts there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from penchant.retriever.watching import Timings, watched_by

WISH = "timings"
"""What a caller writes in the header Prefer."""


class ServerTiming:
    """Of an answer that is streamed, the parts that had ended when it began."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wished(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        timings = Timings()

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["server-timing"] = _value(timings.seconds)
            await send(message)

        with watched_by(timings):
            await self._app(scope, receive, told)


def _wished(headers: Headers) -> bool:
    wishes = ",".join(headers.getlist("prefer")).split(",")
    return WISH in (wish.strip().lower() for wish in wishes)


def _value(seconds: Mapping[str, float]) -> str:
    """In milliseconds, as browsers read it."""
    return ", ".join(f"{part};dur={1000 * time:.1f}" for part, time in seconds.items())
