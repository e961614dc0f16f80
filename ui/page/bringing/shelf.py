"""Where brought catalogues are kept: folders of the data folder, each there whole or not at all.

An index is made in a folder of its own beside them and takes its name when it is complete. Knows nothing of tabs.
"""

from __future__ import annotations

import shutil
import tempfile
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from penchant.assistant.loading import Load
from penchant.retriever import CatalogueFile, Encoder, PenchantError
from penchant.retriever.index import index_catalogue
from penchant.retriever.progress import Progress

from .limits import check_name

_WORKING = ".bringing-"
_MARK = "brought-by-the-page"
"""A file in each folder that the page may remove: it removes no other."""
_ABANDONED = 24 * 3600
"""Seconds after which a working folder is of a server that was killed."""


@dataclass(frozen=True, slots=True)
class NewCatalogue:
    """A catalogue that is there now, and what opens it."""

    name: str
    load: Load


class WorkingFolder:
    """An empty folder, which is gone when it is removed, or nobody has it any more, or the server ends."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.path = Path(tempfile.mkdtemp(prefix=_WORKING, dir=home))
        self.remove = weakref.finalize(self, shutil.rmtree, self.path, True)


class BroughtCatalogues:
    """home: the data folder. encoder: makes the encoder. load: what opens the index in a folder.

    Safe to share between threads.
    """

    def __init__(self, home: Path, encoder: Callable[[], Encoder], load: Callable[[Path], Load]) -> None:
        self._home = home
        self._encoder = encoder
        self._load = load
        _sweep(home)

    def names(self) -> tuple[str, ...]:
        """Those that were brought, and can be removed."""
        return tuple(sorted(path.parent.name for path in self._home.glob(f"*/{_MARK}")))

    def working_folder(self) -> WorkingFolder:
        """One beside the catalogues. Raises PenchantError if nothing can be written there."""
        try:
            return WorkingFolder(self._home)
        except OSError as error:
            raise PenchantError(f"nothing can be kept in {self._home}: {error.strerror or error}") from error

    def check(self, name: str) -> str:
        """The name as it is kept. Raises PenchantError if there is such a catalogue already, or it is no name."""
        name = check_name(name)
        if (self._home / name).exists():
            raise PenchantError(f"there is something called “{name}” in the data folder already; choose another name")
        return name

    def make(self, read: CatalogueFile, name: str, working: Path, progress: Progress) -> NewCatalogue:
        """The index of what was read, made in a working folder and then given its name. Raises PenchantError."""
        made = working / "index"
        index_catalogue(read, made, self._encoder(), progress=progress)
        progress(len(read.items), len(read.items))
        (made / _MARK).touch()
        try:
            made.rename(self._home / self.check(name))
        except OSError as error:
            raise PenchantError(f"“{name}” cannot be kept: {error.strerror or error}; choose another name") from error
        return NewCatalogue(name, self._load(self._home / name))

    def remove(self, name: str) -> None:
        """Deletes a catalogue that was brought. Raises PenchantError if there is none."""
        if name not in self.names():
            raise PenchantError("there is no catalogue of this name that was brought here")
        gone = self.working_folder()
        (self._home / name).rename(gone.path / "index")
        gone.remove()


def _sweep(home: Path) -> None:
    for path in home.glob(f"{_WORKING}*") if home.is_dir() else ():
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)
