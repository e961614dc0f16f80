"""One writer of an index at a time: a lock in its folder, which the system takes back when its process ends or is
killed.

Knows nothing of what is written.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ...errors import IndexMismatch, PenchantError

LOCK = "writing.lock"


@contextmanager
def alone(folder: Path, patience: float = 0) -> Iterator[None]:
    """Nobody else writes the index in a folder meanwhile. patience: seconds to wait for who does.

    Raises IndexMismatch if somebody still does, PenchantError if nothing can be written there.
    """
    from filelock import FileLock, Timeout

    path = folder / LOCK
    lock = FileLock(path, timeout=patience)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise IndexMismatch(
            f"{folder}: {_holder(path)} is writing this index; wait until it is done, or stop it (what it has done is"
            " kept), and run the command again"
        ) from None
    except (OSError, NotImplementedError) as error:  # the latter where a file system has no locks
        raise PenchantError(f"{folder}: no index can be written there ({error}); choose another folder") from error
    try:
        with suppress(OSError):  # a full disk is told where it matters
            path.write_text(f"process {os.getpid()} on {socket.gethostname()}, since {datetime.now():%Y-%m-%d %H:%M},")
        yield
    finally:
        lock.release()


def _holder(path: Path) -> str:
    with suppress(OSError, UnicodeDecodeError):
        if said := path.read_text().strip():
            return said
    return "another process"
