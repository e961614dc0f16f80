"""What a page offers to all its visitors: catalogues, each opened in the background when it is first asked for.

Knows nothing of visitors or pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from penchant.assistant.loading import Load, Loading
from penchant.retriever import PenchantError
from penchant.retriever.index import DEMO, is_database

from .view.gallery import Gallery


class CatalogueRegistry:
    """Catalogues by name, the first of them begun at once. Safe to share between threads."""

    def __init__(self, loads: Mapping[str, Load]) -> None:
        self._loads = dict(loads)
        self._begun: dict[str, Loading] = {}
        self._lock = Lock()
        self.names = tuple(self._loads)
        self.take(self.names[0])

    def take(self, name: str) -> Loading:
        """The catalogue of a name, begun if it was not. Raises PenchantError if there is none."""
        if name not in self._loads:
            raise PenchantError("there is no catalogue of this name here; choose one from the list")
        with self._lock:
            if name not in self._begun:
                self._begun[name] = Loading(self._loads[name])
            return self._begun[name]


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What all visitors share. own_models: they may name a model server; inside: also one in this server's network."""

    shelf: CatalogueRegistry
    own_models: bool = True
    inside: bool = True
    gallery: Gallery = field(default_factory=Gallery)


def find_catalogues(home: Path, chosen: Path | None = None) -> dict[str, Path | None]:
    """The catalogues to choose from, by name: the chosen index alone, or else the demo (None) and the indexes in the
    folder of the user's data."""
    if chosen:
        return {chosen.resolve().name: chosen}
    folders = sorted(home.iterdir()) if home.is_dir() else []
    made = {f.name: f for f in folders if is_database(f) and not f.name.startswith(f"{DEMO}-")}
    return {DEMO: None, **made}
