"""PostgreSQL with pgvector as a vector engine: tables of a database that may be anywhere, and have replicas.

Needs the extra `postgres`, and a server with the extension `vector`. All that Penchant knows about it is here. Knows
nothing of items.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

import numpy as np

from ...encoding import Vectors
from ...errors import IndexMismatch, PenchantError
from .engine import Nearest, Row
from .postgres_vectors import register

if TYPE_CHECKING:
    from psycopg import Connection, sql
    from psycopg_pool import ConnectionPool

_EF_SEARCH = 1000
"""How many items are looked at for any question: the most that pgvector allows."""
_MOST_INDEXED = 4000
"""Dimensions of vectors of which pgvector makes a graph; longer ones are compared one by one."""
_CONNECTIONS = 8
_SECONDS = 30.0


class PostgresEngine:
    """An index in the tables "NAME_items", "NAME_about" and "NAME_tables" of a database.

    Vectors are kept whole; the graph over them has half of their precision, and what it finds is compared exactly.
    """

    depth = _EF_SEARCH // 2

    def __init__(
        self, address: str, name: str = "penchant", folder: Path | str | None = None, wait: float = _SECONDS
    ) -> None:
        """address: postgresql://USER@HOST:PORT/DATABASE. name: which index, if the database holds several.

        folder: as of ChromaEngine.on_server. wait: seconds for the server to answer. Raises
        PenchantError if the server cannot be reached or has no pgvector.
        """
        from psycopg.conninfo import conninfo_to_dict

        known = conninfo_to_dict(address)
        self.place = (
            f"postgresql://{known.get('host', '')}:{known.get('port', 5432)}/{known.get('dbname', '')} ({name})"
        )
        self.folder = Path(folder) if folder else None
        self._name = name
        self._pool = _pool(address, self.place, wait)
        weakref.finalize(self, self._pool.close)

    @contextmanager
    def alone(self, patience: float = 0) -> Iterator[None]:
        """By a lock of the server, which it takes back when this process ends."""
        key, last = f"penchant {self._name}", time.monotonic() + patience
        with self._connected() as connection:
            while not _one(connection, "SELECT pg_try_advisory_lock(hashtext(%s))", key):
                if time.monotonic() >= last:
                    raise IndexMismatch(f"{self.place}: another process is writing this index; wait until it is done")
                time.sleep(0.2)
            try:
                yield
            finally:
                connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [key])

    def metadata(self) -> Row | None:
        with self._connected() as connection:
            if _one(connection, "SELECT to_regclass(%s)", f'"{self._name}_about"') is None:
                return None
            found = connection.execute(self._sql("SELECT about FROM {about}")).fetchone()
        return None if found is None else dict(json.loads(found[0]))

    def describe(self, metadata: Row) -> None:
        with self._connected() as connection, connection.transaction():
            self._make(connection)
            connection.execute(self._sql("DELETE FROM {about}"))
            connection.execute(self._sql("INSERT INTO {about} VALUES (%s)"), [json.dumps(dict(metadata))])
            if metadata.get("state") == "complete":
                self._make_graph(connection)

    def ids(self) -> list[str]:
        """In the order in which they came, as in the other engines: it decides between items of the same score."""
        return [str(name) for (name,) in self._all("SELECT id FROM {items} ORDER BY place")]

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        found = self._all("SELECT id, facts FROM {items} WHERE id = ANY(%s)", list(ids))
        return {name: json.loads(facts) for name, facts in found}

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        return dict(self._all("SELECT id, vector FROM {items} WHERE id = ANY(%s)", list(ids)))

    def upsert(self, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        write = self._sql(
            "INSERT INTO {items} (id, facts, vector) VALUES (%s, %s, %s)"
            " ON CONFLICT (id) DO UPDATE SET facts = excluded.facts, vector = excluded.vector"
        )
        facts = [json.dumps(dict(row), ensure_ascii=False) for row in rows]
        with self._connected() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(write, zip(ids, facts, np.asarray(vectors, dtype=np.float32), strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        with self._connected() as connection:
            connection.execute(self._sql("DELETE FROM {items} WHERE id = ANY(%s)"), [list(ids)])

    def query(self, vectors: Vectors, count: int) -> list[Nearest]:
        """Of more than the graph is sure of, all are compared."""
        nearest = self._sql(
            "WITH near AS MATERIALIZED (SELECT id, vector FROM {items}"
            " ORDER BY vector::halfvec({size}) <#> %b::vector::halfvec({size}) LIMIT %b)"
            " SELECT id, -(vector <#> %b) AS product FROM near ORDER BY product DESC LIMIT %b",
            vectors.shape[1],
        )
        with self._connected() as connection, connection.transaction():
            connection.execute("SELECT set_config('hnsw.ef_search', %s, true)", [str(_EF_SEARCH)])
            if count > self.depth or vectors.shape[1] > _MOST_INDEXED:
                connection.execute("SET LOCAL enable_indexscan = off")
                nearest = self._sql(
                    "SELECT id, -(vector <#> %b) AS product FROM {items} ORDER BY product DESC LIMIT %b"
                )
                return [_nearest(connection.execute(nearest, [one, count])) for one in _whole(vectors)]
            return [_nearest(connection.execute(nearest, [one, 2 * count, one, count])) for one in _whole(vectors)]

    def attach(self, name: str, ids: Sequence[str], vectors: Vectors, rows: Sequence[Row]) -> None:
        facts = [json.dumps(dict(row), ensure_ascii=False) for row in rows]
        with self._connected() as connection, connection.transaction(), connection.cursor() as cursor:
            self._make(connection)
            cursor.execute(self._sql("DELETE FROM {tables} WHERE name = %s"), [name])
            write = self._sql("INSERT INTO {tables} VALUES (%s, %s, %s)")
            cursor.executemany(write, [(name, fact, one) for fact, one in zip(facts, _whole(vectors), strict=True)])

    def attached(self, name: str) -> tuple[Vectors, list[Row]]:
        with self._connected() as connection:
            if _one(connection, "SELECT to_regclass(%s)", f'"{self._name}_tables"') is None:
                return np.zeros((0, 0), dtype=np.float32), []
        found = self._all("SELECT facts, vector FROM {tables} WHERE name = %s", name)
        if not found:
            return np.zeros((0, 0), dtype=np.float32), []
        return np.stack([vector for _, vector in found]), [json.loads(facts) for facts, _ in found]

    def _make(self, connection: Connection) -> None:
        for what in (
            "{items} (id text PRIMARY KEY, place bigserial, facts text NOT NULL, vector vector NOT NULL)",
            "{about} (about text NOT NULL)",
            "{tables} (name text NOT NULL, facts text NOT NULL, vector vector NOT NULL)",
        ):
            connection.execute(self._sql(f"CREATE TABLE IF NOT EXISTS {what}"))

    def _make_graph(self, connection: Connection) -> None:
        """Once all is written, which is quicker than with each item."""
        found = connection.execute(self._sql("SELECT vector_dims(vector) FROM {items} LIMIT 1")).fetchone()
        if found and found[0] <= _MOST_INDEXED:
            make = (
                "CREATE INDEX IF NOT EXISTS {graph} ON {items} USING hnsw ((vector::halfvec({size})) halfvec_ip_ops)"
                " WITH (m = 32, ef_construction = 200)"
            )
            connection.execute(self._sql(make, found[0]))
            connection.execute(self._sql("ANALYZE {items}"))  # else it may not know that the graph is quicker

    def _sql(self, text: LiteralString, size: int = 0) -> sql.Composed:
        from psycopg import sql

        names = {part: sql.Identifier(f"{self._name}_{part}") for part in ("items", "about", "tables", "graph")}
        return sql.SQL(text).format(**names, size=sql.Literal(size))

    def _all(self, text: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
        with self._connected() as connection:
            return connection.execute(self._sql(text), values, binary=True).fetchall()

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A connection; raises PenchantError for what the server refuses."""
        from psycopg import Error

        try:
            with self._pool.connection(timeout=_SECONDS) as connection:
                yield connection
        except Error as error:
            raise PenchantError(f"{self.place}: the index cannot be used there ({_said(error)})") from error


def _pool(address: str, place: str, wait: float) -> ConnectionPool:
    from psycopg import Error
    from psycopg_pool import ConnectionPool, PoolTimeout

    pool: ConnectionPool[Connection] = ConnectionPool(
        address, min_size=1, max_size=_CONNECTIONS, kwargs={"autocommit": True}, configure=partial(register), open=False
    )
    try:
        pool.open(wait=True, timeout=wait)
    except (Error, PoolTimeout) as error:
        pool.close()
        raise PenchantError(f"{place}: no PostgreSQL server with pgvector answers ({_said(error)})") from error
    return pool


def _said(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _whole(vectors: Vectors) -> Vectors:
    return np.asarray(vectors, dtype=np.float32)


def _one(connection: Connection, text: Any, value: str) -> Any:
    found = connection.execute(text, [value]).fetchone()
    return found[0] if found else None


def _nearest(found: Any) -> Nearest:
    rows = found.fetchall()
    return [name for name, _ in rows], np.array([product for _, product in rows], dtype=np.float64)
