"""Where sessions are kept: in memory, in an SQLite file, or in PostgreSQL, these behind LangGraph's BaseStore.

Knows the databases, and nothing of what is kept in them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from penchant.retriever import PenchantError

from ...settings import default_home
from .memory_store import InMemorySessionStore
from .private_file import make_private
from .store import SessionStore

MEMORY = "memory"
_BUSY = 30.0
"""Seconds to wait for another process that is writing."""


class StoreError(PenchantError):
    """The place for sessions cannot be used."""


class NotKept(StoreError):
    """What changed could not be written: as a rule, the disk is full. What was kept before is as it was."""


@contextmanager
def open_store(where: str | Path, lasting: timedelta | None = None, busy: float = _BUSY) -> Iterator[SessionStore]:
    """Sessions in "memory", at a "postgresql://" address, or in an SQLite file, made if it is not there.

    Raises StoreError if the database cannot be opened.
    """
    if where == MEMORY:
        yield InMemorySessionStore(lasting)
    elif str(where).startswith(("postgresql://", "postgres://")):
        with _postgres(str(where), lasting, busy) as store:
            yield store
    else:
        with _sqlite(Path(where), lasting, busy) as store:
            yield store


@contextmanager
def _sqlite(path: Path, lasting: timedelta | None, busy: float) -> Iterator[SessionStore]:
    """A file with a rollback journal, which is gone after each turn, and whose deleted parts are zeroed."""
    from langgraph.store.base import Op, Result
    from langgraph.store.sqlite import SqliteStore

    from .langgraph_store import LangGraphSessionStore

    class File(SqliteStore):
        def batch(self, ops: Iterable[Op]) -> list[Result]:
            try:
                return super().batch(ops)
            except sqlite3.Error as error:
                raise NotKept(f"this could not be kept ({error}); make room where sessions are") from error

    try:
        make_private(path, default_home())
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=busy)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"{path}: sessions cannot be kept there ({error}); set PENCHANT_STORE or PENCHANT_HOME to another place"
        ) from error
    with closing(connection):
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA secure_delete = ON")
            store = File(connection)
            store.setup()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: not a file of sessions, or in use: {error}") from error
        yield LangGraphSessionStore(store, lasting)


@contextmanager
def _postgres(address: str, lasting: timedelta | None, busy: float) -> Iterator[SessionStore]:
    """A pool of connections. To forget rewrites the table; the server's own log (WAL) keeps its copy until it is
    recycled, which is the server's to set."""
    try:
        from langgraph.store.postgres import PostgresStore
        from psycopg import Connection, OperationalError
        from psycopg.rows import dict_row
        from psycopg_pool import ConnectionPool, PoolTimeout

        from .langgraph_store import LangGraphSessionStore
    except ImportError as error:
        raise StoreError("PostgreSQL needs another package: pip install 'penchant[postgres]'") from error
    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    pool: ConnectionPool[Connection[dict[str, Any]]] = ConnectionPool(
        address, min_size=1, max_size=8, kwargs=options, open=False
    )
    try:
        pool.open(wait=True, timeout=busy)
        store = PostgresStore(pool)
        store.setup()
    except (OperationalError, PoolTimeout) as error:
        pool.close()
        raise StoreError(f"the PostgreSQL server for sessions cannot be reached: {error}") from error

    def purge() -> None:
        with pool.connection() as connection:
            connection.execute("VACUUM (FULL) store")

    try:
        yield LangGraphSessionStore(store, lasting, purge)
    finally:
        pool.close()
