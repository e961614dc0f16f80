"""A real Chroma server on loopback for the tests, from the program that comes with the library."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from penchant.retriever import ChromaEngine

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """The port of a server that keeps its data in a folder, from its readiness to its end."""
    port, program = free_port(), Path(sys.executable).with_name("chroma")
    command = [program, "run", "--path", folder / "data", "--host", HOST, "--port", str(port)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        while not _answers(port):
            assert server.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        yield port
    finally:
        server.kill()
        server.wait()


@contextmanager
def connected(port: int, name: str, folder: Path | None = None) -> Iterator[ChromaEngine]:
    """An engine on the server; its connections, which Chroma's client never closes itself, are closed at the end."""
    engine = ChromaEngine.on_server(HOST, port, name, folder)
    try:
        yield engine
    finally:
        for client in (engine._client, engine._client._admin_client):
            client._server._session.close()


def _answers(port: int) -> bool:
    try:
        return httpx2.get(f"http://{HOST}:{port}/api/v2/heartbeat", timeout=5).is_success
    except httpx2.HTTPError:
        return False
