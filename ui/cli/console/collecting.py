"""The start of a command without the search for garbage.

What is imported and opened stays, and to look through all of it again and again is a sixth of a start's time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_kept() -> Iterator[None]:
    """Meanwhile nothing is looked for that could be freed; and later not among what was made meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
