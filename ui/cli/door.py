"""Where a server listens, and whom it lets in.

Knows nothing of what is served there.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from penchant.assistant import Settings
    from penchant.tools.http import Keys, Limits


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server listens, and whom it lets in."""

    host: str
    port: int
    key_file: Path | None
    no_keys: bool
    rate: int
    allowed_hosts: Sequence[str]

    def keys(self, settings: Settings, editing: bool = False) -> Keys:
        """Raises PenchantError if there are none and other machines could call, or anybody could change items."""
        from penchant.retriever import PenchantError
        from penchant.tools.http import Keys, read_keys

        keys = Keys([*settings.serve_keys, *(read_keys(self.key_file) if self.key_file else [])])
        if editing and not keys:
            raise PenchantError("--edit-items needs keys (--key-file): without them everybody could change the items")
        if not (keys or self.no_keys or self.is_local):
            raise PenchantError(f"{self.host} lets other machines call: name keys (--key-file), or mean it (--no-keys)")
        return keys

    @property
    def is_local(self) -> bool:
        return self.host in ("127.0.0.1", "localhost", "::1")

    def limits(self, keys: Keys) -> Limits:
        """Without keys only this machine may call, and by its own names and those that are given."""
        from penchant.tools.http import Limits, names_for

        return Limits(self.rate, hosts=names_for(self.host, self.allowed_hosts, self.is_local and not keys))


@contextmanager
def listening(door: Door) -> Iterator[socket.socket]:
    """A socket that listens. Raises PenchantError if the port is taken or the address is none of this machine."""
    from penchant.retriever import PenchantError

    try:
        family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
        listener = socket.create_server((door.host, door.port), family=family, backlog=2048)
    except OSError as error:
        raise PenchantError(f"cannot listen on {door.host}, port {door.port}: {error.strerror or error}") from error
    with listener:
        yield listener
