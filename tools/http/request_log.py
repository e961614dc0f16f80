"""One line of JSON for each request, and for whatever else is logged: no text of messages, no keys, no handles.

Knows nothing of what a request means.
"""

from __future__ import annotations

import json
import logging
import secrets
import time
import traceback
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .middleware import API

_log = logging.getLogger("penchant.requests")
_LONGEST_BODY = 20_000


class JsonLines(logging.Formatter):
    """A record as one line. Of an error, what it is and where, but not its words: they may be a person's."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        kind, _, trace = record.exc_info or (None, None, None)
        if kind:
            line["error"] = kind.__name__
            line["where"] = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-8:]]
        return json.dumps(line, ensure_ascii=False)


class RequestLog:
    """Logs each request when it is done, and names it to the caller (x-request-id). `bodies`: also what was sent."""

    def __init__(self, app: ASGIApp, bodies: bool = False) -> None:
        self._app = app
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, name, status = time.monotonic(), secrets.token_hex(8), 500
        body = bytearray()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", name.encode())]
            await send(message)

        async def read() -> Message:
            message = await receive()
            if self._bodies and scope["path"].startswith(API):
                body.extend(message.get("body", b"")[: _LONGEST_BODY - len(body)])
            return message

        try:
            await self._app(scope, read, noted)
        finally:
            facts = {
                "request": name,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": round(1000 * (time.monotonic() - begun)),
                "caller": scope.get("state", {}).get("caller", ""),
            }
            said = {"body": body.decode(errors="replace")} if body else {}
            _log.info("request", extra={"facts": facts | said})
