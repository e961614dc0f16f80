"""How long work reports how far it is. Knows nothing of the work, or of who is told."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with the number of items done and the number of all."""
