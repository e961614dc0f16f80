"""Which engine stands behind an address: "postgresql://USER@HOST:PORT/DATABASE" or "chroma://HOST:PORT".

Knows nothing of what is kept there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from ...errors import PenchantError
from .chroma_engine import ChromaEngine
from .engine import VectorEngine
from .postgres_engine import PostgresEngine

_CHROMA_PORT = 8000


def engine_at(address: str, folder: Path) -> VectorEngine:
    """The index on a server that is called as a folder is; in the folder, the copy of its vectors.

    Raises PenchantError for an address of no known kind, or if the server cannot be reached.
    """
    kind = address.partition("://")[0]
    if kind not in _KINDS:
        raise PenchantError(f"no engine is known at {address!r}; an address begins with {' or '.join(_KINDS)}://")
    return _KINDS[kind](address, folder)


def _chroma(address: str, folder: Path) -> VectorEngine:
    try:
        parts = urlsplit(address)
        port = parts.port or _CHROMA_PORT
    except ValueError as error:
        raise PenchantError(f"{address!r} is no address of a Chroma server: {error}") from error
    return ChromaEngine.on_server(parts.hostname or "localhost", port, _name(folder), folder)


def _postgres(address: str, folder: Path) -> VectorEngine:
    return PostgresEngine(address, _name(folder), folder)


def _name(folder: Path) -> str:
    return folder.resolve().name


_KINDS: Mapping[str, Callable[[str, Path], VectorEngine]] = {
    "postgresql": _postgres,
    "postgres": _postgres,
    "chroma": _chroma,
}
