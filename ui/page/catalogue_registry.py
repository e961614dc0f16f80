"""What a page offers to all its visitors: catalogues, each opened in the background when it is first asked for.

Knows nothing of a visitor's chats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from penchant.assistant import Assistant
from penchant.assistant.loading import HowFar, Load, Loading, Source, stamp_of
from penchant.retriever import PenchantError
from penchant.retriever.index import DEMO, is_database

from .bringing import BroughtCatalogues
from .view import CatalogueWords, Gallery, catalogue_words

_NOT_YET = "the catalogue is still being opened; try again in a moment"


class OfferedCatalogue:
    """A catalogue that is being opened in the background, and what the page says of it to everybody."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._far = load.far if isinstance(load, Source) else HowFar()
        self._words = CatalogueWords([], {})
        self._loading = Loading(Source(self._opened, stamp_of(load)))

    @property
    def settled(self) -> bool:
        """Whether it is open, or cannot be."""
        return self._loading.ready

    @property
    def open(self) -> bool:
        return self._loading.ready and not self._loading.failed

    @property
    def words(self) -> CatalogueWords:
        """Empty until it is open."""
        return self._words

    @property
    def far(self) -> tuple[int, int]:
        """How many items of how many are done of opening it; (0, 0) where that is not known."""
        return self._far.now

    def settles(self, seconds: float) -> bool:
        """Whether it is open, or cannot be, after so long at most."""
        return self._loading.within(seconds)

    def wait(self) -> Assistant:
        """The assistant, once it is open. Raises PenchantError if it cannot be opened."""
        return self._loading()

    def assistant(self) -> Assistant:
        """The same without waiting: raises PenchantError if it is not open yet."""
        if not self.settled:
            raise PenchantError(_NOT_YET)
        return self._loading()

    def _opened(self) -> Assistant:
        assistant = self._load().at("page")
        self._words = catalogue_words(assistant)
        return assistant


class CatalogueRegistry:
    """Catalogues by name, the first of them begun at once. Safe to share between threads."""

    def __init__(self, loads: Mapping[str, Load]) -> None:
        self._loads = dict(loads)
        self._begun: dict[str, OfferedCatalogue] = {}
        self._lock = Lock()
        self.take(self.names[0])

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are offered now; the first is always the same."""
        with self._lock:
            return tuple(self._loads)

    def take(self, name: str) -> OfferedCatalogue:
        """The catalogue of a name, begun if it was not; of one that was withdrawn, whoever has it may finish with it.

        Raises PenchantError if there is none.
        """
        with self._lock:
            if name not in self._begun:
                if name not in self._loads:
                    raise PenchantError("there is no catalogue of this name here; choose one from the list")
                self._begun[name] = OfferedCatalogue(self._loads[name])
            return self._begun[name]

    def add(self, name: str, load: Load) -> None:
        """Offers another catalogue from now on."""
        with self._lock:
            self._loads[name] = load
            self._begun.pop(name, None)

    def withdraw(self, name: str) -> None:
        """Offers a catalogue no longer."""
        with self._lock:
            self._loads.pop(name, None)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """What all visitors share. own_models: they may name a model server; inside: also one in this server's network.
    shelf: where catalogues are kept that visitors bring; None: they may not."""

    registry: CatalogueRegistry
    own_models: bool = True
    inside: bool = True
    gallery: Gallery = field(default_factory=Gallery)
    shelf: BroughtCatalogues | None = None


def find_catalogues(home: Path, chosen: Path | None = None) -> dict[str, Path | None]:
    """The catalogues to choose from, by name: the chosen index alone, or else the demo (None) and the indexes in the
    folder of the user's data."""
    if chosen:
        return {chosen.resolve().name: chosen}
    folders = sorted(home.iterdir()) if home.is_dir() else []
    made = {f.name: f for f in folders if is_database(f) and not f.name.startswith(f"{DEMO}-")}
    return {DEMO: None, **made}
