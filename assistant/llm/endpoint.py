"""The connection to an OpenAI-compatible server, made from the settings.

Apart from client because it takes a second to import. Knows nothing of modes, retries or recommending.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx2
from langchain_openai import ChatOpenAI
from openai import DefaultHttpxClient
from pydantic import SecretStr

from ..settings import Settings
from .outside import OutsideTransport
from .server_errors import UnboundedAnswer

_LONGEST_EVENT = 1_000_000
"""Bytes between two blank lines of a stream: the SDK keeps all of an event until it has ended."""
_BLANK = re.compile(rb"\r?\n\r?\n|\r\r")


def make_client(seconds: float, outside: bool = False) -> httpx2.Client:
    """The SDK's client, in which an answer's body is also bounded: in time as a whole, and in the size of an event.

    outside: whether it may only reach servers of other networks, whatever a name or a redirection leads to.
    """

    def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise UnboundedAnswer("packed its answer, which was asked for as it is")
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Bounded(response.stream, time.monotonic() + seconds)

    transport = OutsideTransport() if outside else None
    plain = {"accept-encoding": "identity"}  # a few packed bytes may unpack to any number
    hooks = {"response": [bound]}
    return DefaultHttpxClient(timeout=seconds, headers=plain, event_hooks=hooks, transport=transport)


def make_chat(settings: Settings, client: httpx2.Client) -> ChatOpenAI:
    """Without retries of its own: those would not know the turn's time limit."""
    return ChatOpenAI(
        model=settings.model,
        base_url=settings.base_url or None,
        # Local servers ask for no key, but the SDK insists on one.
        api_key=SecretStr(settings.key or "none"),
        timeout=settings.timeout,
        max_retries=0,
        http_client=client,
    )


class _Bounded(httpx2.SyncByteStream):
    """A body that ends with an error at its deadline, or where an event has no end: it ends the thread that reads it,
    whatever the server drips or pours."""

    def __init__(self, stream: httpx2.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        size, tail = 0, b""
        for part in self._stream:
            size, tail = _unended(size, tail, part), (tail + part)[-3:]
            if size > _LONGEST_EVENT:
                raise UnboundedAnswer(f"sent an event of more than {_LONGEST_EVENT:,} bytes")
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer did not end in time")
            yield part

    def close(self) -> None:
        self._stream.close()


def _unended(size: int, tail: bytes, part: bytes) -> int:
    """The bytes since the last blank line, after a part. `size`, `tail`: those before it, and the last of them."""
    ends = [found.end() for found in _BLANK.finditer(tail + part)]
    return len(tail) + len(part) - ends[-1] if ends else size + len(part)
