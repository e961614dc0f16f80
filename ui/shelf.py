"""What a page offers to all its visitors: catalogues, each opened in the background when it is first asked for.

Knows nothing of visitors or pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock, Thread

from penchant.assistant import Assistant
from penchant.retriever import PenchantError

from .gallery import Gallery

Load = Callable[[], Assistant]

_log = logging.getLogger(__name__)


class Loading:
    """An assistant that is being opened in the background; calling it waits for it."""

    def __init__(self, load: Load) -> None:
        self._future: Future[Assistant] = Future()
        Thread(target=self._run, args=(load,), daemon=True, name="penchant-loading").start()

    @property
    def ready(self) -> bool:
        return self._future.done()

    @property
    def failed(self) -> bool:
        return self._future.done() and self._future.exception() is not None

    def __call__(self) -> Assistant:
        """The assistant. Raises PenchantError if it could not be opened."""
        return self._future.result()

    def _run(self, load: Load) -> None:
        try:
            self._future.set_result(load())
        except PenchantError as error:
            self._future.set_exception(error)
        except Exception as error:
            _log.exception("the assistant could not be opened")
            self._future.set_exception(PenchantError(f"the assistant could not be opened: {error}"))


class Shelf:
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
class House:
    """What all visitors share. own_models: they may name a model server; inside: also one in this server's network."""

    shelf: Shelf
    own_models: bool = True
    inside: bool = True
    gallery: Gallery = field(default_factory=Gallery)
