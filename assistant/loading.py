"""An assistant that is opened in the background, so that a program can listen before its catalogue is there; and opened
anew when what it was opened from has changed.

Knows nothing of what is opened, or how.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Lock, Thread

from penchant.retriever import PenchantError

from .assistant import Assistant

Load = Callable[[], Assistant]

_log = logging.getLogger(__name__)


def _unchanged() -> Hashable:
    return 0


class HowFar:
    """How many items of how many are done of what takes long in an opening; (0, 0) before there are any. Written by
    whoever opens, read by anybody."""

    def __init__(self) -> None:
        self.now = (0, 0)

    def __call__(self, done: int, total: int) -> None:
        self.now = (done, total)


@dataclass(frozen=True, slots=True)
class Source:
    """What opens an assistant. stamp: another value each time that there is another one to be opened; None while it
    cannot be. far: how far it is, where the opening says so."""

    load: Load
    stamp: Callable[[], Hashable] = _unchanged
    far: HowFar = field(default_factory=HowFar)

    def __call__(self) -> Assistant:
        return self.load()


def stamp_of(load: Load) -> Callable[[], Hashable]:
    """What tells whether there is another assistant to be opened by now; of a mere function: never."""
    return load.stamp if isinstance(load, Source | Loading) else _unchanged


class Loading:
    """An assistant that is being opened in the background; calling it waits for it, and for another one where its
    source has changed: what was given out stays as it was, and nobody is given it any more."""

    def __init__(self, load: Load) -> None:
        self.stamp = stamp_of(load)
        self._load = load
        self._seen = self.stamp()
        self._changing = Lock()
        self._future: Future[Assistant] = Future()
        Thread(target=self._run, args=(self._future,), daemon=True, name="penchant-loading").start()

    @property
    def ready(self) -> bool:
        return self._future.done()

    @property
    def failed(self) -> bool:
        return self._future.done() and self._future.exception() is not None

    def wait(self) -> None:
        """Returns when it is open. Raises PenchantError if it could not be opened."""
        self._future.result()

    def within(self, seconds: float) -> bool:
        """Whether it is ready, for which so long is waited at most."""
        return bool(wait([self._future], seconds).done)

    def __call__(self) -> Assistant:
        """The assistant. Raises PenchantError if it could not be opened."""
        if self._is_old():
            with self._changing:
                if self._is_old():
                    self._open_again()
        return self._future.result()

    def _is_old(self) -> bool:
        return (now := self.stamp()) is not None and now != self._seen

    def _open_again(self) -> None:
        """One that cannot be opened leaves the one before."""
        seen, future = self.stamp(), Future[Assistant]()
        self._run(future)
        if error := future.exception():
            _log.warning("the catalogue has changed and cannot be opened; the one before serves on: %s", error)
        else:
            self._future = future
        self._seen = seen

    def _run(self, future: Future[Assistant]) -> None:
        try:
            future.set_result(self._load())
        except PenchantError as error:
            future.set_exception(error)
        except Exception as error:
            _log.exception("the assistant could not be opened")
            future.set_exception(PenchantError(f"the assistant could not be opened: {error}"))
