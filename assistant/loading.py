"""An assistant that is opened in the background, so that a program can listen before its catalogue is there.

Knows nothing of what is opened, or how.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread

from penchant.retriever import PenchantError

from .assistant import Assistant

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
