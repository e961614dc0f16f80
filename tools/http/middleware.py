"""What stands before a service: who may call it, how often, and how much they may send. Plain ASGI.

Knows nothing of what is behind.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import anyio
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import problem
from .keys import Keys

API = ("/v1/", "/api/", "/mcp", "/metrics", "/openapi.json")
"""What programs call; all else is for people with a browser."""
_FOR_OWNERS = ("/api/items/",)
OPEN_TO_ALL = ("/healthz", "/readyz")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
_CALLERS = 10_000
_PAGE_FACTOR = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """per_minute: requests of one caller (0: as many as they like). most_bytes: of a request. hosts: the names by which
    the service may be called, so that no foreign page can reach it by a name of its own (empty: any). seconds: in which
    the body of a request must have come. at_once: requests that are worked on at the same time; line: how many more
    may wait for that."""

    per_minute: int = 600
    most_bytes: int = 2 * 1024 * 1024
    hosts: Sequence[str] = field(default=())
    seconds: float = 60.0
    at_once: int = 100
    line: int = 400


def names_for(host: str, allowed: Sequence[str] = (), alone: bool = True) -> tuple[str, ...]:
    """The names by which a server that listens on `host` may be called (none: any).

    allowed: names that its owner gives, such as that of a proxy before it. alone: without such names, whether only this
    machine is to call, and by its own names.
    """
    own = f"[{host}]" if ":" in host else host
    return (*LOCAL, own.lower(), *(name.lower() for name in allowed)) if alone or allowed else ()


class TokenBuckets:
    """A bucket of tokens for each caller: `per_minute` at once, and as many again over a minute. Thread-safe."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, caller: str) -> float:
        """Takes a token; returns 0, or the seconds after which there will be one."""
        now, rate = self._clock(), self._size / 60
        with self._lock:
            tokens, then = self._left.pop(caller, (float(self._size), now))
            tokens = min(self._size, tokens + (now - then) * rate)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / rate
            self._left[caller] = (tokens if wait else tokens - 1, now)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
        return wait


class Guard:
    """Lets through who has a key, calls a name that is known, and has not called too often. Programs send the key as
    Bearer; a browser asks for it as the password of any user."""

    def __init__(self, app: ASGIApp, keys: Keys, limits: Limits) -> None:
        self._app = app
        self._keys = keys
        self._limits = limits
        self._buckets = TokenBuckets(limits.per_minute) if limits.per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN_TO_ALL:
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, is_api = Headers(scope=scope), scope["path"].startswith(API)
        if self._limits.hosts and _name(headers.get("host", "")) not in self._limits.hosts:
            said = "this server is not called by that name; its owner can allow it (--allowed-host)"
            return problem(421, said, "unknown_host")
        caller = self._keys.caller(headers.get("authorization", "")) if self._keys else _address(scope)
        if caller is None:
            challenge = "Bearer" if is_api else 'Basic realm="Penchant: any user, the key as password"'
            said = "send a key of this service: Authorization: Bearer KEY"
            return problem(401, said, "no_key", {"www-authenticate": challenge})
        audience = self._keys.audience(caller)
        if audience == "children" and (not is_api or scope["path"].startswith(_FOR_OWNERS)):
            return problem(403, "what is here is not for children; their key is for the API", "not_for_children")
        scope.setdefault("state", {}).update(caller=caller, audience=audience)
        wait = self._buckets.take(caller) if self._buckets and (is_api or _is_work(scope)) else 0.0
        if wait:
            again = {"retry-after": str(int(wait) + 1)}
            return problem(429, "too many requests; wait a moment", "too_many_requests", again)
        return None


class BodyLimit:
    """Reads a request's body before anything else sees it, within limits of size and time."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await self._read(scope, receive)
        if isinstance(body, Response):
            await body(scope, receive, send)
            return
        messages = iter(body)

        async def again() -> Message:
            return next(messages, None) or await receive()

        await self._app(scope, again, send)

    async def _read(self, scope: Scope, receive: Receive) -> list[Message] | Response:
        """The messages of the body, or why it is not waited for."""
        most, seconds = self._limits.most_bytes, self._limits.seconds
        if not scope["path"].startswith(API):
            most *= _PAGE_FACTOR
        too_large = problem(413, f"a request has at most {most:,} bytes", "too_large", {"connection": "close"})
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            return too_large
        with anyio.move_on_after(seconds):
            return await _body(receive, most) or too_large
        return problem(408, f"the body did not come within {seconds:g} s", "too_slow", {"connection": "close"})


async def _body(receive: Receive, most: int) -> list[Message] | None:
    """The messages of the body; None if it is too large."""
    messages, size, more = list[Message](), 0, True
    while more:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        more = message["type"] == "http.request" and bool(message.get("more_body"))
        if size > most:
            return None
    return messages


def _is_work(scope: Scope) -> bool:
    """Whether a browser asks for more than the page and its files: a message is sent, a button pressed."""
    return scope.get("method") not in ("GET", "HEAD")


def _name(host: str) -> str:
    """A host without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else "unknown"
