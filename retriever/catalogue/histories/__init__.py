"""What people have read, watched, heard and played, from the files that services give them: as entries, one for each
row, or for each work that was played.

Knows the services' forms (services.toml), told by columns and not by names. Knows nothing of a catalogue, or of taste.
"""

from .entry import Did, Entry
from .history import History, read_history

__all__ = ["Did", "Entry", "History", "read_history"]
