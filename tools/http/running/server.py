"""A server in the foreground: it listens, says where it is, and stops in good order when it is told to.

Knows uvicorn. Knows nothing of what is served.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from penchant.retriever import PenchantError

from .slow_headers import PatientProtocol

_GRACE = 30
"""Seconds that answers being written have when the server is told to stop."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens. Raises PenchantError if the port is taken or the address is none of this machine."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise PenchantError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    with listener:
        yield listener


def run(app: ASGIApp, listener: socket.socket, ready: Callable[[], None], failed: Callable[[], bool]) -> None:
    """Calls `ready` when it answers, and serves until it is told to stop or has `failed`; answers being written are
    finished first."""

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

        async def on_tick(self, counter: int) -> bool:
            return failed() or await super().on_tick(counter)

    # uvicorn raises the signal again after it has stopped in good order; nothing is left to be done about it.
    signal.signal(signal.SIGTERM, lambda *_: None)
    signal.signal(signal.SIGINT, lambda *_: None)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
        lifespan="on",
    )
    Server(config).run([listener])
