"""The connection to an OpenAI-compatible server, made from the settings.

Apart from client because it takes a second to import. Knows nothing of modes, retries or recommending.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2
from langchain_openai import ChatOpenAI
from openai import DefaultHttpxClient
from pydantic import SecretStr

from ..settings import Settings
from .outside import OutsideTransport


def make_client(seconds: float, outside: bool = False) -> httpx2.Client:
    """The SDK's client, in which an answer's body is also bounded as a whole.

    outside: whether it may only reach servers of other networks, whatever a name or a redirection leads to.
    """

    def bound(response: httpx2.Response) -> None:
        if isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Bounded(response.stream, time.monotonic() + seconds)

    transport = OutsideTransport() if outside else None
    return DefaultHttpxClient(timeout=seconds, event_hooks={"response": [bound]}, transport=transport)


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
    """A body that ends with an error at its deadline: it ends the thread that reads it, whatever the server drips."""

    def __init__(self, stream: httpx2.SyncByteStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the answer did not end in time")
            yield part

    def close(self) -> None:
        self._stream.close()
