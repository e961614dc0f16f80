"""Where sessions are kept, and how: in memory, in an SQLite file, in PostgreSQL; as a log of changes with snapshots.

Knows sessions as values. Knows nothing of what a turn is; a database is imported when one is opened.
"""

from .memory_store import InMemorySessionStore
from .open_store import NotKept, StoreError, open_store
from .store import Receipt, SessionStore, UnknownSession
from .sweeping import sweeping

__all__ = [
    "InMemorySessionStore",
    "NotKept",
    "Receipt",
    "SessionStore",
    "StoreError",
    "UnknownSession",
    "open_store",
    "sweeping",
]
