"""The command `penchant`: options in, text, JSON or a running server out.

Each command imports what it needs when it runs. Knows nothing of how a turn works.
"""

from .command import main

__all__ = [
    "main",
]
