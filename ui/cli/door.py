"""Where a server listens, and whom it lets in.

Knows nothing of what is served there.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    at_once: int | None = None

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

    def limits(self, keys: Keys, waits: bool) -> Limits:
        """Without keys only this machine may call, and by its own names and those that are given. waits: for a language
        model; then more are worked on at once than processors can be busy with."""
        from penchant.tools.http import Limits, names_for
        from penchant.tools.http.running import of_processors

        at_once = self.at_once or (Limits().at_once if waits else of_processors())
        hosts = names_for(self.host, self.allowed_hosts, self.is_local and not keys)
        return Limits(self.rate, hosts=hosts, at_once=at_once)

    @property
    def name(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host
