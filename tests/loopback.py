"""Serves an application on loopback while a test needs it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from .conftest import PATIENCE


@contextmanager
def serving(app: Any, **options: Any) -> Iterator[str]:
    """The address of the application, from its readiness to its end. `options`: further ones of uvicorn."""
    started = threading.Event()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started.set()

    with socket.create_server(("127.0.0.1", 0), backlog=2048) as listener:
        server = Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none", **options))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            assert started.wait(PATIENCE)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
