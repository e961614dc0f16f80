"""What the commands share at a console: options, progress on standard error, text in a terminal.

Knows no command, and nothing of catalogues or turns.
"""

from .options import settings_with
from .progress import progress_bar

__all__ = [
    "progress_bar",
    "settings_with",
]
