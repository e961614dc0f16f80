"""Deletes sessions that have rested too long, at the start of a program and all the while it runs.

Knows nothing of how a store does it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from .store import SessionStore

_EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)


@contextmanager
def sweeping(store: SessionStore, every: timedelta = _EVERY) -> Iterator[SessionStore]:
    """The store, swept now and again and again in a thread of its own; a sweep that has begun is waited for."""
    ended = Event()

    def run() -> None:
        while True:
            _sweep(store)
            if ended.wait(every.total_seconds()):
                return

    thread = Thread(target=run, daemon=True, name="penchant-sweeping")
    thread.start()
    try:
        yield store
    finally:
        ended.set()
        thread.join()


def _sweep(store: SessionStore) -> None:
    """A store that cannot be reached now is swept the next time."""
    try:
        if count := store.sweep():
            _log.info("%d sessions have expired and were deleted", count)
    except Exception:
        _log.exception("expired sessions could not be deleted")
